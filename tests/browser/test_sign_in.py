"""The way in, the first page, a decision, and the way out."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.people import colleague, flagged, searched
from tests.browser.windows import SignIn, Windows
from tests.e2e.world import Program, World, code

DECISIONS = ("Verify", "Resolve for good", "Block", "Unblock", "Flag")


def test_a_manager_finds_the_flagged_member_by_the_icon_and_verifies_them(
    watching: Program, windows: Windows
) -> None:
    member, name = flagged(watching)
    page = windows.sign_in_by_the_pages(colleague(watching, "manager"))

    page.get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    row = searched(page, name)
    expect(row.get_by_role("img", name="Open flag: Many check-ins")).to_be_visible()
    row.get_by_role("link", name=name).click()

    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name="2 check-ins in 7 days; limit 2")).to_be_visible()
    expect(page.get_by_role("table", name="Check-ins", exact=True).get_by_role("row")).to_have_count(3)

    page.get_by_role("button", name="Verify").click()
    dialog = page.get_by_role("dialog", name=f"Verify: {name}")
    dialog.get_by_role("button", name="Verify").click()
    expect(dialog.get_by_text("Say why in a few words.")).to_be_visible()
    dialog.get_by_label("Reason").fill("Works next door.")
    dialog.get_by_role("button", name="Verify").click()

    expect(page.get_by_text("Verified. The rules start counting again from now.")).to_be_visible()
    expect(page.get_by_role("button", name="Verify", exact=True)).to_have_count(0)
    expect(page.get_by_role("table", name="History").get_by_text("Works next door.")).to_be_visible()
    assert [flag["status"] for flag in member.flags()] == ["verified"]


def test_a_viewer_reads_everything_and_is_offered_no_decision(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "viewer"), f"/members/{member.member_id}")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("table", name="Check-ins", exact=True)).to_be_visible()
    expect(page.get_by_text("What you can do")).to_have_count(0)
    for decision in DECISIONS:
        expect(page.get_by_role("button", name=decision, exact=True)).to_have_count(0)

    page.get_by_role("link", name="Review queue").click()
    choice = page.get_by_role("radio", name=f"{name}: 2 check-ins in 7 days; limit 2")
    choice.click()
    expect(choice).to_be_checked()
    panel = page.get_by_role("region").filter(has=page.get_by_role("heading", name=name))
    expect(panel.get_by_role("table", name="Check-ins", exact=True)).to_be_visible()
    for decision in DECISIONS:
        expect(page.get_by_role("button", name=decision, exact=True)).to_have_count(0)
    for key in "vrbu?":
        page.keyboard.press(key)
    # Of all these keys, only the last one is a viewer's.
    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).not_to_contain_text("Verify")


def test_a_phone_number_is_shown_by_a_click_that_is_audited(watching: Program, sign_in: SignIn) -> None:
    member, _ = flagged(watching)
    page = sign_in(colleague(watching, "staff"), f"/members/{member.member_id}")
    expect(page.get_by_text(member.phone)).to_have_count(0)
    page.get_by_role("button", name="Show the phone number").click()
    expect(page.get_by_text(member.phone)).to_be_visible()
    assert "reveal_phone" in watching.logged_about(member.member_id)


def test_an_address_with_filters_opens_as_it_was_and_the_back_button_leads_back(
    watching: Program, sign_in: SignIn
) -> None:
    _, name = flagged(watching)
    calm = watching.enrol().profile()["name"]
    page = sign_in(colleague(watching, "viewer"), "/members?flagged=true")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("link", name=calm)).to_have_count(0)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    assert page.url.endswith("/members?flagged=true")


def test_what_was_typed_just_before_a_click_does_not_lead_back(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    assert code(member.act("verify")) == "ok"
    page = sign_in(colleague(watching, "owner"), "/audit")
    link = page.get_by_role("link", name=member.member_id)
    expect(link).to_be_visible()
    page.clock.install()
    # Held until they are no longer intercepted.
    page.route("**/assets/*", lambda _: None)
    page.get_by_label("About").fill(member.member_id)
    with page.expect_request("**/assets/*"):
        link.press("Enter")
    # The search arrives while the code of the member's page is still on its way.
    page.clock.fast_forward("00:02")
    page.unroute("**/assets/*")
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_who_signs_out_stays_out_with_every_token(world: World, watching: Program, windows: Windows) -> None:
    user = watching.new_user("manager")
    page = windows.sign_in_by_the_pages(user)
    expect(page.get_by_role("heading", name="Review queue", level=1)).to_be_visible()
    kept = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('oidc.user'))"
    ((_, signed_in),) = page.evaluate(kept)
    page.get_by_role("button", name=user.username).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto(f"{world.stack.console_url}/members")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert page.evaluate(kept) == []
    with pytest.raises(world.cognito.exceptions.NotAuthorizedException):
        world.cognito.initiate_auth(
            ClientId=world.stack.staff.client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": json.loads(signed_in)["refresh_token"]},
        )


def test_support_sees_no_members(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.stack.users["support"], "/members")
    expect(page.get_by_text("There is no such page")).to_be_visible()
