"""Adding and removing clients of the app API.

Where the stack's own app pool is in use, a client gets credentials there; a client of an identity provider
of one's own only needs to be named.
"""

import os
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import ROLES, SCOPES, Role
from redflag.service.programs import app_audience
from redflag.service.programs.principals import add_principal, remove_principal
from redflag.service.refusals import invalid, not_found
from redflag.store import principals
from redflag.store.principals import Principal


@dataclass(frozen=True)
class Credentials:
    """What a machine client signs in with."""

    client_id: str
    client_secret: str | None


def scopes_of(role: Role) -> list[str]:
    """The scopes that a client of this kind may ask for."""
    return sorted({SCOPES[p] for p in ROLES[role].permissions if p in SCOPES})


def add_client(
    program_id: str, *, name: str, role: Role, client_id: str | None, by: str, now: Instant
) -> tuple[Principal, Credentials]:
    """Add a client of the app API. Its secret is returned only here."""
    made = client_id is None
    credentials = _client(name, role) if made else Credentials(str(client_id), None)
    principal = Principal(credentials.client_id, role, program_id, name=name, created_at=now, made_here=made)
    try:
        app_audience.add(credentials.client_id)
        add_principal(principal, "add_app_client", "client_id", by=by, now=now)
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


def remove_client(program_id: str, client_id: str, *, by: str, now: Instant) -> None:
    """Remove a client. Credentials that this program has made are deleted."""
    principal = principals.get_app_caller(wiring.database(), client_id, program_id)
    if principal is None or principal.role is Role.MEMBER:
        raise not_found("app client")
    remove_principal(principal, "remove_app_client", by=by, now=now)
    if principal.made_here:
        app_audience.remove(client_id)
        _delete_client(client_id)
