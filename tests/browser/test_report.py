"""The red flag report, on its page and as a file."""

import csv

from playwright.sync_api import expect

from tests.browser.people import colleague, flagged
from tests.browser.windows import SignIn
from tests.e2e.world import DAY, MINUTE, Program, World, now

PAIRS = {
    "check_in": {"cooldown_minutes": 0},
    "rules": {"visit_frequency": {"mode": "off"}, "back_to_back": {"mode": "on", "limit": 2}},
}


def test_the_report_is_saved_as_a_file_that_holds_its_rows(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "manager"), "/reports/red-flags?status=open&rule=visit_frequency")
    row = page.get_by_role("table", name="Red flag report").get_by_role("row", name=name)
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


def test_who_followed_whom_leads_from_one_row_to_the_others(world: World, sign_in: SignIn) -> None:
    program = world.program_with(PAIRS)
    names = world.new_name(), world.new_name()
    one, other = (program.enrol(name=name) for name in names)
    for day in (now() - 3 * DAY, now() - 2 * DAY):
        one.visits(day)
        other.visits(day + 2 * MINUTE)
    page = sign_in(colleague(program, "viewer"), "/reports/red-flags")
    report = page.get_by_role("table", name="Red flag report")
    row = report.get_by_role("row").filter(has=page.get_by_role("rowheader", name=names[0]))
    followed = row.get_by_role("list", name="B check-ins")
    expect(followed).to_contain_text("A place · twice · 2 min apart")
    expect(followed.get_by_role("link", name=names[1], exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Export CSV")).to_have_count(0)
    followed.get_by_role("link", name=f"Show {names[1]}’s flag").click()
    expect(report.get_by_role("rowheader")).to_have_text([names[1]])
    page.go_back()
    expect(row).to_be_visible()
