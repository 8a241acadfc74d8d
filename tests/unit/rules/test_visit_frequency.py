from itertools import pairwise

import pytest

from redflag.core.instants import DAY, HOUR, Instant, format_instant
from redflag.core.model import Member, RuleName
from tests.unit.builders import (
    ANA,
    KIOSK,
    SHOP,
    T,
    check_in_id,
    daily,
    engine,
    flag_of,
    ids,
    only,
    open_rules,
    shadows,
    visit,
)

RULE = RuleName("visit_frequency")
WEEK = 7 * DAY
FOUR = [T, T + DAY, T + 2 * DAY, T + 3 * DAY]


@pytest.mark.parametrize(
    ("instants", "fires"),
    [
        pytest.param([*FOUR], False, id="four check-ins stay below the limit"),
        pytest.param([*FOUR, T + 4 * DAY], True, id="the fifth reaches it"),
        pytest.param([*FOUR, T + WEEK - 1], True, id="fifth 6 d 23:59:59.999 after the first"),
        pytest.param([*FOUR, T + WEEK], False, id="fifth exactly 7 x 24 h after the first"),
        pytest.param([*FOUR, T + WEEK, T + WEEK + HOUR], True, id="two after the first has left the window"),
        pytest.param([T + day * 2 * DAY for day in range(12)], False, id="every other day for weeks"),
    ],
)
def test_five_check_ins_in_seven_days_are_flagged(*, instants: list[Instant], fires: bool) -> None:
    program = engine(only(RULE))
    assert all(decision.accepted for decision in visit(program, *instants))
    assert open_rules(program) == ({RULE} if fires else set())


@pytest.mark.parametrize("limit", [2, 15])
def test_every_limit_is_reached_by_that_many_check_ins_and_not_before(limit: int) -> None:
    program = engine(only(RULE, limit=limit, window_days=90))
    visit(program, *daily(limit - 1))
    assert not open_rules(program)
    visit(program, T + limit * DAY)
    assert open_rules(program) == {RULE}


@pytest.mark.parametrize("days", [1, 90])
def test_the_window_is_days_of_24_hours_without_its_first_instant(days: int) -> None:
    inside, outside = (
        engine(only(RULE, limit=2, window_days=days)),
        engine(only(RULE, limit=2, window_days=days)),
    )
    visit(inside, T, T + days * DAY - 1)
    visit(outside, T, T + days * DAY)
    assert (open_rules(inside), open_rules(outside)) == ({RULE}, set())


def test_check_ins_at_every_location_of_the_program_count() -> None:
    program = engine(only(RULE, limit=2))
    visit(program, T, location_id=SHOP)
    visit(program, T + DAY, location_id=KIOSK)
    assert flag_of(program, RULE).location_id == KIOSK


def test_the_evidence_says_how_many_in_how_long_and_which() -> None:
    program = engine(only(RULE))
    instants = daily(5)
    visit(program, *instants)
    flag = flag_of(program, RULE)
    assert flag.sentence == "5 check-ins in 7 days; limit 5"
    assert (flag.value, flag.limit, flag.settings_version) == (5, 5, 3)
    assert flag.occurrences[0] == {
        "id": check_in_id(instants[-1]),
        "check_in_id": check_in_id(instants[-1]),
        "location_id": SHOP,
        "checked_in_at": format_instant(instants[-1]),
        "device_id": "d_till",
    }
    assert ids(flag) == [check_in_id(at) for at in reversed(instants)]


def test_a_window_of_one_day_is_said_in_the_singular() -> None:
    program = engine(only(RULE, limit=2, window_days=1))
    visit(program, T, T + HOUR)
    assert flag_of(program, RULE).sentence == "2 check-ins in 1 day; limit 2"


def test_check_ins_outside_the_window_are_no_evidence() -> None:
    program = engine(only(RULE, limit=2))
    visit(program, T, T + WEEK, T + WEEK + DAY)
    assert ids(flag_of(program, RULE)) == [check_in_id(T + WEEK + DAY), check_in_id(T + WEEK)]


def test_each_later_check_in_above_the_limit_adds_to_the_open_flag() -> None:
    program = engine(only(RULE))
    instants = daily(7)
    visit(program, *instants)
    flag = flag_of(program, RULE)
    assert (flag.count, flag.raised_at, flag.last_triggered_at) == (3, instants[4], instants[6])
    assert ids(flag) == [check_in_id(at) for at in reversed(instants)]
    assert len(program.flags) == 1


def test_off_finds_nothing() -> None:
    program = engine(only(RULE, mode="off"))
    visit(program, *daily(6))
    assert (program.flags, program.shadow) == ({}, [])


def test_shadow_records_and_raises_nothing() -> None:
    program = engine(only(RULE, mode="shadow", automatically_suspend=True))
    decisions = visit(program, *daily(6))
    assert all(decision.accepted for decision in decisions)
    assert [decision.clean for decision in decisions] == [True, True, True, True, False, False]
    assert (program.flags, shadows(program)) == ({}, [(ANA, RULE), (ANA, RULE)])


def test_trusted_members_are_skipped() -> None:
    for mode in ("on", "shadow"):
        program = engine(only(RULE, mode=mode), Member(ANA, trusted=True))
        visit(program, *daily(6))
        assert (program.flags, program.shadow) == ({}, [])


def test_only_check_ins_after_the_baseline_count() -> None:
    fourth = T + 3 * DAY
    at_the_baseline, before_it = (engine(only(RULE), Member(ANA, baseline=at)) for at in (T, T - 1))
    for program in (at_the_baseline, before_it):
        visit(program, *FOUR)
        assert not open_rules(program)
        visit(program, fourth + DAY)
    assert (open_rules(at_the_baseline), open_rules(before_it)) == (set(), {RULE})


def test_check_ins_of_other_members_do_not_count() -> None:
    program = engine(only(RULE, limit=2))
    for earlier, later in pairwise(daily(4)):
        visit(program, earlier, member_id=f"m_{earlier}")
        visit(program, later, member_id=f"m_{earlier}x")
    assert not program.flags
