"""Settings: whole documents, with versions that nobody overwrites unseen."""

from functools import partial
from typing import Any

import pytest

from redflag.core.settings import Settings
from tests.e2e.world import MONDAY, World, at_once, code, now, text, wrong_fields

DEFAULTS = {
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


def test_a_new_program_has_the_defaults(world: World) -> None:
    answer = world.program().owner.get("/v1/settings")
    assert (answer.json(), answer.headers["etag"]) == (DEFAULTS, '"0"')


def test_put_replaces_the_whole_document(world: World) -> None:
    program = world.program()
    first = program.configure({"check_in": {"cooldown_minutes": 5}, "gate": {"fail_open": True}})
    assert first.json() == DEFAULTS | {"check_in": {"cooldown_minutes": 5}, "gate": {"fail_open": True}}
    assert first.headers["etag"] == '"1"'
    second = program.configure({"automatically_suspend": True})
    assert second.json() == DEFAULTS | {"automatically_suspend": True}
    assert program.owner.get("/v1/settings").headers["etag"] == second.headers["etag"] == '"2"'


def test_whoever_read_another_version_does_not_overwrite(world: World) -> None:
    program = world.program()
    seen = program.owner.get("/v1/settings").headers["etag"]
    assert code(program.configure({}, headers={"If-Match": seen})) == "ok"
    late = program.configure({"automatically_suspend": True}, headers={"If-Match": seen})
    assert (late.status_code, code(late), late.headers["etag"]) == (412, "version_conflict", '"1"')
    assert program.owner.get("/v1/settings").json() == DEFAULTS
    assert code(program.configure({}, headers={"If-Match": late.headers["etag"]})) == "ok"
    assert code(program.configure({}, headers={"If-Match": "*"})) == "ok"


def test_of_many_at_once_one_wins_and_every_version_is_kept(world: World) -> None:
    program = world.program()
    change = partial(program.configure, {"retention": {"history_days": 30}}, headers={"If-Match": '"0"'})
    assert sorted(code(answer) for answer in at_once([change] * 4)) == ["ok", *["version_conflict"] * 3]
    before = text(now())
    at_once([partial(program.configure, {"check_in": {"cooldown_minutes": n}}) for n in range(4)])
    history = program.owner.everything("/v1/settings/history", limit=2)
    assert [version["version"] for version in history] == [5, 4, 3, 2, 1]
    assert {version["settings"]["check_in"]["cooldown_minutes"] for version in history[:4]} == {0, 1, 2, 3}
    assert history[4]["settings"] == DEFAULTS | {"retention": {"history_days": 30}}
    assert all(before <= version["saved_at"] <= text(now()) for version in history[:4])
    assert {version["saved_by"] for version in history} == {
        program.owner.get("/v1/staff").json()["items"][0]["subject"]
    }


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"check_in": {"cooldown_minutes": -1}}, "check_in.cooldown_minutes"),
        ({"check_in": {"cooldown_minutes": 1441}}, "check_in.cooldown_minutes"),
        ({"check_in": {"cooldown_minutes": 1.5}}, "check_in.cooldown_minutes"),
        ({"check_in": {"cooldown_minutes": "60"}}, "check_in.cooldown_minutes"),
        ({"check_in": {"cooldown_minutes": True}}, "check_in.cooldown_minutes"),
        ({"check_in": None}, "check_in"),
        ({"rules": {"visit_frequency": {"limit": 1}}}, "rules.visit_frequency.limit"),
        ({"rules": {"visit_frequency": {"limit": 16}}}, "rules.visit_frequency.limit"),
        ({"rules": {"visit_frequency": {"window_days": 0}}}, "rules.visit_frequency.window_days"),
        ({"rules": {"visit_frequency": {"window_days": 91}}}, "rules.visit_frequency.window_days"),
        ({"rules": {"visit_frequency": {"mode": "ON"}}}, "rules.visit_frequency.mode"),
        ({"rules": {"consecutive_check_ins": {"limit": 11}}}, "rules.consecutive_check_ins.limit"),
        ({"rules": {"back_to_back": {"max_gap_minutes": 0}}}, "rules.back_to_back.max_gap_minutes"),
        ({"rules": {"back_to_back": {"match_on": "here"}}}, "rules.back_to_back.match_on"),
        ({"rules": {"point_edits": {"amount_limit": 1_000_001}}}, "rules.point_edits.amount_limit"),
        ({"rules": {"point_edits": {"count_limit": 1}}}, "rules.point_edits.count_limit"),
        ({"rules": {"outside_hours": {"override_open": "09:00"}}}, "rules.outside_hours"),
        (
            {"rules": {"outside_hours": {"override_open": "9:00", "override_close": "17:00"}}},
            "rules.outside_hours.override_open",
        ),
        ({"rules": {"manual": {"mode": "off"}}}, "rules.manual"),
        ({"rules": {"late_visits": {}}}, "rules.late_visits"),
        ({"automatically_suspend": "yes"}, "automatically_suspend"),
        ({"notifications": {"frequency": "hourly"}}, "notifications.frequency"),
        ({"notifications": {"hour": 24}}, "notifications.hour"),
        ({"notifications": {"time_zone": "Mars/Olympus"}}, "notifications.time_zone"),
        ({"notifications": {"recipients": ["nobody"]}}, "notifications.recipients.0"),
        ({"notifications": {"recipients": ["a@example.com"] * 51}}, "notifications.recipients"),
        ({"contact_us": {"url": "javascript:alert(1)"}}, "contact_us.url"),
        ({"contact_us": {"email": "nobody"}}, "contact_us.email"),
        ({"contact_us": {"phone": "1\u0007"}}, "contact_us.phone"),
        ({"gate": {"fail_open": None}}, "gate.fail_open"),
        ({"retention": {"history_days": 0}}, "retention.history_days"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(world: World, document: dict[str, Any], field: str) -> None:
    refused = world.demo.configure(document)
    assert (refused.status_code, wrong_fields(refused)) == (422, {field})


@pytest.mark.parametrize(
    "document",
    [
        {"check_in": {"cooldown_minutes": 0}},
        {"check_in": {"cooldown_minutes": 1440}},
        {"rules": {"visit_frequency": {"limit": 15, "window_days": 90}}},
        {"rules": {"outside_hours": {"override_open": "18:00", "override_close": "02:00"}}},
        {"rules": {"outside_hours": {"override_open": "00:00", "override_close": "24:00"}}},
        {"rules": {"point_edits": {"count_limit": 100, "amount_limit": 1}}},
        {"notifications": {"recipients": ["a@example.com"], "time_zone": "Europe/Berlin", "hour": 0}},
    ],
)
def test_the_ends_of_the_ranges_are_accepted(world: World, document: dict[str, Any]) -> None:
    program = world.program_with({"gate": {"fail_open": True}})
    saved = program.configure(document)
    assert code(saved) == "ok"
    (section,) = document
    for name, value in document[section].items():
        kept = saved.json()[section][name]
        assert kept == (kept | value if isinstance(value, dict) else value)


def test_changed_settings_decide_the_next_attempt(world: World) -> None:
    program = world.program()
    member = program.enrol()
    member.visits(MONDAY)
    assert code(member.visit(MONDAY)) == "too_soon"
    assert code(program.configure({"check_in": {"cooldown_minutes": 0}})) == "ok"
    assert code(member.visit(MONDAY)) == "ok"
