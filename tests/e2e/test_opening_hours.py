"""`outside_hours`: when a place is open by its own wall clock, and what an attempt at another time does."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.world import HOUR, MILLISECOND, MONDAY, Member, Program, World, code, text

RULE = "outside_hours"
# Without a cooldown, one visitor can try all instants in any order.
ONLY_HOURS = {
    "check_in": {"cooldown_minutes": 0},
    "rules": {"visit_frequency": {"mode": "off"}, RULE: {"mode": "on"}},
}
OVERRIDDEN = {
    "rules": {
        "visit_frequency": {"mode": "off"},
        RULE: {"mode": "on", "override_open": "10:00", "override_close": "16:00"},
    }
}
NEW_YORK = ZoneInfo("America/New_York")
WEEK = {
    "mon": [{"open": "09:00", "close": "12:00"}, {"open": "13:00", "close": "17:00"}],
    "fri": [{"open": "18:00", "close": "02:00"}],
    "sun": [{"open": "00:00", "close": "24:00"}],
}
EXCEPTIONS = [
    {"date": "2025-02-10", "hours": []},
    {"date": "2025-02-11", "hours": [{"open": "22:00", "close": "01:00"}]},
    {"date": "2025-02-14", "hours": []},
]
CLOCK_CHANGES = {day: [{"open": "01:30", "close": "03:30"}] for day in ("sat", "sun")}


def local(moment: str) -> datetime:
    """An instant by New York's clock; `+` stands for the second time that an hour comes by."""
    return datetime.fromisoformat(moment.rstrip("+")).replace(tzinfo=NEW_YORK, fold=moment.endswith("+"))


@pytest.fixture
def closing(world: World) -> Program:
    return world.program_with(ONLY_HOURS)


@pytest.fixture(scope="session")
def shops(world: World) -> dict[str, str]:
    """Places with hours, by what is special about them."""
    program = world.program_with(ONLY_HOURS)
    return {
        "week": program.new_place(hours=WEEK),
        "exceptions": program.new_place(hours=WEEK, exceptions=EXCEPTIONS),
        "clock changes": program.new_place(hours=CLOCK_CHANGES),
    }


@pytest.fixture(scope="session")
def visitor(world: World) -> Member:
    """Somebody who is refused for nothing but closed doors."""
    return world.program_with(ONLY_HOURS).enrol()


@pytest.mark.parametrize(
    ("shop", "moment", "is_open"),
    [
        ("week", "2025-02-03T08:59:59.999", False),
        ("week", "2025-02-03T09:00:00.000", True),
        ("week", "2025-02-03T11:59:59.999", True),
        ("week", "2025-02-03T12:00:00.000", False),
        ("week", "2025-02-03T13:00:00.000", True),
        ("week", "2025-02-03T17:00:00.000", False),
        ("week", "2025-02-04T10:00:00.000", False),
        # Overnight hours belong to the day on which they begin.
        ("week", "2025-02-07T01:00:00.000", False),
        ("week", "2025-02-07T17:59:59.999", False),
        ("week", "2025-02-07T18:00:00.000", True),
        ("week", "2025-02-08T00:00:00.000", True),
        ("week", "2025-02-08T01:59:59.999", True),
        ("week", "2025-02-08T02:00:00.000", False),
        ("week", "2025-02-08T19:00:00.000", False),
        # All day.
        ("week", "2025-02-09T00:00:00.000", True),
        ("week", "2025-02-09T23:59:59.999", True),
        ("week", "2025-02-10T00:00:00.000", False),
        # Dates that differ from their weekday.
        ("exceptions", "2025-02-03T09:00:00.000", True),
        ("exceptions", "2025-02-10T09:00:00.000", False),
        ("exceptions", "2025-02-11T22:00:00.000", True),
        ("exceptions", "2025-02-12T00:59:59.999", True),
        ("exceptions", "2025-02-12T01:00:00.000", False),
        ("exceptions", "2025-02-15T01:00:00.000", False),
        # In spring the hour from two to three is skipped, in autumn that from one to two comes twice.
        ("clock changes", "2025-03-09T01:29:59.999", False),
        ("clock changes", "2025-03-09T01:59:59.999", True),
        ("clock changes", "2025-03-09T03:29:59.999", True),
        ("clock changes", "2025-03-09T03:30:00.000", False),
        ("clock changes", "2025-11-02T01:29:59.999", False),
        ("clock changes", "2025-11-02T01:30:00.000", True),
        ("clock changes", "2025-11-02T01:29:59.999+", False),
        ("clock changes", "2025-11-02T01:30:00.000+", True),
        ("clock changes", "2025-11-02T03:30:00.000", False),
    ],
)
def test_a_place_is_open_by_its_own_clock(
    visitor: Member, shops: dict[str, str], shop: str, moment: str, *, is_open: bool
) -> None:
    done = visitor.visit(local(moment), place=shops[shop])
    assert code(done) == ("ok" if is_open else "outside_business_hours")
    assert done.status_code == (201 if is_open else 403)


def test_an_attempt_while_closed_is_refused_flagged_and_no_check_in(
    closing: Program, shops: dict[str, str]
) -> None:
    member, at = closing.enrol(), local("2025-02-03T08:30:00.000")
    refused = member.visit(at, place=shops["week"], device_id="till 4")
    assert refused.json()["opens_at"] == text(local("2025-02-03T09:00:00.000"))
    flag = member.flag_of(RULE)
    assert (flag["status"], flag["location_id"], flag["raised_at"]) == ("open", shops["week"], text(at))
    assert flag["evidence"]["sentence"] == (
        "Tried to check in at 08:30 on Monday 3 February 2025, when the location was closed; "
        "hours of that day: 09:00-12:00, 13:00-17:00"
    )
    (occurrence,) = flag["evidence"]["occurrences"]
    assert (occurrence["checked_in_at"], occurrence["device_id"]) == (text(at), "till 4")
    # It was no check-in, so nothing has to cool down after it.
    assert code(member.visit(local("2025-02-03T09:00:00.000"), place=shops["week"])) == "ok"
    assert code(member.visit(at + MILLISECOND, place=shops["week"])) == "outside_business_hours"
    assert member.flag_of(RULE)["count"] == 2


def test_blocked_comes_before_closed(closing: Program, shops: dict[str, str]) -> None:
    member = closing.enrol()
    noon = local("2025-02-03T12:00:00.000")
    assert code(member.visit(noon, place=shops["week"])) == "outside_business_hours"
    assert code(member.act("block")) == "ok"
    assert code(member.visit(noon + MILLISECOND, place=shops["week"])) == "account_blocked"
    assert member.flag_of(RULE)["count"] == 1, "a refusal for a block raises nothing"


def test_nothing_is_closed_without_hours(closing: Program) -> None:
    member = closing.enrol()
    member.visits(MONDAY - 12 * HOUR)
    assert member.flags() == []


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2025-02-04T09:59:59.999", False),
        ("2025-02-04T10:00:00.000", True),
        ("2025-02-08T15:59:59.999", True),
        ("2025-02-08T16:00:00.000", False),
    ],
)
def test_the_override_serves_places_without_hours_every_day(
    world: World, moment: str, *, is_open: bool
) -> None:
    program = world.program_with(OVERRIDDEN)
    done = program.enrol().visit(local(moment))
    assert code(done) == ("ok" if is_open else "outside_business_hours")


def test_closed_comes_before_too_soon(world: World) -> None:
    program = world.program_with(OVERRIDDEN)
    member = program.enrol()
    member.visits(local("2025-02-04T15:30:00.000"))
    assert code(member.visit(local("2025-02-04T15:59:59.999"))) == "too_soon"
    assert code(member.visit(local("2025-02-04T16:00:00.000"))) == "outside_business_hours"


def test_the_override_leaves_places_with_hours_alone(world: World) -> None:
    program = world.program_with(OVERRIDDEN)
    place, member = program.new_place(hours=WEEK), program.enrol()
    assert code(member.visit(local("2025-02-03T09:00:00.000"), place=place)) == "ok"
    assert code(member.visit(local("2025-02-04T12:00:00.000"), place=place)) == "outside_business_hours"


def test_each_place_has_its_own_time_zone(closing: Program) -> None:
    hours = {"mon": [{"open": "09:00", "close": "17:00"}]}
    tokyo = closing.new_place("Asia/Tokyo", hours=hours)
    opening = datetime(2025, 2, 3, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert opening.astimezone(UTC).day == 3
    assert code(closing.enrol().visit(opening - MILLISECOND, place=tokyo)) == "outside_business_hours"
    assert code(closing.enrol().visit(opening, place=tokyo)) == "ok"


def test_changed_hours_count_at_once(closing: Program) -> None:
    place = closing.new_place(hours={})
    member, at = closing.enrol(), local("2025-02-03T10:00:00.000")
    refused = member.visit(at, place=place)
    assert code(refused) == "outside_business_hours"
    assert "opens_at" not in refused.json(), "it never opens"
    body = {"name": "Open again", "time_zone": "America/New_York", "hours": WEEK}
    assert code(closing.owner.put(f"/v1/locations/{place}", body)) == "ok"
    assert code(member.visit(at, place=place)) == "ok"
