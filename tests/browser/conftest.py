"""Chromium at the console of the deployed stack."""

import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import browser
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import TWICE
from tests.browser.windows import PATIENCE, Kept, SignIn, Windows
from tests.e2e.world import Program, World

_ARGUMENTS = (
    "--disable-gpu",
    # Nothing but the pages under test is asked for.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Not of the session: while Playwright runs, no other test can run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, without any profile."""
    expect.set_options(timeout=PATIENCE)
    with browser.chromium(_ARGUMENTS) as started:
        yield started


@pytest.fixture(scope="session")
def kept() -> Kept:
    """Who has signed in already, and with what that left in their tab."""
    return {}


_PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note how a test ended, before its windows are closed."""
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


@pytest.fixture
def windows(request: pytest.FixtureRequest, world: World, chromium: Browser, kept: Kept) -> Iterator[Windows]:
    """The windows of one test.

    At the end, no page may have failed or been refused anything, nor have asked anybody else.
    """
    with ExitStack() as opened:
        shown = Windows(chromium, world, opened, kept)
        yield shown
        if not request.node.stash.get(_PASSED, False):
            sys.stderr.write(shown.described())
    assert not shown.failures
    assert shown.asked <= shown.ours


@pytest.fixture
def sign_in(windows: Windows) -> SignIn:
    """Signs somebody in, in a window of their own, at a page of the console."""
    return windows.sign_in


@pytest.fixture(scope="session")
def watching(world: World) -> Program:
    """A program that flags the second check-in."""
    return world.program_with(TWICE)
