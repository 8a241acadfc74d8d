from dataclasses import replace

import pytest

from redflag.store import audit
from redflag.store.audit import Entry
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from tests.cloud.program import NOON, check_chain

ENTRY = Entry("block", NOON, "owner", "m_1", "Shared a till.", {"access": "active"}, {"access": "blocked"})


def log(database: Database, program_id: str) -> list[dict[str, object]]:
    found, _ = database.query(
        TableName=database.tables.audit,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": program_id}},
        ConsistentRead=True,
    )
    return found


def test_entries_are_numbered_and_sealed_onto_each_other_by_program(database: Database) -> None:
    one, other = new_program_id(), new_program_id()
    for program_id in (one, other, one):
        database.commit([audit.append(database, program_id, ENTRY)])
    assert [entry["sk"] for entry in log(database, one)] == ["000000000001", "000000000002"]
    check_chain(log(database, one))
    check_chain(log(database, other))


def test_of_two_writers_of_the_same_number_one_loses(database: Database) -> None:
    program_id = new_program_id()
    both = [
        audit.append(database, program_id, ENTRY),
        audit.append(database, program_id, replace(ENTRY, by="x")),
    ]
    database.commit(both[:1])
    with pytest.raises(ConditionFailed, match="audit"):
        database.commit(both[1:])
    assert [entry["by"] for entry in log(database, program_id)] == ["owner"]


@pytest.mark.parametrize("field", ["at", "by", "subject", "reason", "before", "after", "action", "sk"])
def test_a_changed_entry_no_longer_fits_its_seal(database: Database, field: str) -> None:
    program_id = new_program_id()
    for _ in range(3):
        database.commit([audit.append(database, program_id, ENTRY)])
    entries = log(database, program_id)
    entries[1][field] = "000000000009"
    with pytest.raises(AssertionError):
        check_chain(entries)


def test_an_entry_that_was_taken_out_leaves_a_gap(database: Database) -> None:
    program_id = new_program_id()
    for _ in range(3):
        database.commit([audit.append(database, program_id, ENTRY)])
    entries = log(database, program_id)
    del entries[1]
    with pytest.raises(AssertionError):
        check_chain(entries)


def test_entries_about_one_subject_come_newest_first(database: Database) -> None:
    program_id = new_program_id()
    for number in range(5):
        entry = replace(ENTRY, subject=f"m_{number % 2}", reason=f"Reason {number}")
        database.commit([audit.append(database, program_id, entry)])
    found = audit.about(database, program_id, "m_0", 2)
    assert [entry["reason"] for entry in found] == ["Reason 4", "Reason 2"]
    assert audit.about(database, new_program_id(), "m_0", 2) == []
