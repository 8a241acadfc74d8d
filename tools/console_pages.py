"""The pages of the console: who may open each, and what it shows once it is complete."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect
from sample_program import SampleIds

from local_cloud.stack import Stack, User

type Prepare = Callable[[Page], None]


@dataclass(frozen=True)
class View:
    """One page."""

    name: str
    path: str
    shows: str
    """What is read on it once it is complete."""
    prepare: Prepare = lambda _: None
    """What is done on it first."""


def owner_views(sample: SampleIds) -> list[View]:
    """The pages that an owner may open."""
    return [
        View("queue", "/queue", "Freya Halvorsen", _select_the_first),
        View("overview", "/overview", "Many check-ins"),
        View("members", "/members", "Amara Okafor"),
        View("members-filtered", "/members?flagged=true&membership=active", "matches", _open_the_filters),
        View("member", f"/members/{sample.flagged}", "Flag raised"),
        View("member-pair", f"/members/{sample.paired}", "With Gideon Marsh"),
        View("member-edits", f"/members/{sample.edited}", "Time in"),
        View("member-blocked", f"/members/{sample.blocked}", "Caspar Whitlock"),
        View("report", "/reports/red-flags", "Gideon Marsh"),
        View("audit", "/audit", "Works next door"),
        View("red-flags", "/settings/red-flags", "check-ins"),
        View("red-flags-preview", "/settings/red-flags", "check-ins", _preview),
        View("red-flags-history", "/settings/red-flags/history", "from 4 check-ins"),
        View("red-flags-restore", "/settings/red-flags/history", "from 4 check-ins", _restore),
        View("notifications", "/settings/notifications", "manager@example.com"),
        View("locations", "/settings/locations", "Market Square"),
        View("location-new", "/settings/locations/new", "Time zone"),
        View("location", f"/settings/locations/{sample.location}", "Other dates"),
        View("staff", "/settings/staff", "ines."),
        View("app-clients", "/settings/app-clients", "Till at the counter"),
        View("not-found", "/nowhere", "There is no such page"),
    ]


SUPPORT_VIEWS = [
    View("programs", "/platform/programs", "Demo"),
    View("blocks", "/platform/blocks", "Reported by four programs"),
]
"""The pages of the platform's support."""


def app_views(stack: Stack) -> list[View]:
    """The pages of members, in their order: whoever signs in goes on to check in."""
    member, kiosk = stack.users["member"], stack.clients["kiosk"]

    def sign_in(page: Page) -> None:
        page.get_by_label("Phone number").fill(member.username)
        page.get_by_label("Password").fill(member.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Check in")).to_be_visible()

    def set_up(page: Page) -> None:
        page.get_by_label("Client id").fill(kiosk.client_id)
        page.get_by_label("Client secret").fill(kiosk.client_secret)
        page.get_by_role("button", name="Start the kiosk").click()
        expect(page.get_by_role("button", name="Check in")).to_be_visible()

    return [
        View("app-sign-in", "/app/sign-in", "Phone number"),
        View("app-check-in", "/app/sign-in", "Phone number", sign_in),
        View("app-kiosk-setup", "/app/kiosk?setup=yes", "Client secret"),
        View("app-kiosk", "/app/kiosk?setup=yes", "Client secret", set_up),
    ]


def _open_the_filters(page: Page) -> None:
    page.get_by_label("Find members").click()
    expect(page.get_by_role("option", name="Trusted")).to_be_visible()


def _select_the_first(page: Page) -> None:
    page.keyboard.press("j")


def _preview(page: Page) -> None:
    page.get_by_label("Many check-ins, limit").fill("3")
    page.get_by_label("Cooldown between check-ins").fill("90")
    page.get_by_role("button", name="Review changes").click()
    _unfold(page, "Many check-ins")


def _restore(page: Page) -> None:
    page.get_by_role("button", name="Restore version 1").click()
    _unfold(page, "Back-to-back check-ins")


def _unfold(page: Page, rule: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=f"Show who: {rule}").click()
    expect(dialog.get_by_text("in addition").or_(dialog.get_by_text("No longer")).first).to_be_visible()


@contextmanager
def window(browser: Browser, *, width: int = 1440, height: int = 900) -> Iterator[Page]:
    """A window whose clock is New York's, as that of the sample's locations."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id="America/New_York",
        locale="en-US",
        reduced_motion="reduce",
        color_scheme="light",
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def sign_in(page: Page, stack: Stack, user: User) -> None:
    """Sign somebody of staff in."""
    page.goto(stack.console_url)
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()
    arrive(page)


def arrive(page: Page) -> None:
    """Wait until somebody is signed in."""
    expect(page.locator("#top")).to_be_visible()


def go(page: Page, stack: Stack, view: View) -> None:
    """Open a page and wait until it is complete."""
    page.goto(f"{stack.console_url}{view.path}")
    expect(page.get_by_text(view.shows).filter(visible=True).first).to_be_visible()
    view.prepare(page)
