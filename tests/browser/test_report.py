"""The red flag report, on its page and as a file."""

import csv
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import colleague, flagged
from tests.e2e.world import Program

type SignIn = Callable[..., Page]


def test_the_report_is_saved_as_a_file_that_holds_its_rows(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "manager"), "/reports/red-flags?status=open&rule=visit_frequency")
    row = page.get_by_role("table", name="Red flags").get_by_role("row", name=name)
    expect(row).to_contain_text("2 check-ins in 7 days; limit 2")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Export CSV").click()
    file = saving.value
    assert file.suggested_filename.startswith("red-flags-")
    expect(page.get_by_text(f"{file.suggested_filename} is saved")).to_be_visible()
    with file.path().open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.DictReader(text, strict=True))
    assert {(line["rule"], line["status"]) for line in lines} == {("visit_frequency", "open")}
    (line,) = (each for each in lines if each["member_name"] == name)
    assert line["member_id"] == member.member_id
    assert "export_report" in watching.logged_about("red-flags")
