"""What the announcer publishes, of which records, and what it asks for again."""

import json
import logging
from typing import Any

import pytest
from botocore.exceptions import ClientError

from redflag.core.instants import HOUR, format_instant
from redflag.service.events.publishing import event_of
from redflag.service.events.shapes import EVENTS
from redflag.store import audit
from redflag.store.audit import Entry
from redflag.store.database import typed
from tests.cloud.bus import announced, hearing, news
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import record, send

SUSPENDING: dict[str, Any] = {"automatically_suspend": True, "visit_frequency": {"mode": "on", "limit": 2}}


def do(shop: Shop, action: str, member: Enrolled) -> None:
    assert shop.of(f"POST {action}", member, by="manager", body={"reason": "Seen twice."}).status == 200


def suspend(shop: Shop) -> Enrolled:
    shop.configure(**SUSPENDING)
    ana = shop.enrol()
    for hours in (5, 3):
        assert shop.check_in(ana, NOON - hours * HOUR).status == 201
    return ana


@pytest.mark.parametrize(
    ("action", "event", "before", "after"),
    [
        ("block", "blocked", ("suspended", False, ["visit_frequency"]), ("blocked", False, [])),
        ("verify", "verified", ("suspended", False, ["visit_frequency"]), ("active", False, [])),
        ("resolve", "resolved", ("suspended", False, ["visit_frequency"]), ("active", True, [])),
        (
            "unblock",
            "unblocked",
            ("suspended", False, ["visit_frequency"]),
            ("active", False, ["visit_frequency"]),
        ),
    ],
)
def test_a_decision_says_who_why_and_what_it_was_before_and_after(
    shop: Shop, action: str, event: str, before: tuple[Any, ...], after: tuple[Any, ...]
) -> None:
    ana = suspend(shop)
    shop.clock.now += HOUR
    do(shop, action, ana)
    names = ("access", "trusted", "open_flags")
    (found,) = [d for d in announced(shop) if d["type"] == f"redflag.member.{event}.v1"]
    assert found == {
        "type": f"redflag.member.{event}.v1",
        "event_id": f"{shop.program_id}-2",
        "occurred_at": format_instant(NOON + HOUR),
        "program_id": shop.program_id,
        "member_id": ana.member_id,
        "by": shop.subject("manager"),
        "reason": "Seen twice.",
        "before": dict(zip(names, before, strict=True)),
        "after": dict(zip(names, after, strict=True)),
    }


def test_a_flag_and_the_suspension_by_it_say_the_evidence(shop: Shop) -> None:
    ana = suspend(shop)
    (flag,) = shop.flags(ana)
    by_type = {detail["type"]: detail for detail in announced(shop)}
    assert by_type == {
        "redflag.member.flagged.v1": {
            "type": "redflag.member.flagged.v1",
            "event_id": flag.flag_id,
            # What it is about was three hours ago; the flag was raised when Redflag learned of it.
            "occurred_at": format_instant(NOON),
            "program_id": shop.program_id,
            "member_id": ana.member_id,
            "flag_id": flag.flag_id,
            "rule": "visit_frequency",
            "raised_at": format_instant(NOON - 3 * HOUR),
            "location_id": shop.counter,
            "evidence": {"sentence": flag.sentence, "value": 2, "limit": 2, "settings_version": 1},
        },
        "redflag.member.suspended.v1": {
            "type": "redflag.member.suspended.v1",
            "event_id": f"{shop.program_id}-1",
            "occurred_at": format_instant(NOON),
            "program_id": shop.program_id,
            "member_id": ana.member_id,
            "by": "redflag",
            "reason": flag.sentence,
            "before": {"access": "active"},
            "after": {"access": "suspended"},
        },
    }


def test_a_flag_by_staff_is_announced_once_with_its_reason_and_no_place(shop: Shop) -> None:
    ana = shop.enrol()
    do(shop, "flag", ana)
    (found,) = announced(shop)
    assert (found["rule"], "location_id" in found) == ("manual", False)
    assert found["evidence"]["sentence"] == "Flagged by staff: Seen twice."


def test_a_cancelled_membership_is_announced(shop: Shop) -> None:
    ana = shop.enrol(membership="active")
    do(shop, "membership/cancel", ana)
    (found,) = announced(shop)
    assert found["type"] == "redflag.membership.cancelled.v1"
    assert (found["member_id"], found["reason"]) == (ana.member_id, "Seen twice.")
    assert (found["before"], found["after"]) == ({"membership": "active"}, {"membership": "cancelled"})


def test_changed_settings_say_which_sections_and_no_address(shop: Shop) -> None:
    documents: list[dict[str, Any]] = [
        {"rules": {"back_to_back": {"mode": "on"}}, "notifications": {"recipients": ["zelda@example.com"]}},
        {"rules": {"back_to_back": {"mode": "on"}}},
        {"rules": {"back_to_back": {"mode": "on"}}},
    ]
    for document in documents:
        assert shop.ask("PUT /v1/settings", body=document).status == 200
    found = announced(shop)
    assert [(d["before"]["version"], d["after"]["version"], d["sections"]) for d in found] == [
        (0, 1, ["notifications", "rules.back_to_back"]),
        (1, 2, ["notifications"]),
        (2, 3, []),
    ]
    assert "zelda" not in json.dumps(found)


def test_no_event_names_anybody(shop: Shop) -> None:
    ana = shop.enrol(email="zelda@example.com", membership="active")
    for action in ("flag", "block", "unblock", "flag", "verify", "flag", "resolve", "membership/cancel"):
        do(shop, action, ana)
        shop.clock.now += HOUR
    text = json.dumps(announced(shop))
    for secret in ("Zelda", "Quince", "zelda@", ana.phone, "5550100"):
        assert secret not in text


def test_other_actions_announce_nothing(shop: Shop) -> None:
    ana = shop.enrol()
    assert shop.of("POST reveal-phone", ana).status == 200
    assert shop.of("GET export", ana).status == 200
    assert shop.of("POST point-edits", ana, body={"delta": 5, "reason": "A gift."}).status == 200
    assert shop.ask("POST /v1/locations", body={"name": "New", "time_zone": "UTC"}).status == 201
    with hearing() as heard:
        assert send(shop, news(shop), "announcer") == []
    assert heard == []


def test_what_is_announced_again_has_the_same_id_and_says_the_same(shop: Shop) -> None:
    suspend(shop)
    first = announced(shop)
    shop.clock.now += HOUR
    assert announced(shop) == first
    assert len({detail["event_id"] for detail in first}) == len(first) == 2


def test_every_event_is_announced_by_one_of_these_tests() -> None:
    ours = {"flagged", "suspended", "blocked", "unblocked", "verified", "resolved", "cancelled", "changed"}
    assert {name.split(".")[2] for name in EVENTS} == ours


# ---------------------------------------------------------------- batches


def changes(shop: Shop, number: int) -> list[dict[str, Any]]:
    """Records of so many changes of the settings."""
    for version in range(1, number + 1):
        body = {"check_in": {"cooldown_minutes": version}}
        assert shop.ask("PUT /v1/settings", body=body).status == 200
    return news(shop)


def version_of(detail: dict[str, Any]) -> int:
    return int(detail["after"]["version"])


def test_ten_events_go_at_once_in_their_order(shop: Shop) -> None:
    records = changes(shop, 23)
    with hearing() as heard:
        assert send(shop, records, "announcer") == []
    assert [len(call) for call in heard] == [10, 10, 3]
    assert [version_of(detail) for call in heard for detail in call] == list(range(1, 24))


def test_exactly_those_that_the_bus_did_not_take_are_asked_for_again(shop: Shop) -> None:
    records = changes(shop, 12)
    with hearing(lambda detail: version_of(detail) in (3, 11)) as heard:
        failed = send(shop, records, "announcer")
    assert failed == [f"{number:025d}" for number in (3, 11)]
    assert [len(call) for call in heard] == [9, 1]


def test_a_call_that_fails_is_asked_for_again_as_a_whole_and_the_others_go_out(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(detail: dict[str, Any]) -> bool:
        if version_of(detail) == 1:
            raise ClientError({"Error": {"Code": "InternalException", "Message": "?"}}, "PutEvents")
        return False

    records = changes(shop, 12)
    with hearing(unreachable) as heard, caplog.at_level(logging.WARNING, "redflag"):
        failed = send(shop, records, "announcer")
    assert failed == [f"{number:025d}" for number in range(1, 11)]
    assert [[version_of(detail) for detail in call] for call in heard] == [[11, 12]]
    assert [record.getMessage() for record in caplog.records] == ["not announced"] * 10


def test_a_record_that_cannot_be_read_holds_up_no_other(shop: Shop) -> None:
    records = changes(shop, 3)
    del records[1]["dynamodb"]["NewImage"]["at"]
    records[2]["dynamodb"]["NewImage"]["after"] = {"S": "no JSON"}
    with hearing() as heard:
        failed = send(shop, records, "announcer")
    assert failed == [f"{number:025d}" for number in (2, 3)]
    assert [version_of(detail) for call in heard for detail in call] == [1]


@pytest.mark.parametrize(("log", "action"), [("p_00000001", "do_something"), ("PLATFORM", "block")])
def test_an_entry_that_is_not_to_be_announced_is_no_failure(shop: Shop, log: str, action: str) -> None:
    item = typed(audit.sealed(log, 1, Entry(action, NOON, "somebody", "something"), audit.FIRST_HASH))
    assert event_of(item) is None
    assert send(shop, [record(None, item, NOON)], "announcer") == []
