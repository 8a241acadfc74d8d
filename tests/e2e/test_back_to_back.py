"""`back_to_back`: who checks in directly after whom, by place or by where phones say they are."""

from datetime import timedelta
from typing import Any

import pytest

from tests.e2e.world import DAY, HOUR, MILLISECOND, MINUTE, MONDAY, Member, World, code, text

RULE = "back_to_back"
GAP = 10 * MINUTE


def pairs(cooldown_minutes: int = 0, **rule: Any) -> dict[str, Any]:
    """Settings under which nothing but this rule is on."""
    return {
        "check_in": {"cooldown_minutes": cooldown_minutes},
        "rules": {"visit_frequency": {"mode": "off"}, RULE: {"mode": "on", **rule}},
    }


def two(world: World, **settings: Any) -> tuple[Member, Member, str]:
    """Two members and a place of their own."""
    program = world.program_with(pairs(**settings))
    return program.enrol(), program.enrol(), program.new_place()


@pytest.mark.parametrize(
    ("gap", "flags"),
    [(GAP, {RULE}), (GAP + MILLISECOND, set()), (timedelta(0), {RULE}), (-GAP, {RULE})],
)
def test_the_gap_decides_who_followed_directly(world: World, gap: timedelta, flags: set[str]) -> None:
    a, b, place = two(world)
    for day in (MONDAY, MONDAY + DAY):
        a.visits(day, place=place)
        b.visits(day + gap, place=place)
    assert a.open_rules() == b.open_rules() == flags


def test_a_b_a_is_two_occurrences_and_flags_both(world: World) -> None:
    a, b, place = two(world)
    a.visits(MONDAY, place=place)
    b.visits(MONDAY + MINUTE, place=place)
    assert a.flags() == b.flags() == []
    a.visits(MONDAY + 2 * MINUTE, place=place)
    shown = [member.flag_of(RULE) for member in (a, b)]
    assert [flag["location_id"] for flag in shown] == [place, place]
    assert shown[0]["evidence"] == shown[1]["evidence"]
    evidence = shown[0]["evidence"]
    assert (evidence["value"], evidence["limit"]) == (2, 2)
    followed = [
        (o["first_member_id"], o["second_member_id"], o["location_id"], o["first_at"], o["second_at"])
        for o in evidence["occurrences"]
    ]
    first, second, third = (text(MONDAY + minutes * MINUTE) for minutes in range(3))
    assert followed == [
        (b.member_id, a.member_id, place, second, third),
        (a.member_id, b.member_id, place, first, second),
    ]


def test_a_refused_check_in_between_two_members_does_not_part_them(world: World) -> None:
    a, c, place = two(world, cooldown_minutes=60)
    b = a.program.enrol()
    for day in (MONDAY, MONDAY + DAY):
        b.visits(day - 30 * MINUTE)
        a.visits(day, place=place)
        assert code(b.visit(day + MINUTE, place=place)) == "too_soon"
        c.visits(day + 2 * MINUTE, place=place)
    assert a.open_rules() == c.open_rules() == {RULE}
    assert b.flags() == []


def test_somebody_in_between_parts_them(world: World) -> None:
    a, b, place = two(world)
    for day in (MONDAY, MONDAY + DAY):
        a.visits(day, place=place)
        a.program.enrol().visits(day + MINUTE, place=place)
        b.visits(day + 2 * MINUTE, place=place)
    assert a.flags() == b.flags() == []


def test_other_places_part_nobody_and_pair_nobody(world: World) -> None:
    a, b, place = two(world)
    elsewhere = a.program.new_place()
    for day in (MONDAY, MONDAY + DAY):
        a.visits(day, place=place)
        b.visits(day + MINUTE, place=elsewhere)
    assert a.flags() == b.flags() == []


@pytest.mark.parametrize(("days", "flags"), [(2 * DAY - MILLISECOND, {RULE}), (2 * DAY, set())])
def test_the_window_leaves_its_first_instant_out(world: World, days: timedelta, flags: set[str]) -> None:
    a, b, place = two(world, window_days=2)
    for day in (MONDAY, MONDAY + days):
        a.visits(day - MINUTE, place=place)
        b.visits(day, place=place)
    assert a.open_rules() == b.open_rules() == flags


def test_the_limit_is_counted_by_pair(world: World) -> None:
    a, b, place = two(world, limit=3)
    for minutes in (0, 10, 20):
        a.visits(MONDAY + minutes * MINUTE, place=place)
        b.visits(MONDAY + (minutes + 5) * MINUTE, place=place)
    # Five times: the third raised the flag, two more were added to it.
    assert a.flag_of(RULE)["count"] == b.flag_of(RULE)["count"] == 3
    assert a.flag_of(RULE)["evidence"]["value"] == 3


def test_each_member_has_their_own_trust_and_baseline(world: World) -> None:
    a, b, place = two(world)
    assert code(a.act("flag")) == code(a.act("resolve")) == "ok"
    a.visits(MONDAY, place=place)
    b.visits(MONDAY + MINUTE, place=place)
    a.visits(MONDAY + 2 * MINUTE, place=place)
    assert (a.open_rules(), b.open_rules()) == (set(), {RULE})

    a, b, place = two(world)
    a.visits(MONDAY, place=place)
    b.visits(MONDAY + MINUTE, place=place)
    assert code(a.act("flag")) == code(a.act("verify")) == "ok"
    a.visits(MONDAY + 2 * MINUTE, place=place)
    assert (a.open_rules(), b.open_rules()) == (set(), {RULE})


def test_a_flag_on_both_suspends_both(world: World) -> None:
    program = world.program_with(pairs() | {"automatically_suspend": True})
    a, b, place = program.enrol(), program.enrol(), program.new_place()
    a.visits(MONDAY, place=place)
    b.visits(MONDAY + MINUTE, place=place)
    a.visits(MONDAY + 2 * MINUTE, place=place)
    assert a.profile()["access"] == b.profile()["access"] == "suspended"
    assert code(b.visit(MONDAY + HOUR, place=place)) == "account_blocked"


def test_by_position_the_cell_counts_and_not_the_place(world: World) -> None:
    program = world.program_with(pairs(match_on="position"))
    a, b, elsewhere = program.enrol(), program.enrol(), program.new_place()
    here = {"lat": 40.741123, "lon": -73.989712, "accuracy_m": 12.5}
    beside = {"lat": 40.741133, "lon": -73.989702}
    a.visits(MONDAY, position=here)
    b.visits(MONDAY + MINUTE, position=beside, place=elsewhere)
    # Without a position, a check-in is nowhere, and parts nobody.
    program.enrol().visits(MONDAY + MINUTE)
    a.visits(MONDAY + 2 * MINUTE, position=here)
    flag = b.flag_of(RULE)
    assert a.flag_of(RULE)["evidence"] == flag["evidence"]
    assert flag["location_id"] is None
    cells = {occurrence["cell"] for occurrence in flag["evidence"]["occurrences"]}
    assert len(cells) == 1
    assert len(cells.pop()) == 8
    assert "in the same spot" in flag["evidence"]["sentence"]


def test_by_position_members_far_apart_at_one_place_are_no_pair(world: World) -> None:
    program = world.program_with(pairs(match_on="position"))
    a, b, place = program.enrol(), program.enrol(), program.new_place()
    for minutes in (0, 2, 4):
        a.visits(MONDAY + minutes * MINUTE, place=place, position={"lat": 34.05, "lon": -118.25})
        b.visits(MONDAY + (minutes + 1) * MINUTE, place=place, position={"lat": 34.06, "lon": -118.25})
    assert a.flags() == b.flags() == []
