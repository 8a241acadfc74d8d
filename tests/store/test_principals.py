from dataclasses import replace

import pytest

from redflag.core.roles import Pool, Role
from redflag.store import principals
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from redflag.store.principals import Principal
from tests.cloud.program import NOON


def save(database: Database, *these: Principal) -> None:
    for each in these:
        database.commit([principals.save(database, each)])


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.MEMBER])
def test_a_principal_is_found_by_pool_and_subject_and_is_there_once(database: Database, role: Role) -> None:
    one = Principal(f"sub-{new_program_id()}", role, new_program_id(), "A name", "a@example.com", None, NOON)
    save(database, one)
    staff = principals.get_staff(database, one.subject)
    app = principals.get_app_caller(database, one.subject, one.program_id)
    assert (staff, app) == ((one, None) if one.pool is Pool.STAFF else (None, one))
    with pytest.raises(ConditionFailed, match="principal"):
        save(database, replace(one, name="Another"))


def test_a_caller_of_the_app_pool_can_be_known_to_several_programs(database: Database) -> None:
    programs = sorted(new_program_id() for _ in range(3))
    subject = f"sub-{programs[0]}"
    save(database, *(Principal(subject, Role.MEMBER, p, member_id=f"m_{p}") for p in programs))
    assert principals.programs_of(database, subject) == programs
    found = principals.get_app_caller(database, subject, programs[1])
    assert found is not None
    assert found.member_id == f"m_{programs[1]}"
    assert principals.programs_of(database, "nobody") == []


def test_who_was_removed_is_gone_at_once_and_can_come_back(database: Database) -> None:
    one = Principal(f"sub-{new_program_id()}", Role.KIOSK, new_program_id(), created_at=NOON)
    save(database, one)
    database.commit([principals.remove(database, one)])
    assert principals.get_app_caller(database, one.subject, one.program_id) is None
    with pytest.raises(ConditionFailed, match="principal"):
        database.commit([principals.remove(database, one)])
    save(database, one)


def test_staff_and_clients_are_listed_apart_and_members_are_not(database: Database) -> None:
    program_id = new_program_id()
    staff = [Principal(f"{n}-{program_id}", Role.VIEWER, program_id) for n in "abc"]
    clients = [Principal(f"{n}-{program_id}", Role.BACKEND, program_id) for n in "xy"]
    member = Principal(f"m-{program_id}", Role.MEMBER, program_id, member_id="m_1")
    elsewhere = Principal(f"e-{program_id}", Role.VIEWER, new_program_id())
    save(database, *staff, *clients, member, elsewhere)

    def listed(pool: Pool, after: str | None = None, limit: int = 10) -> list[Principal]:
        return principals.of_program(database, program_id, pool, after=after, limit=limit)

    assert listed(Pool.STAFF) == staff
    assert listed(Pool.APP) == clients
    assert listed(Pool.STAFF, limit=2) == staff[:2]
    assert listed(Pool.STAFF, after=staff[1].subject) == staff[2:]


def test_the_staff_are_named_and_nobody_else(database: Database) -> None:
    program_id = new_program_id()
    here = Principal(f"a-{program_id}", Role.VIEWER, program_id, "Ana")
    gone = Principal(f"b-{program_id}", Role.MANAGER, program_id, "Ben")
    elsewhere = Principal(f"c-{program_id}", Role.OWNER, new_program_id(), "Cyd")
    client = Principal(f"d-{program_id}", Role.BACKEND, program_id, "Till")
    save(database, here, gone, elsewhere, client)
    database.commit([principals.remove(database, gone)])
    asked = [each.subject for each in (here, gone, elsewhere, client)]
    assert principals.staff_names(database, program_id, [*asked, "redflag"]) == {here.subject: "Ana"}
    assert principals.staff_names(database, program_id, []) == {}


def test_whoever_acts_as_a_member_is_found_beside_the_member(database: Database) -> None:
    program_id = new_program_id()
    mine = [Principal(f"{n}-{program_id}", Role.MEMBER, program_id, member_id="m_1") for n in "ab"]
    other = Principal(f"c-{program_id}", Role.MEMBER, program_id, member_id="m_10")
    for each in (*mine, other):
        save(database, each)
        database.commit([principals.save_account(database, each)])
    assert principals.accounts_of(database, program_id, "m_1") == [each.subject for each in mine]
    database.commit([principals.forget_account(database, program_id, "m_1", mine[0].subject)])
    assert principals.get_app_caller(database, mine[0].subject, program_id) is None
    for member_id, subject in (("m_1", mine[0].subject), ("m_1", other.subject), ("m_1", "nobody")):
        with pytest.raises(ConditionFailed, match="principal"):
            database.commit([principals.forget_account(database, program_id, member_id, subject)])
    assert principals.get_app_caller(database, other.subject, program_id) == other
