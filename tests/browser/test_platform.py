"""The pages of the platform's support."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.world import Program, World, code

type SignIn = Callable[..., Page]


def test_support_blocks_a_number_everywhere_and_lifts_the_block(
    world: World, program: Program, sign_in: SignIn
) -> None:
    member = program.enrol()
    why = f"Sells rewards of others, says {world.new_name()}."
    page = sign_in(world.stack.users["support"], "/platform/blocks")
    page.get_by_role("button", name="Block a number").click()
    dialog = page.get_by_role("dialog", name="Block a number everywhere")
    dialog.get_by_label("Phone number").fill(member.phone)
    dialog.get_by_label("Reason").fill(why)
    dialog.get_by_role("button", name="Block").click()
    expect(page.get_by_text("is blocked in every program")).to_be_visible()
    row = page.get_by_role("table", name="Blocked numbers").get_by_role("row").filter(has_text=why)
    expect(row.get_by_role("cell", name="You")).to_be_visible()
    expect(page.get_by_text(member.phone)).to_have_count(0)
    assert code(program.gate(phone=member.phone)) == "account_blocked"

    row.get_by_role("button", name="Lift the block").click()
    lifting = page.get_by_role("dialog", name="Lift the block")
    lifting.get_by_label("Reason").fill("It was another number.")
    lifting.get_by_role("button", name="Lift").click()
    expect(page.get_by_text("is lifted")).to_be_visible()
    expect(row).to_have_count(0)
    assert code(program.gate(phone=member.phone)) == "ok"
