"""Adding and removing the platform's support of a deployed stack."""

from redflag import wiring
from redflag.core.roles import Pool, Role
from redflag.service.programs.staff import add_person, person, remove_person
from redflag.store import principals
from redflag.store.principals import PLATFORM
from redflag_cli.stack import NotDone, acting_in

_MOST = 1000
"""How many people of the support are searched for an address."""


def add(stack: str, email: str, subject: str | None) -> str:
    """Give a person access, by an account in the stack's pool or a subject elsewhere; returns the subject."""
    with acting_in(stack):
        new = person(email, None, subject)
        add_person(PLATFORM, new, Role.SUPPORT, by="redflag support add", now=wiring.now())
    return new.subject


def remove(stack: str, email: str, subject: str | None) -> str:
    """Revoke a person's access, known by their subject or else by their address; returns the subject."""
    with acting_in(stack):
        known = subject or _subject_of(email)
        remove_person(PLATFORM, known, by="redflag support remove", now=wiring.now())
    return known


def _subject_of(email: str) -> str:
    people = principals.of_program(wiring.database(), PLATFORM, Pool.STAFF, after=None, limit=_MOST)
    found = [each.subject for each in people if each.email == email]
    if not found:
        raise NotDone(f"Nobody of the support has the address {email}.")
    return found[0]
