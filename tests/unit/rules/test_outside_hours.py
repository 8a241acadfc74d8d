from typing import Any
from zoneinfo import ZoneInfo

import pytest

from redflag.core.decide import Outcome
from redflag.core.engine import Engine
from redflag.core.flags import Action
from redflag.core.instants import DAY, HOUR, MINUTE, format_instant, parse_instant
from redflag.core.model import Access, Location, Member, RuleName
from tests.unit.builders import (
    ANA,
    KIOSK,
    SHOP,
    T,
    attempt,
    check_in_id,
    engine,
    flag_of,
    hours,
    ids,
    only,
    open_rules,
    shadows,
    visit,
)

RULE = RuleName("outside_hours")
NINE_TO_FIVE = hours(("09:00", "17:00"), closed=["sun"])
EVENING = T + 6 * HOUR


def shop(*members: Member, **values: Any) -> Engine:
    return engine(only(RULE, **values), *members, opening=NINE_TO_FIVE)


@pytest.mark.parametrize(
    ("at", "accepted"),
    [
        pytest.param("2027-03-15T08:59:59.999Z", False, id="a millisecond before opening"),
        pytest.param("2027-03-15T09:00:00.000Z", True, id="at opening"),
        pytest.param("2027-03-15T16:59:59.999Z", True, id="a millisecond before closing"),
        pytest.param("2027-03-15T17:00:00.000Z", False, id="at closing"),
        pytest.param("2027-03-21T12:00:00.000Z", False, id="on a day that is closed"),
    ],
)
def test_an_attempt_while_the_location_is_closed_is_refused_and_flagged(*, at: str, accepted: bool) -> None:
    program = shop()
    (decision,) = visit(program, parse_instant(at))
    assert decision.outcome is (Outcome.ACCEPTED if accepted else Outcome.OUTSIDE_BUSINESS_HOURS)
    assert open_rules(program) == (set() if accepted else {RULE})


def test_the_refusal_says_when_the_location_opens() -> None:
    (decision,) = visit(shop(), parse_instant("2027-03-20T18:00:00Z"))
    assert decision.opens_at == parse_instant("2027-03-22T09:00:00Z")


def test_a_location_that_never_opens_has_no_opening_to_name() -> None:
    (decision,) = visit(engine(only(RULE), opening=hours()), T)
    assert (decision.outcome, decision.opens_at) == (Outcome.OUTSIDE_BUSINESS_HOURS, None)


def test_the_clock_is_the_one_on_the_wall_of_the_location() -> None:
    program = shop()
    program.locations = {SHOP: Location(SHOP, ZoneInfo("America/New_York"), NINE_TO_FIVE)}
    early, open_ = visit(
        program, parse_instant("2027-03-15T12:59:59.999Z"), parse_instant("2027-03-15T13:00:00Z")
    )
    assert (early.outcome, open_.outcome) == (Outcome.OUTSIDE_BUSINESS_HOURS, Outcome.ACCEPTED)
    assert flag_of(program, RULE).sentence == (
        "Tried to check in at 08:59 on Monday 15 March 2027, when the location was closed; "
        "hours of that day: 09:00-17:00"
    )


def test_the_evidence_is_the_attempt() -> None:
    program = shop()
    visit(program, EVENING)
    flag = flag_of(program, RULE)
    assert flag.sentence == (
        "Tried to check in at 18:00 on Monday 15 March 2027, when the location was closed; "
        "hours of that day: 09:00-17:00"
    )
    assert (flag.value, flag.limit, flag.location_id) == (1, 1, SHOP)
    assert flag.occurrences == (
        {
            "id": check_in_id(EVENING),
            "check_in_id": check_in_id(EVENING),
            "location_id": SHOP,
            "checked_in_at": format_instant(EVENING),
            "device_id": "d_till",
        },
    )


def test_the_evidence_names_every_span_of_the_day_or_says_closed() -> None:
    opening = hours(("08:00", "12:00"), ("18:00", "02:00"), exceptions={"2027-03-16": []})
    program = engine(only(RULE), opening=opening)
    visit(program, T + HOUR, T + DAY)
    assert flag_of(program, RULE).sentence.endswith("hours of that day: 08:00-12:00, 18:00-02:00")
    program = engine(only(RULE), opening=opening)
    visit(program, T + DAY)
    assert flag_of(program, RULE).sentence.endswith(
        "Tuesday 16 March 2027, when the location was closed; hours of that day: closed"
    )


def test_each_further_attempt_adds_to_the_open_flag() -> None:
    program = shop()
    visit(program, EVENING, EVENING + MINUTE, EVENING + 2 * MINUTE)
    flag = flag_of(program, RULE)
    assert (flag.count, flag.raised_at, flag.last_triggered_at) == (3, EVENING, EVENING + 2 * MINUTE)
    assert ids(flag) == [check_in_id(EVENING + i * MINUTE) for i in (2, 1, 0)]


@pytest.mark.parametrize(
    ("override", "at", "outcome"),
    [
        pytest.param(("09:00", "17:00"), EVENING, Outcome.OUTSIDE_BUSINESS_HOURS, id="outside the override"),
        pytest.param(("09:00", "17:00"), T, Outcome.ACCEPTED, id="inside the override"),
        pytest.param(("09:00", "17:00"), T - DAY, Outcome.ACCEPTED, id="the override holds every day"),
        pytest.param(("22:00", "04:00"), T + 12 * HOUR, Outcome.ACCEPTED, id="an override over midnight"),
        pytest.param(("00:00", "24:00"), EVENING, Outcome.ACCEPTED, id="an override of all day"),
        pytest.param((None, None), EVENING, Outcome.ACCEPTED, id="neither hours nor override"),
    ],
)
def test_a_location_without_hours_has_those_of_the_override(
    override: tuple[str | None, str | None], at: int, outcome: Outcome
) -> None:
    opens, closes = override
    program = engine(only(RULE, override_open=opens, override_close=closes))
    (decision,) = visit(program, at)
    assert decision.outcome is outcome
    assert bool(program.flags) == (outcome is not Outcome.ACCEPTED)


def test_hours_of_the_location_come_before_the_override() -> None:
    program = shop(override_open="00:00", override_close="24:00")
    visit(program, EVENING, location_id=SHOP)
    assert flag_of(program, RULE).location_id == SHOP
    program.act(Action.RESOLVE, ANA, now=EVENING, by="s_eve", reason="Ours")
    (decision,) = visit(program, EVENING, location_id=KIOSK)
    assert decision.accepted


def test_a_flagged_attempt_can_suspend() -> None:
    program = shop(automatically_suspend=True)
    visit(program, EVENING)
    assert program.member(ANA).access is Access.SUSPENDED


def test_off_permits_every_attempt() -> None:
    program = shop(mode="off")
    (decision,) = visit(program, EVENING)
    assert decision.accepted
    assert (program.flags, program.shadow) == ({}, [])


def test_shadow_permits_and_records() -> None:
    program = shop(mode="shadow")
    (decision,) = visit(program, EVENING)
    assert decision.accepted
    assert (program.flags, shadows(program)) == ({}, [(ANA, RULE)])


def test_shadow_records_attempts_that_are_refused_for_coming_too_soon() -> None:
    program = shop(mode="shadow")
    visit(program, EVENING, EVENING + MINUTE)
    assert shadows(program) == [(ANA, RULE), (ANA, RULE)]


def test_trusted_members_are_refused_and_not_flagged() -> None:
    program = shop(Member(ANA, trusted=True))
    (decision,) = visit(program, EVENING)
    assert decision.outcome is Outcome.OUTSIDE_BUSINESS_HOURS
    assert not program.flags
    shadow = shop(Member(ANA, trusted=True), mode="shadow")
    visit(shadow, EVENING)
    assert not shadow.shadow


def test_attempts_up_to_the_baseline_are_refused_and_not_flagged() -> None:
    program = shop(Member(ANA, baseline=EVENING))
    before, at, after = visit(program, EVENING - 1, EVENING, EVENING + 1)
    assert {before.outcome, at.outcome, after.outcome} == {Outcome.OUTSIDE_BUSINESS_HOURS}
    assert ids(flag_of(program, RULE)) == [check_in_id(EVENING + 1)]


def test_a_refused_attempt_is_no_check_in() -> None:
    program = shop()
    decision = program.check_in(attempt(EVENING))
    assert decision.member.check_ins == ()
