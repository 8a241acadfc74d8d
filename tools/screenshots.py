"""Take pictures of every page of the console, wide and narrow, light and dark, into `.local/screenshots`.

    python tools/screenshots.py

They are of a local cloud of its own, gone at the end, with a program that has been in use for a while.
"""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from browser import chromium
from console_pages import SUPPORT_VIEWS, View, app_views, go, owner_views, sign_in, window
from playwright.sync_api import Browser, Page
from sample_program import SampleIds, SampleProgram, block_a_number

from local_cloud.emulator import ROOT
from local_cloud.stack import Stack
from local_cloud.temporary import running_stack

OUT = ROOT / ".local" / "screenshots"
SIZES = ((1440, 900), (390, 844))
_HIGHEST = 4000
MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def filled(stack: Stack) -> SampleIds:
    """The demo program, in use."""
    with stack.http("support") as support:
        block_a_number(support.request)
    with stack.http("owner") as owner, stack.http("importer") as importer:
        return SampleProgram(
            stack.program_id, owner.request, importer.request, today=datetime.now(UTC)
        ).fill()


def take_all(stack: Stack, sample: SampleIds, out: Path) -> None:
    """Take all pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        _signed_out(browser, stack, out)
        for role, views in (("owner", owner_views(sample)), ("support", SUPPORT_VIEWS)):
            with window(browser) as page:
                sign_in(page, stack, stack.users[role])
                _take(page, stack, views, out)
        with window(browser) as page:
            _take(page, stack, app_views(stack), out)


def _signed_out(browser: Browser, stack: Stack, out: Path) -> None:
    with window(browser) as page:
        sign_in(page, stack, stack.users["viewer"])
        page.locator("#top").get_by_role("button").last.click()
        page.get_by_role("menuitem", name="Sign out").click()
        _take(page, stack, [View("signed-out", "/", "You are signed out.")], out)


def _take(page: Page, stack: Stack, views: Iterable[View], out: Path) -> None:
    for view in views:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            go(page, stack, view)
            page.wait_for_load_state("networkidle")
            # As high as the page: bars that stick to an edge are at its edges.
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(whole, _HIGHEST)})
            for mode in MODES:
                page.emulate_media(color_scheme=mode)
                page.screenshot(path=out / f"{view.name}-{width}-{mode}.png", animations="disabled")
            page.emulate_media(color_scheme="light")


def main() -> None:
    """Take all pictures of a cloud of one's own."""
    with TemporaryDirectory(prefix="redflag-") as directory, running_stack(Path(directory)) as stack:
        take_all(stack, filled(stack), OUT)
    sys.stdout.write(f"{OUT}\n")


if __name__ == "__main__":
    main()
