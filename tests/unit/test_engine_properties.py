from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.engine import Engine
from redflag.core.flags import Action, FlagStatus, NotAllowed
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import Attempt, Member, RuleName
from redflag.core.rules.definition import Over, Rule
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from tests.strategies.exercise import every_rule_is_exercised
from tests.strategies.histories import gaps
from tests.strategies.rulebooks import configurable, in_mode, over_history, rulebooks
from tests.unit.builders import ANA, BEN, CYD, KIOSK, SHOP, T, attempt, edit, engine, hours, visit

NINE_TO_NINE = hours(("09:00", "21:00"))
LATEST_BY = 14
"""An event that comes behind at most so many later ones still finds a place in the register."""

SETTINGS = rulebooks(cooldowns=(0, 60))
MINUTES = 60
"""The cooldown of those who are never too soon: their gaps are no shorter."""

LIMITS = rulebooks(modes=[Mode.ON], cooldowns=[MINUTES], suspend=[False], only=over_history)
"""The rules over the history alone, and nothing that refuses."""


def refuses_nobody(rule: Rule) -> bool:
    """A rule over attempts that is on refuses them, and raises flags for that."""
    return rule.over is not Over.ATTEMPTS


@st.composite
def visited(draw: st.DrawFn, rules: Settings, most: int) -> list[Instant]:
    """Gaps between check-ins of which none is too soon, crowded around where a rule turns."""
    far_enough = [gap for gap in gaps(rules, T) if gap >= MINUTES * MINUTE]
    return draw(st.lists(st.sampled_from([*far_enough, 90 * MINUTE, DAY, 3 * DAY]), max_size=most))


type Step = tuple[str, str, Instant, str]
MEMBERS = st.sampled_from([ANA, BEN, CYD])
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.sampled_from(["check in", "check in", "check in", "edit", *Action]),
        MEMBERS,
        st.sampled_from([-DAY, -HOUR, -MINUTE, 0, 1, MINUTE, HOUR, 90 * MINUTE, 2 * HOUR, DAY]),
        st.sampled_from([SHOP, KIOSK]),
    ),
    max_size=40,
)


def live(program: Engine, step: Step, now: Instant, name: str) -> Outcome | None:
    """One step in a program's life; the outcome when it was an attempt to check in."""
    kind, member_id, _, place = step
    if kind == "check in":
        return program.check_in(Attempt(name, member_id, place, now)).outcome
    if kind == "edit":
        program.edit_points(member_id, edit(now, 501 if place == SHOP else 1))
        return None
    with suppress(NotAllowed):
        program.act(Action(kind), member_id, now=now, by="s_eve", reason="Looked into it")
    return None


def instants(gaps: Iterable[Instant], *, start: Instant = T) -> list[Instant]:
    """One instant a gap, each so long after the one before."""
    return list(accumulate(gaps, initial=start))[1:]


def timed(steps: list[Step]) -> list[tuple[Step, Instant, str]]:
    """Each step with its instant and an id of its own."""
    times = instants(gap for _, _, gap, _ in steps)
    return [(step, now, f"c_{number}") for number, (step, now) in enumerate(zip(steps, times, strict=True))]


def state(program: Engine) -> tuple[object, ...]:
    """All that a program knows."""
    return (
        dict(program.members),
        dict(program.flags),
        list(program.shadow),
        {m: list(h) for m, h in program._history.items()},
        dict(program._arrivals),
        dict(program._pairs),
        dict(program._edits),
    )


def raised(program: Engine) -> dict[tuple[str, RuleName], int]:
    return {(flag.member_id, flag.rule): flag.count for flag in program.flags.values()}


@given(LIMITS, st.data())
def test_the_same_check_ins_raise_the_same_flags_in_any_order_of_arrival(
    rules: Settings, data: st.DataObject
) -> None:
    times = instants(data.draw(visited(rules, 32)))
    whose = data.draw(st.lists(st.sampled_from([ANA, BEN]), min_size=len(times), max_size=len(times)))
    delays = data.draw(st.lists(st.integers(0, LATEST_BY), min_size=len(times), max_size=len(times)))
    in_time = list(zip(times, whose, strict=True))
    places = [place + delay for place, delay in enumerate(delays)]
    late = [event for _, event in sorted(zip(places, in_time, strict=True))]

    first, second = engine(rules), engine(rules)
    for program, order in ((first, in_time), (second, late)):
        for at, member_id in order:
            assert program.check_in(attempt(at, member_id)).accepted
    assert raised(first) == raised(second)
    assert first.members.keys() == second.members.keys()
    for member_id, member in first.members.items():
        assert member.check_ins == second.member(member_id).check_ins


@given(STEPS, SETTINGS)
def test_a_refusal_changes_nothing_but_the_flag_for_a_closed_location(
    steps: list[Step], rules: Settings
) -> None:
    program = engine(rules, opening=NINE_TO_NINE)
    for step, now, name in timed(steps):
        program.member(step[1])
        before = state(program)
        outcome = live(program, step, now, name)
        if outcome in {Outcome.ACCOUNT_BLOCKED, Outcome.TOO_SOON}:
            members, flags, shadow, *rest = state(program)
            was_members, was_flags, was_shadow, *was_rest = before
            assert (members, flags, rest) == (was_members, was_flags, was_rest)
            only_hours = rules.rules.outside_hours.mode == "shadow" and outcome is Outcome.TOO_SOON
            assert shadow == was_shadow or only_hours
        if outcome is Outcome.OUTSIDE_BUSINESS_HOURS:
            assert state(program)[2:] == before[2:]


@given(STEPS, rulebooks(cooldowns=(0, 60), only=refuses_nobody))
def test_without_its_refused_attempts_a_program_is_the_same(steps: list[Step], rules: Settings) -> None:
    program, without = engine(rules), engine(rules)
    for step, now, name in timed(steps):
        program.member(step[1]), without.member(step[1])
        if live(program, step, now, name) in {Outcome.ACCEPTED, None}:
            live(without, step, now, name)
    assert state(program) == state(without)


@given(STEPS, SETTINGS)
def test_a_member_has_at_most_one_open_flag_by_each_rule(steps: list[Step], rules: Settings) -> None:
    program = engine(rules, opening=NINE_TO_NINE)
    for step, now, name in timed(steps):
        live(program, step, now, name)
        open_flags = [flag for flag in program.flags.values() if flag.status is FlagStatus.OPEN]
        assert max(Counter((f.member_id, f.rule) for f in open_flags).values(), default=1) == 1
        for member_id, member in program.members.items():
            mine = {f.rule: f.flag_id for f in open_flags if f.member_id == member_id}
            assert member.open_flags == mine


@given(STEPS, SETTINGS)
def test_trusted_members_get_no_flags_by_rules(steps: list[Step], rules: Settings) -> None:
    program = engine(rules, *(Member(m, trusted=True) for m in (ANA, BEN)), opening=NINE_TO_NINE)
    for step, now, name in timed(steps):
        if step[0] != Action.FLAG:
            live(program, step, now, name)
    assert {flag.member_id for flag in program.flags.values()} <= {CYD}
    assert {member_id for member_id, _ in program.shadow} <= {CYD}


@given(LIMITS, st.data())
def test_nothing_up_to_the_baseline_counts(rules: Settings, data: st.DataObject) -> None:
    earlier = [T, *instants(-gap for gap in data.draw(visited(rules, 20)))]
    later = instants(data.draw(visited(rules, 20)))
    with_earlier, without = (engine(rules, Member(ANA, baseline=T)) for _ in range(2))
    visit(with_earlier, *earlier[:8], *later[:10], *earlier[8:], *later[10:])
    visit(without, *later)
    assert with_earlier.flags == without.flags


def test_in_the_shadow_rules_find_what_they_would_flag() -> None:
    @given(rulebooks(suspend=[False], only=refuses_nobody), st.data())
    def holds(rules: Settings, data: st.DataObject) -> None:
        names = [rule.name for rule in configurable() if rules.rules.mode(rule.name) is not Mode.OFF]
        times = instants(data.draw(st.lists(st.sampled_from([MINUTE, *gaps(rules, T)]), max_size=30)))
        whose = data.draw(st.lists(MEMBERS, min_size=len(times), max_size=len(times)))
        shadow, on = (engine(in_mode(rules, mode, names)) for mode in (Mode.SHADOW, Mode.ON))
        for program in (shadow, on):
            for at, member_id in zip(times, whose, strict=True):
                program.check_in(attempt(at, member_id))
                program.edit_points(member_id, edit(at, at % 1_000))
        assert Counter((member_id, finding.rule) for member_id, finding in shadow.shadow) == raised(on)
        assert not shadow.flags

    holds()


def test_every_rule_of_the_list_takes_part_in_these_properties() -> None:
    @given(SETTINGS, STEPS, st.data())
    def lives(rules: Settings, steps: list[Step], data: st.DataObject) -> None:
        program = engine(rules, opening=NINE_TO_NINE)
        for step, now, name in timed(steps):
            live(program, step, now, name)
        regular = data.draw(st.sampled_from(gaps(rules, T)))
        visit(program, *(T + 10 * DAY + number * regular for number in range(8)), location_id=KIOSK)

    with every_rule_is_exercised():
        lives()
