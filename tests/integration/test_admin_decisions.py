"""What staff do about a member: every action from every state, over the routes."""

from collections.abc import Callable
from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, format_instant
from redflag.service.members import point_edits
from tests.cloud.faults import Call, between
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import Answer

REASON = {"reason": "Seen twice."}
SUSPENDING: dict[str, Any] = {"automatically_suspend": True, "visit_frequency": {"mode": "on", "limit": 2}}


def do(shop: Shop, action: str, member: Enrolled, by: str = "manager", reason: str = "Seen twice.") -> Answer:
    return shop.of(f"POST {action}", member, by=by, body={"reason": reason})


def plain(shop: Shop) -> Enrolled:
    return shop.enrol()


def flagged(shop: Shop) -> Enrolled:
    ana = shop.enrol()
    assert do(shop, "flag", ana).status == 200
    return ana


def suspended(shop: Shop) -> Enrolled:
    shop.configure(**SUSPENDING)
    ana = shop.enrol()
    for hours in (5, 3):
        shop.check_in(ana, NOON - hours * HOUR)
    return ana


def blocked(shop: Shop) -> Enrolled:
    ana = flagged(shop)
    assert do(shop, "block", ana).status == 200
    return ana


def blocked_and_flagged_again(shop: Shop) -> Enrolled:
    ana = blocked(shop)
    assert do(shop, "flag", ana).status == 200
    return ana


def trusted(shop: Shop) -> Enrolled:
    ana = flagged(shop)
    assert do(shop, "resolve", ana).status == 200
    return ana


REFUSED: dict[tuple[Callable[[Shop], Enrolled], str], str] = {
    (plain, "verify"): "not_flagged",
    (plain, "resolve"): "not_flagged",
    (plain, "block"): "not_flagged",
    (plain, "unblock"): "not_blocked",
    (flagged, "flag"): "already_flagged",
    (flagged, "unblock"): "not_blocked",
    (blocked, "verify"): "not_flagged",
    (blocked, "resolve"): "not_flagged",
    (blocked, "block"): "already_blocked",
    (blocked_and_flagged_again, "flag"): "already_flagged",
    (blocked_and_flagged_again, "block"): "already_blocked",
    (trusted, "verify"): "not_flagged",
    (trusted, "resolve"): "not_flagged",
    (trusted, "block"): "not_flagged",
    (trusted, "unblock"): "not_blocked",
}
DONE: dict[tuple[Callable[[Shop], Enrolled], str], tuple[str, bool, list[str]]] = {
    (plain, "flag"): ("active", False, ["open"]),
    (flagged, "verify"): ("active", False, ["verified"]),
    (flagged, "resolve"): ("active", True, ["resolved"]),
    (flagged, "block"): ("blocked", False, ["confirmed"]),
    (suspended, "flag"): ("suspended", False, ["open", "open"]),
    (suspended, "verify"): ("active", False, ["verified"]),
    (suspended, "resolve"): ("active", True, ["resolved"]),
    (suspended, "block"): ("blocked", False, ["confirmed"]),
    (suspended, "unblock"): ("active", False, ["open"]),
    (blocked, "flag"): ("blocked", False, ["confirmed", "open"]),
    (blocked, "unblock"): ("active", False, ["overturned"]),
    (blocked_and_flagged_again, "verify"): ("blocked", False, ["confirmed", "verified"]),
    (blocked_and_flagged_again, "resolve"): ("blocked", True, ["confirmed", "resolved"]),
    (blocked_and_flagged_again, "unblock"): ("active", False, ["open", "overturned"]),
    (trusted, "flag"): ("active", False, ["open", "resolved"]),
}


def name_of(value: object) -> str:
    return getattr(value, "__name__", str(value))


@pytest.mark.parametrize(("state", "action"), REFUSED, ids=name_of)
def test_an_action_that_the_state_does_not_allow_is_refused_and_changes_nothing(
    shop: Shop, state: Callable[[Shop], Enrolled], action: str
) -> None:
    ana = state(shop)
    before, log = shop.register_item(ana), shop.audit()
    answer = do(shop, action, ana)
    assert (answer.status, answer.code) == (409, REFUSED[state, action])
    assert shop.register_item(ana) == before
    assert shop.audit() == log


@pytest.mark.parametrize(("state", "action"), DONE, ids=name_of)
def test_an_action_does_what_it_says_and_is_audited_with_its_reason(
    shop: Shop, state: Callable[[Shop], Enrolled], action: str
) -> None:
    ana = state(shop)
    was = shop.register(ana).member
    shop.clock.now = NOON + HOUR
    answer = do(shop, action, ana, reason="  Known at the till. ")
    access, is_trusted, statuses = DONE[state, action]
    assert answer.status == 200, answer.text
    assert (answer.body["access"], answer.body["trusted"]) == (access, is_trusted)
    assert sorted(flag["status"] for flag in answer.body["flags"]) == statuses
    assert answer.body["red_flag"] is ("open" in statuses)
    assert answer.body["warnings"] == []
    now = shop.register(ana).member
    assert now.baseline == (NOON + HOUR if action in ("verify", "unblock") else was.baseline)
    shop.rules(ana)
    decided = [f for f in answer.body["flags"] if f["decided_at"] == format_instant(NOON + HOUR)]
    for flag in decided:
        assert (flag["decided_by"], flag["reason"]) == (shop.subject("manager"), "Known at the till.")
    entry = shop.audit()[-1]
    assert (entry["action"], entry["by"]) == (action, shop.subject("manager"))
    assert (entry["subject"], entry["reason"]) == (ana.member_id, "Known at the till.")
    assert f'"access": "{was.access}"' in entry["before"]
    assert f'"access": "{access}"' in entry["after"]
    gate = shop.ask_gate(phone=ana.phone)
    assert gate.status == (200 if access == "active" else 403)


def test_all_open_flags_are_decided_at_once_and_closed_ones_are_left(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    ana = flagged(shop)
    do(shop, "verify", ana, reason="First.")
    shop.clock.now = NOON + DAY
    for _ in range(2):
        shop.clock.now += HOUR
        shop.check_in(ana)
    do(shop, "flag", ana)
    answer = do(shop, "resolve", ana, reason="Second.")
    assert sorted((f["rule"], f["status"], f["reason"]) for f in answer.body["flags"]) == [
        ("manual", "resolved", "Second."),
        ("manual", "verified", "First."),
        ("visit_frequency", "resolved", "Second."),
    ]


def test_a_trusted_member_is_flagged_by_no_rule_until_a_person_flags_them(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    ana = trusted(shop)
    for _ in range(3):
        shop.clock.now += HOUR
        shop.check_in(ana)
    assert shop.rules(ana) == set()
    do(shop, "flag", ana)
    shop.clock.now += HOUR
    shop.check_in(ana)
    assert shop.rules(ana) == {"manual", "visit_frequency"}


def test_blocking_warns_of_a_membership_that_goes_on(shop: Shop) -> None:
    ana = shop.enrol(membership="active")
    do(shop, "flag", ana)
    answer = do(shop, "block", ana)
    assert len(answer.body["warnings"]) == 1
    assert "membership" in answer.body["warnings"][0].lower()
    assert answer.body["membership"] == {"status": "active"}


def test_a_membership_is_cancelled_once_whatever_the_access(shop: Shop) -> None:
    ana = shop.enrol(membership="active")
    for action in ("flag", "block"):
        do(shop, action, ana)
    answer = do(shop, "membership/cancel", ana)
    assert answer.status == 200
    assert (answer.body["membership"], answer.body["access"]) == ({"status": "cancelled"}, "blocked")
    assert [entry["action"] for entry in shop.audit()][-1] == "cancel_membership"
    assert do(shop, "membership/cancel", ana).code == "no_active_membership"
    assert do(shop, "membership/cancel", shop.enrol()).code == "no_active_membership"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"reason"}),
        ({"reason": ""}, {"reason"}),
        ({"reason": "   "}, {"reason"}),
        ({"reason": None}, {"reason"}),
        ({"reason": 5}, {"reason"}),
        ({"reason": "a\u0000b"}, {"reason"}),
        ({"reason": "r" * 1001}, {"reason"}),
        ({"reason": "Seen.", "force": True}, {"force"}),
    ],
    ids=str,
)
def test_an_action_without_a_reason_is_refused(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    nobody = Enrolled("m_0000000000000", "")
    for action in ("flag", "verify", "resolve", "block", "unblock", "membership/cancel"):
        answer = shop.of(f"POST {action}", nobody, body=body)
        assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "x" * 70_000])
def test_an_action_with_a_body_of_no_use_is_refused(shop: Shop, text: str) -> None:
    answer = shop.of("POST flag", shop.enrol(), body=text or None)
    assert answer.status in (400, 413, 422)
    assert answer.code in ("invalid_json", "payload_too_large", "invalid_request")


# ---------------------------------------------------------------- points


def edit(shop: Shop, member: Enrolled, delta: object, *, key: str | None = None, **more: Any) -> Answer:
    headers = {} if key is None else {"idempotency-key": key}
    body = {"delta": delta, "reason": "Birthday"} | more.pop("body", {})
    return shop.of("POST point-edits", member, by=more.pop("by", "staff"), headers=headers, body=body, **more)


def test_points_go_up_and_down_and_the_balance_is_answered(shop: Shop) -> None:
    ana = shop.enrol()
    assert [edit(shop, ana, delta).body for delta in (40, -100, 7)] == [
        {"points": 40},
        {"points": -60},
        {"points": -53},
    ]
    assert [entry["action"] for entry in shop.audit()] == ["edit_points"] * 3
    assert shop.of("GET", ana).body["points"] == -53


def test_an_edit_that_is_repeated_changes_points_once(shop: Shop) -> None:
    ana = shop.enrol()
    first = edit(shop, ana, 40, key="k1")
    edit(shop, ana, 5, key="k2")
    shop.clock.now += 23 * HOUR
    again = edit(shop, ana, 40, key="k1")
    assert (again.status, again.body) == (first.status, first.body) == (200, {"points": 40})
    assert shop.of("GET", ana).body["points"] == 45
    for other in ({"delta": 41}, {"reason": "Another"}):
        answer = edit(shop, ana, 40, key="k1", body=other)
        assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert [edit(shop, ana, 40).body["points"] for _ in range(2)] == [85, 125]


def test_large_and_frequent_edits_are_flagged(shop: Shop) -> None:
    shop.configure(point_edits={"mode": "on", "amount_limit": 500, "count_limit": 3})
    ana, ben = shop.enrol(), shop.enrol()
    edit(shop, ana, -500)
    assert shop.rules(ana) == set()
    edit(shop, ana, -501)
    (flag,) = shop.flags(ana)
    assert flag.sentence == "Points changed by -501 in one edit; limit 500"
    assert flag.occurrences[0]["by"] == shop.subject("staff")
    for _ in range(3):
        shop.clock.now += 1
        edit(shop, ben, 1)
    (flag,) = shop.flags(ben)
    assert (flag.rule, flag.value, len(flag.occurrences)) == ("point_edits", 3, 3)


def test_a_backend_edits_points_in_its_program(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    ana = shop.enrol()
    assert edit(shop, ana, 5, by="backend").body == {"points": 5}
    assert edit(shop, ana, 5, by="backend", body={"program_id": shop.program_id}).status == 200
    assert edit(shop, ana, 5, by="backend", body={"program_id": other.program_id}).code == "not_found"
    assert edit(shop, ana, 5, by="kiosk").code == "forbidden"
    narrow = shop.caller("backend", either_pool=True, scopes="redflag/check-ins.write")
    assert edit(shop, ana, 5, by=narrow).code == "forbidden"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"delta": 0}, {"delta"}),
        ({"delta": 1.5}, {"delta"}),
        ({"delta": "5"}, {"delta"}),
        ({"delta": True}, {"delta"}),
        ({"delta": 10**9 + 1}, {"delta"}),
        ({"delta": -(10**40)}, {"delta"}),
        ({"delta": None}, {"delta"}),
        ({"reason": ""}, {"reason"}),
        ({"balance": 5}, {"balance"}),
    ],
    ids=str,
)
def test_wrong_fields_of_an_edit_are_named(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    answer = edit(shop, shop.enrol(), 5, body=body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


def test_an_edit_does_not_bring_back_a_membership_that_was_cancelled_meanwhile(shop: Shop) -> None:
    ana = shop.enrol(membership="active")
    edit(shop, ana, 1)
    cancelled = False

    def cancel_first(call: Call, make: Callable[[], Any]) -> Any:
        nonlocal cancelled
        if call.operation == "Query" and "AuditTable" in call.tables and not cancelled:
            cancelled = True
            assert do(shop, "membership/cancel", ana).status == 200
        return make()

    with between(shop, cancel_first):
        balance = point_edits.edit_points(
            shop.program_id, ana.member_id, 5, by="eve", reason="Gift", idempotency_key=None, now=NOON + 1
        )
    assert (cancelled, balance) == (True, 6)
    assert shop.of("GET", ana).body["membership"] == {"status": "cancelled"}
