"""The browser of tests and pictures: `tools/chromium.sh`, driven by the Node.js of `tools/node.sh`."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from local_cloud.emulator import ROOT, node


@contextmanager
def chromium(arguments: Sequence[str] = ()) -> Iterator[Browser]:
    """Chromium without any profile. Raises `playwright.sync_api.Error` when it does not start."""
    # Playwright's own Node.js needs libraries that a bare machine lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ROOT / "tools/chromium.sh", args=arguments)
        yield browser
        browser.close()
