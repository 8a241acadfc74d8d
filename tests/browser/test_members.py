"""Members: narrowing the list down, the evidence over time, and who has decided."""

import re

from playwright.sync_api import expect

from tests.browser.people import TWICE, colleague, flagged, searched
from tests.browser.windows import SignIn
from tests.e2e.world import DAY, HOUR, MINUTE, Program, World, code, now


def test_filters_are_chosen_by_the_keyboard_and_kept_in_the_address(world: World, sign_in: SignIn) -> None:
    program = world.program(TWICE)
    _, name = flagged(program)
    calm = program.enrol(membership={"status": "active"}).profile()["name"]
    page = sign_in(program.new_user("viewer"), "/members")
    expect(page.get_by_role("link", name=calm)).to_be_visible()

    page.get_by_label("Find members").focus()
    page.keyboard.type("Membership = Active")
    page.keyboard.press("Enter")
    page.wait_for_url("**/members?membership=active")
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name=calm)).to_be_visible()

    page.keyboard.type("Rule of an open flag = Many check-ins")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 matches").first).to_be_visible()
    expect(page.get_by_text("No member matches")).to_be_visible()
    # One filter of a property: the new one takes the place of the old.
    page.keyboard.type("Membership = None")
    page.keyboard.press("Enter")
    page.wait_for_url("**/members?membership=none&rule=visit_frequency")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("link", name=calm)).to_have_count(0)

    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url("**/members")
    expect(page.get_by_role("link", name=calm)).to_be_visible()


def test_filters_are_chosen_from_what_is_offered(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    assert code(member.act("resolve")) == "ok"
    page = sign_in(colleague(watching, "viewer"), "/members")
    row = searched(page, name)
    page.get_by_label("Find members").click()
    page.get_by_role("option", name="Trusted").click()
    page.get_by_role("option", name="Trusted = No").click()
    expect(page.get_by_text("0 matches").first).to_be_visible()
    page.get_by_label("Find members").click()
    page.get_by_role("option", name="Trusted").click()
    page.get_by_role("option", name="Trusted = Yes").click()
    expect(page.get_by_text("1 match", exact=True).first).to_be_visible()
    expect(row).to_be_visible()
    page.get_by_label("Find members").fill("Access = sleeping")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is no “Access = sleeping”").first).to_be_visible()
    expect(row).to_be_visible()


def test_the_evidence_is_drawn_with_the_limit(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    page = sign_in(colleague(watching, "viewer"), f"/members/{member.member_id}")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    flag = page.get_by_test_id("open-flag")
    chart = flag.get_by_role("application", name="Check-ins in 7 days, over time")
    expect(chart).to_be_visible()
    described = re.compile("2 check-ins in 7 days; limit 2. Raised .+ E[SD]T; the highest value here is 2.")
    expect(chart).to_have_accessible_description(described)
    for label in ("Check-ins in 7 days", "Limit", "Flag raised"):
        expect(flag.get_by_role("button", name=label)).to_be_visible()


def test_evidence_that_was_cut_says_so(world: World, sign_in: SignIn) -> None:
    program = world.program(TWICE | {"check_in": {"cooldown_minutes": 0}})
    short, long = program.enrol(), program.enrol()
    first = now() - DAY
    short.visits(*(first + minute * MINUTE for minute in range(19)))
    long.visits(*(first + HOUR + minute * MINUTE for minute in range(21)))
    user = program.new_user("viewer")
    for member, said in ((short, 0), (long, 1)):
        page = sign_in(user, f"/members/{member.member_id}")
        expect(page.get_by_role("application", name="Check-ins in 7 days, over time")).to_be_visible()
        expect(page.get_by_text("The newest 20 are kept as evidence.")).to_have_count(said)


def test_pairs_and_edits_are_drawn_as_their_rules_count_them(world: World, sign_in: SignIn) -> None:
    rules = {"back_to_back": {"mode": "on"}, "point_edits": {"mode": "on", "amount_limit": 100}}
    program = world.program({"rules": rules})
    one, other = program.enrol(), program.enrol()
    for day in (3, 2):
        one.visits(now() - day * DAY)
        other.visits(now() - day * DAY + MINUTE)
    assert code(one.edit_points(-150)) == "ok"
    page = sign_in(program.new_user("viewer"), f"/members/{one.member_id}")
    expect(page.get_by_role("application", name="Times in 30 days, over time")).to_be_visible()
    expect(page.get_by_role("button", name=f"With {other.profile()['name']}")).to_be_visible()
    edits = page.get_by_role("application", name="Points changed, over time")
    expect(edits).to_have_accessible_description(
        re.compile("Points changed by -150 .+; the highest value here is 150.")
    )


def test_a_manager_reads_the_name_of_the_owner_who_has_decided(watching: Program, sign_in: SignIn) -> None:
    member, name = flagged(watching)
    assert code(member.act("verify", "Works next door.")) == "ok"
    page = sign_in(colleague(watching, "manager"), f"/members/{member.member_id}")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    history = page.get_by_role("table", name="History")
    expect(history.get_by_role("row", name="Works next door.")).to_contain_text("The owner")
    page.get_by_role("button", name="Verified: 2 check-ins in 7 days; limit 2").click()
    expect(page.get_by_text("by The owner: Works next door.")).to_be_visible()

    page.get_by_role("link", name="Red flag report").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    expect(row).to_contain_text("Works next door. (The owner,")
