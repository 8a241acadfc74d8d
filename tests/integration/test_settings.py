"""Settings with their versions, and locations."""

from copy import deepcopy
from typing import Any

import pytest

from redflag.core.instants import format_instant
from redflag.core.settings import Settings
from redflag.store.ids import new_location_id
from tests.cloud.program import NOON, Shop
from tests.cloud.requests import Answer

GET, PUT, HISTORY = "GET /v1/settings", "PUT /v1/settings", "GET /v1/settings/history"
VERSION = f"{HISTORY}/{{version}}"
PREVIEW = "POST /v1/settings/preview"
DEFAULTS: dict[str, Any] = {
    "check_in": {"cooldown_minutes": 60},
    # Rules that this table does not know have the defaults of their modules.
    "rules": Settings().to_document()["rules"]
    | {
        "visit_frequency": {"mode": "on", "limit": 5, "window_days": 7},
        "consecutive_check_ins": {"mode": "off", "limit": 3},
        "back_to_back": {
            "mode": "off",
            "limit": 2,
            "max_gap_minutes": 10,
            "window_days": 30,
            "match_on": "location",
        },
        "point_edits": {"mode": "off", "amount_limit": 500, "count_limit": None, "window_days": 7},
        "outside_hours": {"mode": "off", "override_open": None, "override_close": None},
    },
    "automatically_suspend": False,
    "show_flags_on_members_page": True,
    "notifications": {"frequency": "daily", "recipients": [], "time_zone": "UTC", "hour": 8},
    "contact_us": {"phone": None, "email": None, "url": None},
    "gate": {"fail_open": False},
    "retention": {"history_days": 400},
}


def put(shop: Shop, document: Any, if_match: str | None = None, by: str = "owner") -> Answer:
    headers = {} if if_match is None else {"if-match": if_match}
    return shop.ask(PUT, by=by, body=document, headers=headers)


def test_settings_that_nobody_has_saved_are_the_defaults_of_the_specification(shop: Shop) -> None:
    answer = shop.ask(GET, by="viewer")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, DEFAULTS, '"0"')


def test_saved_settings_are_in_force_whole_and_what_is_left_out_takes_its_default(shop: Shop) -> None:
    put(shop, {"check_in": {"cooldown_minutes": 5}, "automatically_suspend": True})
    answer = put(shop, {"rules": {"back_to_back": {"mode": "shadow"}}})
    expected = deepcopy(DEFAULTS)
    expected["rules"]["back_to_back"]["mode"] = "shadow"
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, expected, '"2"')
    again = shop.ask(GET)
    assert (again.body, again.headers["etag"]) == (expected, '"2"')


def test_what_is_saved_decides_the_next_check_in(shop: Shop) -> None:
    ana = shop.enrol()
    put(shop, {"check_in": {"cooldown_minutes": 0}})
    shop.forget()
    assert [shop.check_in(ana).status for _ in range(2)] == [201, 201]


def test_a_change_with_a_tag_is_made_only_on_the_version_it_was_made_from(shop: Shop) -> None:
    assert put(shop, {}, '"0"').status == 200
    for stale in ('"0"', '"2"', "1", '"one"', 'W/"9"', ""):
        answer = put(shop, {"automatically_suspend": True}, stale)
        assert (answer.status, answer.code) == (412, "version_conflict"), stale
        assert answer.headers["etag"] == '"1"'
    assert put(shop, {"automatically_suspend": True}, '"1"').headers["etag"] == '"2"'
    assert put(shop, {}, "*").headers["etag"] == '"3"'
    assert put(shop, {}).headers["etag"] == '"4"'


def test_every_version_is_kept_with_who_saved_it_and_when(shop: Shop) -> None:
    for minutes in (1, 2, 3):
        shop.clock.now = NOON + minutes
        put(shop, {"check_in": {"cooldown_minutes": minutes}})
    first = shop.ask(HISTORY, by="viewer", query={"limit": "2"}).body
    second = shop.ask(HISTORY, query={"limit": "2", "cursor": first["next_cursor"]}).body
    found = [*first["items"], *second["items"]]
    assert [version["version"] for version in found] == [3, 2, 1]
    assert second["next_cursor"] is None
    for version in found:
        number = version["version"]
        assert version["saved_at"] == format_instant(NOON + number)
        assert version["saved_by"] == shop.subject("owner")
        assert version["settings"] == DEFAULTS | {"check_in": {"cooldown_minutes": number}}


def test_a_version_is_shown_as_it_was_saved_and_0_are_the_defaults(shop: Shop) -> None:
    for minutes in (1, 2):
        put(shop, {"check_in": {"cooldown_minutes": minutes}})
    newest, first = shop.ask(HISTORY).body["items"]
    for version in (newest, first):
        assert shop.ask(VERSION, by="viewer", path={"version": str(version["version"])}).body == version
    assert shop.ask(VERSION, by="viewer", path={"version": "0"}).body == {
        "version": 0,
        "saved_at": None,
        "saved_by": None,
        "saved_by_name": None,
        "settings": DEFAULTS,
    }


@pytest.mark.parametrize("version", ["2", "-1", "01", "1.0", "one", "٢", "999999", "1000000", "9" * 128])
def test_a_version_that_nobody_has_saved_is_not_found(shop: Shop, version: str) -> None:
    put(shop, {})
    answer = shop.ask(VERSION, path={"version": version})
    assert (answer.status, answer.code) == (404, "not_found")


def test_a_change_of_settings_is_audited_with_before_and_after(shop: Shop) -> None:
    put(shop, {"gate": {"fail_open": True}})
    (entry,) = shop.audit()
    assert (entry["action"], entry["by"]) == ("change_settings", shop.subject("owner"))
    assert '"fail_open": false' in entry["before"]
    assert '"fail_open": true' in entry["after"]


def test_programs_have_settings_of_their_own(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    put(shop, {"automatically_suspend": True})
    assert other.ask(GET).body == DEFAULTS


def test_a_document_with_everything_set_is_answered_as_it_was_sent(shop: Shop) -> None:
    document = {
        "check_in": {"cooldown_minutes": 1440},
        "rules": {
            "visit_frequency": {"mode": "shadow", "limit": 15, "window_days": 90},
            "consecutive_check_ins": {"mode": "on", "limit": 10},
            "back_to_back": {
                "mode": "on",
                "limit": 10,
                "max_gap_minutes": 1440,
                "window_days": 90,
                "match_on": "position",
            },
            "point_edits": {"mode": "on", "amount_limit": 1_000_000, "count_limit": 100, "window_days": 90},
            "outside_hours": {"mode": "on", "override_open": "18:00", "override_close": "02:00"},
        },
        "automatically_suspend": True,
        "show_flags_on_members_page": False,
        "notifications": {
            "frequency": "monthly",
            "recipients": ["a@example.com"],
            "time_zone": "Europe/Zurich",
            "hour": 23,
        },
        "contact_us": {"phone": "+41 44 668 18 00", "email": "a@example.com", "url": "https://example.com"},
        "gate": {"fail_open": True},
        "retention": {"history_days": 3650},
    }
    rules = DEFAULTS["rules"] | document["rules"]
    assert put(shop, document).body == document | {"rules": rules}
    assert Settings.from_document(document).to_document()["rules"] == rules


WRONG: list[tuple[Any, set[str]]] = [
    ({"check_in": {"cooldown_minutes": -1}}, {"check_in.cooldown_minutes"}),
    ({"check_in": {"cooldown_minutes": 1441}}, {"check_in.cooldown_minutes"}),
    ({"check_in": {"cooldown_minutes": "60"}}, {"check_in.cooldown_minutes"}),
    ({"check_in": {"cooldown_minutes": 60.0}}, {"check_in.cooldown_minutes"}),
    ({"check_in": {"cooldown_minutes": None}}, {"check_in.cooldown_minutes"}),
    ({"check_in": None}, {"check_in"}),
    ({"check_in": {"cooldown": 60}}, {"check_in.cooldown"}),
    ({"rules": {"visit_frequency": {"limit": 1}}}, {"rules.visit_frequency.limit"}),
    ({"rules": {"visit_frequency": {"limit": 16}}}, {"rules.visit_frequency.limit"}),
    ({"rules": {"visit_frequency": {"limit": -5}}}, {"rules.visit_frequency.limit"}),
    ({"rules": {"visit_frequency": {"window_days": 0}}}, {"rules.visit_frequency.window_days"}),
    ({"rules": {"visit_frequency": {"window_days": 91}}}, {"rules.visit_frequency.window_days"}),
    ({"rules": {"visit_frequency": {"mode": "loud"}}}, {"rules.visit_frequency.mode"}),
    ({"rules": {"consecutive_check_ins": {"limit": 11}}}, {"rules.consecutive_check_ins.limit"}),
    ({"rules": {"back_to_back": {"max_gap_minutes": 0}}}, {"rules.back_to_back.max_gap_minutes"}),
    ({"rules": {"back_to_back": {"match_on": "mood"}}}, {"rules.back_to_back.match_on"}),
    ({"rules": {"point_edits": {"amount_limit": 0}}}, {"rules.point_edits.amount_limit"}),
    ({"rules": {"point_edits": {"amount_limit": 1_000_001}}}, {"rules.point_edits.amount_limit"}),
    ({"rules": {"point_edits": {"count_limit": 1}}}, {"rules.point_edits.count_limit"}),
    ({"rules": {"outside_hours": {"override_open": "09:00"}}}, {"rules.outside_hours"}),
    (
        {"rules": {"outside_hours": {"override_open": "9", "override_close": "25:00"}}},
        {"rules.outside_hours.override_open", "rules.outside_hours.override_close"},
    ),
    ({"rules": {"telepathy": {"mode": "on"}}}, {"rules.telepathy"}),
    ({"rules": []}, {"rules"}),
    ({"automatically_suspend": "yes"}, {"automatically_suspend"}),
    ({"automatically_suspend": 1}, {"automatically_suspend"}),
    ({"notifications": {"time_zone": "Mars/Olympus"}}, {"notifications.time_zone"}),
    ({"notifications": {"time_zone": "../etc/passwd"}}, {"notifications.time_zone"}),
    ({"notifications": {"hour": 24}}, {"notifications.hour"}),
    ({"notifications": {"frequency": "hourly"}}, {"notifications.frequency"}),
    ({"notifications": {"recipients": ["x"]}}, {"notifications.recipients.0"}),
    ({"notifications": {"recipients": "a@example.com"}}, {"notifications.recipients"}),
    ({"notifications": {"recipients": ["a@example.com"] * 51}}, {"notifications.recipients"}),
    ({"contact_us": {"url": "http://example.com"}}, {"contact_us.url"}),
    ({"contact_us": {"url": "javascript:alert(1)"}}, {"contact_us.url"}),
    ({"contact_us": {"email": "nobody"}}, {"contact_us.email"}),
    ({"contact_us": {"phone": "\u0000"}}, {"contact_us.phone"}),
    ({"retention": {"history_days": 0}}, {"retention.history_days"}),
    ({"gate": {"fail_open": None}}, {"gate.fail_open"}),
    ({"colour": "red"}, {"colour"}),
    ({"colour": "red", "check_in": {"cooldown_minutes": -1}}, {"colour", "check_in.cooldown_minutes"}),
]


@pytest.mark.parametrize(("document", "fields"), WRONG, ids=lambda value: str(value)[:70])
def test_every_wrong_setting_is_named_and_nothing_is_saved(
    shop: Shop, document: Any, fields: set[str]
) -> None:
    answer = put(shop, document)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)
    assert shop.ask(PREVIEW, body=document).body["errors"] == answer.body["errors"]
    assert shop.ask(GET).headers["etag"] == '"0"'


@pytest.mark.parametrize("text", ["[]", "null", "5", '"x"', "{", "[" * 50_000])
def test_what_is_no_document_of_settings_is_refused(shop: Shop, text: str) -> None:
    assert put(shop, text).status in (400, 422)
    assert shop.ask(PREVIEW, body=text).status in (400, 422)


# ---------------------------------------------------------------- locations

LOCATION: dict[str, Any] = {
    "name": "Main Street",
    "time_zone": "America/New_York",
    "position": {"lat": 40.7411, "lon": -73.9897},
    "hours": {"mon": [{"open": "09:00", "close": "17:00"}], "sat": [{"open": "18:00", "close": "02:00"}]},
    "exceptions": [{"date": "2061-01-01", "hours": []}],
}
WEEK: dict[str, Any] = {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
ALL, ONE = "/v1/locations", "/v1/locations/{location_id}"


def shown(location_id: str) -> dict[str, Any]:
    return LOCATION | {"location_id": location_id, "hours": WEEK | LOCATION["hours"]}


def test_a_location_is_made_changed_and_deleted_and_each_is_audited(shop: Shop) -> None:
    made = shop.ask(f"POST {ALL}", body=LOCATION)
    assert made.status == 201
    location_id = made.body["location_id"]
    path = {"location_id": location_id}
    assert made.body == shop.ask(f"GET {ONE}", by="viewer", path=path).body == shown(location_id)
    assert shop.check_in(shop.enrol(), place=location_id).status == 201
    changed = shop.ask(f"PUT {ONE}", path=path, body={"name": "Harbour", "time_zone": "UTC"})
    assert changed.body == {
        "location_id": location_id,
        "name": "Harbour",
        "time_zone": "UTC",
        "position": None,
        "hours": None,
        "exceptions": [],
    }
    gone = shop.ask(f"DELETE {ONE}", path=path)
    assert (gone.status, gone.text) == (204, "")
    for method, body in (("GET", None), ("PUT", LOCATION), ("DELETE", None)):
        assert shop.ask(f"{method} {ONE}", path=path, body=body).code == "not_found"
    shop.forget()
    assert shop.check_in(shop.enrol(), place=location_id).code == "not_found"
    assert [entry["action"] for entry in shop.audit()] == [
        "add_location",
        "change_location",
        "delete_location",
    ]


def test_locations_are_listed_on_pages(shop: Shop) -> None:
    for _ in range(3):
        shop.place(new_location_id())
    seen, query = [], {"limit": "2"}
    while True:
        page = shop.ask(f"GET {ALL}", by="viewer", query=query).body
        seen += [item["location_id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 5
    assert {shop.counter, shop.annex} < set(seen)


def test_another_programs_location_is_not_found(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    for method, body in (("GET", None), ("PUT", LOCATION), ("DELETE", None)):
        for location_id in (other.counter, new_location_id(), "x", "l_#"):
            answer = shop.ask(f"{method} {ONE}", path={"location_id": location_id}, body=body)
            assert (answer.status, answer.code) == (404, "not_found")
    assert other.ask(f"GET {ONE}", path={"location_id": other.counter}).status == 200


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"name": ""}, {"name"}),
        ({"name": None}, {"name"}),
        ({"name": "a\nb"}, {"name"}),
        ({"time_zone": "EST5EDT4"}, {"time_zone"}),
        ({"time_zone": None}, {"time_zone"}),
        ({"position": {"lat": 91, "lon": 0}}, {"position.lat"}),
        ({"position": {"lat": 0}}, {"position.lon"}),
        ({"hours": {"mon": [{"open": "17:00"}]}}, {"hours.mon.0.close"}),
        (
            {"hours": {"mon": [{"open": "24:01", "close": "25:00"}]}},
            {"hours.mon.0.open", "hours.mon.0.close"},
        ),
        ({"hours": {"mon": [{"open": "09:00", "close": "09:00"}]}}, {"hours.mon.0"}),
        ({"hours": {"mon": [{"open": "9", "close": "17:00"}]}}, {"hours.mon.0.open"}),
        ({"hours": {"monday": []}}, {"hours.monday"}),
        ({"hours": {"mon": None}}, {"hours.mon"}),
        ({"exceptions": [{"date": "2061-02-30", "hours": []}]}, {"exceptions.0.date"}),
        ({"exceptions": [{"date": "1.1.2061", "hours": []}]}, {"exceptions.0.date"}),
        ({"exceptions": [{"date": "2061-01-01"}]}, {"exceptions.0.hours"}),
        ({"hours": None, "exceptions": [{"date": "2061-01-01", "hours": []}]}, {"exceptions"}),
        ({"location_id": "l_mine0000"}, {"location_id"}),
        ({"colour": "red"}, {"colour"}),
    ],
    ids=str,
)
def test_wrong_fields_of_a_location_are_named(shop: Shop, other: dict[str, Any], fields: set[str]) -> None:
    for answer in (
        shop.ask(f"POST {ALL}", body=LOCATION | other),
        shop.ask(f"PUT {ONE}", path={"location_id": shop.counter}, body=LOCATION | other),
    ):
        assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)
