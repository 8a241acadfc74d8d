"""The rules on a member's own check-ins, at every boundary, and what becomes of the attempts themselves."""

from datetime import timedelta

import pytest

from tests.e2e.world import (
    DAY,
    HOUR,
    MILLISECOND,
    MINUTE,
    MONDAY,
    SECOND,
    Program,
    World,
    code,
    now,
    text,
    wrong_fields,
)

FREQUENT, CONSECUTIVE = "visit_frequency", "consecutive_check_ins"
WINDOW = 7 * DAY

RUN_OF_TWO = {"rules": {FREQUENT: {"mode": "off"}, CONSECUTIVE: {"mode": "on", "limit": 2}}}
RUN_OF_THREE = {"rules": {FREQUENT: {"mode": "off"}, CONSECUTIVE: {"mode": "on", "limit": 3}}}


@pytest.mark.parametrize(
    ("gap", "answer", "flags"),
    [
        (HOUR - MILLISECOND, "too_soon", set()),
        (HOUR, "ok", {CONSECUTIVE}),
        (2 * HOUR - MILLISECOND, "ok", {CONSECUTIVE}),
        (2 * HOUR, "ok", set()),
    ],
)
def test_the_gap_decides_on_too_soon_and_consecutive(
    world: World, gap: timedelta, answer: str, flags: set[str]
) -> None:
    member = world.program_with(RUN_OF_TWO).enrol()
    member.visits(MONDAY)
    assert code(member.visit(MONDAY + gap)) == answer
    assert member.open_rules() == flags


def test_a_gap_of_twice_the_cooldown_restarts_the_run_at_one(world: World) -> None:
    member = world.program_with(RUN_OF_THREE).enrol()
    member.visits(MONDAY, MONDAY + HOUR, MONDAY + 3 * HOUR, MONDAY + 4 * HOUR)
    assert member.open_rules() == set()
    member.visits(MONDAY + 5 * HOUR)
    evidence = member.flag_of(CONSECUTIVE)["evidence"]
    assert (evidence["value"], evidence["limit"], len(evidence["occurrences"])) == (3, 3, 3)
    assert (
        evidence["sentence"] == "3 check-ins in a row, each 60 to 120 minutes after the one before; limit 3"
    )


@pytest.mark.parametrize("at", [MONDAY - HOUR + MILLISECOND, MONDAY, MONDAY + HOUR - MILLISECOND])
def test_too_soon_looks_both_ways_and_everywhere_in_the_program(program: Program, at: object) -> None:
    member, elsewhere = program.enrol(), program.new_place()
    member.visits(MONDAY)
    refused = member.visit(at, place=elsewhere)  # type: ignore[arg-type]
    assert (refused.status_code, code(refused)) == (409, "too_soon")
    assert refused.json()["retry_at"] == text(MONDAY + HOUR)
    assert int(refused.headers["retry-after"]) >= 1
    assert code(member.visit(MONDAY + HOUR, place=elsewhere)) == "ok"


def test_retry_after_is_the_time_that_is_left(program: Program) -> None:
    member = program.enrol()
    first = member.visit(by=program.kiosk).json()
    refused = member.visit(by=program.kiosk)
    assert refused.json()["retry_at"] == first["next_check_in_at"]
    assert 3500 < int(refused.headers["retry-after"]) <= 3600


def test_a_refused_attempt_does_not_make_the_next_one_wait_longer(program: Program) -> None:
    member = program.enrol()
    member.visits(MONDAY)
    for minutes in (10, 30, 59):
        assert code(member.visit(MONDAY + minutes * MINUTE)) == "too_soon"
    assert code(member.visit(MONDAY + HOUR)) == "ok"


def test_with_no_cooldown_nothing_is_too_soon_and_nothing_consecutive(world: World) -> None:
    settings = {"check_in": {"cooldown_minutes": 0}, **RUN_OF_TWO}
    member = world.program_with(settings).enrol()
    member.visits(MONDAY, MONDAY, MONDAY + MILLISECOND, MONDAY + MINUTE)
    assert member.flags() == []


@pytest.mark.parametrize(
    ("fifth", "flags"),
    [(WINDOW - MILLISECOND, {FREQUENT}), (WINDOW, set()), (WINDOW - HOUR, {FREQUENT})],
)
def test_five_in_seven_days_leaves_the_first_instant_out(
    program: Program, fifth: timedelta, flags: set[str]
) -> None:
    member = program.enrol()
    member.visits(*(MONDAY + days * DAY for days in range(4)))
    assert member.flags() == []
    done = member.visit(MONDAY + fifth)
    assert code(done) == "ok", "the attempt that raises a flag stays accepted"
    assert member.open_rules() == flags


def test_evidence_is_enough_to_decide_from_and_frozen(world: World) -> None:
    program = world.program()
    member = program.enrol()
    instants = [MONDAY + days * DAY for days in range(5)]
    for instant in instants:
        member.visits(instant, device_id="till 4")
    flag = member.flag_of(FREQUENT)
    assert flag["status"] == "open"
    assert flag["raised_at"] == flag["last_triggered_at"] == text(instants[-1])
    assert (flag["count"], flag["location_id"], flag["member_id"]) == (1, program.place, member.member_id)
    evidence = flag["evidence"]
    assert evidence["sentence"] == "5 check-ins in 7 days; limit 5"
    assert (evidence["value"], evidence["limit"], evidence["settings_version"]) == (5, 5, 0)
    assert [o["checked_in_at"] for o in evidence["occurrences"]] == [text(i) for i in reversed(instants)]
    assert evidence["occurrences"][0]["device_id"] == "till 4"

    assert code(program.configure({"rules": {FREQUENT: {"mode": "on", "limit": 4}}})) == "ok"
    member.visits(instants[-1] + DAY)
    later = member.flag_of(FREQUENT)
    assert (later["flag_id"], later["count"]) == (flag["flag_id"], 2)
    assert later["last_triggered_at"] == text(instants[-1] + DAY)
    assert later["evidence"]["sentence"] == "5 check-ins in 7 days; limit 5"
    assert later["evidence"]["settings_version"] == 0
    assert len(later["evidence"]["occurrences"]) == 6
    assert program.owner.get(f"/v1/flags/{flag['flag_id']}").json() == later


def test_the_evidence_keeps_the_newest_twenty(world: World) -> None:
    member = world.program_with({"rules": {FREQUENT: {"mode": "on", "limit": 2, "window_days": 90}}}).enrol()
    instants = [MONDAY + days * DAY for days in range(22)]
    member.visits(*instants)
    flag = member.flag_of(FREQUENT)
    assert flag["count"] == 21
    shown = [o["checked_in_at"] for o in flag["evidence"]["occurrences"]]
    assert shown == [text(i) for i in reversed(instants[-20:])]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_late_events_give_the_flags_of_events_in_time(program: Program, order: tuple[int, ...]) -> None:
    member = program.enrol()
    member.visits(*(MONDAY + days * DAY for days in order))
    assert member.open_rules() == {FREQUENT}
    assert member.flag_of(FREQUENT)["evidence"]["value"] == 5


def test_an_event_older_than_the_newest_sixteen_is_kept_and_counts_in_no_rule(world: World) -> None:
    program = world.program_with({"rules": {FREQUENT: {"mode": "on", "limit": 2, "window_days": 1}}})
    old, young = program.enrol(), program.enrol()
    instants = [MONDAY + 2 * days * DAY for days in range(16)]
    old.visits(*instants)
    young.visits(*instants[:15])
    just_before = MONDAY - 2 * HOUR
    for member in (old, young):
        assert code(member.visit(just_before)) == "ok"
    assert old.open_rules() == set()
    assert young.open_rules() == {FREQUENT}, "one of the newest sixteen does count"
    exported = program.owner.get(f"{old.path}/export").json()
    assert text(just_before) in {attempt["checked_in_at"] for attempt in exported["attempts"]}


def test_only_check_ins_after_the_baseline_count(program: Program) -> None:
    member, at = program.enrol(), now()
    member.visits(at - 4 * DAY, at - 3 * DAY, at - 2 * DAY, at - DAY, at - HOUR)
    assert member.open_rules() == {FREQUENT}
    assert code(member.act("verify")) == "ok"
    assert code(member.visit(by=program.kiosk)) == "ok"
    assert [flag["status"] for flag in member.flags()] == ["verified"]


def test_verified_members_are_flagged_again_on_the_fifth_after_it(world: World) -> None:
    program = world.program_with({"check_in": {"cooldown_minutes": 1}})
    member, start = program.enrol(), now()
    member.visits(*(start - minutes * MINUTE for minutes in (14, 13, 12, 11, 10)))
    assert member.open_rules() == {FREQUENT}
    assert code(member.act("verify")) == "ok"
    # The baseline is the instant of the verification, so what follows lies just ahead of it.
    base = now() + SECOND
    member.visits(*(base + minutes * MINUTE for minutes in range(4)))
    assert member.open_rules() == set()
    member.visits(base + 4 * MINUTE)
    assert member.open_rules() == {FREQUENT}
    assert {flag["status"] for flag in member.flags()} == {"open", "verified"}


@pytest.mark.parametrize(
    ("ahead", "answer"),
    [
        (-23 * HOUR - 59 * MINUTE, "ok"),
        (-24 * HOUR - MINUTE, "invalid_request"),
        (4 * MINUTE, "ok"),
        (6 * MINUTE, "invalid_request"),
    ],
)
def test_kiosks_may_be_a_day_late_and_five_minutes_early(
    program: Program, ahead: timedelta, answer: str
) -> None:
    done = program.enrol().visit(now() + ahead, by=program.kiosk)
    assert code(done) == answer
    assert answer == "ok" or wrong_fields(done) == {"occurred_at"}


def test_imports_have_no_limit_back_and_the_same_one_ahead(program: Program) -> None:
    member = program.enrol()
    assert code(member.visit(now() + 4 * MINUTE)) == "ok"
    ahead = member.visit(now() + 6 * MINUTE)
    assert wrong_fields(ahead) == {"occurred_at"}
    first = program.enrol().visit(occurred_at="1970-01-01T00:00:00Z")
    assert first.json()["checked_in_at"] == "1970-01-01T00:00:00.000Z"


def test_an_unknown_program_place_or_member_is_not_found(program: Program) -> None:
    member = program.enrol()
    known = {
        "program_id": program.program_id,
        "location_id": program.place,
        "member": {"member_id": member.member_id},
    }
    for unknown in (
        {"program_id": "p_00000000"},
        {"location_id": "l_00000000"},
        {"member": {"member_id": "m_0000000000000"}},
        {"member": {"phone": program.world.new_phone()}},
    ):
        asked = program.kiosk.post("/v1/check-ins", known | unknown)
        assert (asked.status_code, code(asked)) == (404, "not_found"), unknown
    assert code(program.kiosk.post("/v1/check-ins", known)) == "ok"


def test_members_check_in_by_phone_as_the_region_writes_it(program: Program) -> None:
    member = program.enrol()
    local = f"({member.phone[2:5]}) {member.phone[5:8]}-{member.phone[8:]}"
    program.world.secrets.keep(local)
    assert code(member.visit(MONDAY, member={"phone": member.phone})) == "ok"
    assert code(member.visit(MONDAY + HOUR, member={"phone": local})) == "ok"
    done = member.visit(MONDAY + 2 * HOUR).json()
    assert done["checked_in_at"] == text(MONDAY + 2 * HOUR)
    assert done["next_check_in_at"] == text(MONDAY + 3 * HOUR)
