"""The audit log: every action of staff is in it, and owners find what they look for."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from redflag.core.instants import HOUR, MINUTE, Instant, format_instant
from redflag.service.notifications import recipients
from redflag.service.programs import app_audience
from redflag.store import audit, audit_search
from redflag.store.audit import Entry
from redflag.store.suppressions import Suppression, SuppressionReason
from tests.cloud.faults import Call, between, watching
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.template import routes

REASON = {"reason": "Seen."}
LIST = "GET /v1/audit"

type Do = Callable[[Shop], Any]


def about(route: str, *before: str, **body: Any) -> Do:
    """Ask a route about a member, after other actions on them."""

    def do(shop: Shop) -> Enrolled:
        ana = shop.enrol(membership="active", external_id=f"their-{len(shop.enrolled)}")
        for action in before:
            assert shop.of(f"POST {action}", ana, body=REASON).status == 200
        answer = shop.of(route, ana, body=body or None)
        assert answer.status in (200, 204), answer.text
        return ana

    return do


def ask(route: str, body: Any = None, **path: str) -> Do:
    """Ask another route."""

    def do(shop: Shop) -> None:
        known = {"location_id": shop.annex}
        named = {name: value for name, value in (known | path).items() if f"{{{name}}}" in route}
        answer = shop.ask(route, path=named, body=body)
        assert answer.status in (200, 201, 204), answer.text

    return do


def after(first: Do, then: Do) -> Do:
    """Do one thing, then the other."""

    def do(shop: Shop) -> None:
        first(shop)
        then(shop)

    return do


PERSON = {"email": "a@example.com", "role": "viewer", "subject": "somebody"}
CLIENT = {"name": "Till", "kind": "kiosk", "client_id": "something"}
PLACE = {"name": "Main Street", "time_zone": "UTC"}
NEW = {"phone": "+12125550150"}
GONE = "gone@example.com"
TOLD = {"notifications": {"recipients": [GONE]}}


def unsubscribed(shop: Shop) -> None:
    recipients.suppress(shop.program_id, Suppression(GONE, SuppressionReason.UNSUBSCRIBED, NOON))


WRITES: dict[str, tuple[Do, str]] = {
    "POST /v1/members": (ask("POST /v1/members", NEW), "enrol"),
    "DELETE /v1/members/{member_id}": (about("DELETE"), "erase"),
    "GET /v1/members/{member_id}/export": (about("GET export"), "export"),
    "POST /v1/members/{member_id}/reveal-phone": (about("POST reveal-phone"), "reveal_phone"),
    "POST /v1/members/{member_id}/point-edits": (about("POST point-edits", delta=1, **REASON), "edit_points"),
    "POST /v1/members/{member_id}/flag": (about("POST flag", **REASON), "flag"),
    "POST /v1/members/{member_id}/verify": (about("POST verify", "flag", **REASON), "verify"),
    "POST /v1/members/{member_id}/resolve": (about("POST resolve", "flag", **REASON), "resolve"),
    "POST /v1/members/{member_id}/block": (about("POST block", "flag", **REASON), "block"),
    "POST /v1/members/{member_id}/unblock": (about("POST unblock", "flag", "block", **REASON), "unblock"),
    "POST /v1/members/{member_id}/membership/cancel": (
        about("POST membership/cancel", **REASON),
        "cancel_membership",
    ),
    "PUT /v1/settings": (ask("PUT /v1/settings", {}), "change_settings"),
    "POST /v1/notifications/test": (
        after(ask("PUT /v1/settings", TOLD), ask("POST /v1/notifications/test")),
        "send_test",
    ),
    "POST /v1/notifications/reinstate": (
        after(unsubscribed, ask("POST /v1/notifications/reinstate", {"email": GONE} | REASON)),
        "reinstate_recipient",
    ),
    "POST /v1/locations": (ask("POST /v1/locations", PLACE), "add_location"),
    "PUT /v1/locations/{location_id}": (ask("PUT /v1/locations/{location_id}", PLACE), "change_location"),
    "DELETE /v1/locations/{location_id}": (ask("DELETE /v1/locations/{location_id}"), "delete_location"),
    "POST /v1/staff": (ask("POST /v1/staff", PERSON), "add_staff"),
    "DELETE /v1/staff/{subject}": (
        after(ask("POST /v1/staff", PERSON), ask("DELETE /v1/staff/{subject}", subject="somebody")),
        "remove_staff",
    ),
    "POST /v1/app-clients": (ask("POST /v1/app-clients", CLIENT), "add_app_client"),
    "DELETE /v1/app-clients/{client_id}": (
        after(
            ask("POST /v1/app-clients", CLIENT),
            ask("DELETE /v1/app-clients/{client_id}", client_id="something"),
        ),
        "remove_app_client",
    ),
}
"""What each route of the console that writes does, and the entry that says so."""


def test_the_walk_goes_along_every_route_of_the_console_that_writes() -> None:
    console = {key for key, route in routes().items() if route.function in ("admin", "settings")}
    writing = {key for key in console if not key.startswith("GET ")}
    # Looking at all that is kept about a member is an action as well; a preview of settings changes nothing.
    assert set(WRITES) == (writing | {"GET /v1/members/{member_id}/export"}) - {"POST /v1/settings/preview"}


@pytest.fixture(autouse=True)
def no_authorizer(monkeypatch: pytest.MonkeyPatch) -> None:
    """moto has none; tests/emulator has those of its audience."""
    monkeypatch.setattr(app_audience, "_change", lambda _: None)


@pytest.mark.parametrize("route", WRITES)
def test_a_route_that_writes_has_its_entry(shop: Shop, route: str) -> None:
    shop.backend.create_identity()
    do, action = WRITES[route]
    do(shop)
    newest = shop.audit()[-1]
    assert (newest["action"], newest["by"]) == (action, shop.subject("owner"))
    assert newest["at"] == format_instant(NOON)
    (shown, *_) = shop.ask(LIST).body["items"]
    assert (shown["action"], shown["hash"]) == (action, newest["hash"])


def contents(shop: Shop) -> list[Any]:
    """All that the tables hold."""
    tables = shop.database.tables
    return [
        sorted(shop.backend.items(table), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))
        for table in (tables.programs, tables.members, tables.audit)
    ]


@pytest.mark.parametrize("route", WRITES)
def test_the_entry_is_in_the_transaction_of_the_effect(shop: Shop, route: str) -> None:
    """While the log takes no entry, nothing is done: the tables hold afterwards what they held before."""
    shop.backend.create_identity()
    do, action = WRITES[route]
    held: list[Any] = []

    def refuse(call: Call, make: Callable[[], Any]) -> Any:
        puts = [part.get("Put", {}).get("Item", {}) for part in call.params.get("TransactItems", [])]
        items = [*puts, call.params.get("Item", {})]
        if any(item.get("action") == {"S": action} for item in items):
            held.append(contents(shop))
            raise ClientError({"Error": {"Code": "ThrottlingException", "Message": "?"}}, call.operation)
        return make()

    with between(shop, refuse), pytest.raises(AssertionError, match="temporarily_unavailable"):
        do(shop)
    assert held == [contents(shop)]


def test_callers_of_the_app_enrol_without_an_entry(shop: Shop) -> None:
    body = {"program_id": shop.program_id} | NEW
    assert shop.ask("POST /v1/members", by="kiosk", body=body).status == 201
    assert shop.audit() == []


def test_enrolling_whom_the_program_knows_changes_nothing_and_is_not_logged(shop: Shop) -> None:
    for status in (201, 200):
        assert shop.ask("POST /v1/members", body=NEW).status == status
    assert [entry["action"] for entry in shop.audit()] == ["enrol"]


def test_who_may_act_as_a_member_is_logged_when_staff_say_so(shop: Shop) -> None:
    body = NEW | {"subject": f"ana-{shop.program_id}"}
    member_id = shop.ask("POST /v1/members", body=body).body["member_id"]
    assert shop.ask("POST /v1/members", body=body).status == 200
    other = shop.ask("POST /v1/members", body=body | {"phone": "+12125550151"}).body["member_id"]
    logged = [(e["action"], e["subject"], e["before"]) for e in shop.ask(LIST).body["items"]]
    assert logged == [
        ("link", other, {"member_id": member_id}),
        ("enrol", other, None),
        ("link", member_id, None),
        ("enrol", member_id, None),
    ]


def test_a_member_whom_staff_enrolled_was_enrolled_once_on_the_timeline(shop: Shop) -> None:
    member_id = shop.ask("POST /v1/members", by="staff", body=NEW).body["member_id"]
    (only,) = shop.of("GET", Enrolled(member_id, "")).body["timeline"]
    assert (only["what"], only["by"]) == ("enrol", shop.subject("staff"))


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_the_entry_of_a_location_says_what_it_really_was_before(shop: Shop, method: str) -> None:
    """Somebody changes it after it was read: the log has both changes, each with what it found."""
    route, path = "/v1/locations/{location_id}", {"location_id": shop.annex}
    others = [{"name": "Somebody else's", "time_zone": "UTC"}]

    def overtake(call: Call, make: Callable[[], Any]) -> Any:
        if call.operation == "TransactWriteItems" and others:
            assert shop.ask(f"PUT {route}", path=path, body=others.pop()).status == 200
        return make()

    with between(shop, overtake):
        answer = shop.ask(f"{method} {route}", path=path, body=PLACE if method == "PUT" else None)
    assert answer.status in (200, 204)
    last, first = shop.ask(LIST).body["items"]
    assert (first["before"]["name"], first["after"]["name"]) == ("A place", "Somebody else's")
    assert last["before"] == first["after"]


# ---------------------------------------------------------------- the list


def write(shop: Shop, *entries: tuple[str, str, str, Instant]) -> None:
    for action, subject, by, at in entries:
        entry = Entry(action, at, by, subject, "Seen.", {"access": "active"}, {"access": "blocked"})
        shop.database.commit([audit.append(shop.database, shop.program_id, entry)])


def numbers(shop: Shop, **query: str) -> list[int]:
    """The numbers of the entries that a list shows, page by page."""
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        asked = {name.rstrip("_"): value for name, value in query.items()} | cursor
        page = shop.ask(LIST, query=asked).body
        found += [item["number"] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


@pytest.fixture
def log(shop: Shop) -> Shop:
    """Six entries, an hour apart."""
    write(
        shop,
        ("block", "m_1", "ann", NOON),
        ("unblock", "m_1", "bob", NOON + HOUR),
        ("block", "m_2", "bob", NOON + 2 * HOUR),
        ("block", "m_1", "bob", NOON + 3 * HOUR),
        ("change_settings", "settings", "ann", NOON + 4 * HOUR),
        ("block", "m_1", "ann", NOON + 5 * HOUR),
    )
    return shop


FROM, TO = format_instant(NOON + HOUR), format_instant(NOON + 5 * HOUR)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"action": "block"}, [6, 4, 3, 1]),
        ({"subject": "m_1"}, [6, 4, 2, 1]),
        ({"subject": "settings"}, [5]),
        ({"by": "bob"}, [4, 3, 2]),
        ({"from_": FROM}, [6, 5, 4, 3, 2]),
        ({"to": TO}, [5, 4, 3, 2, 1]),
        ({"action": "block", "by": "bob"}, [4, 3]),
        ({"action": "block", "subject": "m_1", "by": "bob"}, [4]),
        ({"subject": "m_1", "from_": FROM, "to": TO}, [4, 2]),
        ({"action": "block", "subject": "m_1", "by": "ann", "from_": FROM, "to": TO}, []),
        ({"action": "nothing"}, []),
        ({"from_": TO, "to": FROM}, []),
    ],
)
@pytest.mark.parametrize("limit", ["1", "2", "100"])
def test_filters_combine_and_pages_go_on_where_they_stopped(
    log: Shop, query: dict[str, str], expected: list[int], limit: str
) -> None:
    assert numbers(log, limit=limit, **query) == expected


def test_an_entry_is_shown_whole(log: Shop) -> None:
    (shown,) = log.ask(LIST, query={"limit": "1"}).body["items"]
    assert shown == {
        "number": 6,
        "action": "block",
        "at": format_instant(NOON + 5 * HOUR),
        "by": "ann",
        "subject": "m_1",
        "reason": "Seen.",
        "before": {"access": "active"},
        "after": {"access": "blocked"},
        "hash": log.audit()[-1]["hash"],
    }


def test_a_long_search_goes_on_with_the_cursor(log: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_search, "_LOOKED_THROUGH", 2)
    monkeypatch.setattr(audit_search, "_PAGES_READ", 1)
    page = log.ask(LIST, query={"action": "unblock"}).body
    assert (page["items"], page["next_cursor"] is None) == ([], False)
    assert numbers(log, action="unblock") == [2]


def test_a_search_ends_where_all_that_is_left_is_too_old(log: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_search, "_LOOKED_THROUGH", 1)
    write(log, ("block", "m_9", "ann", NOON + 5 * HOUR))
    with watching(log) as calls:
        assert numbers(log, from_=format_instant(NOON + 5 * HOUR)) == [7, 6]
    # The entry of an hour before is within what may be out of order, the one before that is not.
    assert len([call for call in calls if call.tables == ("AuditTable",)]) == 4


def test_entries_that_are_a_little_out_of_order_are_found_by_their_instant(shop: Shop) -> None:
    write(
        shop,
        ("block", "m_1", "ann", NOON + MINUTE),
        ("block", "m_2", "ann", NOON),
        ("block", "m_3", "ann", NOON + MINUTE),
    )
    assert numbers(shop, from_=format_instant(NOON + MINUTE)) == [3, 1]


def test_a_cursor_is_good_for_this_list_of_this_program_alone(log: Shop) -> None:
    cursor = log.ask(LIST, query={"limit": "1"}).body["next_cursor"]
    assert log.ask(LIST, query={"cursor": cursor[:-2] + "AA"}).fields == {"cursor"}
    assert log.ask("GET /v1/flags", query={"cursor": cursor}).fields == {"cursor"}
    other = Shop.open(log.backend, log.database, log.clock)
    assert other.ask(LIST, query={"cursor": cursor}).fields == {"cursor"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": ""}, "from"),
        ({"to": "2027-02-30T00:00:00Z"}, "to"),
        ({"limit": "0"}, "limit"),
        ({"subject": ""}, "subject"),
        ({"action": "x" * 129}, "action"),
        ({"by": "a\u0000b"}, "by"),
    ],
)
def test_a_query_that_cannot_be_used_names_its_field(shop: Shop, query: dict[str, str], field: str) -> None:
    answer = shop.ask(LIST, query=query)
    assert (answer.status, answer.fields) == (422, {field})


def test_a_program_sees_only_its_own_log(log: Shop) -> None:
    other = Shop.open(log.backend, log.database, log.clock)
    assert numbers(other) == []
    assert numbers(other, subject="m_1") == []


def test_a_removed_person_is_logged_with_the_role_they_had(shop: Shop) -> None:
    shop.backend.create_identity()
    WRITES["DELETE /v1/staff/{subject}"][0](shop)
    entries = shop.ask(LIST, query={"subject": "somebody"}).body["items"]
    assert [(e["action"], e["before"], e["after"]) for e in entries] == [
        ("remove_staff", {"role": "viewer"}, None),
        ("add_staff", None, {"role": "viewer"}),
    ]
