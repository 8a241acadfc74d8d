from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redflag.core.hours import MIDNIGHT, WEEKDAYS, OpeningHours, Span, parse_clock
from redflag.core.instants import (
    HOUR,
    MINUTE,
    Instant,
    parse_instant,
    to_datetime,
)
from tests.unit.builders import UTC, hours

NEW_YORK = ZoneInfo("America/New_York")
VIENNA = ZoneInfo("Europe/Vienna")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SANTIAGO = ZoneInfo("America/Santiago")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
ZONES = (UTC, NEW_YORK, VIENNA, LORD_HOWE, SANTIAGO, KATHMANDU)

NINE_TO_FIVE = hours(("09:00", "17:00"), closed=["sat", "sun"])
ALL_DAY = hours(("00:00", "24:00"))


def is_open(opening: OpeningHours, at: str, zone: ZoneInfo = UTC) -> bool:
    return opening.is_open(parse_instant(at), zone)


@pytest.mark.parametrize(
    ("text", "minute"),
    [("00:00", 0), ("00:01", 1), ("09:30", 570), ("23:59", 1439), ("24:00", MIDNIGHT)],
)
def test_times_of_day_are_minutes_after_midnight(text: str, minute: int) -> None:
    assert parse_clock(text) == minute


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9:00",
        "09:60",
        "24:01",
        "25:00",
        "0900",
        "09:00:00",
        "-1:00",
        "09:00\n",
        "\u0660\u0669:00",
        "noon",
    ],
)
def test_other_texts_are_no_times_of_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].+\.$"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        pytest.param("09:00", "09:00", id="no time at all"),
        pytest.param("00:00", "00:00", id="no time at all, at midnight"),
        pytest.param("24:00", "02:00", id="opening when the day is over"),
        pytest.param("24:00", "24:00", id="all of it when the day is over"),
        pytest.param("9", "17", id="no times of day"),
    ],
)
def test_a_span_opens_on_its_day_and_lasts(opens: str, closes: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].+\.$"):
        Span.parse(opens, closes)


@pytest.mark.parametrize(
    ("opens", "closes", "overnight"),
    [
        ("09:00", "17:00", False),
        ("00:00", "24:00", False),
        ("18:00", "02:00", True),
        ("18:00", "00:00", True),
    ],
)
def test_a_span_that_closes_before_it_opens_runs_over_midnight(
    *, opens: str, closes: str, overnight: bool
) -> None:
    assert Span.parse(opens, closes).overnight is overnight


LUNCH = hours(("08:00", "12:00"), ("13:00", "17:00"))
NIGHT = hours(("18:00", "02:00"), closed=["sun"])
UNTIL_MIDNIGHT = hours(("18:00", "24:00"))
HOLIDAYS = hours(
    ("09:00", "17:00"),
    ("20:00", "02:00"),
    exceptions={
        "2027-12-24": [("09:00", "12:00")],
        "2027-12-25": [],
        "2027-12-31": [("22:00", "04:00")],
    },
)


@pytest.mark.parametrize(
    ("opening", "at", "expected"),
    [
        pytest.param(NINE_TO_FIVE, "2027-03-15T08:59:59.999Z", False, id="a millisecond before opening"),
        pytest.param(NINE_TO_FIVE, "2027-03-15T09:00:00.000Z", True, id="at opening"),
        pytest.param(NINE_TO_FIVE, "2027-03-15T16:59:59.999Z", True, id="a millisecond before closing"),
        pytest.param(NINE_TO_FIVE, "2027-03-15T17:00:00.000Z", False, id="at closing"),
        pytest.param(NINE_TO_FIVE, "2027-03-20T12:00:00.000Z", False, id="on a weekday without spans"),
        pytest.param(LUNCH, "2027-03-15T12:00:00.000Z", False, id="at lunch"),
        pytest.param(LUNCH, "2027-03-15T13:00:00.000Z", True, id="after lunch"),
        pytest.param(ALL_DAY, "2027-03-15T00:00:00.000Z", True, id="all day, from midnight"),
        pytest.param(ALL_DAY, "2027-03-15T23:59:59.999Z", True, id="all day, until midnight"),
        pytest.param(UNTIL_MIDNIGHT, "2027-03-15T23:59:59.999Z", True, id="until 24:00"),
        pytest.param(UNTIL_MIDNIGHT, "2027-03-16T00:00:00.000Z", False, id="at 24:00"),
        pytest.param(hours(("18:00", "00:00")), "2027-03-15T23:59:59.999Z", True, id="until 00:00"),
        pytest.param(hours(("18:00", "00:00")), "2027-03-16T00:00:00.000Z", False, id="at 00:00"),
        pytest.param(NIGHT, "2027-03-15T17:59:59.999Z", False, id="overnight, before it opens"),
        pytest.param(NIGHT, "2027-03-15T18:00:00.000Z", True, id="overnight, in the evening"),
        pytest.param(NIGHT, "2027-03-16T01:59:59.999Z", True, id="overnight, in the morning"),
        pytest.param(NIGHT, "2027-03-16T02:00:00.000Z", False, id="overnight, at closing"),
        pytest.param(NIGHT, "2027-03-21T01:00:00.000Z", True, id="Sunday morning belongs to Saturday"),
        pytest.param(NIGHT, "2027-03-21T19:00:00.000Z", False, id="Sunday evening is closed"),
        pytest.param(NIGHT, "2027-03-22T01:00:00.000Z", False, id="Monday morning belongs to Sunday"),
        pytest.param(HOLIDAYS, "2027-12-24T11:59:59.999Z", True, id="an exception with other hours"),
        pytest.param(HOLIDAYS, "2027-12-24T13:00:00.000Z", False, id="the usual hours do not hold then"),
        pytest.param(HOLIDAYS, "2027-12-24T01:00:00.000Z", True, id="the night before an exception"),
        pytest.param(HOLIDAYS, "2027-12-25T01:00:00.000Z", False, id="the night of a shorter day"),
        pytest.param(HOLIDAYS, "2027-12-25T12:00:00.000Z", False, id="an exception that is closed"),
        pytest.param(HOLIDAYS, "2027-12-26T01:00:00.000Z", False, id="the night after a closed day"),
        pytest.param(HOLIDAYS, "2028-01-01T03:59:59.999Z", True, id="the night of an exception"),
        pytest.param(HOLIDAYS, "2028-01-01T04:00:00.000Z", False, id="the end of that night"),
    ],
)
def test_open_is_from_opening_until_just_before_closing(
    *, opening: OpeningHours, at: str, expected: bool
) -> None:
    assert is_open(opening, at) is expected


SMALL_HOURS = hours(("01:30", "02:30"))
LATE = hours(("23:30", "24:00"))


@pytest.mark.parametrize(
    ("zone", "opening", "at", "expected"),
    [
        # New York, 14 March 2027: 02:00 becomes 03:00.
        pytest.param(NEW_YORK, NINE_TO_FIVE, "2027-03-12T13:59:59.999Z", False, id="New York, winter, early"),
        pytest.param(NEW_YORK, NINE_TO_FIVE, "2027-03-12T14:00:00.000Z", True, id="New York, winter, 09:00"),
        pytest.param(NEW_YORK, NINE_TO_FIVE, "2027-03-15T13:00:00.000Z", True, id="New York, summer, 09:00"),
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-03-14T06:59:59.999Z", True, id="New York, before the gap"),
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-03-14T07:00:00.000Z", False, id="New York, after the gap"),
        # New York, 7 November 2027: 02:00 becomes 01:00.
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-11-07T05:30:00.000Z", True, id="New York, first 01:30"),
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-11-07T06:00:00.000Z", False, id="New York, second 01:00"),
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-11-07T06:30:00.000Z", True, id="New York, second 01:30"),
        pytest.param(NEW_YORK, SMALL_HOURS, "2027-11-07T07:30:00.000Z", False, id="New York, 02:30"),
        # Lord Howe, 3 October 2027: 02:00 becomes 02:30; 4 April 2027: 02:00 becomes 01:30.
        pytest.param(
            LORD_HOWE, SMALL_HOURS, "2027-10-02T15:29:59.999Z", True, id="Lord Howe, before the gap"
        ),
        pytest.param(
            LORD_HOWE, SMALL_HOURS, "2027-10-02T15:30:00.000Z", False, id="Lord Howe, after the gap"
        ),
        pytest.param(LORD_HOWE, SMALL_HOURS, "2027-04-03T14:59:59.999Z", True, id="Lord Howe, first 01:59"),
        pytest.param(LORD_HOWE, SMALL_HOURS, "2027-04-03T15:00:00.000Z", True, id="Lord Howe, second 01:30"),
        pytest.param(LORD_HOWE, SMALL_HOURS, "2027-04-03T16:00:00.000Z", False, id="Lord Howe, 02:30"),
        # Santiago, 4 April 2027: midnight becomes 23:00 of 3 April; 5 September 2027: midnight becomes 01:00.
        pytest.param(SANTIAGO, LATE, "2027-04-04T02:30:00.000Z", True, id="Santiago, first 23:30"),
        pytest.param(SANTIAGO, LATE, "2027-04-04T03:00:00.000Z", False, id="Santiago, second 23:00"),
        pytest.param(SANTIAGO, LATE, "2027-04-04T03:30:00.000Z", True, id="Santiago, second 23:30"),
        pytest.param(SANTIAGO, ALL_DAY, "2027-09-05T04:00:00.000Z", True, id="Santiago, a day from 01:00"),
        pytest.param(KATHMANDU, NINE_TO_FIVE, "2027-03-15T03:15:00.000Z", True, id="Kathmandu, UTC+05:45"),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(
    *, zone: ZoneInfo, opening: OpeningHours, at: str, expected: bool
) -> None:
    assert is_open(opening, at, zone) is expected


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_all_day_is_open_whatever_the_clock_does(zone: ZoneInfo) -> None:
    start = parse_instant("2027-01-01T00:00:00Z")
    assert all(ALL_DAY.is_open(start + half * HOUR // 2, zone) for half in range(2 * 24 * 366))


PI_DAY = hours(exceptions={"2028-03-14": [("10:00", "11:00")]})
IN_GAP, LOST_IN_GAP = hours(("02:15", "05:00")), hours(("02:15", "02:45"))
FROM_HALF_ONE, TO_HALF_ONE = hours(("01:30", "05:00")), hours(("00:00", "01:30"))
TO_PAST_ONE, AT_NIGHT = hours(("00:00", "01:45")), hours(("00:30", "05:00"))


@pytest.mark.parametrize(
    ("zone", "opening", "at", "expected"),
    [
        pytest.param(UTC, NINE_TO_FIVE, "2027-03-15T08:00", "2027-03-15T09:00", id="the same day"),
        pytest.param(UTC, NINE_TO_FIVE, "2027-03-15T17:00", "2027-03-16T09:00", id="the next day"),
        pytest.param(UTC, NINE_TO_FIVE, "2027-03-19T17:00", "2027-03-22T09:00", id="after the weekend"),
        pytest.param(UTC, LUNCH, "2027-03-15T12:30", "2027-03-15T13:00", id="after lunch"),
        pytest.param(UTC, NIGHT, "2027-03-16T02:00", "2027-03-16T18:00", id="the next evening"),
        pytest.param(UTC, HOLIDAYS, "2027-12-24T12:00", "2027-12-26T09:00", id="after a closed day"),
        pytest.param(UTC, HOLIDAYS, "2027-12-31T02:00", "2027-12-31T22:00", id="on an exception"),
        pytest.param(UTC, PI_DAY, "2027-03-15T12:00", "2028-03-14T10:00", id="once a year"),
        pytest.param(UTC, hours(), "2027-03-15T12:00", None, id="never"),
        pytest.param(NEW_YORK, NINE_TO_FIVE, "2027-03-12T22:00", "2027-03-15T13:00", id="NY, over the gap"),
        pytest.param(NEW_YORK, IN_GAP, "2027-03-14T06:00", "2027-03-14T07:00", id="NY, in the gap"),
        pytest.param(NEW_YORK, LOST_IN_GAP, "2027-03-14T06:00", "2027-03-15T06:15", id="NY, lost in the gap"),
        pytest.param(NEW_YORK, FROM_HALF_ONE, "2027-11-07T05:10", "2027-11-07T05:30", id="NY, first 01:30"),
        pytest.param(NEW_YORK, FROM_HALF_ONE, "2027-11-07T06:10", "2027-11-07T06:30", id="NY, second 01:30"),
        pytest.param(NEW_YORK, TO_HALF_ONE, "2027-11-07T05:45", "2027-11-07T06:00", id="NY, second 01:00"),
        pytest.param(LORD_HOWE, IN_GAP, "2027-10-02T15:00", "2027-10-02T15:30", id="Lord Howe, in the gap"),
        pytest.param(
            LORD_HOWE, TO_PAST_ONE, "2027-04-03T14:50", "2027-04-03T15:00", id="Lord Howe, 2nd 01:30"
        ),
        pytest.param(SANTIAGO, AT_NIGHT, "2027-09-05T03:00", "2027-09-05T04:00", id="Santiago, in the gap"),
        pytest.param(SANTIAGO, LATE, "2027-04-04T03:10", "2027-04-04T03:30", id="Santiago, second 23:30"),
    ],
)
def test_the_next_opening_is_the_first_instant_at_which_it_is_open_again(
    zone: ZoneInfo, opening: OpeningHours, at: str, expected: str | None
) -> None:
    instant = parse_instant(f"{at}:00Z")
    assert not opening.is_open(instant, zone)
    found = opening.next_opening(instant, zone)
    assert found == (expected and parse_instant(f"{expected}:00Z"))


def test_hours_of_every_day_are_the_same_on_all_seven() -> None:
    opening = OpeningHours.every_day(Span.parse("09:00", "17:00"))
    assert opening == hours(("09:00", "17:00"))
    assert len(opening.week) == len(WEEKDAYS) == 7


# A naive model: walk the wall clock of each date minute by minute from opening to closing, and
# look the reading of an instant up among the minutes walked.

CHANGES = [
    (NEW_YORK, parse_instant("2027-03-14T07:00:00Z")),
    (NEW_YORK, parse_instant("2027-11-07T06:00:00Z")),
    (VIENNA, parse_instant("2027-03-28T01:00:00Z")),
    (VIENNA, parse_instant("2027-10-31T01:00:00Z")),
    (LORD_HOWE, parse_instant("2027-10-02T15:30:00Z")),
    (LORD_HOWE, parse_instant("2027-04-03T15:00:00Z")),
    (SANTIAGO, parse_instant("2027-04-04T03:00:00Z")),
    (SANTIAGO, parse_instant("2027-09-05T04:00:00Z")),
]
ORDINARY = [(UTC, parse_instant("2027-06-15T12:00:00Z")), (KATHMANDU, parse_instant("2027-06-15T12:00:00Z"))]
CLOCKS = st.one_of(
    st.integers(0, MIDNIGHT), st.sampled_from([0, 60, 90, 105, 120, 150, 180, 1380, 1410, MIDNIGHT])
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    opens = draw(CLOCKS.filter(lambda minute: minute < MIDNIGHT))
    return Span(opens, draw(CLOCKS.filter(lambda minute: minute != opens)))


DAYS = st.lists(spans(), max_size=2).map(tuple)
MOMENTS = st.builds(
    lambda change, minutes: (change[0], change[1] + minutes * MINUTE),
    st.sampled_from(CHANGES + ORDINARY),
    st.integers(-90, 90) | st.integers(-1500, 1500),
)


@st.composite
def openings(draw: st.DrawFn, at: Instant, zone: ZoneInfo) -> OpeningHours:
    today = to_datetime(at).astimezone(zone).date()
    near = st.integers(-2, 2).map(lambda days: today + timedelta(days=days))
    week = draw(st.lists(DAYS, min_size=7, max_size=7))
    return OpeningHours(tuple(week), draw(st.dictionaries(near, DAYS, max_size=2)))


def open_minutes(opening: OpeningHours, first: date, days: int) -> set[datetime]:
    walked: set[datetime] = set()
    for day in (first + timedelta(days=i) for i in range(days)):
        for span in opening.exceptions.get(day, opening.week[day.weekday()]):
            clock = datetime.combine(day, time()) + timedelta(minutes=span.opens)
            while True:
                walked.add(clock)
                clock += timedelta(minutes=1)
                if clock.hour * 60 + clock.minute == span.closes % MIDNIGHT:
                    break
    return walked


def readings(at: Instant, minutes: int, zone: ZoneInfo) -> Iterator[tuple[Instant, datetime]]:
    for instant in range(at, at + minutes * MINUTE, MINUTE):
        yield instant, to_datetime(instant).astimezone(zone).replace(tzinfo=None, fold=0)


@given(st.data(), MOMENTS)
@settings(max_examples=60)
def test_open_is_what_walking_the_clock_finds(data: st.DataObject, moment: tuple[ZoneInfo, Instant]) -> None:
    zone, at = moment
    opening = data.draw(openings(at, zone))
    first = to_datetime(at).astimezone(zone).date() - timedelta(days=2)
    walked = open_minutes(opening, first, 5)
    for instant, reading in readings(at - 2 * HOUR, 240, zone):
        expected = reading in walked
        assert opening.is_open(instant, zone) is expected
        assert opening.is_open(instant + MINUTE - 1, zone) is expected


@given(st.data(), MOMENTS)
@settings(max_examples=60)
def test_the_next_opening_is_what_walking_on_finds(
    data: st.DataObject, moment: tuple[ZoneInfo, Instant]
) -> None:
    zone, at = moment
    opening = data.draw(openings(at, zone))
    first = to_datetime(at).astimezone(zone).date() - timedelta(days=2)
    walked = open_minutes(opening, first, 6)
    (_, open_now), *later = ((i, reading in walked) for i, reading in readings(at, 2 * 24 * 60, zone))
    if open_now:
        return
    found = opening.next_opening(at, zone)
    expected = next((instant for instant, is_open in later if is_open), None)
    assert found == expected or (expected is None and found is not None and found > later[-1][0])


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_the_clocks_of_the_zones_change_at_these_instants(zone: ZoneInfo, change: Instant) -> None:
    before, after = (to_datetime(instant).astimezone(zone) for instant in (change - 1, change))
    assert before.utcoffset() != after.utcoffset()
