"""The red flag report: rows with all that a manager needs, filters, pages, and pairs that link both ways."""

from itertools import chain, combinations
from typing import Any

import pytest

from redflag.core.flags import FlagStatus
from redflag.core.instants import DAY, HOUR, MINUTE, SECOND, format_instant
from tests.cloud.faults import watching
from tests.cloud.program import NOON, Enrolled, Shop

REPORT = "GET /v1/reports/red-flags"
OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}
CONSOLE = "http://localhost:5173"


def page(shop: Shop, **query: str) -> dict[str, Any]:
    answer = shop.ask(REPORT, by="viewer", query={k.rstrip("_"): v for k, v in query.items()})
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.body


def rows(shop: Shop, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page(shop, **query)["items"]
    return found


def members(shop: Shop, **query: str) -> list[str]:
    return [row["member"]["member_id"] for row in rows(shop, **query)]


def flagged(shop: Shop, count: int = 6) -> list[str]:
    """Members flagged by turns, the oldest first: one verified, one blocked."""
    members = shop.flag_by_turns(count)
    shop.of("POST verify", members[0], body={"reason": "Works here."})
    if count > 2:
        shop.of("POST block", members[2], body={"reason": "Cheats."})
    return [member.member_id for member in members]


# ---------------------------------------------------------------- rows


def test_a_row_says_all_that_a_manager_needs(shop: Shop) -> None:
    flagged(shop, 1)
    ana = shop.enrolled[0]
    (row,) = rows(shop)
    (flag,) = shop.flags(ana)
    assert row == {
        "flag_id": flag.flag_id,
        "member": {
            "member_id": ana.member_id,
            "name": "Zelda Quince",
            "url": f"{CONSOLE}/members/{ana.member_id}",
        },
        "rule": "visit_frequency",
        "status": "verified",
        "raised_at": format_instant(NOON),
        "recorded_at": format_instant(NOON),
        "last_triggered_at": format_instant(NOON),
        "count": 1,
        "location": {"location_id": shop.annex, "name": "A place"} if flag.location_id else None,
        "sentence": "2 check-ins in 7 days; limit 2",
        "value": 2,
        "limit": 2,
        "first_member": None,
        "b_check_ins": [],
        "decided_at": format_instant(NOON),
        "decided_by": shop.subject("owner"),
        "decided_by_name": "The owner",
        "reason": "Works here.",
    }
    assert row["location"] is not None


def test_the_report_shows_the_newest_first(shop: Shop) -> None:
    found = flagged(shop)
    assert members(shop) == found[::-1]


def test_a_location_that_was_deleted_and_a_member_who_was_erased_have_no_name(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for minutes, member in enumerate((ana, ben, ana)):
        shop.check_in(member, NOON - HOUR * 3 + minutes * MINUTE, place=shop.annex)
        shop.clock.now += 2 * HOUR
    shop.check_in(ben, NOON - HOUR, place=shop.annex)
    shop.check_in(ana, NOON - HOUR + MINUTE, place=shop.annex)
    assert shop.ask("DELETE /v1/locations/{location_id}", path={"location_id": shop.annex}).status == 204
    assert shop.of("DELETE", ben).status == 204
    (row,) = rows(shop)
    assert row["member"]["name"] == "Zelda Quince"
    assert row["location"] == {"location_id": shop.annex, "name": None}
    for line in row["b_check_ins"]:
        assert line["location"] == {"location_id": shop.annex, "name": None}
        for who in (line["first_member"], line["member"]):
            gone = who["member_id"] == ben.member_id
            assert (who["name"], who["flag_id"]) == (
                (None, None) if gone else ("Zelda Quince", row["flag_id"])
            )


# ---------------------------------------------------------------- pairs


def pair(shop: Shop) -> tuple[Enrolled, Enrolled]:
    """Ana is followed by Ben on three days, after 2, 1.5 and 4 minutes, and follows him once."""
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for day, gap in ((4, 120 * SECOND), (3, 90 * SECOND), (2, 240 * SECOND)):
        shop.check_in(ana, NOON - day * DAY)
        shop.check_in(ben, NOON - day * DAY + gap)
    shop.check_in(ben, NOON - DAY)
    shop.check_in(ana, NOON - DAY + 500)
    return ana, ben


def test_the_rows_of_a_pair_show_who_followed_whom_and_link_both_ways(shop: Shop) -> None:
    ana, ben = pair(shop)
    found = {row["member"]["member_id"]: row for row in rows(shop, rule="back_to_back")}
    of_ana, of_ben = found[ana.member_id], found[ben.member_id]
    assert of_ana["b_check_ins"] == of_ben["b_check_ins"]
    assert of_ana["first_member"] == of_ben["first_member"]

    def shown(member: Enrolled, name: str) -> dict[str, str]:
        return {
            "member_id": member.member_id,
            "name": name,
            "url": f"{CONSOLE}/members/{member.member_id}",
            "flag_id": found[member.member_id]["flag_id"],
        }

    zelda, yorick = shown(ana, "Zelda Quince"), shown(ben, "Yorick Pemberly")
    assert of_ana["first_member"] == zelda
    assert of_ana["b_check_ins"] == [
        {
            "first_member": zelda,
            "member": yorick,
            "location": {"location_id": shop.counter, "name": "A place"},
            "cell": None,
            "times": 3,
            "shortest_gap_seconds": 90,
            "longest_gap_seconds": 240,
            "last_at": format_instant(NOON - 2 * DAY + 240 * SECOND),
        },
        {
            "first_member": yorick,
            "member": zelda,
            "location": {"location_id": shop.counter, "name": "A place"},
            "cell": None,
            "times": 1,
            "shortest_gap_seconds": 0.5,
            "longest_gap_seconds": 0.5,
            "last_at": format_instant(NOON - DAY + 500),
        },
    ]


def test_a_pair_by_position_names_the_cell_and_no_location(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS | {"match_on": "position"})
    ana, ben = shop.enrol(), shop.enrol()
    for day in (2, 1):
        for minutes, member in enumerate((ana, ben)):
            shop.check_in(member, NOON - day * DAY + minutes * MINUTE, position={"lat": 40.7, "lon": -73.9})
    for row in rows(shop):
        (line,) = row["b_check_ins"]
        assert (line["location"], row["location"]) == (None, None)
        assert len(line["cell"]) == 8


def test_the_partner_without_a_flag_of_their_own_is_named_without_one(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    shop.of("POST flag", ben, body={"reason": "Seen."})
    shop.of("POST resolve", ben, body={"reason": "Works here."})
    for day in (2, 1):
        for minutes, member in enumerate((ana, ben)):
            shop.check_in(member, NOON - day * DAY + minutes * MINUTE)
    (row,) = rows(shop, rule="back_to_back")
    (line,) = row["b_check_ins"]
    assert (line["first_member"]["flag_id"], line["member"]["flag_id"]) == (row["flag_id"], None)
    assert line["member"]["name"] == "Yorick Pemberly"


def test_a_pair_links_to_the_flag_about_itself_and_not_to_another_of_the_same_member(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben, cyd = shop.enrol(), shop.enrol(), shop.enrol()

    def meet(one: Enrolled, other: Enrolled, *days: int) -> None:
        for day in days:
            shop.check_in(one, NOON - day * DAY)
            shop.check_in(other, NOON - day * DAY + MINUTE)

    meet(ana, ben, 9, 8)
    shop.clock.now = NOON - 7 * DAY
    shop.of("POST verify", ana, body={"reason": "Once."})
    shop.clock.now = NOON
    meet(ana, cyd, 6, 5)
    first, second = sorted(shop.flags(ana), key=lambda flag: flag.raised_at)
    found = {row["member"]["member_id"]: row for row in rows(shop) if row["flag_id"] != first.flag_id}
    for other, linked in ((ben, first), (cyd, second)):
        (line,) = found[other.member_id]["b_check_ins"]
        assert line["first_member"]["flag_id"] == linked.flag_id


# ---------------------------------------------------------------- filters


FILTERS: dict[str, Any] = {
    "rule": ("visit_frequency", {0, 2, 4}),
    "status": ("open", {1, 3, 4, 5}),
    "location_id": ("annex", {0, 2, 4}),
    "from": (format_instant(NOON + HOUR), {1, 2, 3, 4, 5}),
    "to": (format_instant(NOON + 4 * HOUR), {0, 1, 2, 3}),
}


def test_all_filters_combine(shop: Shop) -> None:
    found = flagged(shop)
    names = chain.from_iterable(combinations(FILTERS, n) for n in range(len(FILTERS) + 1))
    for chosen in names:
        query = {name: FILTERS[name][0].replace("annex", shop.annex) for name in chosen}
        left = set(range(6)).intersection(*(FILTERS[name][1] for name in chosen))
        assert members(shop, **query) == [found[n] for n in sorted(left, reverse=True)], chosen


def test_each_status_has_its_rows(shop: Shop) -> None:
    found = flagged(shop)
    assert members(shop, status="verified") == [found[0]]
    assert members(shop, status="confirmed") == [found[2]]
    shop.of("POST unblock", shop.enrolled[2], body={"reason": "A mistake."})
    assert members(shop, status="overturned") == [found[2]]
    assert members(shop, status="confirmed") == members(shop, status="resolved") == []
    assert sum(len(members(shop, status=status)) for status in FlagStatus) == len(found)


def test_another_programs_flags_and_cursors_are_not_ours(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    flagged(other, 2)
    assert rows(shop) == []
    cursor = page(other, limit="1")["next_cursor"]
    assert shop.ask(REPORT, query={"cursor": cursor}).fields == {"cursor"}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"status": "new"}, {"status"}),
        ({"rule": "speeding"}, {"rule"}),
        ({"from": "yesterday", "to": "2060-13-01T00:00:00Z"}, {"from", "to"}),
        ({"limit": "0"}, {"limit"}),
        ({"limit": "101"}, {"limit"}),
        ({"cursor": "made-up"}, {"cursor"}),
        ({"location_id": "l" * 65}, {"location_id"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_wrong_parameters_are_named(shop: Shop, query: dict[str, str], fields: set[str], accept: str) -> None:
    answer = shop.ask(REPORT, query=query, headers={"accept": accept})
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


def test_a_cursor_of_the_queue_is_none_of_the_report(shop: Shop) -> None:
    flagged(shop, 2)
    cursor = shop.ask("GET /v1/flags", query={"limit": "1"}).body["next_cursor"]
    assert shop.ask(REPORT, query={"cursor": cursor}).fields == {"cursor"}


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("limit", ["1", "2", "4", "6", "100"])
def test_pages_hold_every_row_once_whatever_happens_meanwhile(shop: Shop, limit: str) -> None:
    expected = flagged(shop)[::-1]
    seen: list[str] = []
    cursor = None
    for turn in range(10):
        found = page(shop, limit=limit, **({"cursor": cursor} if cursor else {}))
        assert len(found["items"]) <= int(limit)
        seen += [row["member"]["member_id"] for row in found["items"]]
        cursor = found["next_cursor"]
        if cursor is None:
            break
        # One more in front, and one of those that were there is decided on.
        shop.clock.now += HOUR
        shop.of("POST flag", shop.enrol(), body={"reason": "Seen."})
        left = [m for m in shop.enrolled if m.member_id in expected]
        shop.of("POST verify", left[turn % len(left)], body={"reason": "Known."})
    assert seen == expected


def test_a_page_reads_names_in_batches_and_one_query_for_each_partner(shop: Shop) -> None:
    pair(shop)
    rows(shop)
    with watching(shop) as calls:
        rows(shop)
    operations = [call.operation for call in calls]
    assert operations.count("BatchGetItem") == 1
    assert len(operations) == len(FlagStatus) + 1 + 1 + 2
