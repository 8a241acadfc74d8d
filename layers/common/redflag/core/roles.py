"""Who may do what: the role matrix, as one table.

People at the console have a role of the staff pool. Callers of the app pool are a member, who acts
only as themselves, or a machine client, whose token must also carry the scope of what it does. A
merchant's mobile app is known too, as where its members sign in; it may do nothing by itself.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum


class Pool(StrEnum):
    """Where a token comes from."""

    APP = "app"
    STAFF = "staff"


class Role(StrEnum):
    """What a principal is."""

    VIEWER = "viewer"
    STAFF = "staff"
    MANAGER = "manager"
    OWNER = "owner"
    SUPPORT = "support"
    MEMBER = "member"
    KIOSK = "kiosk"
    BACKEND = "backend"
    IMPORTER = "importer"
    APP = "app"


class Permission(StrEnum):
    """What routes ask for."""

    USE_CONSOLE = "use_console"
    READ = "read"
    EDIT_POINTS = "edit_points"
    FLAG = "flag"
    ENROL = "enrol"
    DECIDE = "decide"
    EXPORT = "export"
    CONFIGURE = "configure"
    MANAGE_PRINCIPALS = "manage_principals"
    READ_AUDIT = "read_audit"
    ERASE = "erase"
    SUPPORT_PLATFORM = "support_platform"
    CHECK_IN = "check_in"
    CHECK_GATE = "check_gate"
    IMPORT = "import"


_VIEWER = {Permission.USE_CONSOLE, Permission.READ}
_STAFF = _VIEWER | {Permission.EDIT_POINTS, Permission.FLAG, Permission.ENROL}
_MANAGER = _STAFF | {Permission.DECIDE, Permission.EXPORT}
_OWNER = _MANAGER | {
    Permission.CONFIGURE,
    Permission.MANAGE_PRINCIPALS,
    Permission.READ_AUDIT,
    Permission.ERASE,
}
_KIOSK = {Permission.CHECK_IN, Permission.CHECK_GATE, Permission.ENROL}


class CallerKind(StrEnum):
    """What kind of caller a role is for."""

    PERSON = "person"
    """Somebody at the console."""
    MEMBER = "member"
    CLIENT = "client"
    """A machine, or the app where members sign in. Its token also needs the scope of what it does."""


@dataclass(frozen=True)
class RoleDefinition:
    """A role: what kind of caller it is for, and what it may do.

    What people call it stands in the catalogue of words, under `staff-role-` or `client-kind-` and its name.
    """

    kind: CallerKind
    permissions: frozenset[Permission]

    @property
    def pool(self) -> Pool:
        """The pool whose tokens such a caller bears."""
        return Pool.STAFF if self.kind is CallerKind.PERSON else Pool.APP


def _person(permissions: AbstractSet[Permission]) -> RoleDefinition:
    return RoleDefinition(CallerKind.PERSON, frozenset(permissions))


def _client(permissions: AbstractSet[Permission]) -> RoleDefinition:
    return RoleDefinition(CallerKind.CLIENT, frozenset(permissions))


ROLES: Mapping[Role, RoleDefinition] = {
    Role.VIEWER: _person(_VIEWER),
    Role.STAFF: _person(_STAFF),
    Role.MANAGER: _person(_MANAGER),
    Role.OWNER: _person(_OWNER),
    Role.SUPPORT: _person({Permission.USE_CONSOLE, Permission.SUPPORT_PLATFORM}),
    Role.MEMBER: RoleDefinition(CallerKind.MEMBER, frozenset(_KIOSK)),
    Role.KIOSK: _client(_KIOSK),
    Role.BACKEND: _client(_KIOSK | {Permission.EDIT_POINTS}),
    Role.IMPORTER: _client(_KIOSK | {Permission.IMPORT}),
    Role.APP: _client(set()),
}
"""Every role."""

if missing := set(Role) - ROLES.keys():
    raise TypeError(f"Roles without a definition: {', '.join(sorted(missing))}.")

STAFF_ROLES = tuple(
    r for r, known in ROLES.items() if known.kind is CallerKind.PERSON and r is not Role.SUPPORT
)
"""The roles that a program's owner can give to a person."""

CLIENT_KINDS = tuple(role for role, known in ROLES.items() if known.kind is CallerKind.CLIENT)
"""The kinds of client that a program's owner can add."""

SCOPES: dict[Permission, str] = {
    Permission.CHECK_IN: "redflag/check-ins.write",
    Permission.CHECK_GATE: "redflag/gate.check",
    Permission.ENROL: "redflag/members.write",
    Permission.EDIT_POINTS: "redflag/members.write",
    Permission.IMPORT: "redflag/check-ins.import",
}
"""The scope that a machine client's token must carry; members' tokens carry none."""


def may(role: Role, permission: Permission, scopes: frozenset[str]) -> bool:
    """Whether a principal of this role, with this token, may do this."""
    if permission not in ROLES[role].permissions:
        return False
    return ROLES[role].kind is not CallerKind.CLIENT or SCOPES[permission] in scopes
