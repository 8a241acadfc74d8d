"""Every role at every route: who may, and who is told that they may not."""

from dataclasses import dataclass
from typing import Any

import pytest

from redflag.store.ids import new_location_id
from tests.cloud.program import Enrolled, Shop
from tests.cloud.template import routes

REASON = {"reason": "Seen."}
READ = {"viewer", "staff", "manager", "owner"}
HANDLE = {"staff", "manager", "owner"}
DECIDE = {"manager", "owner"}
OWN = {"owner"}
SUPPORT = {"support"}
LOCATION = {"name": "Main Street", "time_zone": "UTC"}
PROGRAM = {"name": "New", "region": "US", "owner": {"email": "a@example.com", "subject": "someone else"}}
BLOCK = {"phone": "+12125550151"} | REASON
CONSOLE = ("admin", "settings", "platform")
STAFF = ("viewer", "staff", "manager", "owner", "support")
MACHINES = ("kiosk", "backend", "importer")


@dataclass(frozen=True)
class Ask:
    """A route with what it takes, and the roles that may use it."""

    may: set[str]
    body: Any = None
    member: bool = False


ASKS = {
    "GET /v1/me": Ask(set(STAFF)),
    "GET /v1/members": Ask(READ),
    "GET /v1/members/{member_id}": Ask(READ, member=True),
    "GET /v1/flags": Ask(READ),
    "GET /v1/flags/{flag_id}": Ask(READ),
    "GET /v1/reports/red-flags": Ask(READ),
    "GET /v1/reports/summary": Ask(READ),
    "GET /v1/audit": Ask(OWN),
    "GET /v1/settings": Ask(READ),
    "GET /v1/settings/history": Ask(READ),
    "GET /v1/settings/history/{version}": Ask(READ),
    "GET /v1/locations": Ask(READ),
    "GET /v1/locations/{location_id}": Ask(READ),
    "POST /v1/members/{member_id}/reveal-phone": Ask(READ, member=True),
    "POST /v1/members": Ask(HANDLE | set(MACHINES), {"phone": "+12125550150"}),
    "POST /v1/members/{member_id}/point-edits": Ask(HANDLE | {"backend"}, {"delta": 1} | REASON, member=True),
    "POST /v1/members/{member_id}/flag": Ask(HANDLE, REASON, member=True),
    "POST /v1/members/{member_id}/verify": Ask(DECIDE, REASON, member=True),
    "POST /v1/members/{member_id}/resolve": Ask(DECIDE, REASON, member=True),
    "POST /v1/members/{member_id}/block": Ask(DECIDE, REASON, member=True),
    "POST /v1/members/{member_id}/unblock": Ask(DECIDE, REASON, member=True),
    "POST /v1/members/{member_id}/membership/cancel": Ask(DECIDE, REASON, member=True),
    "GET /v1/members/{member_id}/export": Ask(DECIDE, member=True),
    "DELETE /v1/members/{member_id}": Ask(OWN, member=True),
    "PUT /v1/settings": Ask(OWN, {}),
    "POST /v1/settings/preview": Ask(OWN, {}),
    "GET /v1/notifications": Ask(READ),
    "POST /v1/notifications/test": Ask(OWN),
    "POST /v1/notifications/reinstate": Ask(OWN, {"email": "a@example.com"} | REASON),
    "POST /v1/locations": Ask(OWN, LOCATION),
    "PUT /v1/locations/{location_id}": Ask(OWN, LOCATION),
    "DELETE /v1/locations/{location_id}": Ask(OWN),
    "GET /v1/staff": Ask(OWN),
    "POST /v1/staff": Ask(OWN, {"email": "a@example.com", "role": "viewer", "subject": "someone"}),
    "DELETE /v1/staff/{subject}": Ask(OWN),
    "GET /v1/app-clients": Ask(OWN),
    "POST /v1/app-clients": Ask(OWN, {"name": "Till", "kind": "kiosk", "client_id": "someone"}),
    "DELETE /v1/app-clients/{client_id}": Ask(OWN),
    "GET /v1/platform/programs": Ask(SUPPORT),
    "POST /v1/platform/programs": Ask(SUPPORT, PROGRAM),
    "POST /v1/platform/programs/{program_id}/close": Ask(SUPPORT, REASON),
    "POST /v1/platform/programs/{program_id}/reopen": Ask(SUPPORT, REASON),
    "GET /v1/platform/blocks": Ask(SUPPORT),
    "POST /v1/platform/blocks": Ask(SUPPORT, BLOCK),
    "DELETE /v1/platform/blocks": Ask(SUPPORT, BLOCK),
}


def test_the_matrix_has_every_route_of_the_console() -> None:
    declared = {key for key, route in routes().items() if route.function in CONSOLE}
    assert set(ASKS) == declared


def ask(shop: Shop, route: str, role: str, ana: Enrolled) -> int:
    wanted = ASKS[route]
    path = {
        "member_id": ana.member_id,
        "flag_id": "f_0000000000000v00000000000000000000",
        "location_id": shop.annex,
        "version": "1",
        "subject": "nobody",
        "client_id": "nobody",
        "program_id": "p_nobodys1",
    }
    named = {name: value for name, value in path.items() if f"{{{name}}}" in route}
    body = wanted.body
    if role in MACHINES and isinstance(body, dict):
        body = body | {"program_id": shop.program_id}
    return shop.ask(route, by=role, path=named, body=body).status


@pytest.mark.parametrize("route", ASKS)
def test_each_role_may_do_what_the_matrix_says_and_nothing_else(shop: Shop, route: str) -> None:
    shop.backend.create_identity()
    ana = shop.enrol()
    roles = STAFF + (MACHINES if routes()[route].authorizer == "AnyPoolAuthorizer" else ())
    refused = {role for role in roles if ask(shop, route, role, ana) == 403}
    assert refused == set(roles) - ASKS[route].may


def test_a_refused_caller_is_told_what_they_lack_and_changes_nothing(shop: Shop) -> None:
    ana = shop.enrol()
    before = shop.register_item(ana)
    answer = shop.of("POST block", ana, by="viewer", body=REASON)
    assert (answer.status, answer.code) == (403, "forbidden")
    assert "viewer" in answer.body["detail"]
    assert shop.register_item(ana) == before
    assert shop.audit() == []


def test_permission_is_asked_before_anything_is_looked_up(shop: Shop) -> None:
    nobody = Enrolled("m_0000000000000", "")
    assert shop.of("POST block", nobody, by="viewer", body=REASON).code == "forbidden"
    path = {"location_id": new_location_id()}
    assert shop.ask("DELETE /v1/locations/{location_id}", by="manager", path=path).code == "forbidden"


def test_a_token_of_the_app_pool_opens_no_route_of_the_staff_even_with_a_staff_subject(shop: Shop) -> None:
    ana = shop.enrol()
    subject = shop.subject("owner")
    pretending = {"lambda": {"pool": "app", "sub": subject, "scope": "redflag/members.write"}}
    answer = shop.ask(
        "POST /v1/members", by=pretending, body={"phone": ana.phone, "program_id": shop.program_id}
    )
    assert answer.code == "forbidden"
    assert shop.of("POST point-edits", ana, by=pretending, body={"delta": 1} | REASON).code == "forbidden"


def test_a_person_whom_no_program_knows_is_forbidden(shop: Shop) -> None:
    assert shop.ask("GET /v1/members", by={"jwt": {"claims": {"sub": "stranger"}}}).code == "forbidden"
