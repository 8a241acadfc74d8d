"""What all lists do alike: filters in the address, a list that fails, is empty, or ends."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import TWICE, colleague, flagged
from tests.browser.windows import SignIn, Windows
from tests.e2e.world import Program, World, code

CORS = {"access-control-allow-origin": "*"}
NOTHING: dict[str, object] = {"items": [], "next_cursor": None}
LISTS = {
    "/queue": "**/v1/flags?*",
    "/members": "**/v1/members?*",
    "/reports/red-flags": "**/v1/reports/red-flags?*",
    "/audit": "**/v1/audit?*",
    "/settings/staff": "**/v1/staff?*",
    "/settings/app-clients": "**/v1/app-clients?*",
}
"""Pages, and what they ask the API for."""
FILTERS = {
    "/queue": "Rule",
    "/members": "Find members",
    "/reports/red-flags": "Rule",
    "/audit": "Action",
}
"""One filter of each page that has some."""


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/queue?rule=nonsense&status=x", {"status": ["open"]}),
        ("/members?access=&rule=nonsense&flagged=yes&trusted=maybe", {}),
        ("/reports/red-flags?rule=nonsense&status=x&from=today", {}),
        ("/audit?action=nonsense&from=2027-02-30", {}),
    ],
)
def test_a_value_that_no_filter_has_filters_nothing(
    world: World, watching: Program, sign_in: SignIn, address: str, asked: dict[str, list[str]]
) -> None:
    flagged(watching)
    page = sign_in(colleague(watching, "owner"), "/overview")
    path, _, _ = address.partition("?")
    with page.expect_request(LISTS[path]) as request:
        page.goto(f"{world.stack.console_url}{address}")
    query = parse_qs(urlsplit(request.value.url).query)
    query.pop("limit")
    assert query == asked
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
    expect(page.get_by_text("Clear the filters")).to_have_count(0)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_that_fails_keeps_its_heading_and_filters_and_can_be_loaded_again(
    watching: Program, sign_in: SignIn, windows: Windows, path: str
) -> None:
    windows.allow(409)
    page = sign_in(colleague(watching, "owner"), "/overview")
    problem = {"type": "t", "title": "t", "status": 409, "code": "conflict", "request_id": "r-1"}

    def refuse(route: Route) -> None:
        route.fulfill(status=409, headers=CORS, json=problem | {"detail": "This list is out of order."})

    page.route(LISTS[path], refuse)
    page.evaluate("address => location.assign(address)", path)
    expect(page.get_by_text("This list is out of order.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path in FILTERS:
        expect(page.get_by_label(FILTERS[path]).first).to_be_visible()
    page.unroute(LISTS[path])
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("This list is out of order.")).to_have_count(0)
    expect(page.get_by_role("table").get_by_role("row").first).to_be_visible()


def test_a_filter_leads_out_of_a_list_that_fails(
    watching: Program, sign_in: SignIn, windows: Windows
) -> None:
    flagged(watching)
    windows.allow(422)
    page = sign_in(colleague(watching, "owner"), "/members?query=Ana&cursor=AAAA")
    expect(page.get_by_test_id("problem")).to_be_visible()
    page.get_by_role("link", name="Back to the first page").click()
    expect(page.get_by_text("No member matches")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()


def in_parts(page: Page, *parts: dict[str, object]) -> None:
    """Let the list of flags come in these parts, one after the other, and the last one again and again."""
    left = list(parts)

    def answer(route: Route) -> None:
        part = left.pop(0) if len(left) > 1 else left[0]
        route.fulfill(status=200, headers=CORS, content_type="application/json", body=json.dumps(part))

    page.route(LISTS["/queue"], answer)


def test_a_long_search_without_a_further_match_offers_no_empty_page(
    watching: Program, sign_in: SignIn
) -> None:
    member, name = flagged(watching)
    listed: dict[str, object] = {"items": [member.flags()[0] | {"member_name": name}], "next_cursor": "more"}
    page = sign_in(colleague(watching, "viewer"), "/overview")
    in_parts(page, listed, NOTHING)
    page.evaluate("address => location.assign(address)", "/queue?rule=visit_frequency")
    expect(page.get_by_role("radio", name=name)).to_be_visible()
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()


def test_a_page_that_has_become_empty_leads_back(watching: Program, sign_in: SignIn) -> None:
    page = sign_in(colleague(watching, "viewer"), "/overview")
    in_parts(page, NOTHING)
    page.evaluate("address => location.assign(address)", "/queue?rule=manual&cursor=c")
    page.get_by_role("link", name="Back to the first page").click()
    page.wait_for_url("**/queue?rule=manual")
    expect(page.get_by_text("No flag matches")).to_be_visible()


def test_a_log_without_entries_offers_no_filters_to_clear(watching: Program, sign_in: SignIn) -> None:
    page = sign_in(colleague(watching, "owner"), "/overview")

    def answer(route: Route) -> None:
        route.fulfill(status=200, headers=CORS, json=NOTHING)

    page.route(LISTS["/audit"], answer)
    page.evaluate("address => location.assign(address)", "/audit")
    expect(page.get_by_text("No entries yet")).to_be_visible()
    expect(page.get_by_role("button", name="Clear the filters")).to_have_count(0)
    page.get_by_label("About").fill("m_nobody")
    expect(page.get_by_role("button", name="Clear the filters")).to_be_visible()


def test_where_flags_are_hidden_members_are_not_filtered_by_them(world: World, sign_in: SignIn) -> None:
    program = world.program(TWICE)
    _, name = flagged(program)
    calm = program.enrol().profile()["name"]
    assert code(program.configure(TWICE | {"show_flags_on_members_page": False})) == "ok"
    page = sign_in(program.new_user("viewer"), "/members?flagged=true&rule=manual")
    for each in (name, calm):
        expect(page.get_by_role("link", name=each)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Open flags")).to_have_count(0)
    expect(page.get_by_role("img", name="Open flag")).to_have_count(0)
    page.get_by_label("Find members").click()
    expect(page.get_by_role("option", name="Trusted")).to_be_visible()
    expect(page.get_by_role("option", name="Open flag")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Open the review queue").click()
    expect(page.get_by_role("table", name="Review queue").get_by_role("link")).to_have_text([name])


def test_a_location_has_one_name_in_all_addresses(watching: Program, sign_in: SignIn) -> None:
    _, name = flagged(watching)
    for path, table in (("/queue", "Review queue"), ("/reports/red-flags", "Red flag report")):
        page = sign_in(colleague(watching, "viewer"), f"{path}?location_id={watching.place}")
        expect(page.get_by_role("button", name="Location")).to_contain_text("A place")
        expect(page.get_by_role("table", name=table).get_by_role("link", name=name).first).to_be_visible()
