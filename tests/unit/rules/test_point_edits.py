import pytest

from redflag.core.engine import Engine
from redflag.core.flags import Action
from redflag.core.instants import DAY, MINUTE, Instant, format_instant
from redflag.core.model import Access, Member, RuleName
from tests.unit.builders import ANA, BEN, T, edit, engine, flag_of, ids, only, open_rules, shadows

RULE = RuleName("point_edits")
WEEK = 7 * DAY


def edited(program: Engine, *edits: tuple[Instant, int]) -> Engine:
    for at, delta in edits:
        program.edit_points(ANA, edit(at, delta))
    return program


@pytest.mark.parametrize(
    ("limit", "delta", "fires"),
    [
        pytest.param(500, 499, False, id="499 of 500"),
        pytest.param(500, 500, False, id="500 of 500"),
        pytest.param(500, 501, True, id="501 of 500"),
        pytest.param(500, -500, False, id="500 taken of 500"),
        pytest.param(500, -501, True, id="501 taken of 500"),
        pytest.param(1, 1, False, id="1 of 1"),
        pytest.param(1, -2, True, id="2 taken of 1"),
        pytest.param(1_000_000, 1_000_000, False, id="1,000,000 of 1,000,000"),
        pytest.param(1_000_000, 1_000_001, True, id="1,000,001 of 1,000,000"),
    ],
)
def test_one_edit_above_the_amount_is_flagged(*, limit: int, delta: int, fires: bool) -> None:
    program = edited(engine(only(RULE, amount_limit=limit)), (T, delta))
    assert open_rules(program) == ({RULE} if fires else set())


@pytest.mark.parametrize(
    ("instants", "fires"),
    [
        pytest.param([T, T + DAY], False, id="two of three"),
        pytest.param([T, T + DAY, T + 2 * DAY], True, id="three of three"),
        pytest.param([T, T, T], True, id="all at one instant"),
        pytest.param([T, T + DAY, T + WEEK - 1], True, id="third 6 d 23:59:59.999 after the first"),
        pytest.param([T, T + DAY, T + WEEK], False, id="third exactly 7 x 24 h after the first"),
    ],
)
def test_as_many_edits_as_the_count_within_the_window_are_flagged(
    *, instants: list[Instant], fires: bool
) -> None:
    program = edited(engine(only(RULE, count_limit=3)), *((at, 10) for at in instants))
    assert open_rules(program) == ({RULE} if fires else set())


@pytest.mark.parametrize("limit", [2, 100])
def test_the_count_is_reached_by_that_many_edits_and_not_before(limit: int) -> None:
    program = edited(engine(only(RULE, count_limit=limit)), *((T + i, 1) for i in range(limit - 1)))
    assert not open_rules(program)
    edited(program, (T + DAY, 1))
    assert flag_of(program, RULE).value == limit


def test_without_a_count_limit_many_small_edits_are_fine() -> None:
    assert not edited(engine(only(RULE)), *((T + i, 500) for i in range(50))).flags


def test_the_evidence_of_an_amount_is_the_edit() -> None:
    program = edited(engine(only(RULE)), (T, 10), (T + DAY, -1500))
    flag = flag_of(program, RULE)
    assert flag.sentence == "Points changed by -1,500 in one edit; limit 500"
    assert (flag.value, flag.limit, flag.location_id) == (1500, 500, None)
    assert flag.occurrences == (
        {
            "id": f"e_{T + DAY}",
            "edited_at": format_instant(T + DAY),
            "delta": -1500,
            "by": "s_eve",
            "reason": "Birthday",
        },
    )


def test_points_given_have_a_plus() -> None:
    program = edited(engine(only(RULE)), (T, 501))
    assert flag_of(program, RULE).sentence == "Points changed by +501 in one edit; limit 500"


def test_the_evidence_of_a_count_is_the_edits_of_the_window() -> None:
    program = edited(engine(only(RULE, count_limit=2)), (T, 1), (T + WEEK, 1), (T + WEEK + DAY, 1))
    flag = flag_of(program, RULE)
    assert flag.sentence == "2 point edits in 7 days; limit 2"
    assert (flag.value, flag.limit) == (2, 2)
    assert ids(flag) == [f"e_{T + WEEK + DAY}", f"e_{T + WEEK}"]


def test_the_newest_20_edits_stay_in_the_evidence() -> None:
    program = edited(engine(only(RULE, count_limit=25)), *((T + i, 1) for i in range(27)))
    flag = flag_of(program, RULE)
    assert (flag.count, flag.value) == (3, 25)
    assert ids(flag) == [f"e_{T + i}" for i in range(26, 6, -1)]


def test_the_access_of_the_member_does_not_matter() -> None:
    program = edited(engine(only(RULE), Member(ANA, access=Access.BLOCKED)), (T, 501))
    assert open_rules(program) == {RULE}
    assert program.member(ANA).access is Access.BLOCKED


def test_an_edit_can_suspend() -> None:
    program = edited(engine(only(RULE, automatically_suspend=True)), (T, 501))
    assert program.member(ANA).access is Access.SUSPENDED


def test_edits_of_other_members_do_not_count() -> None:
    program = edited(engine(only(RULE, count_limit=2)), (T, 1))
    program.edit_points(BEN, edit(T + 1, 1))
    assert not program.flags


def test_off_finds_nothing() -> None:
    program = edited(engine(only(RULE, mode="off", count_limit=2)), (T, 501), (T, 501))
    assert (program.flags, program.shadow) == ({}, [])


def test_shadow_records_and_raises_nothing() -> None:
    program = edited(engine(only(RULE, mode="shadow")), (T, 501))
    assert (program.flags, shadows(program)) == ({}, [(ANA, RULE)])


@pytest.mark.parametrize("mode", ["on", "shadow"])
def test_trusted_members_are_skipped(mode: str) -> None:
    program = edited(engine(only(RULE, mode=mode), Member(ANA, trusted=True)), (T, 501))
    assert (program.flags, program.shadow) == ({}, [])


def test_only_edits_after_the_baseline_count() -> None:
    program = edited(engine(only(RULE, count_limit=2)), (T, 1), (T + DAY, 1))
    program.act(Action.VERIFY, ANA, now=T + DAY, by="s_eve", reason="Both were right")
    edited(program, (T + DAY + MINUTE, 1))
    assert not open_rules(program)
    edited(program, (T + DAY + 2 * MINUTE, 1))
    assert open_rules(program) == {RULE}


def test_an_edit_at_the_baseline_is_not_judged() -> None:
    assert not edited(engine(only(RULE), Member(ANA, baseline=T)), (T, 501)).flags
    assert edited(engine(only(RULE), Member(ANA, baseline=T - 1)), (T, 501)).flags


def test_an_edit_before_the_baseline_makes_no_other_edit_fire_again() -> None:
    program = edited(engine(only(RULE), Member(ANA, baseline=T)), (T + MINUTE, 501), (T, 1))
    assert flag_of(program, RULE).count == 1
