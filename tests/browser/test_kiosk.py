"""The kiosk of a small shop."""

from playwright.sync_api import expect

from tests.browser.windows import Windows
from tests.e2e.world import World


def test_a_member_checks_in_by_the_number_pad_and_the_kiosk_is_ready_for_the_next(
    world: World, windows: Windows
) -> None:
    member, client = world.demo.enrol(), world.stack.clients["kiosk"]
    page = windows.open("/app/kiosk")
    page.get_by_label("Client id").fill(client.client_id)
    page.get_by_label("Client secret").fill(client.client_secret)
    page.get_by_label("Where it stands").click()
    page.get_by_role("option", name="Harbour").click()
    page.get_by_label("Name of the device").fill("Counter 1")
    page.get_by_role("button", name="Start the kiosk").click()

    expect(page.get_by_role("heading", name="Check in at Harbour")).to_be_visible()
    pad = page.get_by_role("group", name="Number pad")
    check_in = page.get_by_role("button", name="Check in")
    expect(check_in).to_be_disabled()
    for digit in member.phone:
        pad.get_by_role("button", name=digit, exact=True).click()
    page.clock.install()
    check_in.click()
    expect(page.get_by_text("You are checked in")).to_be_visible()
    page.clock.fast_forward("00:05")
    expect(page.get_by_text("Your phone number")).to_be_visible()
    (seen,) = member.profile()["recent_attempts"]
    assert (seen["outcome"], seen["device_id"]) == ("accepted", "Counter 1")

    page.keyboard.type(member.phone)
    windows.allow(409)
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have checked in already")).to_be_visible()
    page.get_by_role("button", name="Next, please").click()
    expect(page.get_by_text("Your phone number")).to_be_visible()
