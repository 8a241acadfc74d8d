"""The pages of the platform's support."""

from playwright.sync_api import expect

from tests.browser.windows import SignIn
from tests.e2e.world import Program, World, code


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


def test_support_creates_a_program_whose_owner_comes_in_and_closes_it(world: World, sign_in: SignIn) -> None:
    name, email = f"Shop of {world.new_name()}", world.new_email()
    page = sign_in(world.stack.users["support"], "/platform/programs")
    page.get_by_role("button", name="Create a program").click()
    dialog = page.get_by_role("dialog", name="Create a program")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_text("Enter a name for the program.")).to_be_visible()
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("Owner’s e-mail").fill(email)
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_text(f"{name} is created")).to_be_visible()

    owner = world.account("staff", email)
    theirs = sign_in(owner)
    expect(theirs.get_by_text("The queue is empty")).to_be_visible()
    expect(theirs.get_by_role("link", name=name)).not_to_have_count(0)

    page.get_by_role("button", name=f"Close: {name}").click()
    closing = page.get_by_role("dialog", name=f"Close: {name}")
    closing.get_by_label("Reason").fill("The shop has closed.")
    closing.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_text(f"{name} is closed")).to_be_visible()
    assert code(world.user(owner).get("/v1/flags")) == "forbidden"
