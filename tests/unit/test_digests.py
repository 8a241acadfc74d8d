"""When a digest is due, by the wall clock."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.digests import next_due
from redflag.core.instants import DAY, Instant, format_instant, parse_instant, to_datetime
from redflag.core.settings import Frequency, Notifications

NEW_YORK = "America/New_York"


def due(after: str, frequency: str, hour: int = 8, zone: str = NEW_YORK) -> str | None:
    notifications = Notifications(frequency, (), zone, hour)  # type: ignore[arg-type]
    found = next_due(notifications, parse_instant(after))
    return None if found is None else format_instant(found)


@pytest.mark.parametrize(
    ("after", "frequency", "expected"),
    [
        ("2027-06-01T11:59:59.999Z", "daily", "2027-06-01T12:00:00.000Z"),
        ("2027-06-01T12:00:00.000Z", "daily", "2027-06-02T12:00:00.000Z"),
        # 1 June 2027 is a Tuesday.
        ("2027-06-01T00:00:00.000Z", "weekly", "2027-06-07T12:00:00.000Z"),
        ("2027-06-07T11:00:00.000Z", "weekly", "2027-06-07T12:00:00.000Z"),
        ("2027-06-07T12:00:00.000Z", "weekly", "2027-06-14T12:00:00.000Z"),
        ("2027-06-01T11:00:00.000Z", "monthly", "2027-06-01T12:00:00.000Z"),
        ("2027-06-01T12:00:00.000Z", "monthly", "2027-07-01T12:00:00.000Z"),
        ("2027-12-15T00:00:00.000Z", "monthly", "2028-01-01T13:00:00.000Z"),
        ("2027-02-01T13:00:00.000Z", "monthly", "2027-03-01T13:00:00.000Z"),
    ],
)
def test_the_next_digest_is_the_first_one_after(after: str, frequency: str, expected: str) -> None:
    assert due(after, frequency) == expected


@pytest.mark.parametrize("frequency", ["every_flag", "off"])
def test_what_has_no_digests_is_never_due(frequency: str) -> None:
    assert due("2027-06-01T00:00:00.000Z", frequency) is None


@pytest.mark.parametrize(
    ("after", "hour", "expected"),
    [
        # The clock goes from 2:00 to 3:00.
        ("2027-03-13T20:00:00.000Z", 8, "2027-03-14T12:00:00.000Z"),
        ("2027-03-14T00:00:00.000Z", 2, "2027-03-14T07:00:00.000Z"),
        ("2027-03-14T07:00:00.000Z", 2, "2027-03-15T06:00:00.000Z"),
        ("2027-03-14T00:00:00.000Z", 3, "2027-03-14T07:00:00.000Z"),
        # And from 2:00 back to 1:00.
        ("2027-11-07T00:00:00.000Z", 8, "2027-11-07T13:00:00.000Z"),
        ("2027-11-07T04:30:00.000Z", 1, "2027-11-07T05:00:00.000Z"),
        ("2027-11-07T05:00:00.000Z", 1, "2027-11-08T06:00:00.000Z"),
    ],
)
def test_daylight_saving_time_makes_no_digest_come_twice_and_none_fail(
    after: str, hour: int, expected: str
) -> None:
    assert due(after, "daily", hour) == expected


def test_where_midnight_itself_is_skipped_the_digest_of_midnight_comes_at_one() -> None:
    # Chile's clocks go from 24:00 on Saturday 4 September 2027 to 1:00 on Sunday.
    assert due("2027-09-05T00:00:00.000Z", "daily", 0, "America/Santiago") == "2027-09-05T04:00:00.000Z"


zones = st.sampled_from(
    ["UTC", NEW_YORK, "Pacific/Auckland", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"]
)
instants = st.integers(parse_instant("2026-01-01T00:00:00Z"), parse_instant("2030-01-01T00:00:00Z"))


@given(instants, zones, st.integers(0, 23))
def test_a_day_has_one_digest_at_its_hour(after: Instant, zone: str, hour: int) -> None:
    notifications = Notifications(Frequency.DAILY, (), zone, hour)
    first = next_due(notifications, after)
    assert first is not None
    second = next_due(notifications, first)
    assert second is not None
    assert after < first < second
    assert first - after <= DAY + 3_600_000
    one, other = (to_datetime(each).astimezone(ZoneInfo(zone)) for each in (first, second))
    assert other.date() - one.date() == timedelta(days=1)
    # Whatever was skipped, it comes in the hour that was wanted, or in the one after the gap.
    assert one.hour in (hour, hour + 1)


@given(instants, zones, st.integers(0, 23), st.sampled_from(["daily", "weekly", "monthly"]))
def test_nothing_is_due_between_now_and_the_next_digest(
    after: Instant, zone: str, hour: int, frequency: str
) -> None:
    notifications = Notifications(frequency, (), zone, hour)  # type: ignore[arg-type]
    found = next_due(notifications, after)
    assert found is not None
    assert next_due(notifications, (after + found) // 2) == found
    assert next_due(notifications, found - 1) == found
