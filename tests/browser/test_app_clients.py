"""The page of app clients: a kiosk is let in with a secret that is shown once, and shut out again."""

import httpx
import pytest
from playwright.sync_api import expect

from local_cloud.stack import Client
from tests.browser.people import colleague
from tests.browser.windows import SignIn
from tests.e2e.world import Program, World, code


def test_a_kiosk_is_let_in_and_shut_out_again(world: World, watching: Program, sign_in: SignIn) -> None:
    name = f"Till of {world.new_name()}"
    page = sign_in(colleague(watching, "owner"), "/settings/app-clients")
    page.get_by_role("button", name="Add a client").click()
    dialog = page.get_by_role("dialog", name="Add a client")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Add").click()
    expect(dialog.get_by_text("Choose a kind.")).to_be_visible()
    dialog.get_by_role("radio", name="Kiosk").check()
    dialog.get_by_role("button", name="Add").click()

    shown = page.get_by_role("dialog", name=f"{name} is added")
    text = shown.inner_text()
    client = Client(said(text, "Client id"), said(text, "Client secret"), scopes=[])
    shown.get_by_role("button", name="Close", exact=True).last.click()
    expect(shown.get_by_text("Store the secret first, then check this box.")).to_be_visible()
    shown.get_by_role("checkbox", name="I have stored the secret").check()
    shown.get_by_role("button", name="Close", exact=True).last.click()
    expect(shown).to_have_count(0)
    row = page.get_by_role("table", name="App clients").get_by_role("row", name=name)
    expect(row).to_contain_text(client.client_id)
    expect(page.get_by_text(client.client_secret)).to_have_count(0)
    kiosk = world.machine(client)
    assert code(watching.enrol().visit(by=kiosk)) == "ok"

    row.get_by_role("button", name=f"Remove {name}").click()
    page.get_by_role("dialog", name=f"Remove {name}?").get_by_role("button", name="Remove").click()
    expect(page.get_by_text(f"{name} is removed.")).to_be_visible()
    expect(row).to_have_count(0)
    assert code(watching.enrol().visit(by=kiosk)) == "401"
    with pytest.raises(httpx.HTTPStatusError):
        world.machine(client)


def said(text: str, label: str) -> str:
    """What stands under a label."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[lines.index(label) + 1]
