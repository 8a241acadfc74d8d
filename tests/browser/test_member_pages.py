"""The member's pages: signing in at the pool and at an issuer of one's own, checking in, and leaving."""

import pytest
from playwright.sync_api import Request, expect

from local_cloud.stack import User
from tests.browser.app import answering, check_in, enter, zone_of
from tests.browser.windows import Windows
from tests.e2e.world import Member, World

AN_HOUR = "01:05:00"
REFRESH_TOKEN = "Object.entries(sessionStorage).find(([key]) => key.endsWith('.refreshToken'))[1]"


@pytest.fixture
def member(world: World) -> Member:
    """Somebody who may check in."""
    return world.demo.enrol()


@pytest.fixture
def account(world: World, member: Member) -> User:
    """The account that the member signs in by."""
    return world.account("app", member.phone)


def test_a_member_signs_in_checks_in_and_signs_out_and_the_password_never_leaves_the_page(
    world: World, windows: Windows, member: Member, account: User
) -> None:
    page = windows.open("/app")
    sent: list[Request] = []
    page.on("request", lambda request: sent.extend([request]))
    enter(page, account)
    expect(page.get_by_text(f"You are signed in as {member.phone}.")).to_be_visible()
    check_in(page)
    assert zone_of(page.get_by_role("time")) == "America/New_York"
    targets = [request.headers.get("x-amz-target", "").rpartition(".")[2] for request in sent]
    assert {"InitiateAuth", "RespondToAuthChallenge"} <= set(targets)
    assert not any(account.password in (request.post_data or "") for request in sent)

    refresh_token = page.evaluate(REFRESH_TOKEN)
    world.secrets.keep(refresh_token)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0
    with pytest.raises(world.cognito.exceptions.NotAuthorizedException):
        world.refresh(refresh_token)
    page.goto(f"{world.stack.console_url}/app")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_member_stays_signed_in_over_a_reload_and_after_the_token_has_ended(
    windows: Windows, member: Member, account: User
) -> None:
    page = windows.open("/app")
    enter(page, account)
    expect(page.get_by_text(f"You are signed in as {member.phone}.")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"You are signed in as {member.phone}.")).to_be_visible()
    page.clock.install()
    page.clock.fast_forward(AN_HOUR)
    with page.expect_request(
        lambda sent: "GetTokensFromRefreshToken" in sent.headers.get("x-amz-target", "")
    ):
        check_in(page)


def test_where_a_chain_has_many_places_a_member_searches_for_theirs(
    windows: Windows, member: Member, account: User
) -> None:
    others = [{"location_id": f"l_other{n:03d}", "name": f"Other {n}", "time_zone": "UTC"} for n in range(9)]
    as_a_chain = answering("**/v1/programs/*/locations", lambda answer: answer["locations"].extend(others))
    page = windows.open("/app", as_a_chain)
    enter(page, account)
    page.get_by_label("Where are you?").click()
    page.get_by_placeholder("Search by name").fill("harb")
    page.get_by_role("option", name="Harbour").click()
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("You are checked in")).to_be_visible()
    (seen,) = member.profile()["recent_attempts"]
    assert seen["location_id"] == member.program.place


def test_a_wrong_password_gets_the_words_of_an_unknown_number(windows: Windows, account: User) -> None:
    windows.allow(400)
    page = windows.open("/app/sign-in")
    for phone in (account.username, "+12015550199"):
        enter(page, User("app", phone, "not the password 1", ""))
        expect(page.get_by_text("The phone number or the password is wrong.")).to_be_visible()
        page.reload()


def test_an_address_names_the_program_and_a_new_location_needs_no_new_deployment(
    world: World, windows: Windows
) -> None:
    program = world.program()
    page = windows.open(f"/app/kiosk?program={program.program_id}")
    page.get_by_label("Location").click()
    expect(page.get_by_role("option")).to_contain_text(["A place"])
    body = {"name": "Lighthouse", "time_zone": "Europe/Lisbon"}
    assert program.owner.post("/v1/locations", body).is_success
    # The tab goes on to be this program's.
    page.goto(f"{world.stack.console_url}/app/kiosk")
    page.get_by_label("Location").click()
    expect(page.get_by_role("option", name="Lighthouse")).to_be_visible()


def test_an_unknown_program_is_named_as_such(windows: Windows) -> None:
    windows.allow(404)
    page = windows.open("/app/kiosk?program=p_00000000")
    expect(page.get_by_text("There is no such program")).to_be_visible()


def test_at_an_issuer_of_ones_own_a_member_signs_in_on_its_pages(
    world: World, windows: Windows, member: Member, account: User
) -> None:
    stack, back = world.stack, f"{world.stack.console_url}/app/sign-in"
    made = world.demo.owner.post("/v1/app-clients", {"name": "An app", "kind": "app"}).json()["client_id"]
    world.cognito.update_user_pool_client(
        UserPoolId=stack.app.pool_id,
        ClientId=made,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "phone"],
        CallbackURLs=[back],
        LogoutURLs=[back],
        SupportedIdentityProviders=["COGNITO"],
    )

    # The pool as any issuer is: known by its pages, without an API of its own.
    as_an_issuer = answering(
        "**/config.json", lambda config: config["app"].update(client_id=made, pool_api_url=None)
    )
    # The emulator's own page lacks an icon.
    windows.allow(404)
    page = windows.open("/app", as_an_issuer)
    expect(page.get_by_text("and come back here")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Username").fill(account.username)
    page.get_by_label("Password").fill(account.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"You are signed in as {member.phone}.")).to_be_visible()
    check_in(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(back)
    expect(page.get_by_text("and come back here")).to_be_visible()
