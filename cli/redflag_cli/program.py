"""Creating a program in a deployed stack, with its first owner."""

from dataclasses import dataclass

from phonenumbers import SUPPORTED_REGIONS

from redflag import wiring
from redflag.service.programs.creation import create_program
from redflag.service.programs.staff import person
from redflag_cli.stack import NotDone, acting_in

_CREATOR = "redflag program create"


@dataclass(frozen=True)
class Created:
    """A new program and its owner."""

    program_id: str
    owner_subject: str


def create(stack: str, name: str, region: str, owner_email: str, owner_subject: str | None) -> Created:
    """Create a program with its owner, who has an account in the stack's pool or a subject elsewhere."""
    if region not in SUPPORTED_REGIONS:
        raise NotDone(f"{region} is no region with phone numbers. Give one such as US or DE.")
    with acting_in(stack):
        owner = person(owner_email, None, owner_subject)
        program = create_program(name, region, owner, by=_CREATOR, now=wiring.now())
    return Created(program.program_id, owner.subject)
