"""A block, from the red flag in the list to the member at the door, and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import check_in, enter
from tests.browser.people import flagged, searched
from tests.browser.windows import Windows
from tests.e2e.world import Program, World, code

USUAL_LIMIT = 5
TURNED_AWAY = "Your account has been blocked due to suspicious activity."
HELP = "help@brackwater.example"


@pytest.fixture
def demo(world: World) -> Program:
    """The program that the member's pages are of; it says whom to contact."""
    assert code(world.demo.configure({"contact_us": {"email": HELP}})) == "ok"
    return world.demo


def decide(page: Page, decision: str, name: str, why: str) -> None:
    """Decide on the member's page, and say why."""
    page.get_by_role("button", name=decision, exact=True).click()
    dialog = page.get_by_role("dialog", name=f"{decision}: {name}")
    dialog.get_by_label("Reason").fill(why)
    dialog.get_by_role("button", name=decision, exact=True).click()
    expect(dialog).to_have_count(0)


def test_a_member_found_by_the_flag_is_blocked_turned_away_and_let_in_again(
    world: World, demo: Program, windows: Windows
) -> None:
    member, name = flagged(demo, USUAL_LIMIT)
    console = windows.sign_in(world.stack.users["manager"], "/members?flagged=true")
    row = searched(console, name)
    expect(row.get_by_role("img", name="Open flag: Many check-ins")).to_be_visible()
    row.get_by_role("link", name=name).click()
    expect(console.get_by_role("heading", name="5 check-ins in 7 days; limit 5")).to_be_visible()
    evidence = console.get_by_role("table", name="Check-ins", exact=True)
    expect(evidence.get_by_role("row")).to_have_count(1 + USUAL_LIMIT)
    decide(console, "Block", name, "Nobody was at the counter.")
    expect(console.get_by_text("Blocked. The member can neither log in nor check in.")).to_be_visible()
    expect(console.get_by_role("table", name="History")).to_contain_text("Nobody was at the counter.")

    windows.allow(400)
    app = windows.open("/app/sign-in")
    user = world.account("app", member.phone)
    enter(app, user)
    expect(app.get_by_text(TURNED_AWAY)).to_be_visible()
    contact = app.get_by_role("region", name="Contact Us")
    expect(contact.get_by_role("link", name=HELP)).to_have_attribute("href", f"mailto:{HELP}")

    decide(console, "Unblock", name, "It was a stolen phone.")
    expect(console.get_by_text("Unblocked. The member can log in and check in again.")).to_be_visible()
    app.get_by_role("button", name="Sign in").click()
    expect(app.get_by_text(f"You are signed in as {member.phone}.")).to_be_visible()
    check_in(app)
    expect(app.get_by_text("You can check in again at")).to_be_visible()
    expect(app.get_by_role("button", name="Check in")).to_be_disabled()
