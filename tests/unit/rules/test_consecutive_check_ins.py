from itertools import accumulate

import pytest

from redflag.core.decide import Outcome
from redflag.core.instants import DAY, MINUTE, Instant
from redflag.core.model import Member, RuleName
from redflag.core.rules.consecutive_check_ins import run_length
from tests.unit.builders import (
    ANA,
    COOLDOWN,
    KIOSK,
    SHOP,
    T,
    check_in_id,
    engine,
    flag_of,
    history,
    ids,
    only,
    open_rules,
    shadows,
    visit,
)

RULE = RuleName("consecutive_check_ins")


def after_gaps(*gaps: Instant) -> list[Instant]:
    """Instants from T on, each so long after the one before."""
    return list(accumulate(gaps, initial=T))


@pytest.mark.parametrize(
    ("gap", "accepted", "run"),
    [
        pytest.param(COOLDOWN - 1, False, 1, id="59:59.999 is refused"),
        pytest.param(COOLDOWN, True, 2, id="60:00.000 is accepted and consecutive"),
        pytest.param(2 * COOLDOWN - 1, True, 2, id="119:59.999 is accepted and consecutive"),
        pytest.param(2 * COOLDOWN, True, 1, id="120:00.000 is accepted and restarts the run"),
        pytest.param(DAY, True, 1, id="a day restarts the run"),
    ],
)
def test_a_gap_of_one_to_two_cooldowns_is_consecutive(*, gap: Instant, accepted: bool, run: int) -> None:
    program = engine(only(RULE, limit=2))
    _, decision = visit(program, T, T + gap)
    assert decision.outcome is (Outcome.ACCEPTED if accepted else Outcome.TOO_SOON)
    assert run_length(decision.member.check_ins, COOLDOWN) == run
    assert open_rules(program) == ({RULE} if run == 2 else set())


@pytest.mark.parametrize(
    ("limit", "gaps", "fires"),
    [
        pytest.param(2, [COOLDOWN], True, id="limit 2: the second of a run"),
        pytest.param(3, [COOLDOWN], False, id="limit 3: two are not enough"),
        pytest.param(3, [COOLDOWN] * 2, True, id="limit 3: the third of a run"),
        pytest.param(3, [COOLDOWN, 2 * COOLDOWN, COOLDOWN], False, id="limit 3: two runs of two"),
        pytest.param(3, [2 * COOLDOWN, COOLDOWN, COOLDOWN], True, id="limit 3: a run after a longer gap"),
        pytest.param(10, [COOLDOWN] * 8, False, id="limit 10: nine are not enough"),
        pytest.param(10, [COOLDOWN] * 9, True, id="limit 10: the tenth of a run"),
    ],
)
def test_a_run_that_reaches_the_limit_is_flagged(*, limit: int, gaps: list[Instant], fires: bool) -> None:
    program = engine(only(RULE, limit=limit))
    visit(program, *after_gaps(*gaps))
    assert open_rules(program) == ({RULE} if fires else set())


def test_without_a_cooldown_nothing_is_consecutive_and_nothing_too_soon() -> None:
    program = engine(only(RULE, limit=2, cooldown_minutes=0))
    decisions = visit(program, T, T, T + 1, T + MINUTE)
    assert all(decision.accepted for decision in decisions)
    assert not program.flags


def test_a_run_goes_on_across_locations() -> None:
    program = engine(only(RULE, limit=2))
    visit(program, T, location_id=SHOP)
    visit(program, T + COOLDOWN, location_id=KIOSK)
    assert open_rules(program) == {RULE}


def test_a_refused_attempt_does_not_break_a_run() -> None:
    program = engine(only(RULE))
    visit(program, T, T + COOLDOWN, T + COOLDOWN + MINUTE, T + 2 * COOLDOWN)
    assert open_rules(program) == {RULE}


def test_the_evidence_is_the_run() -> None:
    program = engine(only(RULE))
    instants = after_gaps(DAY, COOLDOWN, COOLDOWN + MINUTE)
    visit(program, *instants)
    flag = flag_of(program, RULE)
    assert flag.sentence == "3 check-ins in a row, each 60 to 120 minutes after the one before; limit 3"
    assert (flag.value, flag.limit, flag.location_id) == (3, 3, SHOP)
    assert ids(flag) == [check_in_id(at) for at in reversed(instants[1:])]


def test_a_growing_run_adds_to_the_open_flag() -> None:
    program = engine(only(RULE))
    visit(program, *after_gaps(*[COOLDOWN] * 4))
    flag = flag_of(program, RULE)
    assert (flag.count, flag.value, len(flag.occurrences)) == (3, 3, 5)


def test_off_finds_nothing() -> None:
    program = engine(only(RULE, mode="off"))
    visit(program, *after_gaps(COOLDOWN, COOLDOWN))
    assert (program.flags, program.shadow) == ({}, [])


def test_shadow_records_and_raises_nothing() -> None:
    program = engine(only(RULE, mode="shadow"))
    visit(program, *after_gaps(COOLDOWN, COOLDOWN))
    assert (program.flags, shadows(program)) == ({}, [(ANA, RULE)])


def test_trusted_members_are_skipped() -> None:
    for mode in ("on", "shadow"):
        program = engine(only(RULE, mode=mode), Member(ANA, trusted=True))
        visit(program, *after_gaps(COOLDOWN, COOLDOWN))
        assert (program.flags, program.shadow) == ({}, [])


def test_the_first_check_in_after_the_baseline_begins_a_run() -> None:
    at_the_baseline, before_it = (
        engine(only(RULE), Member(ANA, baseline=baseline)) for baseline in (T, T - 1)
    )
    for program in (at_the_baseline, before_it):
        visit(program, *after_gaps(COOLDOWN, COOLDOWN))
    assert (open_rules(at_the_baseline), open_rules(before_it)) == (set(), {RULE})


def test_a_run_counts_back_from_the_newest_check_in() -> None:
    instants = after_gaps(COOLDOWN, COOLDOWN, DAY, COOLDOWN)
    assert [run_length(history(*instants[:n]), COOLDOWN) for n in range(1, 6)] == [1, 2, 3, 1, 2]
