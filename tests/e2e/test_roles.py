"""Who may call which route: the whole matrix, from a table of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import pytest

from tests.e2e.answers import operations
from tests.e2e.world import Caller, World, at_once, code

PEOPLE = ("viewer", "staff", "manager", "owner", "support")
APP = ("member", "kiosk", "backend", "importer")

READ = {"viewer", "staff", "manager", "owner"}
WORK = READ - {"viewer"}
DECIDE = WORK - {"staff"}
OWN = {"owner"}
SUPPORT = {"support"}

MEMBER = "/v1/members/m_0000000000000"


type Body = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Request:
    """One request that changes nothing, or nothing that matters: who gets through, and to which answer."""

    who: set[str]
    answer: str
    path: str
    body: Body | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def in_demo(**fields: Any) -> Body:
    """A body for the demo program, which machines have to name."""
    return lambda world: {"program_id": world.stack.program_id, **fields}


def _reason(_: World) -> dict[str, Any]:
    return {"reason": "Only asking."}


def _place(_: World) -> dict[str, Any]:
    return {"name": "New", "time_zone": "UTC"}


def _person(_: World) -> dict[str, Any]:
    return {"email": "nobody@example.com", "role": "viewer", "subject": "nobody"}


def _no_number(_: World) -> dict[str, Any]:
    return {"phone": "+1", "reason": "Only asking."}


def _no_block(_: World) -> dict[str, Any]:
    return {"block_id": "b_nothing", "reason": "Only asking."}


def _known_owner(world: World) -> dict[str, Any]:
    owner = {"email": "nobody@example.com", "subject": world.stack.users["owner"].subject}
    return {"name": "New", "region": "US", "owner": owner}


def _batch(world: World) -> dict[str, Any]:
    nobody = in_demo(location_id="l_00000000", member={"member_id": "m_0000000000000"}, idempotency_key="k")
    return {"check_ins": [nobody(world)]}


def _demo_member(world: World) -> dict[str, Any]:
    """The demo program's own member, about whom that member may ask too."""
    return {"program_id": world.stack.program_id, "phone": world.stack.users["member"].username}


def _enrolment(world: World) -> dict[str, Any]:
    return in_demo(phone=world.new_phone())(world)


def _known_client(world: World) -> dict[str, Any]:
    return {"name": "Known already", "kind": "kiosk", "client_id": world.stack.clients["kiosk"].client_id}


REQUESTS: dict[str, Request] = {
    "POST /v1/check-ins": Request(
        set(APP),
        "not_found",
        "/v1/check-ins",
        in_demo(location_id="l_00000000", member={"member_id": "m_0000000000000"}),
    ),
    "POST /v1/check-ins/batch": Request({"importer"}, "ok", "/v1/check-ins/batch", _batch),
    "POST /v1/login-gate": Request(set(APP), "ok", "/v1/login-gate", _demo_member),
    "GET /v1/programs/{program_id}/contact": Request(
        {*PEOPLE, *APP}, "not_found", "/v1/programs/p_00000000/contact"
    ),
    "GET /v1/programs/{program_id}/locations": Request(
        {*PEOPLE, *APP}, "not_found", "/v1/programs/p_00000000/locations"
    ),
    "POST /v1/members": Request(WORK | {"kiosk", "backend", "importer"}, "ok", "/v1/members", _enrolment),
    "GET /v1/me": Request(set(PEOPLE), "ok", "/v1/me"),
    "GET /v1/members": Request(READ, "ok", "/v1/members?limit=1"),
    "GET /v1/members/{member_id}": Request(READ, "not_found", MEMBER),
    "DELETE /v1/members/{member_id}": Request(OWN, "not_found", MEMBER),
    "GET /v1/members/{member_id}/export": Request(DECIDE, "not_found", f"{MEMBER}/export"),
    "POST /v1/members/{member_id}/reveal-phone": Request(READ, "not_found", f"{MEMBER}/reveal-phone"),
    "POST /v1/members/{member_id}/point-edits": Request(
        WORK | {"backend"}, "not_found", f"{MEMBER}/point-edits", in_demo(delta=1, reason="Only asking.")
    ),
    "POST /v1/members/{member_id}/flag": Request(WORK, "not_found", f"{MEMBER}/flag", _reason),
    "POST /v1/members/{member_id}/verify": Request(DECIDE, "not_found", f"{MEMBER}/verify", _reason),
    "POST /v1/members/{member_id}/resolve": Request(DECIDE, "not_found", f"{MEMBER}/resolve", _reason),
    "POST /v1/members/{member_id}/block": Request(DECIDE, "not_found", f"{MEMBER}/block", _reason),
    "POST /v1/members/{member_id}/unblock": Request(DECIDE, "not_found", f"{MEMBER}/unblock", _reason),
    "POST /v1/members/{member_id}/membership/cancel": Request(
        DECIDE, "not_found", f"{MEMBER}/membership/cancel", _reason
    ),
    "GET /v1/flags": Request(READ, "ok", "/v1/flags?limit=1"),
    "GET /v1/flags/{flag_id}": Request(READ, "not_found", "/v1/flags/f_0000000000000vi"),
    "GET /v1/reports/red-flags": Request(READ, "ok", "/v1/reports/red-flags?limit=1"),
    "GET /v1/reports/summary": Request(READ, "ok", "/v1/reports/summary"),
    "GET /v1/audit": Request(OWN, "ok", "/v1/audit?limit=1"),
    "GET /v1/settings": Request(READ, "ok", "/v1/settings"),
    "PUT /v1/settings": Request(
        OWN, "version_conflict", "/v1/settings", lambda _: {}, {"If-Match": '"none"'}
    ),
    "POST /v1/settings/preview": Request(OWN, "ok", "/v1/settings/preview", lambda _: {}),
    "GET /v1/settings/history": Request(READ, "ok", "/v1/settings/history?limit=1"),
    "GET /v1/settings/history/{version}": Request(READ, "ok", "/v1/settings/history/0"),
    "GET /v1/notifications": Request(READ, "ok", "/v1/notifications"),
    "POST /v1/notifications/test": Request(
        OWN, "not_found", "/v1/notifications/test?email=nobody@example.com"
    ),
    "POST /v1/notifications/reinstate": Request(
        OWN,
        "invalid_request",
        "/v1/notifications/reinstate",
        lambda _: {"email": "nobody@example.com", "reason": "Only asking."},
    ),
    "GET /v1/unsubscribe": Request(
        {*PEOPLE, *APP}, "404", "/v1/unsubscribe?program_id=p_00000000&token=none"
    ),
    "POST /v1/unsubscribe": Request(
        {*PEOPLE, *APP}, "404", "/v1/unsubscribe?program_id=p_00000000&token=none"
    ),
    "GET /v1/locations": Request(READ, "ok", "/v1/locations?limit=1"),
    "POST /v1/locations": Request(OWN, "ok", "/v1/locations", _place),
    "GET /v1/locations/{location_id}": Request(READ, "not_found", "/v1/locations/l_00000000"),
    "PUT /v1/locations/{location_id}": Request(OWN, "not_found", "/v1/locations/l_00000000", _place),
    "DELETE /v1/locations/{location_id}": Request(OWN, "not_found", "/v1/locations/l_00000000"),
    "GET /v1/staff": Request(OWN, "ok", "/v1/staff?limit=1"),
    "POST /v1/staff": Request(OWN, "ok", "/v1/staff", _person),
    "DELETE /v1/staff/{subject}": Request(OWN, "not_found", "/v1/staff/somebody"),
    "GET /v1/app-clients": Request(OWN, "ok", "/v1/app-clients?limit=1"),
    "POST /v1/app-clients": Request(OWN, "invalid_request", "/v1/app-clients", _known_client),
    "DELETE /v1/app-clients/{client_id}": Request(OWN, "not_found", "/v1/app-clients/nothing"),
    "GET /v1/platform/programs": Request(SUPPORT, "ok", "/v1/platform/programs?limit=1"),
    "POST /v1/platform/programs": Request(SUPPORT, "invalid_request", "/v1/platform/programs", _known_owner),
    "POST /v1/platform/programs/{program_id}/close": Request(
        SUPPORT, "not_found", "/v1/platform/programs/p_00000000/close", _reason
    ),
    "POST /v1/platform/programs/{program_id}/reopen": Request(
        SUPPORT, "not_found", "/v1/platform/programs/p_00000000/reopen", _reason
    ),
    "GET /v1/platform/blocks": Request(SUPPORT, "ok", "/v1/platform/blocks?limit=1"),
    "POST /v1/platform/blocks": Request(SUPPORT, "invalid_request", "/v1/platform/blocks", _no_number),
    "DELETE /v1/platform/blocks": Request(SUPPORT, "not_found", "/v1/platform/blocks", _no_block),
}
OF_THE_APP = {"POST /v1/check-ins", "POST /v1/check-ins/batch", "POST /v1/login-gate"}
OF_BOTH = {"POST /v1/members", "POST /v1/members/{member_id}/point-edits"}
PUBLIC = {
    "GET /v1/programs/{program_id}/contact",
    "GET /v1/programs/{program_id}/locations",
    "GET /v1/unsubscribe",
    "POST /v1/unsubscribe",
}


@pytest.fixture(scope="session")
def callers(world: World) -> dict[str, Caller]:
    """One caller of each role, all of the demo program."""
    people = {role: world.user(world.stack.users[role]) for role in (*PEOPLE, "member")}
    return people | world.machines


def test_the_table_has_every_route() -> None:
    assert set(REQUESTS) == {f"{method} {path}" for method, path, _ in operations()}


@pytest.mark.parametrize("route", list(REQUESTS))
def test_the_route_is_open_to_its_roles_alone(world: World, callers: dict[str, Caller], route: str) -> None:
    request = REQUESTS[route]
    method = route.split(maxsplit=1)[0]
    body = request.body and request.body(world)

    def ask(role: str) -> httpx.Response:
        return callers[role].request(method, request.path, json=body, headers=request.headers)

    answers = dict(zip(callers, at_once(partial(ask, role) for role in callers), strict=True))
    for role, answer in answers.items():
        expected = request.answer if role in request.who else _refusal(route, role)
        assert code(answer) == expected, f"{role}: {answer.status_code} {answer.text}"


def _refusal(route: str, role: str) -> str:
    """A token of the other pool opens nothing; a token of the right one is not enough."""
    if route in OF_BOTH | PUBLIC:
        return "forbidden"
    return "forbidden" if (role in APP) is (route in OF_THE_APP) else "401"


def _without_token(world: World, method: str, path: str) -> Callable[[], httpx.Response]:
    return lambda: world.nobody.request(method, path)


def test_without_a_token_every_route_but_one_is_shut(world: World) -> None:
    asked = [(route, _without_token(world, route.split()[0], each.path)) for route, each in REQUESTS.items()]
    answers = zip([route for route, _ in asked], at_once(call for _, call in asked), strict=True)
    shut = {route for route, answer in answers if answer.status_code == 401}
    assert shut == set(REQUESTS) - PUBLIC
