"""Adding and removing the people at the console.

Where the stack's own staff pool is in use, a person gets an account there; an identity provider of one's
own only needs to be named.
"""

import os
from dataclasses import dataclass

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import Role
from redflag.service.programs.principals import add_principal, remove_principal
from redflag.service.refusals import forbidden, invalid, not_found
from redflag.store import principals
from redflag.store.principals import Principal


@dataclass(frozen=True)
class Person:
    """Somebody for the console, known to an identity provider."""

    subject: str
    email: str
    name: str


def person(email: str, name: str | None, subject: str | None, *, field: str = "subject") -> Person:
    """A person by their subject, or with an account in the staff pool, made now if there is none.

    Raises `Refusal`, naming the field, when the stack has no pool of its own and no subject is given.
    """
    return Person(subject or _account(email, field), email, name or email)


def add_person(program_id: str, new: Person, role: Role, *, by: str, now: Instant) -> Principal:
    """Give a person access with a role."""
    principal = Principal(new.subject, role, program_id, new.name, new.email, created_at=now)
    add_principal(principal, "add_staff", "email", by=by, now=now)
    return principal


def _account(email: str, field: str) -> str:
    """The subject of a person's account in the staff pool. A new one gets a password by mail."""
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


def remove_person(program_id: str, subject: str, *, by: str, now: Instant) -> None:
    """Revoke a person's access. Nobody removes themselves."""
    if subject == by:
        raise forbidden("You cannot remove yourself. Ask another owner of the program.")
    principal = principals.get_staff(wiring.database(), subject)
    if principal is None or principal.program_id != program_id:
        raise not_found("person")
    remove_principal(principal, "remove_staff", by=by, now=now)
