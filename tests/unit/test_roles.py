from pathlib import Path

import pytest

from redflag.core import roles
from redflag.core.roles import ROLES, SCOPES, Permission, Pool, Role, may

CHECK_INS, GATE = "redflag/check-ins.write", "redflag/gate.check"
MEMBERS, IMPORT = "redflag/members.write", "redflag/check-ins.import"
ALL_SCOPES = frozenset({CHECK_INS, GATE, MEMBERS, IMPORT})
NO_SCOPES: frozenset[str] = frozenset()

MATRIX = """
                    viewer  staff  manager  owner  support  member  kiosk  backend  importer  app
use_console         yes     yes    yes      yes    yes      -       -      -        -         -
read                yes     yes    yes      yes    -        -       -      -        -         -
edit_points         -       yes    yes      yes    -        -       -      yes      -         -
flag                -       yes    yes      yes    -        -       -      -        -         -
enrol               -       yes    yes      yes    -        yes     yes    yes      yes       -
decide              -       -      yes      yes    -        -       -      -        -         -
export              -       -      yes      yes    -        -       -      -        -         -
configure           -       -      -        yes    -        -       -      -        -         -
manage_principals   -       -      -        yes    -        -       -      -        -         -
read_audit          -       -      -        yes    -        -       -      -        -         -
erase               -       -      -        yes    -        -       -      -        -         -
support_platform    -       -      -        -      yes      -       -      -        -         -
check_in            -       -      -        -      -        yes     yes    yes      yes       -
check_gate          -       -      -        -      -        yes     yes    yes      yes       -
import              -       -      -        -      -        -       -      -        yes       -
"""
NEEDED_SCOPE = {
    "check_in": CHECK_INS,
    "check_gate": GATE,
    "enrol": MEMBERS,
    "edit_points": MEMBERS,
    "import": IMPORT,
}
STAFF_ROLES = {"viewer", "staff", "manager", "owner", "support"}
MACHINES = {"kiosk", "backend", "importer", "app"}


def cells() -> list[tuple[str, str, bool]]:
    roles, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return [
        (role, permission, cell == "yes")
        for permission, *row in rows
        for role, cell in zip(roles, row, strict=True)
    ]


@pytest.mark.parametrize(("role", "permission", "allowed"), cells())
def test_a_role_may_do_what_the_matrix_says(*, role: str, permission: str, allowed: bool) -> None:
    assert may(Role(role), Permission(permission), ALL_SCOPES) is allowed


@pytest.mark.parametrize(("role", "permission", "allowed"), [cell for cell in cells() if cell[2]])
def test_a_machine_also_needs_the_scope_and_a_person_does_not(
    *, role: str, permission: str, allowed: bool
) -> None:
    machine = role in MACHINES
    assert may(Role(role), Permission(permission), NO_SCOPES) is not machine
    if machine:
        needed = NEEDED_SCOPE[permission]
        assert may(Role(role), Permission(permission), frozenset({needed})) is allowed
        assert not may(Role(role), Permission(permission), ALL_SCOPES - {needed})


def test_the_matrix_knows_every_role_and_permission() -> None:
    assert {role for role, _, _ in cells()} == set(Role)
    assert {permission for _, permission, _ in cells()} == set(Permission)


def test_every_role_belongs_to_one_pool() -> None:
    assert {role for role, known in ROLES.items() if known.pool is Pool.STAFF} == STAFF_ROLES
    assert set(ROLES) == set(Role)


def test_scopes_are_those_of_the_api() -> None:
    assert {permission.value: scope for permission, scope in SCOPES.items()} == NEEDED_SCOPE


def test_a_role_without_a_definition_is_refused_at_import() -> None:
    source = Path(roles.__file__).read_text(encoding="utf-8")
    line = "    Role.KIOSK: _client(_KIOSK),\n"
    assert line in source
    with pytest.raises(TypeError, match="kiosk"):
        exec(compile(source.replace(line, ""), "roles.py", "exec"), {"__name__": "roles"})  # noqa: S102  this repository's own code
