"""What a change of the settings would have done, and putting an older version in force again."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import colleague
from tests.browser.windows import SignIn, Windows
from tests.e2e.world import DAY, HOUR, Member, Program, World, now

FIVE = "Many check-ins, limit: from 5 check-ins to 2 check-ins"
MEANWHILE = "Many check-ins, limit: from 4 check-ins to 2 check-ins"


def limited(limit: int) -> dict[str, object]:
    """Settings that flag on so many check-ins."""
    return {"rules": {"visit_frequency": {"mode": "on", "limit": limit}}}


@pytest.fixture
def changed(world: World) -> Program:
    """A program whose first version flags on the second check-in, and whose second no longer does."""
    program = world.program(limited(2))
    program.configure(limited(5))
    return program


def twice(program: Program, name: str) -> Member:
    """A member who has come on two days."""
    member = program.enrol(name=name)
    member.visits(now() - 2 * DAY, now() - DAY - HOUR)
    return member


def to_the_changes(page: Page, limit: str) -> Locator:
    """Change the limit and look at the changes."""
    page.get_by_label("Many check-ins, limit").fill(limit)
    page.get_by_role("button", name="Review changes").click()
    return page.get_by_role("dialog", name="Save these changes?")


def test_a_change_names_whom_it_would_have_flagged_before_it_is_saved(
    world: World, changed: Program, sign_in: SignIn
) -> None:
    name = world.new_name()
    twice(changed, name)
    changed.enrol().visits(now() - DAY)
    page = sign_in(colleague(changed, "owner"), "/settings/red-flags")
    dialog = to_the_changes(page, "2")
    expect(dialog.get_by_text("With the 3 check-ins of 2 members since")).to_be_visible()
    expect(dialog.get_by_text("Many check-ins: 1 member flagged instead of none")).to_be_visible()
    dialog.get_by_role("button", name="Show who: Many check-ins").click()
    expect(dialog.get_by_text("Flagged in addition: 1")).to_be_visible()
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name=name).click()
    theirs = opened.value
    expect(theirs.get_by_role("heading", name=name, level=1)).to_be_visible()
    # What is unsaved is still there, and nobody was flagged by looking.
    expect(theirs.get_by_text("No rule has flagged this member")).to_be_visible()
    dialog.get_by_role("button", name="Go on editing").click()
    expect(page.get_by_label("Many check-ins, limit")).to_have_value("2")
    dialog = to_the_changes(page, "3")
    expect(dialog.get_by_text("Many check-ins: nobody flagged, as now")).to_be_visible()


def test_a_change_that_makes_no_difference_to_check_ins_is_not_previewed(
    changed: Program, sign_in: SignIn
) -> None:
    page = sign_in(colleague(changed, "owner"), "/settings/red-flags")
    page.get_by_label("Phone").fill("+1 202 555 0100")
    page.get_by_role("button", name="Review changes").click()
    dialog = page.get_by_role("dialog", name="Save these changes?")
    expect(dialog.get_by_text("Contact us, phone: set to +1 202 555 0100")).to_be_visible()
    expect(dialog.get_by_text("What this would have done")).to_have_count(0)


def test_saving_does_not_wait_for_a_preview_that_fails(
    changed: Program, sign_in: SignIn, windows: Windows
) -> None:
    windows.allow(503)

    def fail(route: Route) -> None:
        route.fulfill(status=503, headers={"access-control-allow-origin": "*"}, json={"message": "No."})

    page = sign_in(colleague(changed, "owner"), "/settings/red-flags")
    page.route("**/v1/settings/preview", fail)
    dialog = to_the_changes(page, "2")
    expect(dialog.get_by_text("This could not be looked at")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It counts within a minute.")).to_be_visible()
    assert changed.owner.get("/v1/settings").json()["rules"]["visit_frequency"]["limit"] == 2


def test_an_older_version_is_restored_and_judges_the_next_check_in(
    world: World, changed: Program, sign_in: SignIn
) -> None:
    member = twice(changed, world.new_name())
    page = sign_in(colleague(changed, "owner"), "/settings/red-flags/history")
    versions = page.get_by_role("table", name="Versions")
    expect(versions.get_by_role("button", name="Restore version 2")).to_have_count(0)
    versions.get_by_role("button", name="Restore version 1").click()
    dialog = page.get_by_role("dialog", name="Restore version 1?")
    expect(dialog.get_by_text(FIVE)).to_be_visible()
    expect(dialog.get_by_text("Many check-ins: 1 member flagged instead of none")).to_be_visible()
    dialog.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("Version 1 is restored, as version 3.")).to_be_visible()
    restored = versions.get_by_role("row").filter(has_text=FIVE)
    expect(restored.get_by_role("cell", name="You")).to_be_visible()

    member.visits(now())
    assert member.flag_of("visit_frequency")["evidence"]["sentence"] == "3 check-ins in 7 days; limit 2"


def test_what_somebody_has_saved_meanwhile_is_told_and_not_overwritten(
    changed: Program, sign_in: SignIn, windows: Windows
) -> None:
    windows.allow(412)
    page = sign_in(colleague(changed, "owner"), "/settings/red-flags/history")
    page.get_by_role("button", name="Restore version 1").click()
    dialog = page.get_by_role("dialog", name="Restore version 1?")
    expect(dialog.get_by_text(FIVE)).to_be_visible()
    changed.configure(limited(4))
    dialog.get_by_role("button", name="Restore").click()
    expect(dialog.get_by_text("The settings were changed meanwhile")).to_be_visible()
    expect(dialog.get_by_text(MEANWHILE)).to_be_visible()
    assert changed.owner.get("/v1/settings").headers["etag"] == '"3"'
    dialog.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("Version 1 is restored, as version 4.")).to_be_visible()


def test_who_may_not_change_settings_is_offered_no_restoring(changed: Program, sign_in: SignIn) -> None:
    page = sign_in(colleague(changed, "manager"), "/settings/red-flags/history")
    expect(page.get_by_text("from 2 check-ins to 5 check-ins")).to_be_visible()
    expect(page.get_by_role("button", name="Restore version 1")).to_have_count(0)
