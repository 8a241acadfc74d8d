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
from redflag.core.settings import Settings
from tests.unit.builders import ANA, BEN, CYD, KIOSK, SHOP, T, attempt, edit, engine, hours, settings, visit

NINE_TO_NINE = hours(("09:00", "21:00"))
GAPS = st.sampled_from([HOUR, 90 * MINUTE, 2 * HOUR - 1, 2 * HOUR, DAY, 3 * DAY])
MODES = st.sampled_from(["off", "shadow", "on"])
LATEST_BY = 14
"""An event that comes behind at most so many later ones still finds a place in the register."""


def history_rules(mode: str) -> st.SearchStrategy[Settings]:
    return st.builds(
        lambda limit, window_days, run: settings(
            visit_frequency={"mode": mode, "limit": limit, "window_days": window_days},
            consecutive_check_ins={"mode": mode, "limit": run},
        ),
        st.sampled_from([2, 3, 5, 15]),
        st.sampled_from([1, 7, 90]),
        st.integers(2, 4),
    )


SETTINGS = st.builds(
    lambda modes, suspend, cooldown, count_limit: settings(
        cooldown_minutes=cooldown,
        automatically_suspend=suspend,
        visit_frequency={"mode": modes[0], "limit": 3},
        consecutive_check_ins={"mode": modes[1], "limit": 2},
        back_to_back={"mode": modes[2], "max_gap_minutes": 60},
        point_edits={"mode": modes[3], "count_limit": count_limit},
        outside_hours={"mode": modes[4]},
    ),
    st.lists(MODES, min_size=5, max_size=5),
    st.booleans(),
    st.sampled_from([0, 60]),
    st.none() | st.integers(2, 3),
)

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


@given(
    st.lists(st.tuples(st.sampled_from([ANA, BEN]), GAPS, st.integers(0, LATEST_BY)), max_size=32),
    history_rules("on"),
)
def test_the_same_check_ins_raise_the_same_flags_in_any_order_of_arrival(
    visits: list[tuple[str, Instant, int]], rules: Settings
) -> None:
    times = instants(gap for _, gap, _ in visits)
    in_time = [(at, member_id) for at, (member_id, _, _) in zip(times, visits, strict=True)]
    places = [place + delay for place, (_, _, delay) in enumerate(visits)]
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


@given(STEPS, SETTINGS)
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


@given(st.lists(GAPS, max_size=20), st.lists(GAPS, max_size=20), history_rules("on"))
def test_nothing_up_to_the_baseline_counts(
    before: list[Instant], after: list[Instant], rules: Settings
) -> None:
    earlier = [T, *instants(-gap for gap in before)]
    later = instants(after)
    with_earlier, without = (engine(rules, Member(ANA, baseline=T)) for _ in range(2))
    visit(with_earlier, *earlier[:8], *later[:10], *earlier[8:], *later[10:])
    visit(without, *later)
    assert with_earlier.flags == without.flags


@given(st.lists(st.tuples(MEMBERS, st.sampled_from([MINUTE, HOUR, DAY])), max_size=30), st.integers(2, 3))
def test_in_the_shadow_rules_find_what_they_would_flag(visits: list[tuple[str, Instant]], limit: int) -> None:
    shadow, on = (
        engine(
            settings(
                cooldown_minutes=0,
                visit_frequency={"mode": mode, "limit": limit},
                back_to_back={"mode": mode, "limit": limit},
            )
        )
        for mode in ("shadow", "on")
    )
    for program in (shadow, on):
        for at, (member_id, _) in zip(instants(gap for _, gap in visits), visits, strict=True):
            program.check_in(attempt(at, member_id))
    assert Counter((member_id, finding.rule) for member_id, finding in shadow.shadow) == raised(on)
    assert not shadow.flags
