"""The page of notifications: from an address to the mail in the outbox."""

from playwright.sync_api import expect

from local_cloud.outbox import mails
from tests.browser.people import colleague
from tests.browser.windows import SignIn
from tests.e2e.world import Program, World, eventually


def test_a_recipient_is_added_and_gets_a_test_mail(world: World, watching: Program, sign_in: SignIn) -> None:
    email = world.new_email()
    page = sign_in(colleague(watching, "owner"), "/settings/notifications")
    page.get_by_label("Add a recipient").fill("no address")
    page.get_by_label("Add a recipient").press("Enter")
    expect(page.get_by_text("Enter an e-mail address such as name@example.com.")).to_be_visible()
    expect(page.get_by_text("One unsaved change")).to_have_count(0)
    page.get_by_label("Add a recipient").fill(email)
    page.get_by_label("Add a recipient").press("Enter")
    row = page.get_by_role("table", name="Recipients").get_by_role("row", name=email)
    expect(row).to_contain_text("Not saved yet")
    page.get_by_role("radio", name="Weekly").check()
    page.get_by_role("button", name="Review changes").click()
    dialog = page.get_by_role("dialog", name="Save these changes?")
    expect(dialog).to_contain_text(f"{email} added")
    dialog.get_by_role("button", name="Save").click()

    expect(row).to_contain_text("Notified")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=f"Sent {email}")).to_be_visible()
    (mail,) = eventually(lambda: [each for each in mails(world.stack) if each.to == email], bool)
    assert "test" in mail.subject.lower()
