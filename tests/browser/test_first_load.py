"""What a browser loads before the first page is shown: little, and nothing of other pages."""

import gzip
import json
import re
from typing import Any

import pytest
from playwright.sync_api import Response, expect

from local_cloud.emulator import ROOT
from tests.browser.people import TWICE
from tests.browser.windows import SignIn
from tests.e2e.world import DAY, HOUR, Program, World, now

_DIST = ROOT / "console" / "dist"
_LIMIT = 450_000
"""Bytes, compressed."""

type Loaded = dict[str, int]


@pytest.fixture
def loaded(world: World, sign_in: SignIn) -> Loaded:
    """The files, with their compressed sizes, that the start page of somebody new has loaded."""
    program: Program = world.program_with(TWICE)
    member = program.enrol()
    member.visits(now() - 2 * DAY, now() - DAY - HOUR)
    page = sign_in(program.new_user("manager"))
    seen: list[Response] = []
    expect(page.get_by_role("heading", name="Review queue", level=1)).to_be_visible()
    # Anew, without what signing in has left in the browser's cache.
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    # A function of Python's own: Playwright keeps something on it.
    page.on("response", lambda response: seen.extend([response]))
    page.reload()
    expect(page.get_by_role("link", name=str(member.profile()["name"]))).to_be_visible()
    page.wait_for_load_state("networkidle")
    ours = [response for response in seen if response.url.startswith(f"{world.stack.console_url}/assets/")]
    return {
        response.url.rpartition("/assets/")[2]: int(response.headers["content-length"]) for response in ours
    }


def test_the_first_load_is_small(loaded: Loaded) -> None:
    assert any(name.endswith(".woff2") for name in loaded)
    assert 100_000 < sum(loaded.values()) <= _LIMIT, sorted(loaded.items(), key=lambda each: -each[1])


def test_the_first_load_has_nothing_of_other_pages(loaded: Loaded) -> None:
    manifest: dict[str, Any] = json.loads((_DIST / ".vite" / "manifest.json").read_text())
    needed = files_of("index.html", manifest) | files_of("src/pages/queue/index.tsx", manifest)
    assert {name for name in loaded if not name.endswith(".woff2")} == needed
    # Charts, calendars and the editor of hours are what is heavy.
    code = "".join((_DIST / "assets" / name).read_text() for name in needed if name.endswith(".js"))
    elsewhere = (
        "BarChart",
        "PropertyFilter",
        "DateRangePicker",
        "TimeInput",
        "Client secret",
        "USER_SRP_AUTH",
        "Phone position",
    )
    assert [word for word in elsewhere if word in code] == ["Phone position"]


@pytest.mark.parametrize(
    ("page", "library", "limit"),
    [
        ("SignIn.tsx", "by-password.ts", 370_000),
        ("CheckIn.tsx", "by-password.ts", 370_000),
        ("kiosk/index.tsx", None, 350_000),
    ],
)
def test_the_members_pages_are_small_and_a_kiosk_loads_nothing_that_signs_members_in(
    page: str, library: str | None, limit: int
) -> None:
    manifest: dict[str, Any] = json.loads((_DIST / ".vite" / "manifest.json").read_text())
    entries = ["index.html", "src/pages/app/index.tsx", f"src/pages/app/{page}"]
    if library:
        entries.append(f"src/pages/app/{library}")
    needed = {name for entry in entries for name in files_of(entry, manifest)}
    sizes = {name: len(gzip.compress((_DIST / "assets" / name).read_bytes())) for name in needed}
    assert sum(sizes.values()) <= limit, sorted(sizes.items(), key=lambda each: -each[1])
    code = "".join((_DIST / "assets" / name).read_text() for name in needed if name.endswith(".js"))
    assert ("USER_SRP_AUTH" in code) is (library is not None)


def files_of(entry: str, manifest: dict[str, Any]) -> set[str]:
    """The code and styles that an entry cannot do without."""
    files: set[str] = set()
    seen: set[str] = set()
    left = [entry]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            chunk = manifest[name]
            files |= {chunk["file"], *chunk.get("css", [])}
            left += chunk.get("imports", [])
    return {name.removeprefix("assets/") for name in files}


def test_every_design_token_that_styles_use_is_defined() -> None:
    styles = "".join(path.read_text() for path in (_DIST / "assets").glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", styles))
    # The others are those that components set as they run, or do not.
    used = set(re.findall(r"var\((--(?!awsui-)[\w-]+)\)", styles))
    script = "".join(path.read_text() for path in (_DIST / "assets").glob("*.js"))
    assert {name for name in used - defined if name not in script} == set()
