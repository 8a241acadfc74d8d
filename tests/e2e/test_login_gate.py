"""The login gate: over the API, and inside the app's user pool."""

import pytest
from botocore.exceptions import ClientError

from local_cloud.stack import User
from tests.e2e.world import Member, Program, World, code

CONTACT = {
    "phone": "+1 800 555 0100",
    "email": "help@brackwater.example",
    "url": "https://brackwater.example/help",
}
SENTENCE = "Your account has been blocked due to suspicious activity."


@pytest.fixture
def reachable(world: World) -> Program:
    """A program that says whom to contact."""
    return world.program_with({"contact_us": CONTACT})


def block(member: Member) -> None:
    assert [code(member.act(action)) for action in ("flag", "block")] == ["ok", "ok"]


@pytest.mark.parametrize("by", ["phone", "member_id"])
def test_the_gate_refuses_the_blocked_and_says_whom_to_contact(reachable: Program, by: str) -> None:
    member = reachable.enrol()
    who = {by: getattr(member, by)}
    assert reachable.gate(**who).json() == {"allowed": True}
    block(member)
    refused = reachable.gate(**who)
    assert (refused.status_code, code(refused)) == (403, "account_blocked")
    assert (refused.json()["detail"], refused.json()["contact"]) == (SENTENCE, CONTACT)
    assert code(member.act("unblock")) == "ok"
    assert reachable.gate(**who).json() == {"allowed": True}


def test_a_refused_check_in_says_whom_to_contact_and_nothing_of_flags(reachable: Program) -> None:
    member = reachable.enrol()
    block(member)
    refused = member.visit().json()
    assert (refused["code"], refused["detail"], refused["contact"]) == ("account_blocked", SENTENCE, CONTACT)
    assert "flag" not in refused["detail"]


def test_everybody_may_ask_whom_to_contact(reachable: Program) -> None:
    anyone = reachable.world.nobody
    assert anyone.get(f"/v1/programs/{reachable.program_id}/contact").json() == CONTACT
    assert code(anyone.get("/v1/programs/p_00000000/contact")) == "not_found"


def test_unknown_people_are_allowed_as_known_ones_are(program: Program) -> None:
    known, unknown = program.enrol(), program.world.new_phone()
    answers = [
        program.gate(**who) for who in ({"phone": known.phone}, {"phone": unknown}, {"member_id": "m_nobody"})
    ]
    assert [(a.status_code, a.content) for a in answers] == [(200, answers[0].content)] * 3
    names = [set(a.headers) for a in answers]
    assert names == [names[0]] * 3


@pytest.mark.parametrize("who", [{}, {"phone": "+12015550199", "member_id": "m_0"}])
def test_the_gate_is_asked_for_one_person(program: Program, who: dict[str, str]) -> None:
    refused = program.gate(**who)
    assert (refused.status_code, code(refused)) == (422, "invalid_request")


def signed_up(world: World, member: Member) -> User:
    """A member with the app."""
    return world.account("app", member.phone)


def test_a_blocked_member_gets_no_token_new_or_refreshed(world: World) -> None:
    member = world.demo.enrol()
    user = signed_up(world, member)
    tokens = world.sign_in(user)
    assert world.refresh(tokens["RefreshToken"])

    block(member)
    with pytest.raises(ClientError) as signing_in:
        world.sign_in(user)
    with pytest.raises(ClientError) as refreshing:
        world.refresh(tokens["RefreshToken"])
    for refused in (signing_in, refreshing):
        assert refused.value.response["Error"] == {
            "Code": "UserLambdaValidationException",
            "Message": f"PreTokenGeneration failed with error {SENTENCE}.",
        }
    # The token that is still out checks nobody in.
    assert code(member.visit(by=world.caller(tokens["AccessToken"]))) == "account_blocked"

    assert code(member.act("unblock")) == "ok"
    assert world.sign_in(user)["AccessToken"]
    refreshed = world.caller(world.refresh(tokens["RefreshToken"]))
    assert code(member.visit(by=refreshed)) == "ok"


def test_the_block_is_told_only_to_who_proves_who_they_are(world: World) -> None:
    member = world.demo.enrol()
    user = signed_up(world, member)
    block(member)
    with pytest.raises(ClientError) as refused:
        world.sign_in(User(user.pool, user.username, "not the password 1aA", user.subject))
    assert refused.value.response["Error"]["Code"] == "NotAuthorizedException"
    assert "blocked" not in str(refused.value)


def test_who_is_no_member_signs_in_and_checks_nobody_in(world: World) -> None:
    stranger = world.user(world.account("app", world.new_phone()))
    refused = world.demo.enrol().visit(by=stranger)
    assert (refused.status_code, code(refused)) == (403, "forbidden")
