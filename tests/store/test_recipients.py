import pytest

from redflag.store import recipients
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from redflag.store.recipients import Mark, Why
from tests.cloud.program import NOON

BOUNCED = Mark("Ana@Example.com", Why.BOUNCED, NOON, "550 user unknown")
GONE = Mark("bo@example.com", Why.UNSUBSCRIBED, NOON)


def test_marks_are_found_by_address_in_whatever_case(database: Database) -> None:
    program_id = new_program_id()
    database.commit([recipients.save(database, program_id, BOUNCED)])
    database.commit([recipients.save(database, program_id, GONE)])
    assert recipients.marked(database, program_id) == {"ana@example.com": BOUNCED, "bo@example.com": GONE}
    assert recipients.marked(database, new_program_id()) == {}


def test_the_first_mark_stays_until_it_is_taken_away(database: Database) -> None:
    program_id = new_program_id()
    database.commit([recipients.save(database, program_id, BOUNCED)])
    again = recipients.save(database, program_id, Mark("ana@example.com", Why.UNSUBSCRIBED, NOON))
    with pytest.raises(ConditionFailed, match="recipient"):
        database.commit([again])
    database.commit([recipients.remove(database, program_id, "ANA@example.com")])
    assert recipients.marked(database, program_id) == {}
    with pytest.raises(ConditionFailed, match="recipient"):
        database.commit([recipients.remove(database, program_id, "ana@example.com")])
