"""What members do on their pages, and how those are given other answers."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, Route, expect

from local_cloud.stack import User


def enter(page: Page, user: User) -> None:
    """Sign in."""
    page.get_by_label("Phone number").fill(user.username)
    page.get_by_label("Password").fill(user.password)
    page.get_by_role("button", name="Sign in").click()


def check_in(page: Page) -> None:
    """Check in at the harbour."""
    page.get_by_label("Harbour").check()
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("You are checked in")).to_be_visible()


def zone_of(time: Locator) -> str | None:
    """The zone that a time is shown in, of that of the place and that of the device."""
    at = datetime.fromisoformat(str(time.get_attribute("datetime")))
    text = time.inner_text().replace("\u202f", " ")
    zones = ("America/New_York", "UTC")
    return next((z for z in zones if f"{at.astimezone(ZoneInfo(z)):%-I:%M %p}" in text), None)


def answering(pattern: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Page], object]:
    """Prepares a window: what is answered at addresses like this is changed on the way."""

    def answer(route: Route) -> None:
        fetched = route.fetch()
        document = fetched.json()
        change(document)
        route.fulfill(response=fetched, body=json.dumps(document))

    return lambda page: page.route(pattern, answer)
