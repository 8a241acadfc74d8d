"""The kiosk of a small shop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.browser.app import zone_of
from tests.browser.windows import Windows
from tests.e2e.world import World

NUMBER = "Your phone number"
CHECK_INS = "**/v1/check-ins"
NOTES_AWAKE = (
    "navigator.wakeLock.request = async (kind) => ({ release: async () => {}, kind: window.held = kind })"
)
FINGER = 44
"""Pixels."""
SIZES = {
    "small phone": ViewportSize(width=360, height=640),
    "phone on its side": ViewportSize(width=640, height=360),
    "tablet": ViewportSize(width=1024, height=768),
    "upright tablet": ViewportSize(width=768, height=1024),
}

type Kiosk = Callable[[], Page]


@pytest.fixture
def kiosk(world: World, windows: Windows) -> Kiosk:
    """A kiosk at the harbour, set up."""

    def set_up() -> Page:
        client = world.stack.clients["kiosk"]
        page = windows.open("/app/kiosk")
        page.evaluate(NOTES_AWAKE)
        page.get_by_label("Client id").fill(client.client_id)
        page.get_by_label("Client secret").fill(client.client_secret)
        page.get_by_label("Location").click()
        page.get_by_role("option", name="Harbour").click()
        page.get_by_label("Name of the device").fill("Counter 1")
        page.get_by_role("button", name="Start the kiosk").click()
        expect(page.get_by_role("heading", name="Check in at Harbour")).to_be_visible()
        return page

    return set_up


def send(page: Page) -> Locator:
    """The button that sends a number."""
    return page.get_by_role("button", name="Check in")


def test_a_member_checks_in_by_the_number_pad_and_the_kiosk_is_ready_for_the_next(
    world: World, windows: Windows, kiosk: Kiosk
) -> None:
    member, page = world.demo.enrol(), kiosk()
    assert page.evaluate("window.held") == "screen"
    pad = page.get_by_role("group", name="Number pad")
    expect(send(page)).to_be_disabled()
    for digit in member.phone:
        pad.get_by_role("button", name=digit, exact=True).click()
    page.clock.install()
    send(page).click()
    expect(page.get_by_role("heading", name="You are checked in")).to_be_visible()
    page.clock.fast_forward("00:05")
    expect(page.get_by_text(NUMBER)).to_be_visible()
    (seen,) = member.profile()["recent_attempts"]
    assert (seen["outcome"], seen["device_id"]) == ("accepted", "Counter 1")

    page.keyboard.type(member.phone)
    windows.allow(409)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You have checked in already")).to_be_visible()
    assert zone_of(page.get_by_role("time")) == "America/New_York"
    page.get_by_role("button", name="Next, please").click()
    expect(page.get_by_text(NUMBER)).to_be_visible()
    expect(page.get_by_text(member.phone)).to_have_count(0)


def test_an_answer_that_was_lost_is_asked_for_again_and_the_visit_counts_once(
    world: World, windows: Windows, kiosk: Kiosk
) -> None:
    member, page = world.demo.enrol(), kiosk()
    windows.allow_no_answer()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(CHECK_INS, lose, times=1)
    page.clock.install()
    page.keyboard.type(member.phone)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Wait, trying again")).to_be_visible()
    page.clock.fast_forward("00:02")
    expect(page.get_by_role("heading", name="You are checked in")).to_be_visible()
    assert [seen["outcome"] for seen in member.profile()["recent_attempts"]] == ["accepted"]


def test_a_member_who_gets_no_answer_sees_what_to_do_and_may_come_again(
    world: World, windows: Windows, kiosk: Kiosk
) -> None:
    member, page = world.demo.enrol(), kiosk()
    windows.allow_no_answer()
    keys: list[str] = []
    page.on(
        "request",
        lambda sent: (
            keys.append(sent.headers["idempotency-key"]) if "idempotency-key" in sent.headers else None
        ),
    )
    page.route(CHECK_INS, lambda route: route.abort())
    page.clock.install()
    page.keyboard.type(member.phone)
    page.keyboard.press("Enter")
    for _ in range(2):
        expect(page.get_by_role("button", name="Wait, trying again")).to_be_visible()
        page.clock.fast_forward("00:02")
    expect(page.get_by_role("heading", name="There is no answer yet")).to_be_visible()
    expect(page.get_by_text("Ask at the counter")).to_be_visible()
    page.clock.fast_forward("00:05")
    expect(page.get_by_text(NUMBER)).to_be_visible()

    page.unroute(CHECK_INS)
    page.keyboard.type(member.phone)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are checked in")).to_be_visible()
    assert len(keys) > 1
    assert len(set(keys)) == 1


def test_a_number_that_is_left_alone_is_gone(kiosk: Kiosk) -> None:
    page = kiosk()
    page.clock.install()
    page.keyboard.type("202555")
    expect(page.get_by_text("202 555")).to_be_visible()
    page.clock.fast_forward("00:20")
    expect(page.get_by_text(NUMBER)).to_be_visible()


def test_a_kiosk_fits_the_screen_of_each_device_and_its_keys_a_finger(kiosk: Kiosk, windows: Windows) -> None:
    page = kiosk()
    windows.allow(404)
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        keys = page.get_by_role("group", name="Number pad").get_by_role("button")
        for box in [*(key.bounding_box() for key in keys.all()), send(page).bounding_box()]:
            assert box is not None
            assert min(box["width"], box["height"]) >= FINGER, name
            assert box["x"] + box["width"] <= size["width"], name
            assert box["y"] + box["height"] <= size["height"], name
        page.keyboard.type("+442079460999")
        page.keyboard.press("Enter")
        answer = page.get_by_role("button", name="Next, please")
        expect(page.get_by_role("heading", name="This number is not enrolled yet")).to_be_in_viewport(ratio=1)
        expect(answer).to_be_in_viewport(ratio=1)
        answer.click()
