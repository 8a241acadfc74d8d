"""Who may do what: the role matrix, as one table.

People at the console have a role of the staff pool. Callers of the app pool are a member, who acts
only as themselves, or a machine client, whose token must also carry the scope of what it does. A
merchant's mobile app is known too, as where its members sign in; it may do nothing by itself.
"""

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

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(_VIEWER),
    Role.STAFF: frozenset(_STAFF),
    Role.MANAGER: frozenset(_MANAGER),
    Role.OWNER: frozenset(_OWNER),
    Role.SUPPORT: frozenset({Permission.USE_CONSOLE, Permission.SUPPORT_PLATFORM}),
    Role.MEMBER: frozenset(_KIOSK),
    Role.KIOSK: frozenset(_KIOSK),
    Role.BACKEND: frozenset(_KIOSK | {Permission.EDIT_POINTS}),
    Role.IMPORTER: frozenset(_KIOSK | {Permission.IMPORT}),
    Role.APP: frozenset(),
}

POOL_OF: dict[Role, Pool] = {
    role: Pool.STAFF
    if role in (Role.VIEWER, Role.STAFF, Role.MANAGER, Role.OWNER, Role.SUPPORT)
    else Pool.APP
    for role in Role
}

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
    if permission not in PERMISSIONS[role]:
        return False
    machine = POOL_OF[role] is Pool.APP and role is not Role.MEMBER
    return not machine or SCOPES[permission] in scopes
