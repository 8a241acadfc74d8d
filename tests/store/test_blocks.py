from dataclasses import replace
from secrets import token_urlsafe
from typing import Any

import pytest

from redflag.store import people, platform_blocks
from redflag.store.database import ConditionFailed, Database, put, typed
from redflag.store.ids import new_block_id, new_program_id
from redflag.store.people import PhoneRecord
from redflag.store.platform_blocks import Block
from tests.cloud.program import NOON


def a_block(at: int = NOON) -> Block:
    return Block(new_block_id(at), token_urlsafe(32), "•••••••••50", "Resells rewards.", at, "eve")


def item_beside(database: Database, key: str) -> dict[str, Any] | None:
    return database.get(database.tables.members, {"pk": key, "sk": "beside"}, consistent=True)


def test_a_block_is_found_by_its_number_and_by_its_id(database: Database) -> None:
    block = a_block()
    database.commit(platform_blocks.save(database, block))
    assert platform_blocks.of_number(database, block.phone_hash) == block
    assert platform_blocks.get(database, block.block_id) == block
    assert platform_blocks.of_number(database, a_block().phone_hash) is None
    assert platform_blocks.get(database, a_block().block_id) is None


def test_a_number_has_one_block(database: Database) -> None:
    block = a_block()
    database.commit(platform_blocks.save(database, block))
    second = replace(a_block(), phone_hash=block.phone_hash)
    with pytest.raises(ConditionFailed, match="platform block"):
        database.commit(platform_blocks.save(database, second))
    assert platform_blocks.of_number(database, block.phone_hash) == block
    assert platform_blocks.get(database, second.block_id) is None


def test_a_lifted_block_is_gone_from_both_places_and_can_be_made_again(database: Database) -> None:
    block = a_block()
    database.commit(platform_blocks.save(database, block))
    database.commit(platform_blocks.lift(database, block))
    assert platform_blocks.of_number(database, block.phone_hash) is None
    assert platform_blocks.get(database, block.block_id) is None
    again = replace(a_block(), phone_hash=block.phone_hash)
    database.commit(platform_blocks.save(database, again))
    with pytest.raises(ConditionFailed, match="platform block"):
        database.commit(platform_blocks.lift(database, block))
    assert platform_blocks.of_number(database, block.phone_hash) == again


@pytest.mark.parametrize("stands", [False, True])
@pytest.mark.parametrize("believed", [False, True])
def test_what_is_written_beside_a_check_depends_on_whether_the_block_stands(
    database: Database, *, stands: bool, believed: bool
) -> None:
    block = a_block()
    if stands:
        database.commit(platform_blocks.save(database, block))
    beside = put("beside", database.tables.members, {"pk": block.block_id, "sk": "beside"})
    check = platform_blocks.still(database, block.phone_hash, block if believed else None)
    if stands is believed:
        database.commit([beside, check])
    else:
        with pytest.raises(ConditionFailed, match="platform block"):
            database.commit([beside, check])
    assert (item_beside(database, block.block_id) is not None) is (stands is believed)


def test_a_check_for_one_block_does_not_take_the_next_of_the_same_number_for_it(database: Database) -> None:
    block = a_block()
    database.commit(platform_blocks.save(database, replace(a_block(), phone_hash=block.phone_hash)))
    beside = put("beside", database.tables.members, {"pk": block.block_id, "sk": "beside"})
    with pytest.raises(ConditionFailed, match="platform block"):
        database.commit([beside, platform_blocks.still(database, block.phone_hash, block)])
    assert item_beside(database, block.block_id) is None


@pytest.mark.parametrize("page", [1, 2, 5, 6])
def test_blocks_are_listed_newest_first_once_each_on_pages_of_any_length(
    database: Database, page: int
) -> None:
    start = 3 * NOON + page * 1000
    made = [a_block(start + number) for number in range(5)]
    for block in made:
        database.commit(platform_blocks.save(database, block))
    found: list[Block] = []
    before: str | None = new_block_id(start + 999)
    while before is not None:
        items = platform_blocks.newest(database, before=before, limit=page)
        found += [block for block in items if block.blocked_at >= start]
        before = items[-1].block_id if items and items[-1].blocked_at >= start else None
    assert found == made[::-1]
    newest = platform_blocks.newest(database, before=None, limit=1)
    assert newest[0].blocked_at >= start


def test_all_programs_that_know_a_number_are_told_and_no_others(database: Database) -> None:
    block, known = a_block(), sorted(new_program_id() for _ in range(3))
    for program_id in known:
        record = PhoneRecord("m_1")
        database.commit([people.save_phone(database, program_id, block.phone_hash, record, new=True)])
    other = a_block().phone_hash
    database.commit([people.save_phone(database, new_program_id(), other, PhoneRecord("m_2"), new=True)])
    assert list(platform_blocks.programs_that_know(database, block.phone_hash)) == known
    database.commit(platform_blocks.save(database, block))
    assert list(platform_blocks.programs_that_know(database, block.phone_hash)) == known
    assert people.find_phone(database, known[0], block.phone_hash).member_id == "m_1"


def test_a_number_that_more_programs_know_than_one_answer_holds_is_told_whole(database: Database) -> None:
    phone_hash, known = a_block().phone_hash, [new_program_id() for _ in range(5)]
    for program_id in known:
        item = people.phone_key(program_id, phone_hash) | {"member_id": "m_1", "padding": "x" * 300_000}
        database.client.put_item(TableName=database.tables.members, Item=typed(item))
    assert sorted(platform_blocks.programs_that_know(database, phone_hash)) == sorted(known)
