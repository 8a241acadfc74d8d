import pytest

from redflag.core.instants import DAY, SECOND
from redflag.store import pending_notifications
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id
from tests.cloud.program import NOON


def add(database: Database, program_id: str, *flag_ids: str) -> None:
    for flag_id in flag_ids:
        database.commit(pending_notifications.add(database, program_id, flag_id, now=NOON))


def test_a_flag_waits_until_it_was_told_of(database: Database) -> None:
    program_id = new_program_id()
    add(database, program_id, "f_1", "f_2", "f_3")
    assert pending_notifications.waiting(database, program_id, 10) == ["f_1", "f_2", "f_3"]
    pending_notifications.mark_notified(database, program_id, ["f_1", "f_3"], "d_1", now=NOON)
    assert pending_notifications.waiting(database, program_id, 10) == ["f_2"]


def test_a_flag_is_noticed_once_while_it_waits_and_after(database: Database) -> None:
    program_id = new_program_id()
    add(database, program_id, "f_1")
    with pytest.raises(ConditionFailed, match="pending"):
        add(database, program_id, "f_1")
    pending_notifications.mark_notified(database, program_id, ["f_1"], "d_1", now=NOON)
    with pytest.raises(ConditionFailed, match="notified"):
        add(database, program_id, "f_1")
    assert pending_notifications.waiting(database, program_id, 10) == []


def test_telling_twice_changes_nothing(database: Database) -> None:
    program_id = new_program_id()
    add(database, program_id, "f_1", "f_2")
    for _ in range(2):
        pending_notifications.mark_notified(database, program_id, ["f_1"], "d_1", now=NOON)
    assert pending_notifications.waiting(database, program_id, 10) == ["f_2"]


def test_as_many_are_moved_as_there_are(database: Database) -> None:
    program_id = new_program_id()
    everyone = [f"f_{n:03d}" for n in range(30)]
    add(database, program_id, *everyone)
    assert pending_notifications.waiting(database, program_id, 12) == everyone[:12]
    pending_notifications.mark_notified(database, program_id, everyone[:29], "d_1", now=NOON)
    assert pending_notifications.waiting(database, program_id, 100) == everyone[29:]


def test_programs_do_not_see_each_others_pending_notifications(database: Database) -> None:
    one, other = new_program_id(), new_program_id()
    add(database, one, "f_1")
    assert pending_notifications.waiting(database, other, 10) == []


def test_what_was_told_of_is_remembered_for_longer_than_a_stream_repeats(database: Database) -> None:
    program_id = new_program_id()
    add(database, program_id, "f_1")
    pending_notifications.mark_notified(database, program_id, ["f_1"], "d_1", now=NOON)
    item = database.get(database.tables.notices, {"pk": program_id, "sk": "TOLD#f_1"}, consistent=True)
    assert item is not None
    assert item["expires_at"] == (NOON + 90 * DAY) // SECOND
