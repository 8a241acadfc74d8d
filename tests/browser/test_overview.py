"""The overview: what waits, what the rules are worth, and what is new."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.people import TWICE, flagged
from tests.browser.windows import SignIn
from tests.e2e.world import Program, World, eventually


def counted(program: Program) -> int:
    """How many flags are counted: the counts follow within a moment."""
    summary: dict[str, Any] = program.owner.get("/v1/reports/summary").json()
    return sum(line["flags"] for line in summary["by_location"])


def test_it_tells_what_waits_for_how_long_and_which_rule_is_noisy(world: World, sign_in: SignIn) -> None:
    program = world.program(TWICE)
    for _ in range(2):
        member, _ = flagged(program)
        assert member.act("verify").is_success
    _, waiting = flagged(program)
    assert eventually(lambda: counted(program), lambda flags: flags == 3) == 3

    page = sign_in(program.new_user("manager"), "/overview")
    expect(page.get_by_role("heading", name="Open flags by age (1)")).to_be_visible()
    rule = page.get_by_role("table", name="Noisy rules").get_by_role("row", name="Many check-ins")
    expect(rule.get_by_role("cell", name="100%")).to_be_visible()
    expect(page.get_by_role("application", name="Flags by day and rule")).to_be_visible()
    place = page.get_by_role("table", name="Flags by location").get_by_role("row", name="A place")
    expect(place.get_by_role("cell", name="3", exact=True)).to_be_visible()

    rule.get_by_role("link", name="1 open: Many check-ins").click()
    expect(page.get_by_role("table", name="Review queue").get_by_role("link")).to_have_text([waiting])
    page.go_back()
    place.get_by_role("link", name="A place").click()
    expect(page.get_by_role("table", name="Review queue").get_by_role("link")).to_have_text([waiting])


def test_whoever_comes_back_sees_what_is_new(world: World, sign_in: SignIn) -> None:
    program = world.program()
    page = sign_in(program.new_user("viewer"), "/overview")
    expect(page.get_by_text("This is your first visit on this device.")).to_be_visible()
    name = world.new_name()
    assert program.enrol(name=name).act("flag", "Came with somebody else's card.").is_success

    page.clock.install()
    page.clock.fast_forward("31:00")
    page.reload()
    expect(page.get_by_text("1 open now, 0 at your last visit.")).to_be_visible()
    expect(page.get_by_text("1 new flag, 1 still open.")).to_be_visible()
    page.get_by_role("list").get_by_role("link", name=name).click()
    expect(page.get_by_role("region").get_by_role("heading", name=name)).to_be_visible()
