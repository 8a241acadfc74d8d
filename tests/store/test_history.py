from redflag.core.decide import NeededHistory, Outcome
from redflag.core.instants import BEGINNING, DAY, HOUR, MINUTE, Instant
from redflag.core.model import PointEdit, Position
from redflag.store import history, partition, points
from redflag.store.database import Database
from redflag.store.ids import encode_instant, new_program_id
from redflag.store.slots import Details, Slot
from tests.cloud.program import NOON


def slot(number: int, at: Instant, outcome: Outcome = Outcome.ACCEPTED, until: Instant | None = None) -> Slot:
    return Slot(at, f"{number:011d}", "body", "l_00000001", outcome, until)


def keep(database: Database, key: str, one: Slot, details: Details | None = None, days: int = 400) -> None:
    database.commit([history.past_attempt(database, key, one, details, now=NOON, days=days)])


def member_key() -> str:
    return f"{new_program_id()}#m_0000000000001"


def test_an_attempt_is_found_again_with_how_it_ended(database: Database) -> None:
    key = member_key()
    for number, outcome in enumerate(Outcome):
        one = slot(number, NOON - number, outcome, NOON if outcome is Outcome.TOO_SOON else None)
        keep(database, key, one)
        assert history.find(database, key, one.check_in_id) == one
    assert history.find(database, key, slot(99, NOON).check_in_id) is None


def test_writing_an_attempt_twice_keeps_one(database: Database) -> None:
    key, one = member_key(), slot(1, NOON)
    for _ in range(2):
        keep(database, key, one, Details(one.fingerprint, "till-1", Position(1.5, 2.5)))
    (found,) = history.recent(database, key, now=NOON, days=400, limit=10)
    assert (found.check_in_id, found.at, found.device_id) == (one.check_in_id, NOON, "till-1")


def test_details_of_another_attempt_are_not_taken_for_this_one(database: Database) -> None:
    key, one = member_key(), slot(1, NOON)
    keep(database, key, one, Details("another0000", "till-9"))
    (found,) = history.recent(database, key, now=NOON, days=400, limit=10)
    assert found.device_id is None


def test_the_newest_attempts_come_first_and_expired_ones_not_at_all(database: Database) -> None:
    key = member_key()
    for number in range(4):
        keep(database, key, slot(number, NOON - number * HOUR), days=1 if number == 1 else 400)
    found = history.recent(database, key, now=NOON + 2 * DAY, days=400, limit=3)
    assert [f.at for f in found] == [NOON, NOON - 2 * HOUR, NOON - 3 * HOUR]
    assert [f.at for f in history.everything(database, key, now=NOON, days=400)] == [
        NOON - n * HOUR for n in range(4)
    ]


def test_older_check_ins_are_the_accepted_ones_before_an_instant_newest_first(database: Database) -> None:
    key = member_key()
    for number in range(6):
        outcome = Outcome.TOO_SOON if number == 3 else Outcome.ACCEPTED
        keep(database, key, slot(number, NOON - number * MINUTE, outcome))
    found = history.accepted_between(
        database, key, NeededHistory(BEGINNING, NOON - MINUTE, counted=True, limit=2), now=NOON, days=400
    )
    assert [f.at for f in found] == [NOON - n * MINUTE for n in (2, 4)]


def test_what_never_counted_and_what_has_expired_is_no_older_check_in(database: Database) -> None:
    key, late = member_key(), slot(1, NOON - 2 * MINUTE)
    write = history.past_attempt(database, key, late, None, now=NOON, days=400, counts=False)
    database.commit([write])
    keep(database, key, slot(2, NOON - 3 * MINUTE), days=1)
    keep(database, key, slot(3, NOON - 4 * MINUTE))
    found = history.accepted_between(
        database, key, NeededHistory(BEGINNING, NOON, counted=True), now=NOON + 2 * DAY, days=400
    )
    assert [f.at for f in found] == [NOON - 4 * MINUTE]
    assert history.find(database, key, late.check_in_id) == late


def test_no_reader_shows_what_was_recorded_before_the_days_that_the_settings_allow_now(
    database: Database,
) -> None:
    key, older = member_key(), NeededHistory(BEGINNING, NOON + 9 * DAY, counted=True)
    # The first is of long ago and was imported, as the second was recorded when it happened.
    for number, (at, recorded_at) in enumerate([(NOON - 900 * DAY, NOON), (NOON + DAY, NOON + DAY)]):
        write = history.past_attempt(database, key, slot(number, at), None, now=recorded_at, days=400)
        database.commit([write])
    for days, found in ((3, 2), (2, 1), (1, 0), (400, 2)):
        now = NOON + 2 * DAY
        assert len(history.recent(database, key, now=now, days=days, limit=10)) == found, days
        assert len(history.everything(database, key, now=now, days=days)) == found
        assert len(history.accepted_between(database, key, older, now=now, days=days)) == found
    # An item that is there answers a repetition, whoever may see it.
    assert history.find(database, key, slot(1, NOON + DAY).check_in_id) is not None


def test_an_item_is_kept_until_another_time_and_none_that_is_gone_comes_back(database: Database) -> None:
    key = member_key()
    for number in range(3):
        keep(database, key, slot(number, NOON + number))
    first, rest = history.page(database, key, after=None, limit=2)
    assert [kept.expires_at for kept in first] == [history.expiry(NOON, 400)] * 2
    second, end = history.page(database, key, after=rest, limit=2)
    assert (len(second), end) == (1, None)
    history.keep_until(database, key, first[0], history.expiry(NOON, 30))
    partition.sweep(database, database.tables.history, key, keep={first[0].sort_key})
    history.keep_until(database, key, second[0], history.expiry(NOON, 30))
    left, _ = history.page(database, key, after=None, limit=10)
    assert left == [history.Kept(first[0].sort_key, NOON, history.expiry(NOON, 30))]


def test_sweeping_a_partition_takes_everything_but_what_is_to_be_kept(database: Database) -> None:
    key, other = member_key(), member_key()
    for number in range(30):
        keep(database, key, slot(number, NOON + number))
    keep(database, other, slot(1, NOON))
    kept = slot(7, NOON + 7).check_in_id[2:]
    partition.sweep(database, database.tables.history, key, keep={kept})
    assert [f.at for f in history.everything(database, key, now=NOON, days=400)] == [NOON + 7]
    partition.sweep(database, database.tables.history, key)
    assert history.everything(database, key, now=NOON, days=400) == []
    assert len(history.everything(database, other, now=NOON, days=400)) == 1


def test_point_edits_are_read_back_newest_first_after_an_instant(database: Database) -> None:
    program_id = new_program_id()
    edits = [
        PointEdit(f"e_{encode_instant(NOON + n)}{n:011d}", NOON + n, 10 * n, "s_eve", "Birthday")
        for n in range(4)
    ]
    for number, edit in enumerate(edits):
        database.commit([points.save(database, program_id, "m_1", edit, 100 + number)])
    found = points.since(database, program_id, "m_1", NOON + 1)
    assert found == [(edits[3], 103), (edits[2], 102)]
    assert points.since(database, program_id, "m_2", NOON) == []
