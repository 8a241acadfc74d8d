from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.counted import Counted, Numbers, counted_as
from redflag.core.flags import FlagStatus, raise_flag
from redflag.core.instants import DAY, Instant, parse_instant
from redflag.core.model import Finding, Member, RuleName
from redflag.core.rules import RULES
from redflag.core.summary import AGES, Precision, Waiting, share, summarize, waiting
from tests.unit.builders import ANA, KIOSK, SHOP, T

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 3)
VISITS, MANUAL = RuleName("visit_frequency"), RuleName("manual")
OPEN, CONFIRMED = FlagStatus.OPEN, FlagStatus.CONFIRMED

COUNTED = st.builds(
    Counted,
    st.dates(FIRST - timedelta(days=2), LAST + timedelta(days=2)),
    st.sampled_from([None, SHOP, KIOSK]),
    st.sampled_from(list(RULES)),
    st.sampled_from(FlagStatus),
)
NUMBERS: st.SearchStrategy[Numbers] = st.dictionaries(COUNTED, st.integers(0, 50)).map(Counter)


# ---------------------------------------------------------------- what a flag is counted as


@pytest.mark.parametrize(
    ("raised_at", "zone", "day"),
    [
        ("2027-03-14T12:00:00.000Z", "UTC", "2027-03-14"),
        ("2027-03-15T03:59:59.999Z", "America/New_York", "2027-03-14"),
        ("2027-03-15T04:00:00.000Z", "America/New_York", "2027-03-15"),
        # The clocks go forward that night: an hour earlier it was five hours to UTC.
        ("2027-03-14T04:59:59.999Z", "America/New_York", "2027-03-13"),
        ("2027-03-14T05:00:00.000Z", "America/New_York", "2027-03-14"),
        ("2027-03-14T10:00:00.000Z", "Pacific/Kiritimati", "2027-03-15"),
        ("1970-01-01T00:00:00.000Z", "America/New_York", "1969-12-31"),
    ],
)
def test_the_day_of_a_flag_is_that_of_the_calendar_on_the_wall(raised_at: str, zone: str, day: str) -> None:
    at = parse_instant(raised_at)
    flag = raise_flag(Member(ANA), Finding(VISITS, "c_1", at, "Five.", 5, 5, (), SHOP), 1)
    assert counted_as(flag, ZoneInfo(zone)) == Counted(date.fromisoformat(day), SHOP, VISITS, OPEN)


# ---------------------------------------------------------------- the summary


def test_a_summary_adds_up_by_day_rule_location_and_outcome() -> None:
    numbers: Numbers = Counter(
        {
            Counted(FIRST, SHOP, VISITS, OPEN): 3,
            Counted(FIRST, SHOP, VISITS, CONFIRMED): 1,
            Counted(FIRST, KIOSK, VISITS, OPEN): 2,
            Counted(LAST, None, MANUAL, CONFIRMED): 5,
            Counted(LAST, KIOSK, MANUAL, OPEN): 0,
            Counted(FIRST - timedelta(days=1), SHOP, VISITS, OPEN): 70,
            Counted(LAST + timedelta(days=1), SHOP, VISITS, OPEN): 700,
        }
    )
    found = summarize(numbers, FIRST, LAST)
    nothing = dict.fromkeys(RULES, 0)
    assert found.by_day == {
        FIRST: nothing | {VISITS: 6},
        date(2027, 3, 2): nothing,
        LAST: nothing | {MANUAL: 5},
    }
    assert found.by_rule == nothing | {VISITS: 6, MANUAL: 5}
    assert found.by_location == {None: 5, SHOP: 4, KIOSK: 2}
    assert list(found.by_location) == [None, SHOP, KIOSK]
    assert found.by_outcome == dict.fromkeys(FlagStatus, 0) | {OPEN: 5, CONFIRMED: 6}
    assert found.precision[VISITS] == Precision(undecided=5, confirmed=1)
    assert found.precision[RuleName("back_to_back")] == Precision()


@given(NUMBERS)
def test_every_way_to_add_up_comes_to_the_same(numbers: Numbers) -> None:
    found = summarize(numbers, FIRST, LAST)
    total = sum(number for each, number in numbers.items() if FIRST <= each.day <= LAST)
    assert sum(sum(rules.values()) for rules in found.by_day.values()) == total
    assert sum(found.by_rule.values()) == total
    assert sum(found.by_location.values()) == total
    assert sum(found.by_outcome.values()) == total
    assert {rule: each.raised for rule, each in found.precision.items()} == found.by_rule
    assert sum(each.undecided for each in found.precision.values()) == found.by_outcome[OPEN]
    for rule in RULES:
        assert sum(rules[rule] for rules in found.by_day.values()) == found.by_rule[rule]


# ---------------------------------------------------------------- precision


@pytest.mark.parametrize(
    ("found", "raised", "decided", "shares", "taken_back"),
    [
        pytest.param(Precision(), 0, 0, (None, None, None, None), None, id="nothing was raised"),
        pytest.param(Precision(undecided=4), 4, 0, (None, None, None, None), None, id="nothing is decided"),
        pytest.param(Precision(undecided=4, confirmed=1), 5, 1, (1, 0, 0, 0), 0, id="all were right"),
        pytest.param(Precision(verified=2), 2, 2, (0, 1, 0, 0), None, id="nothing was ever confirmed"),
        pytest.param(Precision(overturned=3), 3, 3, (0, 0, 0, 1), 1, id="all were taken back"),
        pytest.param(
            Precision(undecided=90, confirmed=3, verified=4, resolved=2, overturned=1),
            100,
            10,
            (0.3, 0.4, 0.2, 0.1),
            0.25,
            id="open flags are no part of any share",
        ),
        pytest.param(Precision(confirmed=1, verified=2), 3, 3, (0.3333, 0.6667, 0, 0), 0, id="four digits"),
    ],
)
def test_shares_are_of_what_staff_have_decided(
    found: Precision,
    raised: int,
    decided: int,
    shares: tuple[float | None, ...],
    taken_back: float | None,
) -> None:
    outcomes = (found.confirmed, found.verified, found.resolved, found.overturned)
    assert (found.raised, found.decided) == (raised, decided)
    assert tuple(map(found.of_decided, outcomes)) == shares
    assert found.taken_back == taken_back


def test_a_share_of_nothing_is_none() -> None:
    assert (share(0, 0), share(0, 7), share(7, 7)) == (None, 0, 1)


# ---------------------------------------------------------------- what waits


@pytest.mark.parametrize(
    ("age", "bucket"),
    [
        (-1, "under_1_day"),
        (0, "under_1_day"),
        (DAY - 1, "under_1_day"),
        (DAY, "from_1_to_3_days"),
        (3 * DAY - 1, "from_1_to_3_days"),
        (3 * DAY, "from_3_to_7_days"),
        (7 * DAY - 1, "from_3_to_7_days"),
        (7 * DAY, "from_7_to_30_days"),
        (30 * DAY - 1, "from_7_to_30_days"),
        (30 * DAY, "over_30_days"),
        (4000 * DAY, "over_30_days"),
    ],
)
def test_an_age_ends_just_before_the_next_begins(age: Instant, bucket: str) -> None:
    ages = dict.fromkeys(AGES, 0) | {bucket: 1}
    assert waiting([T - age], T) == Waiting(1, ages, T - age)


def test_nothing_waits() -> None:
    assert waiting([], T) == Waiting(0, dict.fromkeys(AGES, 0), None)


def test_the_oldest_is_the_one_that_was_learned_of_first() -> None:
    found = waiting(iter([T - DAY, T - 9 * DAY, T]), T)
    assert (found.flags, found.oldest_at, sum(found.ages.values())) == (3, T - 9 * DAY, 3)
