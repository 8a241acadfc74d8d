"""The browser of tests and pictures: `tools/chromium.sh`, driven by the Node.js of `tools/node.sh`."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from local_cloud.emulator import ROOT


@contextmanager
def chromium(arguments: Sequence[str] = ()) -> Iterator[Browser]:
    """Chromium without any profile. Raises `playwright.sync_api.Error` when it does not start."""
    asked = subprocess.run([ROOT / "tools/node.sh", "--where"], capture_output=True, text=True, check=True)
    # Playwright's own Node.js needs libraries that a bare machine lacks.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(ROOT / asked.stdout.removesuffix("\n")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ROOT / "tools/chromium.sh", args=arguments)
        yield browser
        browser.close()
