from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from redflag.core.counted import Counted, Numbers
from redflag.core.flags import FlagStatus
from redflag.core.model import RuleName
from redflag.core.rules import RULES
from redflag.store import counts
from redflag.store.counts import Tally
from redflag.store.database import ConditionFailed, Database
from redflag.store.ids import new_program_id

DAY = date(2060, 3, 14)
PLACE = "l_00000001"
FLAG = "f_0000000000000vi00000000000000000000"
OPEN = Counted(DAY, PLACE, RuleName("visit_frequency"), FlagStatus.OPEN)
VERIFIED = replace(OPEN, status=FlagStatus.VERIFIED)
NOWHERE = replace(OPEN, location_id=None, rule=RuleName("back_to_back"))
TOMORROW = replace(OPEN, day=date(2060, 3, 15))


def move(
    database: Database, program_id: str, before: Counted | None, after: Counted | None, flag: str = FLAG
) -> None:
    database.commit(counts.move(database, program_id, flag, before, after))


def numbers(database: Database, program_id: str) -> Numbers:
    found: Numbers = Counter()
    for tally in counts.tallies(database, program_id).values():
        found.update(tally.numbers)
    return found


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("status", FlagStatus)
@pytest.mark.parametrize("place", [PLACE, None])
def test_a_flag_is_counted_as_whatever_it_is(
    database: Database, rule: RuleName, status: FlagStatus, place: str | None
) -> None:
    program_id, counted = new_program_id(), Counted(DAY, place, rule, status)
    move(database, program_id, None, counted)
    assert counts.marker(database, program_id, FLAG) == counted
    assert counts.markers(database, program_id) == {FLAG: counted}
    assert counts.tallies(database, program_id) == {
        (DAY, place): Tally((DAY, place), 1, Counter({counted: 1}))
    }


@pytest.mark.parametrize("after", [VERIFIED, NOWHERE, TOMORROW, None])
def test_a_flag_that_moves_is_counted_no_longer_as_what_it_was(
    database: Database, after: Counted | None
) -> None:
    program_id = new_program_id()
    move(database, program_id, None, OPEN, "f_other")
    move(database, program_id, None, OPEN)
    move(database, program_id, OPEN, after)
    assert counts.marker(database, program_id, FLAG) == after
    assert numbers(database, program_id) == Counter([OPEN, *([after] if after else [])])


@pytest.mark.parametrize(
    ("standing", "before", "after"),
    [
        (OPEN, None, VERIFIED),
        (VERIFIED, OPEN, TOMORROW),
        (VERIFIED, OPEN, None),
        (None, OPEN, VERIFIED),
        (None, OPEN, None),
    ],
)
def test_whoever_has_read_something_older_changes_nothing(
    database: Database, standing: Counted | None, before: Counted | None, after: Counted | None
) -> None:
    program_id = new_program_id()
    if standing is not None:
        move(database, program_id, None, standing)
    with pytest.raises(ConditionFailed, match="counted"):
        move(database, program_id, before, after)
    assert counts.marker(database, program_id, FLAG) == standing
    assert numbers(database, program_id) == Counter([standing] if standing else [])


def test_programs_are_counted_apart(database: Database) -> None:
    ours, theirs = new_program_id(), new_program_id()
    move(database, ours, None, OPEN)
    assert counts.marker(database, theirs, FLAG) is None
    assert (counts.tallies(database, theirs), counts.markers(database, theirs)) == ({}, {})


def test_days_are_read_from_the_first_to_the_last_included(database: Database) -> None:
    program_id = new_program_id()
    days = [date(2060, 3, day) for day in (12, 13, 14, 15)]
    for number, day in enumerate(days):
        move(database, program_id, None, replace(OPEN, day=day), f"f_{number}")
        move(database, program_id, None, replace(NOWHERE, day=day), f"f_n{number}")
    page = counts.page_of_days(database, program_id, days[1], days[2], after=None)
    assert page.after is None
    assert {tally.key for tally in page.tallies} == {
        (day, place) for day in days[1:3] for place in (PLACE, None)
    }


def test_a_correction_replaces_all_numbers_of_a_day_and_location(database: Database) -> None:
    program_id = new_program_id()
    move(database, program_id, None, OPEN)
    (tally,) = counts.tallies(database, program_id).values()
    database.commit([counts.correct(database, program_id, tally, Counter({VERIFIED: 3}))])
    assert numbers(database, program_id) == {VERIFIED: 3}


def test_a_correction_is_lost_to_whatever_has_moved_meanwhile(database: Database) -> None:
    program_id = new_program_id()
    nothing = Tally((DAY, PLACE), 0, Counter())
    move(database, program_id, None, OPEN)
    (tally,) = counts.tallies(database, program_id).values()
    move(database, program_id, OPEN, VERIFIED)
    move(database, program_id, VERIFIED, OPEN)
    for read in (tally, nothing):
        with pytest.raises(ConditionFailed):
            database.commit([counts.correct(database, program_id, read, Counter({OPEN: 7}))])
    assert numbers(database, program_id) == {OPEN: 1}


def test_a_correction_makes_what_is_missing(database: Database) -> None:
    program_id = new_program_id()
    nothing = Tally((DAY, None), 0, Counter())
    database.commit([counts.correct(database, program_id, nothing, Counter({NOWHERE: 2}))])
    assert counts.tallies(database, program_id) == {(DAY, None): Tally((DAY, None), 1, Counter({NOWHERE: 2}))}
