"""Nothing passes the fast path on which a rule would fire, whichever rules are in the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from redflag.core.decide import decide
from redflag.core.evidence import check_in_occurrence
from redflag.core.hours import OpeningHours, Span
from redflag.core.instants import DAY, Instant
from redflag.core.model import REGISTER_DEPTH, Attempt, CheckIn, Finding, Location, RuleName
from redflag.core.rules import HISTORY_RULES, consecutive_check_ins, visit_frequency
from redflag.core.rules.definition import HistoryRule, NotAfter, Over
from redflag.core.setting_types import Mode, Range
from redflag.core.settings import Settings
from tests.cloud.program import NOON
from tests.store.conditions import may_be_clean
from tests.store.shapes import MEMBER, PLACES, Case, cases
from tests.strategies.exercise import every_rule_is_exercised, registered
from tests.strategies.histories import check_ins, waits
from tests.strategies.rulebooks import every_settings_of, rulebooks

CLOUD = settings.get_profile("cloud")
OPEN = Location(PLACES[0], ZoneInfo("UTC"), OpeningHours.every_day(Span.parse("00:00", "24:00")))


@given(cases())
# Its failures are shown as they are found: what fails is a rule, and there are few.
@settings(CLOUD, max_examples=300, phases=[Phase.generate])
def what_may_pass_is_clean(case: Case) -> None:
    """At noon, and at every later instant at which something turns for this member."""
    member = case.register.member
    later = [NOON + wait for wait in waits(case.settings, member.counted, NOON)]
    for at in dict.fromkeys((NOON, *later)):
        attempt = Attempt("c_attempt", MEMBER, PLACES[0], at)
        decision = decide(member, attempt, case.settings, OPEN)
        assert decision.clean or not may_be_clean(case, at)


def nothing_passes_on_which_a_rule_would_fire() -> None:
    with every_rule_is_exercised():
        what_may_pass_is_clean()


def test_nothing_passes_on_which_a_rule_would_fire() -> None:
    nothing_passes_on_which_a_rule_would_fire()


@st.composite
def long_histories(draw: st.DrawFn) -> tuple[Settings, list[CheckIn]]:
    """Of check-ins before noon, and the one at noon: many more than a register holds."""
    rules = draw(rulebooks())
    return rules, [CheckIn("c_now", PLACES[0], NOON), *draw(check_ins(rules, NOON, PLACES, depth=40))]


@given(long_histories())
@settings(CLOUD, max_examples=80, phases=[Phase.generate])
def no_rule_looks_back_further_than_it_says(drawn: tuple[Settings, list[CheckIn]]) -> None:
    rules, history = drawn
    # What comes late stands before its time, and is no reason to look further.
    history.sort(key=lambda each: each.at, reverse=True)
    cooldown = rules.check_in.cooldown
    for name, rule in HISTORY_RULES.items():
        for its in set(every_settings_of(rule)):
            whole = rule.evaluate(history, its, cooldown)
            nearest = rule.evaluate(history[: rule.looks_back], its, cooldown)
            assert (whole is None) is (nearest is None), f"{name} looks back further than it says"


def test_no_rule_looks_back_further_than_it_says() -> None:
    no_rule_looks_back_further_than_it_says()


# ---------------------------------------------------------------- rules that say too much of themselves


@dataclass(frozen=True)
class DistinctLocations:
    """Settings of a rule that is not in the list: check-ins at so many locations."""

    mode: Mode = Mode.OFF
    limit: Annotated[int, Range(2, 10, "check-in")] = 4
    window_days: Annotated[int, Range(1, 90, "day")] = 7


def _distinct(history: Sequence[CheckIn], rule: DistinctLocations, _cooldown: Instant) -> Finding | None:
    judged = history[0]
    inside = [c for c in history[:REGISTER_DEPTH] if c.at > judged.at - rule.window_days * DAY]
    places = {c.location_id: c for c in reversed(inside)}
    if len(places) < rule.limit:
        return None
    return Finding(
        rule=RuleName("distinct_locations"),
        trigger_id=judged.check_in_id,
        at=judged.at,
        sentence=f"Check-ins at {len(places)} locations; limit {rule.limit}",
        value=len(places),
        limit=rule.limit,
        occurrences=tuple(check_in_occurrence(c) for c in places.values()),
    )


type Says = Callable[[Any, Instant, Instant], Sequence[NotAfter]]


def distinct_locations(says: Says) -> HistoryRule:
    return HistoryRule(
        name=RuleName("distinct_locations"),
        over=Over.CHECK_INS,
        settings=DistinctLocations,
        evaluate=_distinct,
        cannot_fire_when=says,
        looks_back=REGISTER_DEPTH,
    )


def moved(rule: HistoryRule, *, back: int = 0, instant: Instant = 0) -> HistoryRule:
    """A rule that says of itself what it says now, about another check-in or another instant."""

    def says(its: Any, at: Instant, cooldown: Instant) -> Sequence[NotAfter]:
        conditions = rule.cannot_fire_when(its, at, cooldown)
        return [NotAfter(max(c.back + back, 1), c.instant + instant) for c in conditions]

    return replace(rule, cannot_fire_when=says)


def always(rule: HistoryRule) -> HistoryRule:
    return replace(rule, cannot_fire_when=lambda _its, at, _cooldown: [NotAfter(1, at)])


FREQUENCY, RUNS = visit_frequency.RULE, consecutive_check_ins.RULE
DISTINCT = distinct_locations(lambda its, at, _: [NotAfter(its.limit - 1, at - its.window_days * DAY)])

TOO_LOOSE = {
    "frequency, always": always(FREQUENCY),
    "frequency, one check-in further back": moved(FREQUENCY, back=1),
    "frequency, a millisecond": moved(FREQUENCY, instant=1),
    "runs, always": always(RUNS),
    "runs, one check-in further back": moved(RUNS, back=1),
    "runs, a millisecond": moved(RUNS, instant=1),
    "a new rule, always": always(DISTINCT),
    "a new rule, one check-in further back": moved(DISTINCT, back=1),
    "a new rule, a millisecond": moved(DISTINCT, instant=1),
    "a new rule, only the newest check-in counts": distinct_locations(
        lambda its, at, _: [NotAfter(1, at - its.window_days * DAY // its.limit)]
    ),
}


@pytest.mark.parametrize("rule", TOO_LOOSE.values(), ids=list(TOO_LOOSE))
def test_a_rule_that_can_fire_when_it_says_that_it_cannot_is_found(rule: HistoryRule) -> None:
    with registered(rule), pytest.raises(AssertionError, match=r"fires when it says that it cannot|clean"):
        nothing_passes_on_which_a_rule_would_fire()


@pytest.mark.parametrize("rule", [DISTINCT])
def test_a_rule_that_says_no_more_than_is_true_is_not(rule: HistoryRule) -> None:
    with registered(rule):
        nothing_passes_on_which_a_rule_would_fire()


@pytest.mark.parametrize(
    "rule", [replace(FREQUENCY, looks_back=14), replace(RUNS, looks_back=9), replace(DISTINCT, looks_back=9)]
)
def test_a_rule_that_looks_back_further_than_it_says_is_found(rule: HistoryRule) -> None:
    with registered(rule), pytest.raises(AssertionError, match="looks back further than it says"):
        no_rule_looks_back_further_than_it_says()


def test_the_list_is_as_it_was_afterwards() -> None:
    before = dict(HISTORY_RULES)
    with registered(DISTINCT):
        assert {**before, DISTINCT.name: DISTINCT} == HISTORY_RULES
    assert before == HISTORY_RULES
