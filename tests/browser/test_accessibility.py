"""Every page with something on it, held against axe-core: in light, and its colours in dark."""

import re
from collections.abc import Iterator

import pytest
from console_pages import SUPPORT_VIEWS, View, app_views, arrive, go, owner_views, window
from playwright.sync_api import Browser, Page
from sample_program import SampleIds, SampleProgram, block_a_number

from local_cloud.emulator import ROOT
from local_cloud.stack import User
from tests.browser.windows import SignIn
from tests.e2e.world import Program, World, now

_AXE = (ROOT / "console/node_modules/axe-core/axe.min.js").read_text()
_LOOK = """async ({ dark, only }) => {
  const frame = () => new Promise(requestAnimationFrame);
  while (document.body.classList.contains('awsui-dark-mode') !== dark) await frame();
  await frame();
  // Colours go over to those of the other mode.
  const passing = document.getAnimations().filter(({ effect }) => effect.getTiming().iterations === 1);
  await Promise.allSettled(passing.map(({ finished }) => finished));
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'],
    ...(only && { runOnly: only }),
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}"""
_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that light and dark can differ in; the document is the same."""


@pytest.fixture(scope="module")
def busy(world: World) -> Program:
    """A program that has been in use for a while."""
    return world.program()


@pytest.fixture(scope="module")
def sample(world: World, busy: Program) -> SampleIds:
    """What there is in it."""
    block_a_number(world.support.request)
    return SampleProgram(
        busy.program_id, busy.owner.request, world.machines["importer"].request, today=now()
    ).fill()


def violations(page: Page, view: View) -> Iterator[str]:
    """What axe-core finds on a page, in both modes."""
    page.evaluate(_AXE)
    for mode, only in (("light", None), ("dark", _COLOURS)):
        page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
        for found in page.evaluate(_LOOK, {"dark": mode == "dark", "only": only}):
            yield f"{view.name}, {mode}: {found}"
    page.emulate_media(color_scheme="light")


def walk(page: Page, world: World, views: list[View]) -> list[str]:
    """What is found on pages, one after the other."""
    found: list[str] = []
    for view in views:
        go(page, world.stack, view)
        found += violations(page, view)
    return found


def signed_in(sign_in: SignIn, user: User) -> Page:
    """A window of somebody who has arrived."""
    page = sign_in(user)
    arrive(page)
    return page


def test_an_owners_pages_have_no_violations(
    world: World, busy: Program, sample: SampleIds, sign_in: SignIn
) -> None:
    page = signed_in(sign_in, busy.new_user("owner"))
    assert walk(page, world, owner_views(sample)) == []


def test_what_staff_can_read_only_has_no_violations(
    world: World, busy: Program, sample: SampleIds, sign_in: SignIn
) -> None:
    page = signed_in(sign_in, busy.new_user("viewer"))
    settings = [
        view for view in owner_views(sample) if view.name in {"red-flags", "notifications", "location"}
    ]
    assert walk(page, world, settings) == []


def test_the_platforms_pages_have_no_violations(world: World, sample: SampleIds, sign_in: SignIn) -> None:
    assert sample.flagged
    page = signed_in(sign_in, world.stack.users["support"])
    assert walk(page, world, SUPPORT_VIEWS) == []


def test_the_members_pages_have_no_violations(world: World, chromium: Browser) -> None:
    with window(chromium, width=390, height=844) as page:
        assert walk(page, world, app_views(world.stack)) == []


def test_an_open_dialog_has_no_violations(
    world: World, busy: Program, sample: SampleIds, sign_in: SignIn
) -> None:
    page = signed_in(sign_in, busy.new_user("manager"))

    def ask(page: Page) -> None:
        page.get_by_role("button", name="Verify").click()
        page.get_by_role("dialog").wait_for()

    dialog = View("dialog", f"/members/{sample.paired}", "Gideon Marsh", ask)
    assert walk(page, world, [dialog]) == []


def test_the_views_are_of_every_page(world: World) -> None:
    nobody = SampleIds(flagged="m", paired="m", edited="m", blocked="m", location="l")
    visited = [view.path for view in (*owner_views(nobody), *SUPPORT_VIEWS)]
    pages = re.findall(r"path: '([^']+)'", (ROOT / "console/src/pages/index.ts").read_text())
    assert pages
    for page in pages:
        pattern = re.sub(r":\w+", "[^/]+", page)
        assert any(re.fullmatch(pattern, path) for path in visited), page
    members = re.findall(r"page\('([^']+)'", (ROOT / "console/src/pages/app/index.tsx").read_text())
    # Whoever has signed in is at `/app`.
    assert {*members} == {view.path.partition("?")[0] for view in app_views(world.stack)} | {"/app"}
