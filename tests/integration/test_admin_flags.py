"""The queue of flags, and one flag."""

from typing import Any

import pytest

from redflag.core.instants import HOUR, format_instant
from tests.cloud.program import NOON, Enrolled, Shop

QUEUE = "GET /v1/flags"
FIELDS = {
    "flag_id",
    "member_id",
    "rule",
    "status",
    "raised_at",
    "last_triggered_at",
    "count",
    "location_id",
    "evidence",
}


def raised(shop: Shop, count: int = 4) -> list[Enrolled]:
    """Members flagged by turns, the oldest first; the first is verified."""
    members = shop.flag_by_turns(count)
    shop.of("POST verify", members[0], body={"reason": "Seen."})
    return members


def ask(shop: Shop, **query: str) -> list[str]:
    answer = shop.ask(QUEUE, by="viewer", query=query)
    assert answer.status == 200, answer.text
    return [item["member_id"] for item in answer.body["items"]]


def test_the_queue_shows_flags_in_the_order_in_which_they_were_raised(shop: Shop) -> None:
    members = [member.member_id for member in raised(shop)]
    assert ask(shop) == members
    assert ask(shop, status="open") == members[1:]
    assert ask(shop, status="verified") == members[:1]
    assert ask(shop, status="confirmed") == []


def test_the_queue_is_filtered_by_rule_place_and_time(shop: Shop) -> None:
    members = [member.member_id for member in raised(shop)]
    assert ask(shop, rule="manual") == members[1::2]
    assert ask(shop, rule="visit_frequency", status="open") == members[2:3]
    assert ask(shop, location_id=shop.annex) == members[::2]
    assert ask(shop, location_id=shop.counter) == []
    start, end = format_instant(NOON + HOUR), format_instant(NOON + 3 * HOUR)
    assert ask(shop, **{"from": start, "to": end}) == members[1:3]
    assert ask(shop, **{"from": start, "rule": "manual"}) == members[1::2]


@pytest.mark.parametrize("limit", ["1", "3", "4", "100"])
def test_pages_hold_every_flag_once_though_new_ones_come(shop: Shop, limit: str) -> None:
    members = [member.member_id for member in raised(shop)]
    page = shop.ask(QUEUE, query={"limit": limit}).body
    # Raised for times before all that were shown: it changes nothing of what comes.
    late = shop.enrol()
    for hours in (30, 28):
        shop.check_in(late, NOON - hours * HOUR)
    seen = [item["member_id"] for item in page["items"]]
    while page["next_cursor"]:
        page = shop.ask(QUEUE, query={"limit": limit, "cursor": page["next_cursor"]}).body
        assert 0 < len(page["items"]) <= int(limit)
        seen += [item["member_id"] for item in page["items"]]
    assert seen == members


def test_a_flag_is_shown_with_its_evidence_and_who_it_is_about(shop: Shop) -> None:
    first = raised(shop, 1)[0]
    (item,) = shop.ask(QUEUE, by="viewer").body["items"]
    assert item.keys() >= FIELDS
    assert item["member_name"] == "Zelda Quince"
    answer = shop.ask("GET /v1/flags/{flag_id}", by="viewer", path={"flag_id": item["flag_id"]})
    assert answer.status == 200
    assert answer.body == {name: value for name, value in item.items() if name != "member_name"}
    assert answer.body["member_id"] == first.member_id
    assert answer.body["evidence"].keys() == {"sentence", "value", "limit", "settings_version", "occurrences"}


@pytest.mark.parametrize("flag_id", ["f_", "nonsense", "f_" + "0" * 34, "x" * 128, "x" * 129])
def test_a_flag_that_does_not_exist_is_not_found(shop: Shop, flag_id: str) -> None:
    assert shop.ask("GET /v1/flags/{flag_id}", path={"flag_id": flag_id}).code == "not_found"


def test_another_programs_flag_is_not_found(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    raised(other, 2)
    theirs = other.ask(QUEUE).body["items"][0]["flag_id"]
    assert shop.ask("GET /v1/flags/{flag_id}", path={"flag_id": theirs}).code == "not_found"
    assert ask(shop) == []


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"status": "new"}, {"status"}),
        ({"rule": "speeding"}, {"rule"}),
        ({"from": "yesterday"}, {"from"}),
        ({"to": "2060-13-01T00:00:00Z"}, {"to"}),
        ({"from": "1969-01-01T00:00:00Z"}, {"from"}),
        ({"limit": "1000"}, {"limit"}),
        ({"cursor": "made-up"}, {"cursor"}),
        ({"location_id": "l" * 65}, {"location_id"}),
        ({"status": "new", "limit": "0"}, {"status", "limit"}),
    ],
    ids=str,
)
def test_wrong_parameters_of_the_queue_are_named(shop: Shop, query: dict[str, Any], fields: set[str]) -> None:
    answer = shop.ask(QUEUE, query=query)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)
