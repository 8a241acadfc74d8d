"""Lists: pages, cursors, limits and filters."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.world import DAY, MONDAY, Program, World, at_once, code, text, wrong_fields

LISTS = ("/v1/members", "/v1/flags", "/v1/locations", "/v1/staff", "/v1/app-clients", "/v1/settings/history")
NAME_OF_ID = {
    "/v1/members": "member_id",
    "/v1/flags": "flag_id",
    "/v1/locations": "location_id",
    "/v1/staff": "subject",
    "/v1/app-clients": "client_id",
    "/v1/settings/history": "version",
}
ROWS = 5


@pytest.fixture(scope="session")
def listed(world: World) -> Program:
    """A program with some rows in every list."""
    program = world.program()

    def row(number: int) -> None:
        member = program.enrol(name=f"Quillon{number} Brackwater")
        assert code(member.act("flag")) == "ok"
        program.new_place()
        person = {
            "email": world.new_email(),
            "role": "viewer",
            "subject": f"listed-{program.program_id}-{number}",
        }
        assert code(program.owner.post("/v1/staff", person)) == "ok"

    at_once([lambda number=number: row(number) for number in range(ROWS)])  # type: ignore[misc]
    for minutes in range(ROWS):
        assert code(program.configure({"check_in": {"cooldown_minutes": minutes}})) == "ok"
    return program


def ids(path: str, items: list[dict[str, Any]]) -> list[Any]:
    return [item[NAME_OF_ID[path]] for item in items]


@pytest.mark.parametrize("path", LISTS)
def test_pages_show_every_row_once_in_one_order(listed: Program, path: str) -> None:
    whole = listed.owner.get(path, limit=100).json()
    assert whole["next_cursor"] is None
    found = ids(path, whole["items"])
    assert len(set(found)) == len(found) >= 3
    paged: list[Any] = []
    cursor = None
    for _ in range(len(found) + 1):
        page = listed.owner.get(path, limit=2, cursor=cursor).json()
        assert len(page["items"]) <= 2
        paged += ids(path, page["items"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == found


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "101", "two"])
def test_limits_are_from_1_to_100(listed: Program, path: str, limit: str) -> None:
    refused = listed.owner.get(path, limit=limit)
    assert (refused.status_code, wrong_fields(refused)) == (422, {"limit"})


@pytest.mark.parametrize("path", LISTS)
def test_cursors_are_good_for_their_own_list_alone(listed: Program, world: World, path: str) -> None:
    cursor = listed.owner.get(path, limit=1).json()["next_cursor"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-1] ^= 1
    tampered = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    another = LISTS[(LISTS.index(path) + 1) % len(LISTS)]
    asked = [
        (listed.owner, another, cursor),
        (world.demo.owner, path, cursor),
        *((listed.owner, path, bad) for bad in (tampered, cursor[:-4], "x" + cursor, "é", "")),
    ]
    for caller, where, what in asked:
        refused = caller.get(where, limit=1, cursor=what)
        assert (refused.status_code, wrong_fields(refused)) == (422, {"cursor"}), (where, what)


def test_cursors_survive_new_and_removed_rows(world: World) -> None:
    program = world.program()
    for name in ("Bea", "Dot", "Fay", "Hal"):
        program.enrol(name=f"{name} Brackwater")
    first = program.owner.get("/v1/members", limit=2).json()
    assert [item["name"] for item in first["items"]] == ["Bea Brackwater", "Dot Brackwater"]
    program.enrol(name="Abe Brackwater")
    program.enrol(name="Gil Brackwater")
    gone = first["items"][1]["member_id"]
    assert program.owner.delete(f"/v1/members/{gone}").status_code == 204
    rest = program.owner.everything("/v1/members", limit=2)
    assert [item["name"].split()[0] for item in rest] == ["Abe", "Bea", "Fay", "Gil", "Hal"]
    second = program.owner.get("/v1/members", limit=100, cursor=first["next_cursor"]).json()
    assert [item["name"].split()[0] for item in second["items"]] == ["Fay", "Gil", "Hal"]


def test_flags_that_come_later_do_not_move_a_page(world: World) -> None:
    program = world.program({"rules": {"visit_frequency": {"mode": "on", "limit": 2}}})

    def flagged(day: int) -> str:
        member = program.enrol()
        member.visits(MONDAY + day * DAY, MONDAY + day * DAY + DAY)
        return str(member.flags()[0]["flag_id"])

    early, late = flagged(10), flagged(20)
    first = program.owner.get("/v1/flags", limit=1).json()
    assert ids("/v1/flags", first["items"]) == [early]
    before, after = flagged(0), flagged(30)
    second = program.owner.get("/v1/flags", limit=100, cursor=first["next_cursor"]).json()
    assert ids("/v1/flags", second["items"]) == [late, after]
    assert ids("/v1/flags", program.owner.everything("/v1/flags", limit=1)) == [before, early, late, after]


def test_the_queue_is_filtered_by_status_rule_place_and_time(world: World) -> None:
    program = world.program({"rules": {"visit_frequency": {"mode": "on", "limit": 2}}})
    here, there = program.new_place(), program.new_place()
    kept: dict[str, str] = {}
    for name, place, day in (("here", here, 0), ("there", there, 10)):
        member = program.enrol()
        member.visits(MONDAY + day * DAY, MONDAY + day * DAY + DAY, place=place)
        kept[name] = member.flags()[0]["flag_id"]
    verified, manual = program.enrol(), program.enrol()
    for member in (verified, manual):
        assert code(member.act("flag")) == "ok"
    assert code(verified.act("verify")) == "ok"
    kept |= {"verified": verified.flags()[0]["flag_id"], "manual": manual.flags()[0]["flag_id"]}
    raised_here, raised_there = MONDAY + DAY, MONDAY + 11 * DAY
    names = {flag_id: name for name, flag_id in kept.items()}
    asked: list[tuple[dict[str, str], set[str]]] = [
        ({}, set(kept)),
        ({"status": "open"}, {"here", "there", "manual"}),
        ({"status": "verified"}, {"verified"}),
        ({"status": "overturned"}, set()),
        ({"rule": "visit_frequency"}, {"here", "there"}),
        ({"rule": "manual", "status": "open"}, {"manual"}),
        ({"location_id": here}, {"here"}),
        ({"location_id": "l_00000000"}, set()),
        ({"from_": text(raised_here), "to": text(raised_there)}, {"here"}),
        ({"from_": text(raised_there), "rule": "visit_frequency"}, {"there"}),
        ({"to": text(raised_there)}, {"here"}),
        ({"from_": text(raised_there), "to": text(raised_here)}, set()),
        ({"from_": text(raised_here), "to": text(raised_here)}, set()),
    ]
    for query, found in asked:
        items = program.owner.everything("/v1/flags", limit=1, **query)
        assert {names[item["flag_id"]] for item in items} == found, query
        assert len(items) == len(found)
    # A cursor beyond the end of a narrower question is the end.
    cursor = program.owner.get("/v1/flags", limit=3).json()["next_cursor"]
    assert program.owner.get("/v1/flags", cursor=cursor, to=text(raised_here)).json()["items"] == []


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/v1/flags", {"status": "closed"}, "status"),
        ("/v1/flags", {"rule": "late_visits"}, "rule"),
        ("/v1/flags", {"from_": "yesterday"}, "from"),
        ("/v1/flags", {"from_": "1969-12-31T23:59:59Z"}, "from"),
        ("/v1/flags", {"to": "2025-02-30T00:00:00Z"}, "to"),
        ("/v1/flags", {"location_id": "l" * 65}, "location_id"),
        ("/v1/members", {"flagged": "maybe"}, "flagged"),
        ("/v1/members", {"access": "open"}, "access"),
        ("/v1/members", {"query": ""}, "query"),
        ("/v1/members", {"query": "a\u0000b"}, "query"),
        ("/v1/members", {"query": "b" * 201}, "query"),
    ],
)
def test_filters_that_mean_nothing_are_refused(
    program: Program, path: str, query: dict[str, str], field: str
) -> None:
    refused = program.owner.get(path, **query)
    assert (refused.status_code, wrong_fields(refused)) == (422, {field})


def test_members_are_found_by_name_phone_and_the_merchants_own_id(world: World) -> None:
    program = world.program()
    ada = program.enrol(name="Ada Brackwater-Straße", external_id="CARD 0007")
    ben = program.enrol(name="Ben Brackwater")
    asked: list[tuple[str, list[str]]] = [
        ("brackwater", [ada.member_id, ben.member_id]),
        ("BEN", [ben.member_id]),
        ("strasse", [ada.member_id]),
        (ada.phone, [ada.member_id]),
        (f"({ada.phone[2:5]}) {ada.phone[5:8]}-{ada.phone[8:]}", [ada.member_id]),
        ("CARD 0007", [ada.member_id]),
        ("CARD 000", []),
        (world.new_phone(), []),
        ("nobody at all", []),
    ]
    for query, found in asked:
        assert ids("/v1/members", program.owner.everything("/v1/members", query=query)) == found, query


def test_members_are_filtered_by_flag_and_access(world: World) -> None:
    program = world.program()
    quiet, flagged, blocked = program.enrol(), program.enrol(), program.enrol()
    for member, action in ((flagged, "flag"), (blocked, "flag"), (blocked, "block")):
        assert code(member.act(action)) == "ok"
    names = {quiet.member_id: "quiet", flagged.member_id: "flagged", blocked.member_id: "blocked"}
    asked: list[tuple[dict[str, str], set[str]]] = [
        ({"flagged": "true"}, {"flagged"}),
        ({"flagged": "false"}, {"quiet", "blocked"}),
        ({"access": "blocked"}, {"blocked"}),
        ({"access": "active"}, {"quiet", "flagged"}),
        ({"access": "active", "flagged": "true"}, {"flagged"}),
        ({"access": "suspended"}, set()),
        ({"access": "blocked", "query": blocked.phone}, {"blocked"}),
        ({"access": "active", "query": blocked.phone}, set()),
    ]
    for query, found in asked:
        shown = {
            names[item["member_id"]] for item in program.owner.everything("/v1/members", limit=1, **query)
        }
        assert shown == found, query


def test_the_members_page_shows_red_flags_unless_it_is_not_to(world: World) -> None:
    program = world.program()
    member = program.enrol()
    assert code(member.act("flag")) == "ok"

    def shown() -> tuple[Any, Any]:
        (item,) = program.owner.get("/v1/members").json()["items"]
        return item["red_flag"], item["flags"]

    assert shown() == (True, [member.flags()[0]["flag_id"]])
    assert code(program.configure({"show_flags_on_members_page": False})) == "ok"
    assert shown() == (None, [])
    assert program.owner.get("/v1/flags").json()["items"][0]["member_id"] == member.member_id
    profile = member.profile()
    assert (profile["red_flag"], [flag["rule"] for flag in profile["flags"]]) == (True, ["manual"])


def test_whoever_enrols_is_not_told_of_flags(program: Program) -> None:
    member = program.enrol()
    assert code(member.act("flag")) == "ok"
    callers: list[Callable[..., Any]] = [program.kiosk.post, program.backend.post]
    for post in callers:
        shown = post("/v1/members", {"program_id": program.program_id, "phone": member.phone}).json()
        assert (shown["red_flag"], shown["flags"]) == (None, [])
