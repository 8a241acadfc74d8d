"""An owner's pages: the rules, the hours of a place, colleagues, and what is kept of it all."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import colleague
from tests.browser.windows import SignIn, Windows
from tests.e2e.world import DAY, Program, World, now


@pytest.fixture(scope="module")
def owned(world: World) -> Program:
    """A program that its owner has yet to set up."""
    return world.program({"rules": {"visit_frequency": {"mode": "on", "limit": 3}}})


def test_a_changed_rule_judges_the_next_check_in_and_is_kept_in_the_history_and_the_log(
    owned: Program, sign_in: SignIn
) -> None:
    member = owned.enrol()
    member.visits(now() - 2 * DAY)
    page = sign_in(colleague(owned, "owner"), "/settings/red-flags")
    changed = "Many check-ins, limit: from 3 check-ins to 2 check-ins"
    page.get_by_label("Many check-ins, limit").fill("2")
    expect(page.get_by_text("One unsaved change")).to_be_visible()
    page.get_by_role("button", name="Review changes").click()
    dialog = page.get_by_role("dialog", name="Save these changes?")
    expect(dialog.get_by_role("listitem").filter(has_text="limit")).to_have_text([changed])
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It counts within a minute.")).to_be_visible()

    member.visits(now() - DAY)
    assert member.flag_of("visit_frequency")["evidence"]["sentence"] == "2 check-ins in 7 days; limit 2"

    page.get_by_role("link", name="Version history").click()
    version = page.get_by_role("table", name="Versions").get_by_role("row").filter(has_text=changed)
    expect(version.get_by_role("cell", name="You")).to_be_visible()
    page.get_by_role("link", name="Audit").click()
    entry = page.get_by_role("table", name="Audit log").get_by_role("row").nth(1)
    for said in ("You", "Changed the settings"):
        expect(entry.get_by_role("cell", name=said, exact=True)).to_be_visible()
    expect(entry).to_contain_text("3 → 2")


def test_what_is_not_saved_is_not_left_without_asking(owned: Program, sign_in: SignIn) -> None:
    page = sign_in(colleague(owned, "owner"), "/settings/red-flags")
    page.get_by_label("Automatically suspend").check()
    page.get_by_role("button", name="Review changes").click()
    dialog = page.get_by_role("dialog", name="Save these changes?")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Type suspend, or turn the setting off again.")).to_be_visible()
    dialog.get_by_role("button", name="Go on editing").click()
    page.get_by_role("link", name="Members").click()
    page.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    assert owned.owner.get("/v1/settings").json()["automatically_suspend"] is False


def test_the_hours_of_a_location_are_saved_and_shown_again(owned: Program, sign_in: SignIn) -> None:
    place = owned.new_place(name="Brackwater Pier")
    page = sign_in(colleague(owned, "owner"), "/settings/locations")
    page.get_by_role("link", name="Brackwater Pier").click()
    page.get_by_label("Has hours of its own").check()
    saturday = page.get_by_role("group", name="Saturday")
    saturday.get_by_role("button", name="Saturday: open or closed").click()
    page.get_by_role("option", name="Open", exact=True).click()
    saturday.get_by_label("Saturday, from").fill("18")
    saturday.get_by_label("Saturday, to").fill("2:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Brackwater Pier is saved. It takes effect within a minute.")).to_be_visible()

    page.reload()
    expect(saturday.get_by_label("Saturday, from")).to_have_value("18:00")
    expect(saturday.get_by_label("Saturday, to")).to_have_value("02:00")
    expect(saturday.get_by_text("until Sunday")).to_be_visible()
    (kept,) = (each for each in owned.owner.everything("/v1/locations") if each["location_id"] == place)
    assert kept["hours"]["sat"] == [{"open": "18:00", "close": "02:00"}]


def test_a_colleague_is_invited_and_comes_in(world: World, owned: Program, windows: Windows) -> None:
    email, name = world.new_email(), world.new_name()
    page = windows.sign_in(colleague(owned, "owner"), "/settings/staff")
    page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog", name="Add a person")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_text("Choose a role.")).to_be_visible()
    dialog.get_by_label("E-mail").fill(email)
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("radio", name="Manager").check()
    dialog.get_by_role("button", name="Add").click()
    expect(page.get_by_text(f"{name} is added.")).to_be_visible()
    expect(page.get_by_role("row", name=name)).to_contain_text("Manager")

    theirs = windows.sign_in_by_the_pages(world.account("staff", email))
    expect(theirs.get_by_role("heading", name="Review queue", level=1)).to_be_visible()
    expect(theirs.get_by_role("button", name=name)).to_be_visible()
    expect(theirs.get_by_role("link", name="Staff")).to_have_count(0)
