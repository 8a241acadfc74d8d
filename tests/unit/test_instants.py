from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.instants import (
    BEGINNING,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    format_instant,
    from_datetime,
    parse_instant,
    to_datetime,
)

LAST = 253_402_300_799_999
"""9999-12-31T23:59:59.999Z"""


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        pytest.param("1970-01-01T00:00:00.000Z", 0, id="the first instant"),
        pytest.param("9999-12-31T23:59:59.999Z", LAST, id="the last instant"),
        pytest.param("2027-03-14T09:30:00Z", 1_805_016_600_000, id="without a fraction"),
        pytest.param("2027-03-14t09:30:00z", 1_805_016_600_000, id="in small letters"),
        pytest.param("2027-03-14T09:30:00.5Z", 1_805_016_600_500, id="tenths"),
        pytest.param("2027-03-14T09:30:00.05Z", 1_805_016_600_050, id="hundredths"),
        pytest.param("2027-03-14T09:30:00.0019999Z", 1_805_016_600_001, id="cut to the millisecond"),
        pytest.param("2027-03-14T09:30:00.999999999Z", 1_805_016_600_999, id="nanoseconds"),
        pytest.param("2027-03-14T10:30:00+01:00", 1_805_016_600_000, id="east of Greenwich"),
        pytest.param("2027-03-14T04:00:00.000-05:30", 1_805_016_600_000, id="west of Greenwich"),
        pytest.param("2027-03-14T09:30:00-00:00", 1_805_016_600_000, id="no offset known"),
        pytest.param("2028-02-29T00:00:00Z", 1_835_395_200_000, id="a leap day"),
        pytest.param("1970-01-01T01:00:00+01:00", 0, id="the first instant, seen from the east"),
    ],
)
def test_rfc_3339_is_read(text: str, instant: int) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("yesterday", id="a word"),
        pytest.param("1805016600000", id="a number"),
        pytest.param("2027-03-14", id="a date"),
        pytest.param("2027-03-14T09:30:00", id="no offset"),
        pytest.param("2027-03-14 09:30:00Z", id="a space for the T"),
        pytest.param("2027-03-14T09:30Z", id="no seconds"),
        pytest.param("2027-03-14T09:30:00,5Z", id="a comma"),
        pytest.param("2027-03-14T09:30:00.Z", id="an empty fraction"),
        pytest.param("2027-03-14T09:30:00.0000000001Z", id="ten digits"),
        pytest.param("2027-03-14T09:30:00+0100", id="an offset without its colon"),
        pytest.param("20270314T093000Z", id="the basic form"),
        pytest.param(" 2027-03-14T09:30:00Z", id="a space before"),
        pytest.param("2027-03-14T09:30:00Z\n", id="a line after"),
        pytest.param("\u0662\u0660\u0662\u0667-03-14T09:30:00Z", id="digits of another script"),
        pytest.param("2027-02-29T09:30:00Z", id="no leap year"),
        pytest.param("2027-13-01T09:30:00Z", id="month 13"),
        pytest.param("2027-03-14T24:00:00Z", id="hour 24"),
        pytest.param("2027-03-14T23:59:60Z", id="a leap second"),
        pytest.param("2027-03-14T09:30:00+24:00", id="offset of a day"),
        pytest.param("0000-01-01T00:00:00Z", id="year 0"),
        pytest.param("1969-12-31T23:59:59.999Z", id="before 1970"),
        pytest.param("1970-01-01T00:00:00+00:01", id="before 1970, seen from the east"),
        pytest.param("0001-01-01T00:00:00+01:00", id="before the calendar begins"),
        pytest.param("9999-12-31T23:59:59-01:00", id="after the calendar ends"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].+\.$"):
        parse_instant(text)


@given(st.integers(0, LAST))
def test_what_is_written_reads_back(instant: int) -> None:
    text = format_instant(instant)
    assert len(text) == len("2027-03-14T09:30:00.000Z")
    assert parse_instant(text) == instant
    assert from_datetime(to_datetime(instant)) == instant


@given(st.integers(0, LAST), st.integers(0, LAST))
def test_written_instants_sort_as_they_happen(one: int, other: int) -> None:
    assert (format_instant(one) < format_instant(other)) == (one < other)


@given(st.text(alphabet="0123456789-+:.TZtz ", max_size=32))
def test_what_can_be_read_can_be_written(text: str) -> None:
    try:
        instant = parse_instant(text)
    except ValueError:
        return
    assert parse_instant(format_instant(instant)) == instant


@given(
    st.datetimes(datetime(1970, 1, 3), datetime(9999, 12, 29)),  # noqa: DTZ001  # the strategy adds the zone
    st.integers(-23 * 60, 23 * 60),
)
def test_every_way_to_write_an_instant_is_the_same_instant(moment: datetime, minutes: int) -> None:
    utc = moment.replace(tzinfo=UTC)
    elsewhere = utc.astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_instant(elsewhere.isoformat()) == from_datetime(utc) == from_datetime(elsewhere)


def test_a_moment_is_cut_to_the_millisecond() -> None:
    assert from_datetime(datetime(1970, 1, 1, 0, 0, 1, 999, tzinfo=UTC)) == SECOND


def test_units_are_milliseconds() -> None:
    assert (SECOND, MINUTE, HOUR, DAY) == (1_000, 60_000, 3_600_000, 86_400_000)


def test_the_beginning_is_before_every_instant() -> None:
    assert parse_instant("1970-01-01T00:00:00Z") > BEGINNING
