"""A demo program to play with: its locations, its people and its machine clients.

What stands already is taken as it is, so that a second run changes nothing.
"""

import secrets
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

import httpx

from local_cloud import function_logs
from local_cloud.emulator import LocalCloudError
from local_cloud.stack import Client, Stack, User
from redflag.core.roles import Role
from redflag.service.programs.app_clients import scopes_of
from redflag.store import principals, programs
from redflag.store.database import Database, Tables
from redflag.store.ids import new_location_id, new_program_id
from redflag.store.principals import PLATFORM, Principal
from redflag.store.programs import Program

_PEOPLE = (Role.OWNER, Role.MANAGER, Role.STAFF, Role.VIEWER, Role.SUPPORT)
_MACHINES = (Role.KIOSK, Role.BACKEND, Role.IMPORTER)
_REGION = "US"
# A number that is kept for fiction.
_MEMBER_PHONE = "+12025550123"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOCATIONS: tuple[dict[str, Any], ...] = (
    {
        "name": "Main Street",
        "time_zone": "America/New_York",
        "position": {"lat": 40.7411, "lon": -73.9897},
        "hours": {day: [{"open": "07:00", "close": "22:00"}] for day in _DAYS},
    },
    {
        "name": "Harbour",
        "time_zone": "America/New_York",
        "position": {"lat": 40.7033, "lon": -74.0170},
        "hours": None,
    },
    {"name": "Station", "time_zone": "America/Chicago", "position": None, "hours": None},
)


def seed(stack: Stack, known: Stack | None, authorizer_id: str) -> Stack:
    """The stack with its demo program; `known` is what an earlier run wrote down of the same stack."""
    if known and known.api_id == stack.api_id:
        return replace(
            stack,
            program_id=known.program_id,
            location_ids=known.location_ids,
            users=known.users,
            clients=known.clients,
        )
    database = Database(stack.client("dynamodb"), Tables(**stack.tables))
    locations = [{"location_id": new_location_id(), "exceptions": []} | location for location in _LOCATIONS]
    stack = replace(
        stack,
        program_id=new_program_id(),
        location_ids=[str(location["location_id"]) for location in locations],
    )
    database.commit(
        [
            programs.save_program(database, Program(stack.program_id, "Demo", _REGION)),
            *(
                programs.save_location(database, stack.program_id, location, new=True)
                for location in locations
            ),
        ]
    )
    for role in _PEOPLE:
        email = f"{role}@example.com"
        attributes = {"email": email, "email_verified": "true", "name": f"Demo {role}"}
        stack.users[role.value] = user = _user(stack, "staff", email, attributes)
        _let_in(
            database,
            Principal(
                user.subject,
                role,
                PLATFORM if role is Role.SUPPORT else stack.program_id,
                name=f"Demo {role}",
                email=email,
            ),
        )
    for role in _MACHINES:
        stack.clients[role.value] = machine = _machine(stack, role)
        _let_in(database, Principal(machine.client_id, role, stack.program_id, name=f"Demo {role}"))
    _let_in(database, Principal(stack.app.client_id, Role.APP, stack.program_id, name="Demo app"))
    _admit(stack, authorizer_id)
    stack.users[Role.MEMBER.value] = _member(stack)
    return stack


def _let_in(database: Database, principal: Principal) -> None:
    now = time.time_ns() // 1_000_000
    database.commit([principals.save(database, replace(principal, created_at=now), new=False)])


def _user(stack: Stack, pool: str, username: str, attributes: dict[str, str]) -> User:
    """A person with a new password; the pool tells nobody an old one."""
    pool_id = (stack.staff if pool == "staff" else stack.app).pool_id
    cognito = stack.client("cognito-idp")
    password = secrets.token_urlsafe(12) + "aA1"
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=username,
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
            MessageAction="SUPPRESS",
        )
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=username, Password=password, Permanent=True)
    found = cognito.admin_get_user(UserPoolId=pool_id, Username=username)
    (subject,) = (item["Value"] for item in found["UserAttributes"] if item["Name"] == "sub")
    return User(pool, username, password, subject)


def _machine(stack: Stack, role: Role) -> Client:
    made = stack.client("cognito-idp").create_user_pool_client(
        UserPoolId=stack.app.pool_id,
        ClientName=f"demo {role}",
        GenerateSecret=True,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=scopes_of(role),
    )["UserPoolClient"]
    return Client(made["ClientId"], made["ClientSecret"], scopes_of(role))


def _admit(stack: Stack, authorizer_id: str) -> None:
    """Add the machine clients to the audience of the app's authorizer, beside those that are in it."""
    gateway = stack.client("apigatewayv2")
    jwt = gateway.get_authorizer(ApiId=stack.api_id, AuthorizerId=authorizer_id)["JwtConfiguration"]
    audience = {*jwt["Audience"], *(client.client_id for client in stack.clients.values())}
    gateway.update_authorizer(
        ApiId=stack.api_id,
        AuthorizerId=authorizer_id,
        JwtConfiguration={"Issuer": jwt["Issuer"], "Audience": sorted(audience)},
    )


def _member(stack: Stack) -> User:
    """A member with the app, enrolled the way a merchant's own system does it."""
    attributes = {
        "phone_number": _MEMBER_PHONE,
        "phone_number_verified": "true",
        "name": "Demo member",
    }
    user = _user(stack, "app", _MEMBER_PHONE, attributes)
    body = {"program_id": stack.program_id, "phone": _MEMBER_PHONE, "name": "Demo member"}
    with stack.http(Role.BACKEND) as api:
        answer = api.post("/v1/members", json=body)
    if answer.status_code not in (httpx.codes.OK, httpx.codes.CREATED):
        logged = "\n".join(message for _, _, message in function_logs.lines(stack, since=0))
        raise LocalCloudError(
            f"The demo member could not be enrolled: {answer.status_code} {answer.text}\n{logged}"
        )
    return user
