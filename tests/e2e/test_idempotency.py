"""Repeats and crowds: the same request twenty times at once, and fifty members at one counter."""

from collections import Counter
from functools import partial
from typing import Any

from tests.e2e.world import DAY, HOUR, MILLISECOND, MONDAY, Program, World, at_once, code, eventually

PAIRED = {
    "rules": {"visit_frequency": {"mode": "off"}, "back_to_back": {"mode": "on", "max_gap_minutes": 60}}
}
CROWD = 50
REMEMBERED = 16


def attempts(program: Program, path: str) -> list[dict[str, Any]]:
    """A member's attempts, once they are projected."""
    seen: list[dict[str, Any]] = eventually(
        lambda: program.owner.get(path).json()["recent_attempts"], wanted=bool
    )
    return seen


def test_twenty_equal_requests_at_once_are_one_check_in(program: Program) -> None:
    member = program.enrol()
    same = partial(member.visit, by=program.kiosk, key="till 4, receipt 17", device_id="till 4")
    answers = at_once([same] * 20, threads=20)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert same().content == answers[0].content, "later as well"
    assert [a["check_in_id"] for a in attempts(program, member.path)] == [answers[0].json()["check_in_id"]]


def test_twenty_equal_requests_at_once_raise_one_flag(world: World) -> None:
    program = world.program_with({"rules": {"visit_frequency": {"mode": "on", "limit": 2}}})
    member = program.enrol()
    member.visits(MONDAY)
    answers = at_once([partial(member.visit, MONDAY + DAY, key="again")] * 20, threads=20)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    flag = member.flag_of("visit_frequency")
    assert (flag["count"], flag["evidence"]["value"]) == (1, 2)


def test_without_a_key_only_one_of_many_at_once_is_accepted(program: Program) -> None:
    member = program.enrol()
    answers = at_once([partial(member.visit, by=program.kiosk)] * 8, threads=8)
    assert Counter(code(answer) for answer in answers) == {"ok": 1, "too_soon": 7}


def test_a_repeated_refusal_is_the_first_one(program: Program) -> None:
    member = program.enrol()
    member.visits(MONDAY)
    first = member.visit(MONDAY + MILLISECOND, key="too early")
    again = member.visit(MONDAY + MILLISECOND, key="too early")
    assert code(first) == code(again) == "too_soon"
    assert first.json()["retry_at"] == again.json()["retry_at"]
    seen = eventually(lambda: member.profile()["recent_attempts"], wanted=lambda found: len(found) == 2)
    assert sorted(attempt["outcome"] for attempt in seen) == ["accepted", "too_soon"]


def test_a_repeat_is_answered_as_first_whatever_happened_since(program: Program) -> None:
    member = program.enrol()
    first = member.visit(MONDAY, key="receipt 1")
    for action in ("flag", "block"):
        assert code(member.act(action)) == "ok"
    assert member.visit(MONDAY, key="receipt 1").content == first.content
    assert code(member.visit(MONDAY + HOUR, key="receipt 2")) == "account_blocked"
    assert code(member.act("unblock")) == "ok"
    assert code(member.visit(MONDAY + HOUR, key="receipt 2")) == "account_blocked"
    assert code(member.visit(MONDAY + HOUR, key="receipt 3")) == "ok"


def test_a_key_belongs_to_one_request_of_one_member(program: Program) -> None:
    member, other = program.enrol(), program.enrol()
    first = member.visit(MONDAY, key="receipt 9")
    reused = member.visit(MONDAY + DAY, key="receipt 9")
    assert (reused.status_code, code(reused)) == (422, "idempotency_key_reused")
    assert code(member.visit(MONDAY, key="receipt 9", device_id="till 5")) == "idempotency_key_reused"
    assert code(member.visit(MONDAY, key="receipt 9", place=program.new_place())) == "idempotency_key_reused"
    theirs = other.visit(MONDAY, key="receipt 9")
    assert (code(first), code(theirs)) == ("ok", "ok")
    assert first.json()["check_in_id"] != theirs.json()["check_in_id"]


def test_fifty_members_at_one_counter_at_once_are_all_kept(world: World) -> None:
    program = world.program_with(PAIRED)
    place = program.new_place()
    crowd = at_once([program.enrol] * CROWD)
    answers = at_once([partial(member.visit, by=program.kiosk, place=place) for member in crowd], threads=25)
    assert Counter(answer.status_code for answer in answers) == {201: CROWD}
    ids = {
        answer.json()["check_in_id"]: member.member_id for answer, member in zip(answers, crowd, strict=True)
    }
    assert len(ids) == CROWD

    # Every member's own register has its check-in, and the history follows.
    rows = {str(row["pk"]): row for row in world.scan("members", program.program_id) if row["sk"] == "R"}
    for check_in_id, member_id in ids.items():
        register = rows[f"{program.program_id}#{member_id}"]
        assert register["s0"].startswith(check_in_id.removeprefix("c_"))
        assert register["s1"] == ""
    history = eventually(
        lambda: [row for row in world.scan("history", program.program_id) if row["location_id"] == place],
        wanted=lambda rows: len(rows) == CROWD,
    )
    assert {f"c_{row['sk']}" for row in history} == set(ids)

    # The place has put them in one order, and remembers the end of it.
    (remembered,) = world.partition("places", f"{program.program_id}#at#{place}")
    newest = [_arrival(remembered[f"s{slot}"]) for slot in range(REMEMBERED)]
    assert len(set(newest)) == REMEMBERED
    assert all(ids[check_in_id] == member_id for check_in_id, member_id in newest)

    # The pairs are the links of that one chain: nobody is left out, nobody is counted twice.
    followed_by: dict[str, str] = {}
    for row in world.scan("places", f"{program.program_id}#pair#"):
        occurrences = [row[f"s{slot}"] for slot in range(REMEMBERED) if row.get(f"s{slot}")]
        if all(occurrence.endswith(place) for occurrence in occurrences):
            (only,) = occurrences
            first, second = f"c_{only[:20]}", f"c_{only[20:40]}"
            assert first not in followed_by
            followed_by[first] = second
    assert len(followed_by) == CROWD - 1
    assert len(set(followed_by.values())) == CROWD - 1
    (begin,) = set(ids) - set(followed_by.values())
    chain = [begin]
    while chain[-1] in followed_by:
        chain.append(followed_by[chain[-1]])
    assert len(chain) == CROWD
    assert [check_in_id for check_in_id, _ in newest] == chain[: -REMEMBERED - 1 : -1]
    assert program.owner.get("/v1/flags", location_id=place).json()["items"] == [], "each pair has met once"


def _arrival(slot: str) -> tuple[str, str]:
    """A slot of a place: check-in and member."""
    return f"c_{slot[:20]}", f"m_{slot[20:]}"
