from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.engine import Engine
from redflag.core.flags import Action
from redflag.core.instants import DAY, HOUR, MINUTE, Instant, format_instant
from redflag.core.model import Access, Member, Position, RuleName
from redflag.core.settings import Settings
from tests.unit.builders import (
    ANA,
    BEN,
    CYD,
    KIOSK,
    SHOP,
    T,
    attempt,
    check_in_id,
    engine,
    flag_of,
    ids,
    only,
    open_rules,
    shadows,
)

RULE = RuleName("back_to_back")
DEE = "m_dee"
GAP = 10 * MINUTE
SQUARE = Position(48.20849, 16.37208)
SAME_CELL = Position(48.20850, 16.37210)
CORNER = Position(48.20990, 16.37000)

type Arrivals = Sequence[tuple[str, Instant]]


def rule(**values: Any) -> Settings:
    return only(RULE, cooldown_minutes=0, **values)


def arrive(program: Engine, arrivals: Arrivals, position: Position | None = None) -> Engine:
    for member_id, at in arrivals:
        assert program.check_in(attempt(at, member_id, position=position)).accepted
    return program


def flagged(program: Engine) -> set[str]:
    return {flag.member_id for flag in program.flags.values()}


ONCE = [(ANA, T), (BEN, T + MINUTE)]
TWICE = [*ONCE, (ANA, T + DAY), (BEN, T + DAY + MINUTE)]


@pytest.mark.parametrize(
    ("arrivals", "fires"),
    [
        pytest.param(ONCE, False, id="A, B once"),
        pytest.param(TWICE, True, id="A, B on two days"),
        pytest.param([*ONCE, (ANA, T + 2 * MINUTE)], True, id="A, B, A within the gap"),
        pytest.param([*ONCE, (BEN, T + DAY), (ANA, T + DAY)], True, id="A, B and B, A are the same pair"),
        pytest.param([(ANA, T), (BEN, T), (ANA, T)], True, id="at the same instant, in order of arrival"),
        pytest.param([(ANA, T), (BEN, T + GAP), (ANA, T + 2 * GAP)], True, id="gaps of exactly 10 minutes"),
        pytest.param([(ANA, T), (BEN, T + GAP), (ANA, T + 2 * GAP + 1)], False, id="a gap of 10:00.001"),
        pytest.param([(ANA, T), (BEN, T - GAP), (ANA, T)], True, id="10 minutes back in time"),
        pytest.param([(ANA, T), (BEN, T - GAP - 1), (ANA, T)], False, id="10:00.001 back in time"),
        pytest.param([(ANA, T), (BEN, T - MINUTE), (ANA, T - 2 * MINUTE)], True, id="told in reverse"),
        pytest.param(
            [(ANA, T), (CYD, T), (BEN, T), (ANA, T + DAY), (DEE, T + DAY), (BEN, T + DAY)],
            False,
            id="somebody else between them",
        ),
        pytest.param([(ANA, T), (ANA, T), (ANA, T)], False, id="nobody follows themselves"),
        pytest.param([(ANA, T), (BEN, T), (CYD, T), (BEN, T + DAY)], False, id="two pairs, once each"),
    ],
)
def test_a_pair_that_follows_each_other_directly_twice_is_flagged(*, arrivals: Arrivals, fires: bool) -> None:
    program = arrive(engine(rule()), arrivals)
    assert flagged(program) == ({ANA, BEN} if fires else set())


@pytest.mark.parametrize("minutes", [1, 1440])
def test_the_gap_is_a_setting(minutes: int) -> None:
    inside, outside = (
        [(ANA, T), (BEN, T + gap), (ANA, T)] for gap in (minutes * MINUTE, minutes * MINUTE + 1)
    )
    assert flagged(arrive(engine(rule(max_gap_minutes=minutes)), inside)) == {ANA, BEN}
    assert not flagged(arrive(engine(rule(max_gap_minutes=minutes)), outside))


@pytest.mark.parametrize("days", [1, 30, 90])
def test_the_window_ends_with_the_occurrence_and_leaves_out_its_first_instant(days: int) -> None:
    again = T + days * DAY
    inside = [(ANA, T), (BEN, T), (CYD, T + MINUTE), (ANA, again - 1), (BEN, again - 1)]
    outside = [(ANA, T), (BEN, T), (CYD, T + MINUTE), (ANA, again), (BEN, again)]
    assert flagged(arrive(engine(rule(window_days=days)), inside)) == {ANA, BEN}
    assert not flagged(arrive(engine(rule(window_days=days)), outside))


def test_an_occurrence_told_late_counts_with_the_later_ones_of_its_window() -> None:
    later = [(ANA, T + DAY), (BEN, T + DAY), (CYD, T + DAY)]
    assert flagged(arrive(engine(rule()), [*later, *ONCE])) == {ANA, BEN}
    assert not flagged(arrive(engine(rule(window_days=1)), [*later, (ANA, T), (BEN, T)]))


def test_occurrences_around_one_told_late_must_fit_into_one_window() -> None:
    around = [
        (ANA, T - 20 * DAY),
        (BEN, T - 20 * DAY),
        (CYD, T),
        (ANA, T + 20 * DAY),
        (BEN, T + 20 * DAY),
        (CYD, T),
    ]
    assert not flagged(arrive(engine(rule(limit=3)), [*around, *ONCE]))


@pytest.mark.parametrize("limit", [2, 10])
def test_the_limit_is_reached_by_that_many_occurrences_and_not_before(limit: int) -> None:
    program = engine(rule(limit=limit))
    arrive(program, [((ANA, BEN)[turn % 2], T + turn) for turn in range(limit)])
    assert not flagged(program)
    arrive(program, [((ANA, BEN)[limit % 2], T + limit)])
    assert flagged(program) == {ANA, BEN}


def test_a_refused_check_in_between_two_leaves_them_adjacent() -> None:
    program = engine(rule(), Member(CYD, access=Access.BLOCKED))
    for day in (T, T + DAY):
        arrive(program, [(ANA, day)])
        assert program.check_in(attempt(day, CYD)).outcome is Outcome.ACCOUNT_BLOCKED
        arrive(program, [(BEN, day)])
    assert flagged(program) == {ANA, BEN}


def test_members_at_different_locations_do_not_follow_each_other() -> None:
    program = engine(rule())
    for day in (T, T + DAY):
        program.check_in(attempt(day, ANA, SHOP))
        program.check_in(attempt(day, BEN, KIOSK))
    assert not program.flags


def test_occurrences_at_different_locations_add_up() -> None:
    program = engine(rule())
    for day, location_id in ((T, SHOP), (T + DAY, KIOSK)):
        program.check_in(attempt(day, ANA, location_id))
        program.check_in(attempt(day, BEN, location_id))
    assert flagged(program) == {ANA, BEN}


def test_the_evidence_names_both_in_order_with_place_and_times() -> None:
    program = arrive(engine(rule()), TWICE)
    ana, ben = flag_of(program, RULE, ANA), flag_of(program, RULE, BEN)
    assert ana.sentence == (
        "Checked in directly before or after the same other member 2 times in 30 days, "
        "at the same location and within 10 minutes; limit 2"
    )
    assert (ana.value, ana.limit, ana.location_id) == (2, 2, SHOP)
    assert ana.occurrences[0] == {
        "id": f"{check_in_id(T + DAY, ANA)}+{check_in_id(T + DAY + MINUTE, BEN)}",
        "first_member_id": ANA,
        "second_member_id": BEN,
        "location_id": SHOP,
        "cell": None,
        "first_at": format_instant(T + DAY),
        "second_at": format_instant(T + DAY + MINUTE),
    }
    assert len(ana.occurrences) == 2
    assert (ben.sentence, ben.occurrences) == (ana.sentence, ana.occurrences)
    assert ana.flag_id != ben.flag_id


def test_a_third_occurrence_adds_to_both_open_flags() -> None:
    program = arrive(engine(rule()), [*TWICE, (ANA, T + DAY + 2 * MINUTE)])
    for member_id in (ANA, BEN):
        flag = flag_of(program, RULE, member_id)
        assert (flag.count, flag.value, len(set(ids(flag)))) == (2, 2, 3)


@pytest.mark.parametrize(
    ("ben", "fires"),
    [
        pytest.param(SQUARE, True, id="the same position"),
        pytest.param(SAME_CELL, True, id="the same cell"),
        pytest.param(CORNER, False, id="another cell"),
        pytest.param(None, False, id="a phone that reports no position"),
    ],
)
def test_by_position_members_of_one_cell_follow_each_other(*, ben: Position | None, fires: bool) -> None:
    program = engine(rule(match_on="position"))
    for day in (T, T + DAY):
        program.check_in(attempt(day, ANA, SHOP, SQUARE))
        program.check_in(attempt(day, BEN, KIOSK, ben))
    assert flagged(program) == ({ANA, BEN} if fires else set())


def test_by_position_the_evidence_names_the_cell() -> None:
    program = arrive(engine(rule(match_on="position")), TWICE, SQUARE)
    flag = flag_of(program, RULE)
    assert ", in the same spot and within 10 minutes" in flag.sentence
    assert [(o["cell"], o["location_id"]) for o in flag.occurrences] == [("u2edk81f", None)] * 2
    assert flag.location_id is None


def test_the_evidence_is_in_order_of_the_later_check_in_of_each_occurrence() -> None:
    later_one = [(ANA, T + 2 * MINUTE), (BEN, T)]
    earlier_one = [(ANA, T + MINUTE), (BEN, T + MINUTE)]
    program = arrive(engine(rule()), [*later_one, (CYD, T), *earlier_one])
    assert [o["second_at"] for o in flag_of(program, RULE).occurrences] == [
        format_instant(T),
        format_instant(T + MINUTE),
    ]


def test_off_finds_nothing() -> None:
    program = arrive(engine(rule(mode="off")), TWICE)
    assert (program.flags, program.shadow) == ({}, [])


def test_shadow_records_both_and_raises_nothing() -> None:
    program = arrive(engine(rule(mode="shadow")), TWICE)
    assert (program.flags, shadows(program)) == ({}, [(ANA, RULE), (BEN, RULE)])


def test_of_a_pair_the_trusted_one_is_skipped() -> None:
    assert flagged(arrive(engine(rule(), Member(ANA, trusted=True)), TWICE)) == {BEN}
    shadow = arrive(engine(rule(mode="shadow"), Member(BEN, trusted=True)), TWICE)
    assert shadows(shadow) == [(ANA, RULE)]


def test_each_of_a_pair_is_judged_by_their_own_baseline() -> None:
    program = arrive(engine(rule(), Member(ANA, baseline=T)), TWICE)
    assert flagged(program) == {BEN}
    arrive(program, [(ANA, T + DAY + 2 * MINUTE)])
    assert flag_of(program, RULE, ANA).value == 2
    assert flag_of(program, RULE, BEN).count == 2


def test_verifying_one_of_a_pair_leaves_the_flag_of_the_other() -> None:
    program = arrive(engine(rule()), TWICE)
    program.act(Action.VERIFY, ANA, now=T + DAY + HOUR, by="s_eve", reason="Sisters")
    arrive(program, [(ANA, T + 2 * DAY), (BEN, T + 2 * DAY)])
    assert (open_rules(program, ANA), open_rules(program, BEN)) == (set(), {RULE})


@given(
    turns=st.lists(
        st.tuples(st.sampled_from([ANA, BEN, CYD]), st.sampled_from([1, GAP, GAP + 1, DAY])), max_size=30
    ),
    limit=st.integers(2, 4),
)
def test_in_order_of_time_exactly_the_pairs_with_enough_occurrences_are_flagged(
    turns: list[tuple[str, Instant]], limit: int
) -> None:
    arrivals: list[tuple[str, Instant]] = []
    for member_id, gap in turns:
        arrivals.append((member_id, (arrivals[-1][1] if arrivals else T) + gap))
    program = arrive(engine(rule(limit=limit, window_days=2)), arrivals)

    occurrences: list[tuple[set[str], Instant]] = []
    expected: set[str] = set()
    for (first, earlier), (second, later) in pairwise(arrivals):
        if first != second and later - earlier <= GAP:
            occurrences.append(({first, second}, later))
            same = [at for pair, at in occurrences if pair == {first, second} and later - at < 2 * DAY]
            if len(same) >= limit:
                expected |= {first, second}
    assert flagged(program) == expected
