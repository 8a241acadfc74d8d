"""Chromium at the console of the deployed stack."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from local_cloud.stack import User
from tests.e2e.world import World

_CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_ARGUMENTS = (
    # CI is root, whom Chromium's sandbox does not take.
    "--no-sandbox",
    "--disable-gpu",
    # Nothing but the pages under test is asked for.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 10_000
"""Milliseconds until what is looked for must be there."""

type SignIn = Callable[..., Page]


def _complaint(said: ConsoleMessage) -> list[str]:
    return [said.text] if said.type in {"error", "warning"} else []


# Not of the session: while Playwright runs, no other test can run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, without any profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(world: World, chromium: Browser) -> Iterator[SignIn]:
    """Signs somebody in, in a window of their own, at a page of the console.

    At the end, no page may have failed or been refused anything, nor have asked anybody else.
    """
    stack = world.stack
    ours = {urlsplit(stack.console_url).netloc, urlsplit(stack.endpoint_url).netloc}
    failures: list[str] = []
    asked: set[str] = set()
    with ExitStack() as windows:

        def open_at(user: User, path: str = "/") -> Page:
            context = windows.enter_context(chromium.new_context(viewport={"width": 1440, "height": 900}))
            page = context.new_page()
            page.set_default_timeout(_PATIENCE)
            page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
            page.on("pageerror", lambda error: failures.append(str(error)))
            page.goto(f"{stack.console_url}{path}")
            page.get_by_label("Username").fill(user.username)
            page.get_by_label("Password").fill(user.password)
            # From here on: the emulator's own page lacks an icon, which is logged.
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{stack.console_url}/**")
            page.on("console", lambda said: failures.extend(_complaint(said)))
            return page

        yield open_at
    assert not failures
    assert asked <= ours
