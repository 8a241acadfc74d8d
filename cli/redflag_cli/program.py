"""Creating a program in a deployed stack, with its first owner."""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError
from phonenumbers import SUPPORTED_REGIONS

from redflag import wiring
from redflag.problems import Problem
from redflag.service.programs import create_program
from redflag.service.staff import person
from redflag_cli.stack import NoStack, enter

_CREATOR = "redflag program create"


class NotCreated(Exception):
    """No program was created; the message says why and what to do."""


@dataclass(frozen=True)
class Created:
    """A new program and its owner."""

    program_id: str
    owner_subject: str


def create(stack: str, name: str, region: str, owner_email: str, owner_subject: str | None) -> Created:
    """Create a program and let its owner in, with an account in the stack's pool or a subject elsewhere."""
    if region not in SUPPORTED_REGIONS:
        raise NotCreated(f"{region} is no region with phone numbers. Give one such as US or DE.")
    try:
        enter(stack)
        owner = person(owner_email, None, owner_subject)
        program = create_program(name, region, owner, by=_CREATOR, now=wiring.now())
    except Problem as problem:
        wrong = "; ".join(f"{e['field']}: {e['message']}" for e in problem.more.get("errors", []))
        raise NotCreated(wrong or problem.detail) from None
    except NoStack as error:
        raise NotCreated(str(error)) from None
    except (ClientError, BotoCoreError) as error:
        raise NotCreated(f"AWS does not let this happen: {error}") from None
    return Created(program.program_id, owner.subject)
