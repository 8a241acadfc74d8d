"""Letting staff and app clients in, and out again.

Both are principals. Where the stack's own user pools are in use, a person gets an account there and
a client gets credentials; an identity provider of one's own only needs to be named.
"""

import os
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import PERMISSIONS, SCOPES, Role
from redflag.problems import forbidden, invalid, not_found
from redflag.service.findings import until_won
from redflag.service.programs import app_audience
from redflag.store import audit, principals
from redflag.store.audit import Entry
from redflag.store.database import Lost, Write
from redflag.store.principals import Principal


@dataclass(frozen=True)
class Person:
    """Somebody for the console, known to an identity provider."""

    subject: str
    email: str
    name: str


@dataclass(frozen=True)
class Credentials:
    """What a machine client signs in with."""

    client_id: str
    client_secret: str | None


def scopes_of(role: Role) -> list[str]:
    """The scopes that a client of this kind may ask for."""
    return sorted({SCOPES[p] for p in PERMISSIONS[role] if p in SCOPES})


def person(email: str, name: str | None, subject: str | None, *, field: str = "subject") -> Person:
    """A person by their subject, or with an account in the staff pool, made now if there is none.

    Raises `Problem`, naming the field, when the stack has no pool of its own and no subject is given.
    """
    return Person(subject or _account(email, field), email, name or email)


def add_person(program_id: str, wanted: Person, role: Role, *, by: str, now: Instant) -> Principal:
    """Let a person in."""
    principal = Principal(wanted.subject, role, program_id, wanted.name, wanted.email, created_at=now)
    _save(principal, "add_staff", "email", by=by, now=now)
    return principal


def _account(email: str, field: str) -> str:
    """The subject of a person's account in the staff pool; made, and told by mail, if it is new."""
    pool = os.environ["STAFF_POOL_ID"]
    if not pool:
        raise invalid((field, "Name the person's subject at your identity provider."))
    client = wiring.client("cognito-idp")
    attributes = [
        {"Name": "email", "Value": email},
        {"Name": "email_verified", "Value": "true"},
    ]
    try:
        user = client.admin_create_user(
            UserPoolId=pool,
            Username=email,
            UserAttributes=attributes,
            DesiredDeliveryMediums=["EMAIL"],
        )["User"]["Attributes"]
    except client.exceptions.UsernameExistsException:
        user = client.admin_get_user(UserPoolId=pool, Username=email)["UserAttributes"]
    return next(str(a["Value"]) for a in user if a["Name"] == "sub")


def add_client(
    program_id: str, *, name: str, role: Role, client_id: str | None, by: str, now: Instant
) -> tuple[Principal, Credentials]:
    """Let a client of the app API in; its secret is told this once."""
    made = client_id is None
    credentials = _client(name, role) if made else Credentials(str(client_id), None)
    principal = Principal(credentials.client_id, role, program_id, name=name, created_at=now, made_here=made)
    try:
        app_audience.add(credentials.client_id)
        _save(principal, "add_app_client", "client_id", by=by, now=now)
    except Exception:
        if made:
            app_audience.remove(credentials.client_id)
            _delete_client(credentials.client_id)
        raise
    return principal, credentials


def _client(name: str, role: Role) -> Credentials:
    pool = os.environ["APP_POOL_ID"]
    if not pool:
        raise invalid(("client_id", "Name the client's id at your identity provider."))
    machine: dict[str, Any] = {
        "GenerateSecret": True,
        "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthScopes": scopes_of(role),
    }
    people: dict[str, Any] = {
        "GenerateSecret": False,
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
    }
    made = wiring.client("cognito-idp").create_user_pool_client(
        UserPoolId=pool, ClientName=name, **(people if role is Role.APP else machine)
    )["UserPoolClient"]
    return Credentials(made["ClientId"], made.get("ClientSecret"))


def _delete_client(client_id: str) -> None:
    client = wiring.client("cognito-idp")
    try:
        client.delete_user_pool_client(UserPoolId=os.environ["APP_POOL_ID"], ClientId=client_id)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise


def remove_person(program_id: str, subject: str, *, by: str, now: Instant) -> None:
    """Let a person in no longer. Nobody removes themselves."""
    if subject == by:
        raise forbidden("You cannot remove yourself. Ask another owner of the program.")
    principal = principals.get_staff(wiring.database(), subject)
    if principal is None or principal.program_id != program_id:
        raise not_found("person")
    _remove(principal, "remove_staff", by=by, now=now)


def remove_client(program_id: str, client_id: str, *, by: str, now: Instant) -> None:
    """Let a client in no longer. Credentials that this program has made are deleted."""
    principal = principals.get_app_caller(wiring.database(), client_id, program_id)
    if principal is None or principal.role is Role.MEMBER:
        raise not_found("app client")
    _remove(principal, "remove_app_client", by=by, now=now)
    if principal.made_here:
        app_audience.remove(client_id)
        _delete_client(client_id)


def _save(principal: Principal, action: str, field: str, *, by: str, now: Instant) -> None:
    def attempt(lost: Lost | None) -> None:
        if lost is not None and "principal" in lost.labels:
            raise invalid((field, "This one is let in already. Remove them first."))
        write = principals.save(wiring.database(), principal)
        entry = Entry(action, now, by, principal.subject, after={"role": principal.role})
        _commit(write, principal.program_id, entry)

    until_won(attempt)


def _remove(principal: Principal, action: str, *, by: str, now: Instant) -> None:
    def attempt(lost: Lost | None) -> None:
        if lost is not None and "principal" in lost.labels:
            raise not_found("principal")
        write = principals.remove(wiring.database(), principal)
        entry = Entry(action, now, by, principal.subject, before={"role": principal.role})
        _commit(write, principal.program_id, entry)

    until_won(attempt)


def _commit(write: Write, program_id: str, entry: Entry) -> None:
    database = wiring.database()
    database.commit([write, audit.append(database, program_id, entry)])
