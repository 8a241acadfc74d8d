from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.decide import Decision, Outcome, decide, earliest
from redflag.core.flags import Action
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import REGISTER_DEPTH, Access, CheckIn, Location, Member, RuleName
from redflag.core.settings import Settings
from tests.unit.builders import (
    ANA,
    COOLDOWN,
    KIOSK,
    SHOP,
    UTC,
    T,
    attempt,
    check_in,
    check_in_id,
    daily,
    engine,
    flag_of,
    history,
    hours,
    ids,
    only,
    open_rules,
    settings,
    visit,
)

FREQUENCY, CONSECUTIVE = RuleName("visit_frequency"), RuleName("consecutive_check_ins")
PLACE = Location(SHOP, UTC)
CLOSED = Location(SHOP, UTC, hours())
HOURS_ON = settings(outside_hours={"mode": "on"})


def judge(
    at: Instant,
    *instants: Instant,
    rules: Settings | None = None,
    older: Sequence[CheckIn] = (),
    baseline: Instant = -1,
) -> Decision:
    """Decide an attempt of a member who has checked in at these instants, oldest first."""
    member = Member(ANA, baseline=baseline, check_ins=history(*instants))
    return decide(member, attempt(at), rules or settings(), PLACE, older)


# The order of evaluation.

BLOCKED, HOURS, SOON = Outcome.ACCOUNT_BLOCKED, Outcome.OUTSIDE_BUSINESS_HOURS, Outcome.TOO_SOON


@pytest.mark.parametrize(
    ("barred", "closed", "soon", "outcome"),
    [
        pytest.param(True, True, True, BLOCKED, id="blocked, closed and too soon"),
        pytest.param(True, True, False, BLOCKED, id="blocked and closed"),
        pytest.param(True, False, True, BLOCKED, id="blocked and too soon"),
        pytest.param(True, False, False, BLOCKED, id="blocked"),
        pytest.param(False, True, True, HOURS, id="closed and too soon"),
        pytest.param(False, True, False, HOURS, id="closed"),
        pytest.param(False, False, True, SOON, id="too soon"),
        pytest.param(False, False, False, Outcome.ACCEPTED, id="nothing in the way"),
    ],
)
@pytest.mark.parametrize(
    "bar",
    [
        pytest.param({"access": Access.SUSPENDED}, id="suspended"),
        pytest.param({"access": Access.BLOCKED}, id="blocked by a person"),
        pytest.param({"platform_blocked": True}, id="blocked on the platform"),
    ],
)
def test_the_first_that_applies_decides(
    *, bar: dict[str, Access], barred: bool, closed: bool, soon: bool, outcome: Outcome
) -> None:
    known = history(T - (MINUTE if soon else DAY))
    member = Member(ANA, check_ins=known, **(bar if barred else {}))  # type: ignore[arg-type]  # by name
    decision = decide(member, attempt(T), HOURS_ON, CLOSED if closed else PLACE)
    assert decision.outcome is outcome
    assert decision.accepted is (outcome is Outcome.ACCEPTED)
    assert [finding.rule for finding in decision.findings] == (
        [RuleName("outside_hours")] if outcome is HOURS else []
    )
    assert (decision.retry_at is not None) is (outcome is SOON)
    if outcome is not Outcome.ACCEPTED:
        assert decision.member is member


def test_a_closed_location_refuses_only_while_the_rule_is_on() -> None:
    for mode, outcome in (("off", Outcome.ACCEPTED), ("shadow", Outcome.ACCEPTED), ("on", HOURS)):
        rules = settings(outside_hours={"mode": mode})
        assert decide(Member(ANA), attempt(T), rules, CLOSED).outcome is outcome


# The cooldown.


@pytest.mark.parametrize(
    ("at", "retry_at"),
    [
        pytest.param(T + COOLDOWN - 1, T + COOLDOWN, id="59:59.999 after"),
        pytest.param(T + COOLDOWN, None, id="60:00.000 after"),
        pytest.param(T, T + COOLDOWN, id="at the same instant"),
        pytest.param(T - COOLDOWN + 1, T + COOLDOWN, id="59:59.999 before, told late"),
        pytest.param(T - COOLDOWN, None, id="60:00.000 before, told late"),
        pytest.param(T + 2 * HOUR + 1, T + 4 * HOUR, id="told late, too near to the one after"),
        pytest.param(T + 2 * HOUR, None, id="told late, a cooldown from both"),
        pytest.param(T + 4 * HOUR - 1, T + 4 * HOUR, id="the newest counts too"),
        pytest.param(T + 4 * HOUR, None, id="a cooldown after the newest"),
    ],
)
def test_a_cooldown_must_lie_between_neighbours_on_either_side(at: Instant, retry_at: Instant | None) -> None:
    decision = judge(at, T, T + 3 * HOUR)
    assert decision.outcome is (Outcome.ACCEPTED if retry_at is None else SOON)
    assert decision.retry_at == retry_at


def test_between_neighbours_that_leave_no_room_one_waits_for_both() -> None:
    assert judge(T + 45 * MINUTE, T, T + 90 * MINUTE).retry_at == T + 150 * MINUTE
    assert judge(T + 1, T, T + 119 * MINUTE, T + 238 * MINUTE).retry_at == T + 298 * MINUTE


@pytest.mark.parametrize(("minutes", "gap"), [(1, MINUTE), (90, 90 * MINUTE), (1440, DAY)])
def test_the_cooldown_is_a_setting(minutes: int, gap: Instant) -> None:
    rules = settings(cooldown_minutes=minutes)
    assert judge(T + gap - 1, T, rules=rules).retry_at == T + gap
    assert judge(T + gap, T, rules=rules).accepted


def test_without_a_cooldown_nothing_is_too_soon() -> None:
    assert judge(T, T, T, rules=settings(cooldown_minutes=0)).accepted


def test_the_cooldown_holds_anywhere_in_the_program_and_for_each_member_alone() -> None:
    program = engine(settings())
    visit(program, T, location_id=SHOP)
    (elsewhere,) = visit(program, T + MINUTE, location_id=KIOSK)
    (somebody_else,) = visit(program, T + MINUTE, member_id="m_ben")
    assert (elsewhere.outcome, somebody_else.outcome) == (SOON, Outcome.ACCEPTED)


@given(st.lists(st.integers(1, 200), max_size=6, unique=True), st.integers(0, 250), st.integers(0, 60))
def test_the_earliest_is_the_first_instant_that_is_a_cooldown_from_all(
    instants: list[Instant], at: Instant, cooldown: Instant
) -> None:
    check_ins = history(*sorted(instants))
    found = at
    while any(abs(found - instant) < cooldown for instant in instants):
        found += 1
    assert earliest(check_ins, at, cooldown) == found


# Refusals.


@pytest.mark.parametrize(
    ("barrier", "at"),
    [
        pytest.param(Action.BLOCK, T + 5 * DAY, id="blocked"),
        pytest.param(None, T + 3 * DAY + MINUTE, id="too soon"),
        pytest.param(None, T + 3 * DAY - MINUTE, id="too soon, told late"),
    ],
)
def test_a_refused_attempt_changes_nothing(barrier: Action | None, at: Instant) -> None:
    program = engine(settings(back_to_back={"mode": "on"}))
    visit(program, *daily(4))
    if barrier is not None:
        program.act(Action.FLAG, ANA, now=T, by="s_eve", reason="Suspect")
        program.act(barrier, ANA, now=T, by="s_eve", reason="Proven")
    members, flags = dict(program.members), dict(program.flags)
    (decision,) = visit(program, at)
    assert not decision.accepted
    assert (decision.findings, decision.shadow) == ((), ())
    assert (program.members, program.flags, program.shadow) == (members, flags, [])


def test_refused_attempts_count_in_no_rule_and_start_no_cooldown() -> None:
    program = engine(settings(visit_frequency={"limit": 3}))
    _, early, again, later = visit(program, T, T + 59 * MINUTE, T + 59 * MINUTE + 1, T + HOUR)
    assert (early.outcome, again.outcome, later.outcome) == (SOON, SOON, Outcome.ACCEPTED)
    assert not open_rules(program)
    visit(program, T + DAY)
    assert open_rules(program) == {FREQUENCY}


# What is accepted.


def test_an_accepted_attempt_stands_in_the_history_by_time() -> None:
    decision = judge(T + DAY, T, T + 2 * DAY)
    assert decision.member.check_ins == history(T, T + DAY, T + 2 * DAY)
    assert decision.member.check_ins[1] == CheckIn(check_in_id(T + DAY), SHOP, T + DAY, "d_till")


def test_at_the_same_instant_the_order_of_arrival_decides() -> None:
    program = engine(settings(cooldown_minutes=0))
    visit(program, T + DAY)
    visit(program, T, location_id=SHOP)
    visit(program, T, location_id=KIOSK)
    places = [check_in.location_id for check_in in program.member(ANA).check_ins]
    assert places == [SHOP, KIOSK, SHOP]


def test_the_check_in_that_raised_the_flag_stays_accepted_and_the_next_is_refused() -> None:
    program = engine(settings(automatically_suspend=True, visit_frequency={"limit": 2}))
    *_, flagged, refused = visit(program, *daily(3))
    assert (flagged.outcome, refused.outcome) == (Outcome.ACCEPTED, BLOCKED)
    assert program.member(ANA).access is Access.SUSPENDED
    assert len(program.member(ANA).check_ins) == 2


def test_rules_that_are_on_find_and_rules_in_the_shadow_are_recorded() -> None:
    both = settings(visit_frequency={"limit": 2}, consecutive_check_ins={"mode": "shadow", "limit": 2})
    decision = judge(T + HOUR, T, rules=both)
    assert [finding.rule for finding in decision.findings] == [FREQUENCY]
    assert [finding.rule for finding in decision.shadow] == [CONSECUTIVE]
    assert not decision.clean


def test_accepted_and_nothing_found_is_clean() -> None:
    assert judge(T).clean
    assert not judge(T, T).clean


# Events that are told late.


def test_a_late_check_in_fires_at_the_later_ones_it_completes() -> None:
    program = engine(settings(visit_frequency={"limit": 3}))
    visit(program, T, T + 2 * DAY, T + 8 * DAY)
    assert not open_rules(program)
    visit(program, T + DAY)
    flag = flag_of(program, FREQUENCY)
    assert (flag.count, flag.raised_at, flag.last_triggered_at) == (1, T + 2 * DAY, T + 2 * DAY)
    assert ids(flag) == [check_in_id(T + day * DAY) for day in (2, 1, 0)]


def test_a_late_check_in_does_not_fire_again_what_had_fired_without_it() -> None:
    program = engine(settings(visit_frequency={"limit": 3}))
    visit(program, *daily(4))
    assert flag_of(program, FREQUENCY).count == 2
    visit(program, T + 3 * DAY - 2 * HOUR)
    assert flag_of(program, FREQUENCY).count == 3
    visit(program, T - DAY)
    assert flag_of(program, FREQUENCY).count == 4


def test_a_late_check_in_joins_two_runs() -> None:
    program = engine(only(CONSECUTIVE, limit=4))
    visit(program, T, T + HOUR, T + 3 * HOUR, T + 4 * HOUR)
    assert not open_rules(program)
    visit(program, T + 2 * HOUR)
    flag = flag_of(program, CONSECUTIVE)
    assert (flag.count, flag.value, flag.raised_at) == (2, 4, T + 3 * HOUR)


def test_a_late_check_in_from_before_the_baseline_does_not_count() -> None:
    instants = daily(4, start=T + HOUR)
    assert not judge(T, *instants, baseline=T).findings
    assert judge(T, *instants, baseline=T - 1).findings


def test_check_ins_that_left_the_register_are_taken_from_the_older_ones() -> None:
    rules = only(FREQUENCY, limit=15, window_days=28)
    every_other_day = [T + 2 * day * DAY for day in range(30)]
    older, newest = history(*every_other_day[:14]), every_other_day[14:]
    late = newest[0] + DAY
    without, with_older = (judge(late, *newest, rules=rules, older=known).findings for known in ((), older))
    assert check_in_id(late) not in {finding.trigger_id for finding in without}
    assert check_in_id(late) in {finding.trigger_id for finding in with_older}


@pytest.mark.parametrize("position", range(REGISTER_DEPTH))
def test_anywhere_in_the_register_late_is_as_good_as_in_time(position: int) -> None:
    rules = only(FREQUENCY, limit=15, window_days=28)
    instants = [T + 2 * day * DAY for day in range(40)]
    late = instants[-1 - position] + DAY
    in_time, told_late = engine(rules), engine(rules)
    visit(in_time, *sorted([*instants, late]))
    visit(told_late, *instants, late)
    assert flag_of(in_time, FREQUENCY).count == flag_of(told_late, FREQUENCY).count
    assert in_time.member(ANA).check_ins == told_late.member(ANA).check_ins


# The depth of the register.

FULL = [T + 10 * day * DAY for day in range(REGISTER_DEPTH)]


@pytest.mark.parametrize(
    ("instants", "counts"),
    [
        pytest.param(FULL, False, id="16 are newer"),
        pytest.param(FULL[1:], True, id="15 are newer"),
    ],
)
def test_an_event_older_than_the_newest_16_is_accepted_and_counts_in_no_rule(
    *, instants: list[Instant], counts: bool
) -> None:
    program = engine(settings(visit_frequency={"limit": 2}, back_to_back={"mode": "on"}))
    visit(program, *instants)
    before = program.member(ANA)
    (decision,) = visit(program, instants[0] - DAY)
    assert decision.accepted
    assert (decision.counts, decision.clean) == (counts, False)
    assert open_rules(program) == ({FREQUENCY} if counts else set())
    assert (program.member(ANA) == before) is not counts


def test_the_register_keeps_the_newest_16_in_order_of_time() -> None:
    program = engine(only(FREQUENCY, mode="off"))
    visit(program, *FULL)
    visit(program, FULL[3] + DAY)
    assert program.member(ANA).check_ins == history(*sorted([*FULL[1:], FULL[3] + DAY]))


def test_at_the_instant_of_the_oldest_of_the_16_an_event_counts() -> None:
    decision = judge(FULL[0], *FULL, rules=settings(cooldown_minutes=0))
    assert decision.counts
    assert len(decision.member.check_ins) == REGISTER_DEPTH
    assert decision.member.check_ins[-1] == check_in(FULL[0])
