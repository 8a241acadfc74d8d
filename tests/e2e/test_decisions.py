"""What staff decide: every action where it is allowed and where it is not, and all that follows from it."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.e2e.world import DAY, HOUR, MONDAY, Member, Program, World, at_once, code

TWICE = {"rules": {"visit_frequency": {"mode": "on", "limit": 2}}}
SUSPENDING = TWICE | {"automatically_suspend": True}
ACTIONS = ("flag", "verify", "resolve", "block", "unblock", "membership/cancel")


@pytest.fixture
def watching(world: World) -> Program:
    """A program that flags the second check-in."""
    return world.program_with(TWICE)


def statuses(member: Member) -> dict[str, str]:
    """The status of each rule's flag."""
    return {flag["rule"]: flag["status"] for flag in member.flags()}


def flagged(program: Program, **fields: Any) -> Member:
    """A member with an open flag of a rule."""
    member = program.enrol(**fields)
    member.visits(MONDAY, MONDAY + DAY)
    assert statuses(member) == {"visit_frequency": "open"}
    return member


def blocked(program: Program) -> Member:
    """A member whom staff have flagged and blocked."""
    member = program.enrol()
    assert [code(member.act(action)) for action in ("flag", "block")] == ["ok", "ok"]
    return member


NO_FLAG = {"verify": "not_flagged", "resolve": "not_flagged"}
FREE = {"unblock": "not_blocked"}


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ([], NO_FLAG | FREE | {"block": "not_flagged", "membership/cancel": "no_active_membership"}),
        (["flag"], FREE | {"flag": "already_flagged"}),
        (["flag", "verify"], NO_FLAG | FREE | {"block": "not_flagged"}),
        (["flag", "verify", "flag"], FREE | {"flag": "already_flagged"}),
        (["flag", "resolve"], NO_FLAG | FREE | {"block": "not_flagged"}),
        (["flag", "block"], NO_FLAG | {"block": "already_blocked"}),
        (["flag", "block", "flag"], {"block": "already_blocked", "flag": "already_flagged"}),
        (["flag", "block", "flag", "verify"], NO_FLAG | {"block": "already_blocked"}),
        (["flag", "block", "flag", "resolve"], NO_FLAG | {"block": "already_blocked"}),
        (["flag", "block", "unblock"], NO_FLAG | FREE | {"block": "not_flagged"}),
        (["flag", "block", "unblock", "flag"], FREE | {"flag": "already_flagged"}),
    ],
)
def test_each_action_is_allowed_where_the_state_machine_says(
    program: Program, steps: list[str], refused: dict[str, str]
) -> None:
    member = program.enrol()
    assert [code(member.act(step)) for step in steps] == ["ok"] * len(steps)
    seen = member.profile()
    for action, answer in refused.items():
        done = member.act(action)
        assert (done.status_code, code(done)) == (409, answer), action
    assert member.profile() == seen, "a refusal changes nothing"


@pytest.mark.parametrize("action", ACTIONS)
def test_actions_on_nobody_are_not_found_and_without_a_reason_refused(program: Program, action: str) -> None:
    nobody = Member(program, "m_0000000000000", "")
    assert code(nobody.act(action)) == "not_found"
    assert code(program.enrol().act(action, reason=" ")) == "invalid_request"


def test_verify_closes_all_flags_and_starts_counting_anew(watching: Program) -> None:
    member = flagged(watching)
    assert code(member.act("flag")) == "ok"
    verified = member.act("verify", "Works next door.").json()
    assert {(f["rule"], f["status"], f["reason"]) for f in verified["flags"]} == {
        ("visit_frequency", "verified", "Works next door."),
        ("manual", "verified", "Works next door."),
    }
    assert (verified["red_flag"], verified["access"], verified["trusted"]) == (False, "active", False)
    # What lies before the verification counts no more, whenever it becomes known.
    member.visits(MONDAY + 2 * DAY)
    assert "open" not in statuses(member).values()


def test_resolve_trusts_for_good(watching: Program) -> None:
    member = flagged(watching)
    resolved = member.act("resolve").json()
    assert (resolved["trusted"], resolved["red_flag"]) == (True, False)
    member.visits(MONDAY + 2 * DAY, MONDAY + 3 * DAY)
    assert statuses(member) == {"visit_frequency": "resolved"}


def test_a_flag_by_hand_removes_trust_and_rules_flag_again(watching: Program) -> None:
    member = flagged(watching)
    member.act("resolve")
    assert member.act("flag").json()["trusted"] is False
    member.visits(MONDAY + 2 * DAY)
    assert member.open_rules() == {"manual", "visit_frequency"}


def test_block_confirms_and_unblock_overturns(watching: Program) -> None:
    member = flagged(watching)
    done = member.act("block", "Keyed in by a friend.").json()
    assert (done["access"], done["warnings"], done["red_flag"]) == ("blocked", [], False)
    assert statuses(member) == {"visit_frequency": "confirmed"}
    assert code(member.visit(MONDAY + 2 * DAY)) == "account_blocked"

    assert code(member.act("flag")) == "ok"
    freed = member.act("unblock", "It was her twin.").json()
    assert freed["access"] == "active"
    assert statuses(member) == {"visit_frequency": "overturned", "manual": "open"}, "open flags stay open"
    assert code(member.visit(MONDAY + 2 * DAY)) == "ok"
    assert statuses(member) == {"visit_frequency": "overturned", "manual": "open"}, "counting starts anew"


def test_unblock_overturns_the_flags_of_that_block_alone(program: Program) -> None:
    member = blocked(program)
    member.act("unblock", "First.")
    for action in ("flag", "verify", "flag", "block"):
        assert code(member.act(action)) == "ok"
    member.act("unblock", "Second.")
    assert sorted((flag["status"], flag["reason"]) for flag in member.flags()) == [
        ("overturned", "First."),
        ("overturned", "Second."),
        ("verified", "Seen by the manager."),
    ]


def test_unblock_frees_a_suspended_member_and_leaves_the_flag_open(world: World) -> None:
    member = flagged(world.program_with(SUSPENDING))
    assert member.profile()["access"] == "suspended"
    assert member.act("unblock").json()["access"] == "active"
    assert statuses(member) == {"visit_frequency": "open"}


@pytest.mark.parametrize(
    ("action", "access"),
    [("verify", "active"), ("resolve", "active"), ("block", "blocked"), ("flag", "suspended")],
)
def test_what_becomes_of_a_suspension(world: World, action: str, access: str) -> None:
    member = flagged(world.program_with(SUSPENDING))
    assert member.act(action).json()["access"] == access


@pytest.mark.parametrize("action", ["verify", "resolve"])
def test_only_unblock_ends_a_block(program: Program, action: str) -> None:
    member = blocked(program)
    member.act("flag")
    assert member.act(action).json()["access"] == "blocked"
    assert code(member.visit()) == "account_blocked"


def test_a_block_warns_of_a_membership_and_does_not_cancel_it(program: Program) -> None:
    member = program.enrol(membership={"status": "active"})
    member.act("flag")
    done = member.act("block").json()
    assert (done["access"], done["membership"]) == ("blocked", {"status": "active"})
    (warning,) = done["warnings"]
    assert "membership" in warning.lower()
    cancelled = member.act("membership/cancel").json()
    assert (cancelled["access"], cancelled["membership"]) == ("blocked", {"status": "cancelled"})
    assert code(member.act("membership/cancel")) == "no_active_membership"


def test_a_membership_is_cancelled_without_any_block(program: Program) -> None:
    member = program.enrol(membership={"status": "active"})
    cancelled = member.act("membership/cancel").json()
    assert (cancelled["access"], cancelled["membership"]) == ("active", {"status": "cancelled"})
    assert code(member.visit()) == "ok"


def test_a_cancelled_membership_stays_cancelled_beside_other_changes(program: Program) -> None:
    member = program.enrol(membership={"status": "active"})
    changes = [lambda: member.edit_points(1)] * 6
    done = at_once([*changes[:3], lambda: member.act("membership/cancel"), *changes[3:]])
    assert {code(answer) for answer in done} == {"ok"}
    profile = member.profile()
    assert (profile["points"], profile["membership"]) == (6, {"status": "cancelled"})


def test_a_blocked_number_enrols_blocked_again_even_after_erasure(program: Program) -> None:
    member = blocked(program)
    body = {"program_id": program.program_id, "phone": member.phone}
    again = program.kiosk.post("/v1/members", body)
    assert (again.status_code, again.json()["member_id"], again.json()["access"]) == (
        200,
        member.member_id,
        "blocked",
    )
    assert program.owner.delete(member.path, reason="Asked for it.").status_code == 204
    assert code(program.owner.get(member.path)) == "not_found"
    assert code(program.gate(phone=member.phone)) == "account_blocked"
    anew = program.kiosk.post("/v1/members", body)
    assert (anew.status_code, anew.json()["access"]) == (201, "blocked")
    newcomer = Member(program, anew.json()["member_id"], member.phone)
    assert newcomer.member_id != member.member_id
    assert code(newcomer.visit()) == "account_blocked"
    assert newcomer.act("unblock").json()["access"] == "active"
    assert program.gate(phone=member.phone).json() == {"allowed": True}
    assert code(newcomer.visit()) == "ok"


def test_a_block_holds_in_its_program_alone(program: Program, watching: Program) -> None:
    member = blocked(program)
    assert watching.gate(phone=member.phone).json() == {"allowed": True}
    assert code(watching.enrol(member.phone).visit()) == "ok"


def test_erasing_leaves_nothing_but_the_block_and_the_log(world: World, program: Program) -> None:
    external_id = world.new_phone()[1:]
    member = program.enrol(email=world.new_email(), external_id=external_id)
    member.visits(MONDAY, MONDAY + HOUR)
    member.edit_points(3)
    member.act("flag")
    assert program.owner.delete(member.path).status_code == 204
    assert code(program.owner.delete(member.path)) == "not_found"
    key = f"{program.program_id}#{member.member_id}"
    assert world.partition("members", key) == []
    assert world.partition("members", f"{program.program_id}#external#{external_id}") == []
    assert program.owner.get("/v1/members", query=external_id).json()["items"] == []
    assert member.member_id not in {
        flag["member_id"] for flag in program.owner.everything("/v1/flags", limit=100)
    }
    anew = program.enrol(member.phone, external_id=external_id)
    assert anew.profile()["points"] == 0


def test_every_action_is_in_the_log_with_who_why_before_and_after(world: World) -> None:
    program = world.program(SUSPENDING)
    manager = program.new_person("manager")
    member = program.enrol(membership={"status": "active"})
    member.visits(MONDAY, MONDAY + DAY)
    for action in ("block", "unblock", "flag", "verify", "flag", "resolve", "membership/cancel"):
        assert code(member.act(action, f"Because: {action}.", by=manager)) == "ok"

    entries = world.partition("audit", program.program_id)
    about = [entry for entry in entries if entry["subject"] == member.member_id]
    changed = [
        (entry["action"], json.loads(entry["before"]).get("access"), json.loads(entry["after"]).get("access"))
        for entry in about
    ]
    assert changed == [
        ("suspend", "active", "suspended"),
        ("block", "suspended", "blocked"),
        ("unblock", "blocked", "active"),
        ("flag", "active", "active"),
        ("verify", "active", "active"),
        ("flag", "active", "active"),
        ("resolve", "active", "active"),
        ("cancel_membership", None, None),
    ]
    assert about[0]["by"] == "redflag"
    assert {entry["by"] for entry in about[1:]} != {"redflag"}
    assert [entry["reason"] for entry in about[1:3]] == ["Because: block.", "Because: unblock."]
    # Each entry is sealed onto the one before, so that none can be changed or taken out unseen.
    previous = "0" * 64
    for entry in entries:
        assert entry["previous"] == previous
        content = {name: value for name, value in entry.items() if name != "hash"}
        sealed = json.dumps(content, sort_keys=True, separators=(",", ":"))
        previous = sha256(sealed.encode()).hexdigest()
        assert entry["hash"] == previous

    shown = [event["what"] for event in member.profile()["timeline"]]
    assert {"block", "unblock", "flag", "verify", "resolve", "suspend", "enrol"} <= set(shown)


def test_an_edit_that_suspends_is_logged_with_its_suspension(world: World) -> None:
    program = world.program({"rules": {"point_edits": {"mode": "on"}}, "automatically_suspend": True})
    member = program.enrol()
    assert member.edit_points(501).json() == {"points": 501}
    assert member.profile()["access"] == "suspended"
    assert program.logged_about(member.member_id) == ["edit_points", "suspend"]


def test_two_decisions_at_once_are_made_once(program: Program) -> None:
    member = program.enrol()
    flags = at_once([lambda: member.act("flag")] * 4)
    assert sorted(code(answer) for answer in flags) == ["already_flagged"] * 3 + ["ok"]
    blocks = at_once([lambda: member.act("block")] * 4)
    assert sorted(code(answer) for answer in blocks) == ["already_blocked"] * 3 + ["ok"]


def test_phones_are_shown_masked_and_in_clear_only_on_request(program: Program) -> None:
    member = program.enrol()
    profile = member.profile()
    assert profile["phone_masked"].endswith(member.phone[-2:])
    assert member.phone[2:] not in json.dumps(profile)
    shown = program.owner.request("POST", f"{member.path}/reveal-phone").json()
    assert shown == {"phone": member.phone}
    exported = program.owner.get(f"{member.path}/export").json()
    assert exported["phone"] == member.phone
    assert program.logged_about(member.member_id) == ["reveal_phone", "export"]
