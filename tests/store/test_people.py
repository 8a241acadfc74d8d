from dataclasses import replace

import pytest

from redflag.store import people
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_member_id, new_program_id
from redflag.store.people import PhoneRecord, Profile
from tests.cloud.program import NOON

HASH = "h" * 43


def profile(program_id: str, name: str | None = "Zelda Quince", **more: object) -> Profile:
    known = Profile(program_id, new_member_id(), HASH, "00ff", "•••••01", NOON, name=name)
    return replace(known, **more)  # type: ignore[arg-type]


def save(database: Database, *profiles: Profile) -> None:
    for each in profiles:
        database.commit([people.save_profile(database, each, None)])


def test_a_profile_is_read_back_as_it_was_saved(database: Database) -> None:
    whole = profile(
        new_program_id(), email="z@example.com", external_id="crm-1", membership="active", points=-40
    )
    bare = profile(whole.program_id, name=None)
    save(database, whole, bare)
    assert people.get_profile(database, whole.program_id, whole.member_id) == whole
    assert people.get_profile(database, bare.program_id, bare.member_id) == bare
    assert people.get_profile(database, new_program_id(), whole.member_id) is None


@pytest.mark.parametrize("meanwhile", [{"points": 10}, {"membership": "cancelled"}])
def test_a_profile_that_changed_meanwhile_is_not_overwritten(
    database: Database, meanwhile: dict[str, object]
) -> None:
    read = profile(new_program_id(), membership="active", points=5)
    save(database, read)
    changed = replace(read, **meanwhile)  # type: ignore[arg-type]
    database.commit([people.save_profile(database, changed, read)])
    with pytest.raises(ConditionFailed, match="profile"):
        database.commit([people.save_profile(database, replace(read, points=7), read)])
    assert people.get_profile(database, read.program_id, read.member_id) == changed


def test_a_number_that_nobody_has_is_not_blocked(database: Database) -> None:
    assert people.find_phone(database, new_program_id(), HASH) == PhoneRecord()


def test_a_number_is_given_to_one_member(database: Database) -> None:
    program_id, mine, theirs = new_program_id(), PhoneRecord("m_mine"), PhoneRecord("m_theirs")
    database.commit([people.save_phone(database, program_id, HASH, mine, new=True)])
    with pytest.raises(ConditionFailed, match="phone"):
        database.commit([people.save_phone(database, program_id, HASH, theirs, new=True)])
    assert people.find_phone(database, program_id, HASH, consistent=True) == mine


def test_the_same_number_is_another_members_in_another_program(database: Database) -> None:
    one, other = new_program_id(), new_program_id()
    for program_id in (one, other):
        record = PhoneRecord(f"m_{program_id}")
        database.commit([people.save_phone(database, program_id, HASH, record, new=True)])
    assert people.find_phone(database, one, HASH).member_id == f"m_{one}"


def test_the_block_of_a_number_outlives_its_member_and_meets_the_next(database: Database) -> None:
    known = profile(new_program_id())
    blocked = PhoneRecord(known.member_id, blocked=True)
    database.commit([people.save_phone(database, known.program_id, HASH, blocked)])
    database.commit([people.forget_phone(database, known, blocked)])
    assert people.find_phone(database, known.program_id, HASH) == PhoneRecord(None, blocked=True)
    again = PhoneRecord("m_next", blocked=True)
    database.commit([people.save_phone(database, known.program_id, HASH, again, new=True)])


def test_nothing_is_left_of_a_number_that_was_not_blocked(database: Database) -> None:
    known = profile(new_program_id())
    record = PhoneRecord(known.member_id)
    database.commit([people.save_phone(database, known.program_id, HASH, record)])
    database.commit([people.forget_phone(database, known, record)])
    assert people.find_phone(database, known.program_id, HASH) == PhoneRecord()


def test_a_merchants_own_id_finds_one_member_and_can_be_given_again(database: Database) -> None:
    one = profile(new_program_id(), external_id="crm-1")
    other = replace(one, member_id=new_member_id())
    database.commit([people.save_external(database, one, "crm-1")])
    with pytest.raises(ConditionFailed, match="external id"):
        database.commit([people.save_external(database, other, "crm-1")])
    assert people.find_external(database, one.program_id, "crm-1") == one.member_id
    database.commit([people.forget_external(database, one.program_id, "crm-1")])
    assert people.find_external(database, one.program_id, "crm-1") is None
    database.commit([people.save_external(database, other, "crm-1")])
    assert people.find_external(database, one.program_id, "crm-1") == other.member_id


def listed(database: Database, program_id: str, part: str = "", page: int = 2) -> list[str | None]:
    """All names, over as many pages as it takes."""
    names: list[str | None] = []
    after: str | None = None
    for _ in range(50):
        found, after = people.by_name(database, program_id, part, after=after, limit=page)
        names += [each.name for each in found]
        if after is None:
            return names
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("page", [1, 2, 5, 6, 100])
def test_members_are_listed_by_name_once_each_on_pages_of_any_length(database: Database, page: int) -> None:
    program_id = new_program_id()
    save(database, *(profile(program_id, name) for name in ("bea", "Ádám", "Cy", "Zoë", "Bea", None)))
    save(database, profile(new_program_id(), "Elsewhere"))
    found = listed(database, program_id, page=page)
    assert sorted(found, key=str) == sorted(["bea", "Ádám", "Cy", "Zoë", "Bea", None], key=str)
    assert [name.casefold() for name in found if name] == ["bea", "bea", "cy", "zoë", "ádám"]


def test_members_are_found_by_part_of_their_name_in_any_case(database: Database) -> None:
    program_id = new_program_id()
    save(database, *(profile(program_id, name) for name in ("Xanthe Oduya", "Wystan Ferrow", "Straße 9")))
    assert listed(database, program_id, "ODU") == ["Xanthe Oduya"]
    assert listed(database, program_id, "STRASSE") == ["Straße 9"]
    assert listed(database, program_id, "nobody") == []


def test_many_profiles_are_read_at_once_and_those_that_are_not_there_are_left_out(database: Database) -> None:
    program_id = new_program_id()
    known = [profile(program_id) for _ in range(5)]
    save(database, *known)
    first, *others = (each.member_id for each in known)
    # More than DynamoDB reads at once, and one of them twice.
    asked = [first, *(new_member_id() for _ in range(100)), *others, first]
    assert people.profiles(database, program_id, asked) == {each.member_id: each for each in known}
