"""Tables of the review panel and of a member's page: no word is broken, however wide the window is."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sample_program import SampleIds, SampleProgram

from tests.browser.people import colleague
from tests.browser.windows import PATIENCE, SignIn
from tests.e2e.world import Program, World, now

RULES = (
    "visit_frequency",
    "consecutive_check_ins",
    "back_to_back",
    "point_edits",
    "outside_hours",
    "manual",
)
WIDTHS = (390, 768, 1024, 1440, 1920)
_WORDS = """async (element) => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let each = 0; each < 3; each += 1) await frame();
  const words = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    if (!node.parentElement.checkVisibility()) continue;
    // A line may end after a hyphen or a dash.
    for (const { 0: word, index } of node.data.matchAll(/[^\\s\\-–—/]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].map(({ top }) => top);
      words.push({ word, broken: Math.max(...tops) - Math.min(...tops) > 2 });
    }
  }
  return words;
}"""
"""The words of an element, each with whether it spans two lines."""


@pytest.fixture(scope="module")
def busy(world: World) -> Program:
    """A program that has been in use for a while."""
    return world.program()


@pytest.fixture(scope="module")
def shop(world: World, busy: Program) -> SampleIds:
    """What there is in it: a flag of each rule."""
    return SampleProgram(
        busy.program_id, busy.owner.request, world.machines["importer"].request, today=now()
    ).fill()


@pytest.fixture
def flag(busy: Program, shop: SampleIds, rule: str) -> dict[str, Any]:
    """A flag of a rule."""
    assert shop.flagged
    return next(flag for flag in busy.owner.everything("/v1/flags") if flag["rule"] == rule)


def broken_at_widths(page: Page, elements: Locator) -> dict[int, list[str]]:
    """By the width of the window, the words that are broken in elements."""
    found: dict[int, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        expect(elements.first).to_be_visible()
        words: list[dict[str, Any]] = [word for each in elements.all() for word in each.evaluate(_WORDS)]
        assert words
        if broken := [each["word"] for each in words if each["broken"]]:
            found[width] = broken
    return found


@pytest.mark.parametrize("rule", RULES)
def test_the_review_panel_breaks_no_word(
    busy: Program, sign_in: SignIn, rule: str, flag: dict[str, Any]
) -> None:
    page = sign_in(colleague(busy, "manager"), f"/queue?flag={flag['flag_id']}")
    panel = page.get_by_role("region").filter(has=page.get_by_role("link", name="Open the member’s page"))
    expect(panel.get_by_text("Membership")).to_be_visible()
    if rule in {"visit_frequency", "consecutive_check_ins", "back_to_back", "point_edits"}:
        expect(panel.get_by_role("table")).to_be_visible()
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    assert broken_at_widths(page, panel) == {}


@pytest.mark.parametrize("rule", RULES)
def test_the_tables_of_a_members_page_break_no_word(
    busy: Program, sign_in: SignIn, rule: str, flag: dict[str, Any]
) -> None:
    assert flag["rule"] == rule
    page = sign_in(colleague(busy, "manager"), f"/members/{flag['member_id']}")
    expect(page.get_by_role("table", name="History")).to_be_visible()
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    assert broken_at_widths(page, page.get_by_role("table")) == {}
