import pytest

from redflag.store import suppressions
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from redflag.store.suppressions import Suppression, SuppressionReason
from tests.cloud.program import NOON

BOUNCED = Suppression("Ana@Example.com", SuppressionReason.BOUNCED, NOON, "550 user unknown")
GONE = Suppression("bo@example.com", SuppressionReason.UNSUBSCRIBED, NOON)


def test_marks_are_found_by_address_in_whatever_case(database: Database) -> None:
    program_id = new_program_id()
    database.commit([suppressions.save(database, program_id, BOUNCED)])
    database.commit([suppressions.save(database, program_id, GONE)])
    assert suppressions.of_program(database, program_id) == {
        "ana@example.com": BOUNCED,
        "bo@example.com": GONE,
    }
    assert suppressions.of_program(database, new_program_id()) == {}


def test_the_first_mark_stays_until_it_is_taken_away(database: Database) -> None:
    program_id = new_program_id()
    database.commit([suppressions.save(database, program_id, BOUNCED)])
    again = suppressions.save(
        database, program_id, Suppression("ana@example.com", SuppressionReason.UNSUBSCRIBED, NOON)
    )
    with pytest.raises(ConditionFailed, match="recipient"):
        database.commit([again])
    database.commit([suppressions.remove(database, program_id, "ANA@example.com")])
    assert suppressions.of_program(database, program_id) == {}
    with pytest.raises(ConditionFailed, match="recipient"):
        database.commit([suppressions.remove(database, program_id, "ana@example.com")])
