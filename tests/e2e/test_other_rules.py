"""`point_edits`, `manual`, the three modes of every rule, and automatic suspension."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.world import DAY, HOUR, MINUTE, MONDAY, Member, Program, World, code

EDITS, MANUAL = "point_edits", "manual"
OFF = {"visit_frequency": {"mode": "off"}}


def edits(**rule: Any) -> dict[str, Any]:
    """Settings under which nothing but `point_edits` is on."""
    return {"rules": {**OFF, EDITS: {"mode": "on", **rule}}}


@pytest.mark.parametrize(
    ("delta", "flags"), [(500, set()), (-500, set()), (501, {EDITS}), (-501, {EDITS}), (1, set())]
)
def test_one_edit_is_flagged_above_the_amount_and_not_at_it(
    world: World, delta: int, flags: set[str]
) -> None:
    member = world.program_with(edits()).enrol()
    assert member.edit_points(delta).json() == {"points": delta}
    assert member.open_rules() == flags
    assert member.profile()["points"] == delta


def test_the_evidence_of_an_edit_says_how_much_and_why(world: World) -> None:
    member = world.program_with(edits()).enrol()
    member.edit_points(-1234)
    evidence = member.flag_of(EDITS)["evidence"]
    assert evidence["sentence"] == "Points changed by -1,234 in one edit; limit 500"
    (edit,) = evidence["occurrences"]
    assert (edit["delta"], edit["reason"]) == (-1234, "A correction.")


def test_edits_are_counted_in_the_window_when_there_is_a_limit(world: World) -> None:
    member = world.program_with(edits(count_limit=3)).enrol()
    for _ in range(2):
        member.edit_points(1)
    assert member.flags() == []
    assert member.edit_points(-1).json() == {"points": 1}
    evidence = member.flag_of(EDITS)["evidence"]
    assert evidence["sentence"] == "3 point edits in 7 days; limit 3"
    assert (evidence["value"], evidence["limit"], len(evidence["occurrences"])) == (3, 3, 3)


def test_a_repeated_edit_changes_points_once(program: Program) -> None:
    member = program.enrol()
    assert [member.edit_points(7, key="till 4, 17").json() for _ in range(2)] == [{"points": 7}] * 2
    assert code(member.edit_points(8, key="till 4, 17")) == "idempotency_key_reused"
    assert member.edit_points(7, key="till 4, 18").json() == {"points": 14}


def test_staff_flag_with_a_reason_and_once(program: Program) -> None:
    member = program.enrol()
    answered = member.act("flag", "Two phones in one hand.").json()
    (flag,) = answered["flags"]
    assert (flag["rule"], flag["status"], flag["location_id"]) == (MANUAL, "open", None)
    assert flag["evidence"]["sentence"] == "Flagged by staff: Two phones in one hand."
    assert (answered["access"], answered["red_flag"]) == ("active", True)
    again = member.act("flag")
    assert (again.status_code, code(again)) == (409, "already_flagged")


def frequent(member: Member) -> None:
    """Two check-ins in a week."""
    member.visits(MONDAY, MONDAY + DAY)


def consecutive(member: Member) -> None:
    """Two check-ins in a row."""
    member.visits(MONDAY, MONDAY + HOUR)


def back_to_back(member: Member) -> None:
    """Directly after the same other member, twice."""
    other, place = member.program.enrol(), member.program.new_place()
    for day in (MONDAY, MONDAY + DAY):
        other.visits(day, place=place)
        member.visits(day + MINUTE, place=place)


def edited(member: Member) -> None:
    """A large change of points."""
    member.edit_points(501)


def closed(member: Member) -> None:
    """An attempt at a place that is never open."""
    member.visit(MONDAY, place=member.program.new_place(hours={}))


DOINGS: dict[str, tuple[Callable[[Member], None], dict[str, Any]]] = {
    "visit_frequency": (frequent, {"limit": 2}),
    "consecutive_check_ins": (consecutive, {"limit": 2}),
    "back_to_back": (back_to_back, {}),
    "point_edits": (edited, {}),
    "outside_hours": (closed, {}),
}


@pytest.mark.parametrize("mode", ["off", "shadow", "on"])
@pytest.mark.parametrize("rule", list(DOINGS))
def test_only_a_rule_that_is_on_raises_flags(world: World, rule: str, mode: str) -> None:
    do, numbers = DOINGS[rule]
    program = world.program_with(
        {"rules": OFF | {rule: {"mode": mode, **numbers}}, "automatically_suspend": True}
    )
    member = program.enrol()
    do(member)
    profile = member.profile()
    assert {flag["rule"] for flag in profile["flags"]} == ({rule} if mode == "on" else set())
    assert profile["access"] == ("suspended" if mode == "on" else "active")
    found = world.partition("members", f"{program.program_id}#{member.member_id}")
    shadows = [row["rule"] for row in found if row["sk"].startswith("S#")]
    assert shadows == ([rule] if mode == "shadow" else [])


def test_in_the_shadow_closed_places_refuse_nobody(world: World) -> None:
    program = world.program_with({"rules": OFF | {"outside_hours": {"mode": "shadow"}}})
    assert code(program.enrol().visit(MONDAY, place=program.new_place(hours={}))) == "ok"


def test_a_suspended_member_is_refused_until_staff_decide(world: World) -> None:
    program = world.program_with(
        {"rules": {"visit_frequency": {"mode": "on", "limit": 2}}, "automatically_suspend": True}
    )
    member = program.enrol()
    frequent(member)
    assert member.profile()["access"] == "suspended"
    refused = member.visit(MONDAY + 2 * DAY)
    assert (refused.status_code, code(refused)) == (403, "account_blocked")
    assert code(program.gate(phone=member.phone)) == "account_blocked"
    suspension = [event for event in member.profile()["timeline"] if event["what"] == "suspend"]
    assert [(event["by"], event["detail"]) for event in suspension] == [
        ("redflag", "2 check-ins in 7 days; limit 2")
    ]
    assert member.act("verify").json()["access"] == "active"
    assert code(member.visit(MONDAY + 2 * DAY)) == "ok"


def test_a_flag_by_staff_suspends_nobody(world: World) -> None:
    program = world.program_with({"automatically_suspend": True})
    member = program.enrol()
    assert member.act("flag").json()["access"] == "active"
    assert code(member.visit(MONDAY)) == "ok"
