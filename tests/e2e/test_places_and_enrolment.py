"""What is set up: places, members and their numbers; and browsers on the console's origin."""

from functools import partial
from typing import Any

import pytest

from tests.e2e.world import HOUR, MONDAY, Program, World, at_once, code, eventually

PLACE: dict[str, Any] = {
    "name": "Harbour, 2nd floor",
    "time_zone": "Europe/Berlin",
    "position": {"lat": 53.5436, "lon": 9.9665},
    "hours": {"mon": [{"open": "09:00", "close": "12:00"}, {"open": "13:00", "close": "02:00"}]},
    "exceptions": [{"date": "2027-01-01", "hours": []}],
}
CLOSED_ON_OTHER_DAYS: dict[str, list[Any]] = {day: [] for day in ("tue", "wed", "thu", "fri", "sat", "sun")}


def test_a_place_is_kept_as_it_was_written_replaced_and_deleted(program: Program) -> None:
    made = program.owner.post("/v1/locations", PLACE)
    assert made.status_code == 201
    place = made.json()["location_id"]
    path = f"/v1/locations/{place}"
    hours = PLACE["hours"] | CLOSED_ON_OTHER_DAYS
    assert program.owner.get(path).json() == made.json() == PLACE | {"location_id": place, "hours": hours}

    replaced = program.owner.put(path, {"name": "Harbour", "time_zone": "UTC"})
    bare: dict[str, Any] = {
        "name": "Harbour",
        "time_zone": "UTC",
        "position": None,
        "hours": None,
        "exceptions": [],
    }
    assert program.owner.get(path).json() == replaced.json() == bare | {"location_id": place}

    member = program.enrol()
    member.visits(MONDAY, place=place)
    assert program.owner.delete(path).status_code == 204
    assert [code(program.owner.get(path)), code(program.owner.delete(path))] == ["not_found"] * 2
    assert code(program.owner.put(path, PLACE)) == "not_found"
    assert code(member.visit(MONDAY + HOUR, place=place)) == "not_found"
    (seen,) = eventually(lambda: member.profile()["recent_attempts"], wanted=bool)
    assert seen["location_id"] == place, "its check-ins stay"


def test_the_same_number_is_the_same_member_unchanged(program: Program) -> None:
    member = program.enrol(membership={"status": "active"})
    name = member.profile()["name"]
    local = f"{member.phone[2:5]}.{member.phone[5:8]}.{member.phone[8:]}"
    body = {"program_id": program.program_id, "phone": local, "name": program.world.new_name()}
    program.world.secrets.keep(local)
    again = program.kiosk.post("/v1/members", body | {"membership": {"status": "cancelled"}})
    assert (again.status_code, again.json()["member_id"]) == (200, member.member_id)
    assert (again.json()["name"], again.json()["membership"]) == (name, {"status": "active"})


def test_enrolling_a_number_many_times_at_once_makes_one_member(program: Program) -> None:
    body = {"program_id": program.program_id, "phone": program.world.new_phone()}
    answers = at_once([partial(program.kiosk.post, "/v1/members", body)] * 6)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["member_id"] for answer in answers}) == 1


def test_a_new_member_has_a_clean_page(program: Program) -> None:
    email, name = program.world.new_email(), program.world.new_name()
    member = program.enrol(email=email, name=name, external_id=f"CARD {program.world.new_phone()[-7:]}")
    page = member.profile()
    assert {field: page[field] for field in ("name", "email", "access", "trusted", "red_flag")} == {
        "name": name,
        "email": email,
        "access": "active",
        "trusted": False,
        "red_flag": False,
    }
    assert (page["flags"], page["recent_attempts"], page["points"], page["membership"]) == ([], [], 0, None)
    assert [event["what"] for event in page["timeline"]] == ["enrol"]
    assert [event["at"] for event in page["timeline"]] == [page["enrolled_at"]]


@pytest.mark.parametrize("allowed", [True, False])
def test_only_the_consoles_origin_may_ask_from_a_browser(world: World, *, allowed: bool) -> None:
    origin = world.stack.console_url if allowed else "https://evil.example"
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,content-type,if-match",
    }
    # Not over the world's client: no operation of the API answers a preflight, the gateway does.
    with world.stack.http() as browser:
        asked = browser.options("/v1/settings", headers=headers)
    shown = world.demo.owner.request("GET", "/v1/settings", headers={"Origin": origin})
    for answer in (asked, shown):
        assert answer.headers.get("access-control-allow-origin") == (origin if allowed else None)
    if allowed:
        assert {"authorization", "if-match"} <= set(asked.headers["access-control-allow-headers"].split(","))
        assert "etag" in shown.headers["access-control-expose-headers"]
