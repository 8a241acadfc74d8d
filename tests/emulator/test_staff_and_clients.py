"""Letting people and clients in and out: principals, the user pools, and the authorizer's audience."""

from collections.abc import Iterator
from typing import Any

import pytest

from redflag import wiring
from redflag.core.roles import SCOPES
from redflag.store import principals
from tests.cloud.program import Shop

STAFF, CLIENTS = "/v1/staff", "/v1/app-clients"


@pytest.fixture(autouse=True)
def identity(shop: Shop) -> Iterator[None]:
    """The pools and the API, its audience as the template has it."""
    shop.backend.create_identity()
    yield
    gateway = wiring.client("apigatewayv2")
    gateway.update_authorizer(
        ApiId=shop.backend.values["HttpApi"],
        AuthorizerId=shop.backend.values["AppAuthorizer"],
        JwtConfiguration={"Issuer": "https://app.example.com", "Audience": ["mobile"]},
    )


def audience(shop: Shop) -> set[str]:
    found = wiring.client("apigatewayv2").get_authorizer(
        ApiId=shop.backend.values["HttpApi"], AuthorizerId=shop.backend.values["AppAuthorizer"]
    )
    return set(found["JwtConfiguration"]["Audience"])


def pool_clients(shop: Shop) -> set[str]:
    found = wiring.client("cognito-idp").list_user_pool_clients(UserPoolId=shop.backend.values["AppPool"])
    return {client["ClientId"] for client in found["UserPoolClients"]}


def email(shop: Shop, name: str = "xanthe") -> str:
    return f"{name}-{shop.program_id}@example.com"


# ---------------------------------------------------------------- people


def test_a_person_gets_an_account_and_may_do_what_their_role_says(shop: Shop) -> None:
    answer = shop.ask(f"POST {STAFF}", body={"email": email(shop), "role": "viewer", "name": "Xanthe Oduya"})
    assert answer.status == 201
    subject = answer.body["subject"]
    assert {k: v for k, v in answer.body.items() if k not in ("subject", "created_at")} == {
        "email": email(shop),
        "name": "Xanthe Oduya",
        "role": "viewer",
    }
    person = {"jwt": {"claims": {"sub": subject}}}
    assert shop.ask("GET /v1/members", by=person).status == 200
    assert shop.ask("PUT /v1/settings", by=person, body={}).code == "forbidden"
    assert [entry["action"] for entry in shop.audit()] == ["add_staff"]


def test_who_was_removed_is_out_at_once_and_can_be_let_in_again(shop: Shop) -> None:
    wanted = {"email": email(shop), "role": "owner"}
    subject = shop.ask(f"POST {STAFF}", body=wanted).body["subject"]
    person = {"jwt": {"claims": {"sub": subject}}}
    assert shop.ask("GET /v1/settings", by=person).status == 200
    gone = shop.ask(f"DELETE {STAFF}/{{subject}}", path={"subject": subject})
    assert (gone.status, gone.text) == (204, "")
    shop.forget()
    assert shop.ask("GET /v1/settings", by=person).code == "forbidden"
    again = shop.ask(f"POST {STAFF}", body=wanted | {"role": "viewer"})
    assert (again.status, again.body["subject"]) == (201, subject)
    assert [entry["action"] for entry in shop.audit()] == ["add_staff", "remove_staff", "add_staff"]


def test_a_person_is_let_in_once_and_in_one_program(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    wanted = {"email": email(shop), "role": "viewer"}
    subject = shop.ask(f"POST {STAFF}", body=wanted).body["subject"]
    for program in (shop, other):
        answer = program.ask(f"POST {STAFF}", body=wanted)
        assert (answer.status, answer.fields) == (422, {"email"})
    assert other.ask(f"DELETE {STAFF}/{{subject}}", path={"subject": subject}).code == "not_found"
    assert shop.ask("GET /v1/settings", by={"jwt": {"claims": {"sub": subject}}}).status == 200


def test_nobody_removes_themselves(shop: Shop) -> None:
    me = shop.subject("owner")
    assert shop.ask(f"DELETE {STAFF}/{{subject}}", path={"subject": me}).code == "forbidden"
    assert shop.ask(f"DELETE {STAFF}/{{subject}}", path={"subject": "nobody"}).code == "not_found"


def test_someone_of_another_identity_provider_is_named_by_subject(shop: Shop) -> None:
    body = {"email": email(shop), "role": "staff", "subject": f"idp|{shop.program_id}"}
    assert shop.ask(f"POST {STAFF}", body=body).body["subject"] == f"idp|{shop.program_id}"


def test_staff_are_listed_on_pages(shop: Shop) -> None:
    shop.subject("owner")
    for name in ("a", "b", "c"):
        shop.ask(f"POST {STAFF}", body={"email": email(shop, name), "role": "viewer"})
    first = shop.ask(f"GET {STAFF}", query={"limit": "3"}).body
    second = shop.ask(f"GET {STAFF}", query={"limit": "3", "cursor": first["next_cursor"]}).body
    found = [item["subject"] for item in (*first["items"], *second["items"])]
    assert len(found) == len(set(found)) == 4
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "role"}),
        ({"email": "x", "role": "viewer"}, {"email"}),
        ({"email": "a@example.com", "role": "support"}, {"role"}),
        ({"email": "a@example.com", "role": "kiosk"}, {"role"}),
        ({"email": "a@example.com", "role": "viewer", "program_id": "p_1"}, {"program_id"}),
    ],
    ids=str,
)
def test_wrong_fields_of_a_person_are_named(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    answer = shop.ask(f"POST {STAFF}", body=body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


# ---------------------------------------------------------------- clients


@pytest.mark.parametrize("kind", ["kiosk", "backend", "importer"])
def test_a_machine_gets_credentials_with_its_scopes_and_its_tokens_are_taken(shop: Shop, kind: str) -> None:
    answer = shop.ask(f"POST {CLIENTS}", body={"name": "Till 1", "kind": kind})
    assert answer.status == 201
    client_id, scopes = answer.body["client_id"], answer.body["scopes"]
    assert answer.body["client_secret"]
    assert set(scopes) <= set(SCOPES.values())
    assert client_id in pool_clients(shop)
    assert audience(shop) == {"mobile", client_id}
    described = wiring.client("cognito-idp").describe_user_pool_client(
        UserPoolId=shop.backend.values["AppPool"], ClientId=client_id
    )["UserPoolClient"]
    assert described["AllowedOAuthFlows"] == ["client_credentials"]
    assert described["AllowedOAuthScopes"] == scopes
    machine = {"jwt": {"claims": {"sub": client_id, "scope": " ".join(scopes)}}}
    assert shop.check_in(shop.enrol(), by=machine).status == 201
    listed = shop.ask(f"GET {CLIENTS}").body["items"]
    assert [item["client_id"] for item in listed] == [client_id]
    assert "client_secret" not in listed[0]
    assert [entry["action"] for entry in shop.audit()] == ["add_app_client"]
    assert answer.body["client_secret"] not in str(shop.audit())


def test_a_removed_client_is_out_everywhere(shop: Shop) -> None:
    made = shop.ask(f"POST {CLIENTS}", body={"name": "Till 1", "kind": "kiosk"}).body
    path = {"client_id": made["client_id"]}
    assert shop.ask(f"DELETE {CLIENTS}/{{client_id}}", path=path).status == 204
    assert made["client_id"] not in pool_clients(shop)
    assert audience(shop) == {"mobile"}
    shop.forget()
    machine = {"jwt": {"claims": {"sub": made["client_id"], "scope": " ".join(made["scopes"])}}}
    assert shop.check_in(shop.enrol(), by=machine).code == "forbidden"
    assert shop.ask(f"DELETE {CLIENTS}/{{client_id}}", path=path).code == "not_found"
    assert [entry["action"] for entry in shop.audit()] == ["add_app_client", "remove_app_client"]


def test_a_client_that_exists_already_is_let_in_by_its_id(shop: Shop) -> None:
    answer = shop.ask(
        f"POST {CLIENTS}", body={"name": "The app", "kind": "app", "client_id": f"m-{shop.program_id}"}
    )
    assert (answer.status, answer.body["client_secret"]) == (201, None)
    assert f"m-{shop.program_id}" in audience(shop)
    again = shop.ask(
        f"POST {CLIENTS}", body={"name": "The app", "kind": "app", "client_id": f"m-{shop.program_id}"}
    )
    assert (again.status, again.fields) == (422, {"client_id"})


def test_a_program_cannot_take_away_the_client_of_another_by_naming_it(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    made = shop.ask(f"POST {CLIENTS}", body={"name": "Till 1", "kind": "kiosk"}).body
    path = {"client_id": made["client_id"]}
    assert other.ask(f"DELETE {CLIENTS}/{{client_id}}", path=path).code == "not_found"
    other.ask(f"POST {CLIENTS}", body={"name": "Mine", "kind": "kiosk", "client_id": made["client_id"]})
    other.ask(f"DELETE {CLIENTS}/{{client_id}}", path=path)
    assert made["client_id"] in pool_clients(shop)
    assert made["client_id"] in audience(shop)
    machine = {"jwt": {"claims": {"sub": made["client_id"], "scope": " ".join(made["scopes"])}}}
    assert shop.check_in(shop.enrol(), by=machine).status == 201


def test_when_the_audience_is_full_nothing_of_the_new_client_stays(shop: Shop) -> None:
    wiring.client("apigatewayv2").update_authorizer(
        ApiId=shop.backend.values["HttpApi"],
        AuthorizerId=shop.backend.values["AppAuthorizer"],
        JwtConfiguration={"Issuer": "https://app.example.com", "Audience": [f"c{n}" for n in range(50)]},
    )
    before = pool_clients(shop)
    answer = shop.ask(f"POST {CLIENTS}", body={"name": "Till 51", "kind": "kiosk"})
    assert (answer.status, answer.code) == (422, "invalid_request")
    assert pool_clients(shop) == before
    assert shop.ask(f"GET {CLIENTS}").body["items"] == []


def test_a_member_of_the_program_is_no_client_of_it(shop: Shop) -> None:
    subject = shop.link(shop.enrol(), f"ana-{shop.program_id}")
    assert shop.ask(f"GET {CLIENTS}").body["items"] == []
    assert shop.ask(f"DELETE {CLIENTS}/{{client_id}}", path={"client_id": subject}).code == "not_found"
    assert principals.get_app_caller(shop.database, subject, shop.program_id) is not None


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name", "kind"}),
        ({"name": "Till", "kind": "member"}, {"kind"}),
        ({"name": "Till", "kind": "owner"}, {"kind"}),
        ({"name": "", "kind": "kiosk"}, {"name"}),
        ({"name": "Till", "kind": "kiosk", "scopes": ["x"]}, {"scopes"}),
    ],
    ids=str,
)
def test_wrong_fields_of_a_client_are_named(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    answer = shop.ask(f"POST {CLIENTS}", body=body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)
