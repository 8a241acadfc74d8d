"""Enrolling, finding, showing, exporting and erasing members."""

import base64
from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, MINUTE, format_instant
from redflag.store.ids import new_member_id
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import Streams, project, send

ENROL = "POST /v1/members"
LIST = "GET /v1/members"
PHONE = "+12125550150"


def enrol(shop: Shop, by: str = "staff", **body: Any) -> Any:
    return shop.ask(ENROL, by=by, body={"phone": PHONE} | body)


# ---------------------------------------------------------------- enrolment


def test_a_new_member_is_shown_as_they_are_and_their_number_masked(shop: Shop) -> None:
    answer = enrol(
        shop,
        name="  Zelda Quince ",
        email="z@example.com",
        external_id="crm-1",
        membership={"status": "active"},
    )
    assert answer.status == 201
    member_id = answer.body["member_id"]
    assert {k: v for k, v in answer.body.items() if k != "member_id"} == {
        "name": "Zelda Quince",
        "email": "z@example.com",
        "phone_masked": "•••••••••50",
        "external_id": "crm-1",
        "access": "active",
        "platform_blocked": False,
        "trusted": False,
        "red_flag": None,
        "flags": [],
        "open_rules": [],
        "points": 0,
        "membership": {"status": "active"},
        "enrolled_at": format_instant(NOON),
    }
    assert shop.check_in({"member_id": member_id}).status == 201
    assert PHONE not in answer.text


def test_the_same_number_is_the_same_member_however_it_is_written(shop: Shop) -> None:
    first = enrol(shop, name="Zelda Quince")
    again = enrol(shop, phone="(212) 555-0150", name="Somebody Else")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body


def test_callers_of_the_app_pool_name_their_program_and_staff_have_one(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    assert enrol(shop, by="kiosk").fields == {"program_id"}
    assert enrol(shop, by="kiosk", program_id=other.program_id).code == "not_found"
    assert enrol(shop, by="kiosk", program_id=shop.program_id).status == 201
    assert enrol(shop, by="staff", program_id=other.program_id).code == "not_found"
    assert enrol(shop, by="staff", program_id=shop.program_id).status == 200


def test_a_merchants_own_id_is_one_members(shop: Shop) -> None:
    assert enrol(shop, external_id="crm-1").status == 201
    answer = enrol(shop, phone="+12125550151", external_id="crm-1")
    assert (answer.status, answer.fields) == (422, {"external_id"})
    assert shop.ask_gate(phone="+12125550151").status == 200
    assert enrol(shop, phone="+12125550151").status == 201


def test_who_enrols_is_not_told_of_flags_or_blocks_beyond_the_access(shop: Shop) -> None:
    ana = shop.enrol()
    shop.of("POST flag", ana, body={"reason": "Seen."})
    answer = enrol(shop, phone=ana.phone, by="kiosk", program_id=shop.program_id)
    assert answer.status == 200
    assert (answer.body["red_flag"], answer.body["flags"], answer.body["open_rules"]) == (None, [], [])


def test_the_number_of_a_blocked_member_enrols_blocked_even_after_they_were_erased(shop: Shop) -> None:
    ana = shop.enrol()
    for action in ("flag", "block"):
        shop.of(f"POST {action}", ana, body={"reason": "Seen."})
    assert enrol(shop, phone=ana.phone).body["access"] == "blocked"
    assert shop.of("DELETE", ana).status == 204
    again = enrol(shop, phone=ana.phone)
    assert (again.status, again.body["access"]) == (201, "blocked")
    assert again.body["member_id"] != ana.member_id
    assert shop.check_in({"phone": ana.phone}).code == "account_blocked"
    assert shop.ask_gate(phone=ana.phone).code == "account_blocked"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"phone": None}, {"phone"}),
        ({"phone": "12"}, {"phone"}),
        ({"phone": 12125550150}, {"phone"}),
        ({"phone": "+1 212 555 0150\u0000"}, {"phone"}),
        ({"name": ""}, {"name"}),
        ({"name": "a\u0007b"}, {"name"}),
        ({"name": "n" * 201}, {"name"}),
        ({"name": ["Zelda"]}, {"name"}),
        ({"email": "not an address"}, {"email"}),
        ({"email": "a@b"}, {"email"}),
        ({"external_id": ""}, {"external_id"}),
        ({"membership": {"status": "gold"}}, {"membership.status"}),
        ({"membership": {}}, {"membership.status"}),
        ({"membership": "active"}, {"membership"}),
        ({"nickname": "Z"}, {"nickname"}),
        ({"access": "blocked"}, {"access"}),
    ],
    ids=str,
)
def test_wrong_fields_of_an_enrolment_are_named(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    answer = enrol(shop, **body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


# ---------------------------------------------------------------- the list


def listed(shop: Shop, by: str = "viewer", **query: str) -> list[dict[str, Any]]:
    answer = shop.ask(LIST, by=by, query=query)
    assert answer.status == 200, answer.text
    assert answer.body["next_cursor"] is None
    items: list[dict[str, Any]] = answer.body["items"]
    return items


def test_members_are_found_by_part_of_their_name_by_phone_and_by_the_merchants_own_id(shop: Shop) -> None:
    zelda, yorick = shop.enrol(external_id="crm-1"), shop.enrol()
    for query, found in (
        ("QUIN", {zelda.member_id}),
        ("crm-1", {zelda.member_id}),
        (zelda.phone, {zelda.member_id}),
        ("(212) 555-0101", {yorick.member_id}),
        ("e", {zelda.member_id, yorick.member_id}),
        ("nobody", set()),
        ("+12125550199", set()),
        ("%_*\\", set()),
    ):
        assert {item["member_id"] for item in listed(shop, query=query)} == found, query


def test_members_are_filtered_by_access_and_by_flags(shop: Shop) -> None:
    plain, flagged, blocked = shop.enrol(), shop.enrol(), shop.enrol()
    for member in (flagged, blocked):
        shop.of("POST flag", member, body={"reason": "Seen."})
    shop.of("POST block", blocked, body={"reason": "Seen."})
    for query, found in (
        ({"flagged": "true"}, {flagged}),
        ({"flagged": "false"}, {plain, blocked}),
        ({"access": "blocked"}, {blocked}),
        ({"access": "active", "flagged": "true"}, {flagged}),
        ({"access": "suspended"}, set()),
    ):
        assert {item["member_id"] for item in listed(shop, **query)} == {m.member_id for m in found}


def test_members_are_filtered_by_rule_trust_and_membership(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    plain = shop.enrol()
    paying, frequent, both = (shop.enrol(membership=status) for status in ("active", "cancelled", "active"))
    for member in (frequent, both):
        for hours in (5, 3):
            shop.check_in(member, NOON - hours * HOUR)
    for member in (plain, both):
        shop.of("POST flag", member, body={"reason": "Seen."})
    shop.of("POST resolve", plain, body={"reason": "Works here."})
    for query, found in (
        ({"rule": "visit_frequency"}, {frequent, both}),
        ({"rule": "manual"}, {both}),
        ({"rule": "back_to_back"}, set()),
        ({"rule": "visit_frequency", "flagged": "false"}, set()),
        ({"trusted": "true"}, {plain}),
        ({"trusted": "false"}, {paying, frequent, both}),
        ({"membership": "active"}, {paying, both}),
        ({"membership": "cancelled"}, {frequent}),
        ({"membership": "none"}, {plain}),
        ({"membership": "active", "rule": "manual", "trusted": "false", "access": "active"}, {both}),
        ({"membership": "active", "query": paying.phone}, {paying}),
        ({"membership": "none", "query": paying.phone}, set()),
    ):
        assert {item["member_id"] for item in listed(shop, **query)} == {m.member_id for m in found}, query


@pytest.mark.parametrize("limit", ["1", "2", "100"])
def test_a_filter_holds_over_all_pages(shop: Shop, limit: str) -> None:
    members = [shop.enrol(membership="active" if number % 3 == 0 else None) for number in range(8)]
    query: dict[str, str] = {"membership": "active", "limit": limit}
    page = shop.ask(LIST, query=query).body
    seen = list(page["items"])
    while page["next_cursor"]:
        page = shop.ask(LIST, query=query | {"cursor": page["next_cursor"]}).body
        seen += page["items"]
    assert sorted(item["member_id"] for item in seen) == sorted(m.member_id for m in members[::3])


@pytest.mark.parametrize("show", [True, False])
def test_the_list_carries_the_red_flag_only_while_the_settings_say_so(shop: Shop, *, show: bool) -> None:
    shop.configure(show_flags_on_members_page=show)
    ana, ben = shop.enrol(), shop.enrol()
    shop.of("POST flag", ana, body={"reason": "Seen."})
    found = {item["member_id"]: (item["red_flag"], item["open_rules"]) for item in listed(shop)}
    assert found[ana.member_id] == ((True, ["manual"]) if show else (None, []))
    assert found[ben.member_id] == ((False, []) if show else (None, []))
    assert shop.of("GET", ana, by="viewer").body["red_flag"] is True


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 100])
def test_pages_hold_every_member_once(shop: Shop, limit: int) -> None:
    members = {shop.enrol().member_id for _ in range(5)}
    seen, cursor = [], None
    for _ in range(7):
        query = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        page = shop.ask(LIST, query=query).body
        assert len(page["items"]) <= limit
        seen += [item["member_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert (len(seen), set(seen)) == (5, members)


def test_members_who_come_while_a_list_is_paged_move_nothing(shop: Shop) -> None:
    before = [shop.enrol(name=name) for name in ("Bea", "Cy", "Dee", "Eve")]
    first = shop.ask(LIST, query={"limit": "2"}).body
    for name in ("Abe", "Cyd"):
        shop.enrol(name=name)
    second = shop.ask(LIST, query={"limit": "10", "cursor": first["next_cursor"]}).body
    seen = [item["member_id"] for item in (*first["items"], *second["items"])]
    assert [member_id for member_id in seen if member_id in {m.member_id for m in before}] == [
        m.member_id for m in before
    ]
    assert len(seen) == len(set(seen)) == 5


def tampered(cursor: str) -> list[str]:
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    changed = []
    for index in (0, len(raw) - 1):
        other = bytearray(raw)
        other[index] ^= 1
        changed.append(base64.urlsafe_b64encode(other).decode().rstrip("="))
    return [*changed, cursor[:-2], cursor[8:], "x", "ü", "=", "AAAA", "a" * 1000]


def test_cursors_that_were_tampered_with_or_are_of_another_list_or_program_are_refused(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    for program in (shop, other):
        for _ in range(2):
            program.enrol()
    cursor = shop.ask(LIST, query={"limit": "1"}).body["next_cursor"]
    assert shop.ask(LIST, query={"cursor": cursor}).status == 200
    for wrong in tampered(cursor):
        answer = shop.ask(LIST, query={"cursor": wrong})
        assert (answer.status, answer.fields) == (422, {"cursor"}), wrong
    assert other.ask(LIST, query={"cursor": cursor}).fields == {"cursor"}
    assert shop.ask("GET /v1/flags", query={"cursor": cursor}).fields == {"cursor"}
    assert shop.ask("GET /v1/locations", query={"cursor": cursor}).fields == {"cursor"}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"limit": "0"}, {"limit"}),
        ({"limit": "101"}, {"limit"}),
        ({"limit": "-1"}, {"limit"}),
        ({"limit": "ten"}, {"limit"}),
        ({"access": "closed"}, {"access"}),
        ({"flagged": "maybe"}, {"flagged"}),
        ({"rule": "speeding"}, {"rule"}),
        ({"trusted": "yes"}, {"trusted"}),
        ({"membership": "gold"}, {"membership"}),
        ({"query": ""}, {"query"}),
        ({"query": "q" * 201}, {"query"}),
        ({"cursor": "c" * 1001}, {"cursor"}),
    ],
    ids=str,
)
def test_wrong_parameters_of_the_list_are_named(shop: Shop, query: dict[str, str], fields: set[str]) -> None:
    answer = shop.ask(LIST, query=query)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


# ---------------------------------------------------------------- one member


def busy(shop: Shop) -> Enrolled:
    """A member with attempts, a flag by a rule and points."""
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    ana, streams = shop.enrol(email="z@example.com", external_id="crm-1"), Streams(shop)
    for hours in (5, 3):
        shop.check_in(ana, NOON - hours * HOUR, device_id="till-1")
        send(shop, streams.look())
    shop.of("POST point-edits", ana, by="staff", body={"delta": 40, "reason": "Birthday"})
    return ana


def test_a_members_page_has_everything_behind_them(shop: Shop) -> None:
    ana = busy(shop)
    body = shop.of("GET", ana, by="viewer").body
    assert (body["access"], body["trusted"], body["red_flag"], body["points"]) == ("active", False, True, 40)
    (flag,) = body["flags"]
    assert (flag["rule"], flag["status"], flag["count"]) == ("visit_frequency", "open", 1)
    assert flag["evidence"]["sentence"] == "2 check-ins in 7 days; limit 2"
    assert len(flag["evidence"]["occurrences"]) == 2
    assert [a["checked_in_at"] for a in body["recent_attempts"]] == [
        format_instant(NOON - hours * HOUR) for hours in (3, 5)
    ]
    assert body["recent_attempts"][0]["outcome"] == "accepted"
    assert {event["what"] for event in body["timeline"]} == {"enrol", "edit_points", "flag:visit_frequency"}
    assert ana.phone not in str(body)


def test_the_number_is_shown_to_who_asks_for_it_and_that_is_audited(shop: Shop) -> None:
    ana = shop.enrol()
    answer = shop.of("POST reveal-phone", ana, by="staff")
    assert (answer.status, answer.body) == (200, {"phone": ana.phone})
    (entry,) = shop.audit()
    assert (entry["action"], entry["by"], entry["subject"]) == (
        "reveal_phone",
        shop.subject("staff"),
        ana.member_id,
    )
    assert ana.phone not in str(entry)


def test_an_export_has_all_that_is_kept_and_is_audited(shop: Shop) -> None:
    ana = busy(shop)
    subject = shop.link(ana, f"ana-{shop.program_id}")
    shop.of("POST verify", ana, by="manager", body={"reason": "Works here."})
    body = shop.of("GET export", ana, by="manager").body
    assert body["phone"] == ana.phone
    assert body["member"]["email"] == "z@example.com"
    assert (body["accounts"], body["baseline"]) == ([subject], format_instant(NOON))
    (flag,) = body["member"]["flags"]
    assert (flag["status"], len(flag["evidence"]["occurrences"])) == ("verified", 2)
    assert [attempt["device_id"] for attempt in body["attempts"]] == ["till-1", "till-1"]
    assert [(e["delta"], e["balance"], e["reason"], e["by"]) for e in body["point_edits"]] == [
        (40, 40, "Birthday", shop.subject("staff"))
    ]
    verified, edited = body["audit"]
    assert (verified["action"], verified["by"], verified["reason"]) == (
        "verify",
        shop.subject("manager"),
        "Works here.",
    )
    assert (edited["action"], edited["before"], edited["after"]) == (
        "edit_points",
        {"points": 0},
        {"points": 40},
    )
    assert [entry["action"] for entry in shop.audit()][-1] == "export"


def test_an_export_is_not_cut_off_as_the_page_is(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency={"mode": "shadow", "limit": 15})
    ana, streams = shop.enrol(), Streams(shop)
    for minutes in range(30):
        shop.check_in(ana, NOON + minutes - HOUR, position={"lat": 40.7, "lon": -73.9})
        send(shop, streams.look())
        shop.of("POST point-edits", ana, by="staff", body={"delta": 1, "reason": "Birthday"})
    page, export = shop.of("GET", ana).body, shop.of("GET export", ana).body
    assert (len(page["recent_attempts"]), len(page["timeline"])) == (20, 21)
    assert [len(export[part]) for part in ("attempts", "point_edits", "audit")] == [30, 30, 30]
    assert len(export["member"]["timeline"]) == 31
    attempt = export["attempts"][0]
    assert (attempt["position"], attempt["counts"], attempt["refused_until"], attempt["recorded_at"]) == (
        "40.70000,-73.90000",
        True,
        None,
        format_instant(NOON),
    )
    assert len(export["shadow_findings"]) == 16
    found = export["shadow_findings"][0]
    assert (found["rule"], found["sentence"]) == ("visit_frequency", "15 check-ins in 7 days; limit 15")
    shop.clock.now += 400 * DAY
    later = shop.of("GET export", ana).body
    assert (later["attempts"], later["shadow_findings"]) == ([], [])


def test_an_erased_member_leaves_nothing_but_what_the_law_of_the_program_keeps(shop: Shop) -> None:
    ana, ben = busy(shop), shop.enrol()
    shop.check_in(ben)
    assert shop.of("DELETE", ana, query={"reason": "Asked to."}).status == 204
    for route in ("GET", "GET export", "DELETE"):
        assert shop.of(route, ana).code == "not_found"
    assert shop.check_in(ana).code == "not_found"
    assert shop.check_in({"phone": ana.phone}).code == "not_found"
    assert listed(shop, query="crm-1") == []
    assert shop.ask("GET /v1/flags").body["items"] == []
    tables = shop.database.tables
    for table in (tables.members, tables.history):
        left = [i for i in shop.backend.items(table) if ana.member_id in str(i) or "Zelda" in str(i)]
        assert left == []
    assert [entry["action"] for entry in shop.audit()][-1] == "erase"
    assert shop.check_in(ben, NOON + MINUTE).code == "too_soon"
    again = enrol(shop, phone=ana.phone, external_id="crm-1")
    assert (again.status, again.body["access"]) == (201, "active")


def test_what_the_stream_brings_after_an_erasure_is_swept(shop: Shop) -> None:
    ana, streams = shop.enrol(), Streams(shop)
    streams.look()
    shop.check_in(ana, NOON - DAY)
    late = streams.look()
    assert shop.of("DELETE", ana).status == 204
    gone = streams.look()
    assert send(shop, [*late, *gone]) == []
    assert shop.history(ana) == []
    project(shop)


@pytest.mark.parametrize(
    "route",
    [
        "GET",
        "DELETE",
        "GET export",
        "POST reveal-phone",
        "POST flag",
        "POST verify",
        "POST resolve",
        "POST block",
        "POST unblock",
        "POST point-edits",
        "POST membership/cancel",
    ],
)
def test_another_programs_member_is_answered_as_one_who_does_not_exist(shop: Shop, route: str) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    cyd = other.enrol()
    body = {"reason": "Seen."} | ({"delta": 1} if "points" in route or "point-edits" in route else {})
    given = body if route.startswith("POST") and "reveal" not in route else None
    theirs = shop.of(route, cyd, body=given)
    nobodys = shop.of(route, Enrolled(new_member_id(), ""), body=given)
    assert (theirs.status, theirs.body) == (nobodys.status, nobodys.body)
    assert theirs.code == "not_found"
    assert other.of("GET", cyd).status == 200
