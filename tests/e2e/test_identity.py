"""Tokens and tenants: whose token opens what, and that nobody sees another program."""

import base64
import json
from collections.abc import Callable

import httpx
import pytest

from local_cloud.stack import Client
from tests.e2e.world import HOUR, MONDAY, Caller, Member, Program, World, code, now, text, wrong_fields

ROUTE_OF_POOL = {"staff": "/v1/members", "app": "/v1/check-ins"}
EITHER_POOL = "/v1/members"


@pytest.fixture(scope="session")
def neighbour(world: World) -> Program:
    """Another program."""
    return world.program()


def without_id(response: httpx.Response) -> dict[str, object]:
    return {name: value for name, value in response.json().items() if name != "request_id"}


# ---------------------------------------------------------------- tenants


def test_ids_of_another_program_are_not_found_as_unknown_ones_are(
    program: Program, neighbour: Program
) -> None:
    member, place = neighbour.enrol(), neighbour.place
    assert code(member.act("flag")) == "ok"
    flag_id = member.flags()[0]["flag_id"]
    person = neighbour.owner.get("/v1/staff").json()["items"][0]["subject"]
    client = neighbour.owner.post("/v1/app-clients", {"name": "Theirs", "kind": "kiosk"}).json()
    neighbour.world.secrets.keep(client["client_secret"])
    theirs, ours = neighbour.owner, program.owner
    document = {"name": "Mine now", "time_zone": "UTC"}
    reason = {"reason": "Mine now."}
    asked: list[tuple[str, str, str, str, object]] = [
        ("GET", "/v1/members/{}", member.member_id, "m_0000000000000", None),
        ("DELETE", "/v1/members/{}", member.member_id, "m_0000000000000", None),
        ("GET", "/v1/members/{}/export", member.member_id, "m_0000000000000", None),
        ("POST", "/v1/members/{}/reveal-phone", member.member_id, "m_0000000000000", None),
        ("POST", "/v1/members/{}/point-edits", member.member_id, "m_0000000000000", {"delta": 1} | reason),
        *(
            ("POST", f"/v1/members/{{}}/{action}", member.member_id, "m_0000000000000", reason)
            for action in ("flag", "verify", "resolve", "block", "unblock", "membership/cancel")
        ),
        ("GET", "/v1/flags/{}", flag_id, "f_0000000000000vi", None),
        ("GET", "/v1/locations/{}", place, "l_00000000", None),
        ("PUT", "/v1/locations/{}", place, "l_00000000", document),
        ("DELETE", "/v1/locations/{}", place, "l_00000000", None),
        ("DELETE", "/v1/staff/{}", person, "nobody", None),
        ("DELETE", "/v1/app-clients/{}", client["client_id"], "nothing", None),
    ]
    for method, path, theirs_id, unknown_id, body in asked:
        answers = [ours.request(method, path.format(each), json=body) for each in (theirs_id, unknown_id)]
        assert [answer.status_code for answer in answers] == [404, 404], f"{method} {path}"
        assert without_id(answers[0]) == without_id(answers[1]), f"{method} {path}"
    assert [flag["status"] for flag in member.flags()] == ["open"]
    assert code(theirs.get(f"/v1/locations/{place}")) == "ok"
    assert theirs.delete(f"/v1/app-clients/{client['client_id']}").status_code == 204


def test_check_ins_and_the_gate_stay_inside_a_program(program: Program, neighbour: Program) -> None:
    member = neighbour.enrol()
    mine = {"program_id": program.program_id, "location_id": program.place}
    reference = {"member": {"member_id": member.member_id}}
    assert code(program.kiosk.post("/v1/check-ins", mine | reference)) == "not_found"
    by_phone = {"member": {"phone": member.phone}}
    assert code(program.kiosk.post("/v1/check-ins", mine | by_phone)) == "not_found"
    assert code(member.visit(place=program.place)) == "not_found"
    for action in ("flag", "block"):
        assert code(member.act(action)) == "ok"
    assert program.gate(phone=member.phone).json() == {"allowed": True}
    assert program.gate(member_id=member.member_id).json() == {"allowed": True}


def test_a_machine_acts_only_where_it_was_let_in(program: Program, neighbour: Program) -> None:
    member = program.enrol()
    made = neighbour.owner.post("/v1/app-clients", {"name": "Only here", "kind": "backend"}).json()
    client = Client(made["client_id"], made["client_secret"], made["scopes"])
    stranger = program.world.machine(client)
    for body in (
        {"location_id": program.place, "member": {"member_id": member.member_id}},
        {"location_id": program.place, "member": {"member_id": "m_0000000000000"}},
    ):
        asked = stranger.post("/v1/check-ins", body | {"program_id": program.program_id})
        unknown = stranger.post("/v1/check-ins", body | {"program_id": "p_00000000"})
        assert [asked.status_code, unknown.status_code] == [404, 404]
        assert without_id(asked) == without_id(unknown)
    assert code(
        stranger.post("/v1/login-gate", {"program_id": program.program_id, "phone": member.phone})
    ) == ("not_found")
    enrol = {"program_id": program.program_id, "phone": program.world.new_phone()}
    assert code(stranger.post("/v1/members", enrol)) == "not_found"
    edit = {"delta": 5, "reason": "A gift."}
    assert code(stranger.post(f"{member.path}/point-edits", edit | {"program_id": program.program_id})) == (
        "not_found"
    )
    # At home it needs not say where it is.
    friend = neighbour.enrol()
    assert stranger.post(f"{friend.path}/point-edits", edit).json() == {"points": 5}


def test_staff_of_one_program_do_not_enrol_in_another(program: Program, neighbour: Program) -> None:
    body = {"phone": program.world.new_phone(), "program_id": neighbour.program_id}
    assert code(program.owner.post("/v1/members", body)) == "not_found"
    made = program.owner.post("/v1/members", {"phone": body["phone"]})
    assert made.status_code == 201
    assert code(program.owner.get(f"/v1/members/{made.json()['member_id']}")) == "ok"


# ---------------------------------------------------------------- tokens


def _part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def _unsigned(token: str) -> str:
    return ".".join([_part({"alg": "none", "typ": "JWT"}), token.split(".")[1], ""])


def _signed_by_nobody(token: str) -> str:
    head, claims, signature = token.split(".")
    return ".".join([head, claims, signature[::-1]])


def _promoted(token: str) -> str:
    head, claims, signature = token.split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=="))
    return ".".join([head, _part(content | {"sub": "somebody-else"}), signature])


def _symmetric(token: str) -> str:
    return ".".join([_part({"alg": "HS256", "typ": "JWT"}), *token.split(".")[1:]])


BAD_TOKENS: dict[str, Callable[[str], str]] = {
    "garbage": lambda _: "garbage",
    "three parts of nothing": lambda _: "a.b.c",
    "no base64": lambda _: "%%%.%%%.%%%",
    "alg none": _unsigned,
    "another algorithm": _symmetric,
    "another signature": _signed_by_nobody,
    "another subject": _promoted,
}


@pytest.mark.parametrize("bad", list(BAD_TOKENS))
def test_bad_tokens_open_nothing(world: World, bad: str) -> None:
    for pool, good in (("staff", world.demo.owner.token), ("app", world.machines["kiosk"].token)):
        assert good is not None
        caller = Caller(world.http, BAD_TOKENS[bad](good))
        method = "GET" if pool == "staff" else "POST"
        assert caller.request(method, ROUTE_OF_POOL[pool], json={}).status_code == 401
        # A Lambda authorizer's "no" is a 403 of the gateway, whatever was wrong.
        refused = caller.post(EITHER_POOL, {"program_id": world.demo.program_id, "phone": world.new_phone()})
        assert refused.status_code in (401, 403)


def test_a_token_of_one_pool_opens_no_route_of_the_other(world: World) -> None:
    member = world.user(world.stack.users["member"])
    for caller in (member, *world.machines.values()):
        for path in (
            "/v1/members",
            "/v1/flags",
            "/v1/settings",
            "/v1/locations",
            "/v1/staff",
            "/v1/app-clients",
        ):
            assert caller.get(path).status_code == 401, path
        assert caller.put("/v1/settings", {}).status_code == 401
        assert caller.post("/v1/members/m_0000000000000/block", {"reason": "Why not."}).status_code == 401
    owner = world.demo.owner
    assert owner.post("/v1/check-ins", {}).status_code == 401
    assert owner.post("/v1/login-gate", {}).status_code == 401


def test_an_id_token_is_no_access_token_of_the_app(world: World) -> None:
    identity = world.caller(world.sign_in(world.stack.users["member"])["IdToken"])
    assert identity.get("/v1/members").status_code == 401


# ---------------------------------------------------------------- members


@pytest.fixture(scope="session")
def person(world: World) -> tuple[Member, Caller]:
    """A member of the demo program who has the app."""
    member = world.demo.enrol()
    return member, world.user(world.account("app", member.phone))


def test_members_check_in_only_themselves(world: World, person: tuple[Member, Caller]) -> None:
    member, token = person
    other = world.demo.enrol()
    assert code(other.visit(by=token)) == "forbidden"
    assert code(other.visit(by=token, member={"phone": other.phone})) == "forbidden"
    # Who is a member is told to no other member.
    for nobody in ({"member_id": "m_0000000000000"}, {"phone": world.new_phone()}):
        assert code(other.visit(by=token, member=nobody)) == "forbidden"
    assert other.profile()["recent_attempts"] == []
    assert code(member.visit(by=token)) == "ok"
    assert code(member.visit(by=token, member={"phone": member.phone})) == "too_soon"


def test_members_do_not_say_when_they_came(person: tuple[Member, Caller]) -> None:
    member, token = person
    for at in (now(), MONDAY):
        refused = member.visit(at, by=token)
        assert (code(refused), wrong_fields(refused)) == ("invalid_request", {"occurred_at"})


def test_members_are_members_of_one_program_alone(program: Program, person: tuple[Member, Caller]) -> None:
    member, token = person
    there = program.enrol(member.phone)
    assert code(there.visit(by=token)) == "not_found"
    assert code(token.post("/v1/login-gate", {"program_id": program.program_id, "phone": member.phone})) == (
        "not_found"
    )


def test_members_enrol_nobody_and_edit_no_points(world: World, person: tuple[Member, Caller]) -> None:
    member, token = person
    body = {"program_id": world.demo.program_id, "phone": world.new_phone()}
    assert code(token.post("/v1/members", body)) == "forbidden"
    assert code(token.post(f"{member.path}/point-edits", {"delta": 100, "reason": "A gift."})) == "forbidden"


def test_a_subject_of_another_identity_provider_becomes_a_member(world: World, program: Program) -> None:
    stranger = world.account("app", world.new_phone())
    token = world.user(stranger)
    phone = world.new_phone()
    body = {"program_id": program.program_id, "phone": phone, "subject": stranger.subject}
    assert code(program.kiosk.post("/v1/members", body)) == "forbidden", (
        "a kiosk cannot say whose account it is"
    )
    member = Member(program, program.backend.post("/v1/members", body).json()["member_id"], phone)
    assert code(member.visit(by=token)) == "ok"


# ---------------------------------------------------------------- scopes


def test_a_machine_does_only_what_its_token_has_the_scope_for(world: World) -> None:
    program = world.demo
    member, client = program.enrol(), world.stack.clients["backend"]
    asked: dict[str, Callable[[Caller], httpx.Response]] = {
        "redflag/check-ins.write": lambda caller: member.visit(by=caller, member={"member_id": "m_0"}),
        "redflag/gate.check": lambda caller: caller.post(
            "/v1/login-gate", {"program_id": program.program_id, "phone": member.phone}
        ),
        "redflag/members.write": lambda caller: caller.post(
            "/v1/members", {"program_id": program.program_id, "phone": member.phone}
        ),
    }
    for scope in asked:
        caller = world.machine(client, scope)
        allowed = {name for name, ask in asked.items() if code(ask(caller)) != "forbidden"}
        assert allowed == {scope}
    narrow = world.machine(client, "redflag/gate.check")
    edit = {"program_id": program.program_id, "delta": 1, "reason": "A gift."}
    assert code(narrow.post(f"{member.path}/point-edits", edit)) == "forbidden"


def test_the_past_is_for_those_with_the_scope_to_import(world: World) -> None:
    program, client = world.demo, world.stack.clients["importer"]
    member = program.enrol()
    narrow = world.machine(client, "redflag/check-ins.write")
    assert wrong_fields(member.visit(MONDAY, by=narrow)) == {"occurred_at"}
    assert code(member.visit(now() - 2 * HOUR, by=narrow)) == "ok"
    assert code(member.visit(MONDAY, by=world.machine(client))) == "ok"


# ---------------------------------------------------------------- people and machines made over the API


def test_a_person_let_in_works_at_once_and_is_out_at_once(world: World) -> None:
    program = world.program()
    email = world.new_email()
    name = world.new_name()
    made = program.owner.post("/v1/staff", {"email": email, "role": "viewer", "name": name})
    assert (made.status_code, made.json()["role"], made.json()["name"]) == (201, "viewer", name)
    subject = made.json()["subject"]
    again = program.owner.post("/v1/staff", {"email": email, "role": "owner"})
    assert wrong_fields(again) == {"email"}
    viewer = world.user(world.account("staff", email))
    member = program.enrol()
    assert code(viewer.get(member.path)) == "ok"
    assert code(member.act("flag", by=viewer)) == "forbidden"
    assert code(member.act("block", by=viewer)) == "forbidden"

    assert program.owner.delete(f"/v1/staff/{subject}").status_code == 204
    assert code(viewer.get(member.path)) == "forbidden", "the token is good, its bearer is not let in"
    assert code(program.owner.delete(f"/v1/staff/{subject}")) == "not_found"
    promoted = program.owner.post("/v1/staff", {"email": email, "role": "manager"})
    assert promoted.json()["subject"] == subject
    assert code(member.act("flag", by=viewer)) == "ok", "the same token, another role"


def test_owners_do_not_lock_themselves_out(world: World) -> None:
    program = world.program()
    (me,) = program.owner.get("/v1/staff").json()["items"]
    assert code(program.owner.delete(f"/v1/staff/{me['subject']}")) == "forbidden"
    assert code(program.owner.get("/v1/staff")) == "ok"


def test_nobody_is_let_in_to_two_consoles(program: Program, neighbour: Program) -> None:
    email = program.world.new_email()
    assert code(program.owner.post("/v1/staff", {"email": email, "role": "viewer"})) == "ok"
    assert wrong_fields(neighbour.owner.post("/v1/staff", {"email": email, "role": "viewer"})) == {"email"}


@pytest.mark.parametrize("kind", ["kiosk", "backend", "importer"])
def test_a_new_machine_checks_members_in_and_is_out_at_once(
    world: World, program: Program, kind: str
) -> None:
    made = program.owner.post("/v1/app-clients", {"name": f"Till {kind}", "kind": kind})
    assert made.status_code == 201
    shown = made.json()
    world.secrets.keep(shown["client_secret"])
    assert (shown["kind"], shown["name"]) == (kind, f"Till {kind}")
    machine = world.machine(Client(shown["client_id"], shown["client_secret"], shown["scopes"]))
    member = program.enrol()
    past = member.visit(MONDAY, by=machine)
    assert code(past) == ("ok" if kind == "importer" else "invalid_request")
    assert code(member.visit(by=machine)) == "ok"
    listed = program.owner.everything("/v1/app-clients", limit=100)
    (mine,) = (client for client in listed if client["client_id"] == shown["client_id"])
    assert mine == {name: value for name, value in shown.items() if name != "client_secret"}

    assert program.owner.delete(f"/v1/app-clients/{shown['client_id']}").status_code == 204
    assert member.visit(by=machine).status_code in (401, 403)
    enrol = {"program_id": program.program_id, "phone": world.new_phone()}
    assert machine.post("/v1/members", enrol).status_code == 403
    assert code(program.owner.delete(f"/v1/app-clients/{shown['client_id']}")) == "not_found"


def test_an_app_of_ones_own_has_its_own_gate(world: World) -> None:
    program = world.program()
    made = program.owner.post("/v1/app-clients", {"name": "Our app", "kind": "app"}).json()
    assert (made["client_secret"], made["scopes"]) == (None, [])
    # Passwords are for tests; the app signs in with SRP.
    world.cognito.update_user_pool_client(
        UserPoolId=world.stack.app.pool_id,
        ClientId=made["client_id"],
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    member = program.enrol()
    user = world.account("app", member.phone)
    token = world.caller(world.sign_in(user, made["client_id"])["AccessToken"])
    assert code(member.visit(by=token)) == "ok"
    for action in ("flag", "block"):
        assert code(member.act(action)) == "ok"
    with pytest.raises(world.cognito.exceptions.ClientError):
        world.sign_in(user, made["client_id"])
    # The other program's app knows nothing of this block.
    assert world.sign_in(user)["AccessToken"]


def test_times_of_a_person_and_a_machine_are_shown(program: Program) -> None:
    before = text(now())
    made = program.owner.post("/v1/staff", {"email": program.world.new_email(), "role": "staff"}).json()
    assert before <= made["created_at"] <= text(now())
