"""The review queue: by keys alone, and with somebody else at it."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import TWICE, colleague, flagged
from tests.browser.windows import SignIn
from tests.e2e.world import Member, Program, World

KEYS = {
    "v": ("Verify", "Verified. The rules start counting again from now.", "verified"),
    "r": ("Resolve for good", "Resolved. No rule flags this member again.", "resolved"),
    "b": ("Block", "Blocked. The member can neither log in nor check in.", "confirmed"),
}


def statuses(member: Member) -> list[str]:
    return [flag["status"] for flag in member.flags()]


def expect_line(page: Page, text: str) -> None:
    """The line about the last decision; for a moment it stands there twice, once to be read out."""
    expect(page.get_by_text(text).first).to_be_visible()


def test_ten_flags_are_decided_on_by_the_keyboard_alone(world: World, sign_in: SignIn) -> None:
    program = world.program(TWICE)
    waiting = [flagged(program) for _ in range(10)]
    page = sign_in(program.new_user("manager"), "/queue")
    panel = page.get_by_role("region")
    expect(page.get_by_role("radio")).to_have_count(len(waiting))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name=waiting[1][1])).to_be_visible()
    page.keyboard.press("k")

    keys = "vrbvrbvrbv"
    for (_, name), key in zip(waiting, keys, strict=True):
        label, done, _ = KEYS[key]
        expect(panel.get_by_role("heading", name=name)).to_be_visible()
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name=f"{label}: {name}")
        expect(dialog.get_by_role("radio").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect_line(page, f"{name}: {done}")
        expect(dialog).to_have_count(0)

    expect(page.get_by_text("The queue is empty")).to_be_visible()
    assert [statuses(member) for member, _ in waiting] == [[KEYS[key][2]] for key in keys]


def test_a_block_is_taken_back_where_it_was_made(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "manager"), address_of(member))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    for key, label in (("b", "Block"), ("u", "Unblock")):
        page.keyboard.press(key)
        dialog = page.get_by_role("dialog", name=f"{label}: {name}")
        if key == "b":
            choose_reason(page, dialog)
        dialog.get_by_role("button", name=label, exact=True).click()
        expect_line(page, f"{name}: {label}ed.")
        expect(dialog).to_have_count(0)
    assert (statuses(member), member.profile()["access"]) == (["overturned"], "active")


def choose_reason(page: Page, dialog: Locator) -> None:
    """Choose the first of the reasons for a block: none is chosen for the reviewer."""
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Choose a reason, or say why in a few words.")).to_be_visible()
    page.keyboard.press("Space")
    expect(dialog.get_by_role("radio", name="Check-ins without a visit")).to_be_checked()


@pytest.mark.parametrize("looked_again", [False, True])
def test_of_two_reviewers_the_slower_sees_who_decided_what_and_changes_nothing(
    watching: Program, sign_in: SignIn, *, looked_again: bool
) -> None:
    member, name = flagged(watching)
    manager = colleague(watching, "manager")
    faster = sign_in(manager, address_of(member))
    slower = sign_in(colleague(watching, "owner"), address_of(member))
    ask(faster, "Verify", name)
    if looked_again:
        # All of the page's timers are to go by it.
        slower.clock.install()
        slower.reload()
    ask(slower, "Block", name)
    confirm(faster, "Verify")
    expect_line(faster, f"{name}: Verified.")

    notice = slower.get_by_test_id("decided")
    if looked_again:
        slower.clock.fast_forward("00:16")
        expect(notice).to_contain_text("This flag is already decided")
    slower.get_by_role("radio", name="Check-ins without a visit").check()
    confirm(slower, "Block")
    expect(notice).to_contain_text("A colleague decided first")
    expect(notice).to_contain_text(f"Verified · {manager.username}")
    expect(notice).to_contain_text("The visits were genuine")
    expect(notice).to_contain_text("Your decision was not saved.")
    expect(slower.get_by_role("dialog")).to_have_count(0)
    assert (statuses(member), member.profile()["access"]) == (["verified"], "active")
    assert watching.logged_about(member.member_id)[-1] == "verify"


def test_a_flag_that_is_there_before_the_list_stays(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "manager"), "/members")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/flags?*", hold)
    page.evaluate("address => location.assign(address)", address_of(member))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    held[-1].continue_()
    expect(page.get_by_role("radio", name=name)).to_be_checked()
    expect(page.get_by_role("button", name="Verify")).to_be_visible()


def test_a_flag_leads_to_the_rule_that_raised_it(watching: Program, sign_in: SignIn) -> None:
    member, _ = flagged(watching)
    page = sign_in(colleague(watching, "owner"), address_of(member))
    page.get_by_role("link", name="Edit this rule").click()
    expect(page.get_by_role("heading", name="Red flags", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Many check-ins")).to_be_in_viewport()


def address_of(member: Member) -> str:
    return f"/queue?flag={member.flags()[0]['flag_id']}"


def ask(page: Page, decision: str, name: str) -> None:
    page.get_by_role("button", name=decision, exact=True).click()
    expect(page.get_by_role("dialog", name=f"{decision}: {name}")).to_be_visible()


def confirm(page: Page, decision: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=decision, exact=True).click()
