"""Run in a copy of the repository in which `docs/adding-a-rule.md` was followed: the new rule, end to end."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from redflag.core.instants import HOUR, Instant, format_instant
from redflag.core.rules import CONFIGURABLE
from redflag.store.ids import new_location_id
from redflag_cli.main import app
from tests.cloud.backends import Backend
from tests.cloud.program import Enrolled, Shop

RULE = "distinct_locations"
ON = {"rules": {"visit_frequency": {"mode": "off"}, RULE: {"mode": "on", "limit": 2, "window_days": 1}}}


@pytest.fixture
def backend(moto: Backend) -> Backend:
    return moto


@pytest.fixture
def flagged(shop: Shop) -> Enrolled:
    """A member whom the new rule has flagged."""
    saved = shop.ask("PUT /v1/settings", by="owner", body=ON)
    assert saved.status == 200, saved.text
    assert saved.body["rules"][RULE] == {"mode": "on", "limit": 2, "window_days": 1}
    shop.forget()
    member = shop.enrol()
    for location in (shop.counter, shop.annex):
        answer = shop.check_in(member, place=location)
        assert answer.status == 201, answer.text
        shop.clock.now += HOUR
    return member


def test_the_rule_is_one_of_the_settings() -> None:
    assert RULE in CONFIGURABLE


def test_a_range_is_held(shop: Shop) -> None:
    wrong = shop.ask("PUT /v1/settings", by="owner", body={"rules": {RULE: {"limit": 11}}})
    assert (wrong.status, wrong.fields) == (422, {f"rules.{RULE}.limit"})


def test_a_live_check_in_is_flagged(shop: Shop, flagged: Enrolled) -> None:
    (flag,) = shop.flags(flagged)
    assert flag.rule == RULE
    assert flag.sentence == "Checked in at 2 different locations in 1 day; limit 2"


@pytest.mark.parametrize("route", ["GET /v1/flags", "GET /v1/members", "GET /v1/reports/red-flags"])
@pytest.mark.usefixtures("flagged")
def test_lists_are_filtered_by_the_rule(shop: Shop, route: str) -> None:
    found = shop.ask(route, by="manager", query={"rule": RULE})
    others = shop.ask(route, by="manager", query={"rule": "visit_frequency"})
    assert (found.status, len(found.body["items"])) == (200, 1), found.text
    assert (others.status, others.body["items"]) == (200, [])


@pytest.mark.usefixtures("flagged")
def test_the_summary_and_the_preview_name_it(shop: Shop) -> None:
    assert RULE in shop.ask("GET /v1/reports/summary", by="viewer").body["by_rule"]
    preview = shop.ask("POST /v1/settings/preview", by="owner", body=ON)
    assert RULE in {rule["rule"] for rule in preview.body["rules"]}, preview.text


def test_the_replay_finds_it(tmp_path: Path) -> None:
    places = [new_location_id(), new_location_id()]
    at: Instant = 1_800_000_000_000
    rows = [f"m_1,{place},{format_instant(at + n * HOUR)}" for n, place in enumerate(places)]
    visits, settings = tmp_path / "visits.csv", tmp_path / "settings.json"
    visits.write_text("\n".join(["member_id,location_id,checked_in_at", *rows]) + "\n")
    settings.write_text(json.dumps(ON))
    done = CliRunner().invoke(app, ["replay", str(visits), "--settings", str(settings), "--format", "json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["summary"]["rules"][RULE]["flags"] == 1, found
