"""Creating a program in a deployed stack, with its first owner."""

import os
from dataclasses import dataclass

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from phonenumbers import SUPPORTED_REGIONS

from redflag import wiring
from redflag.problems import Problem
from redflag.service.programs import create_program
from redflag.service.staff import person

_OUTPUTS = {
    "PROGRAMS_TABLE": "ProgramsTable",
    "AUDIT_TABLE": "AuditTable",
    "STAFF_POOL_ID": "StaffPoolId",
}
"""What the layer reads from its environment in a function, by the output of the stack that has it."""

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
        _enter(stack)
        owner = person(owner_email, None, owner_subject)
        program = create_program(name, region, owner, by=_CREATOR, now=wiring.now())
    except Problem as problem:
        wrong = "; ".join(f"{e['field']}: {e['message']}" for e in problem.more.get("errors", []))
        raise NotCreated(wrong or problem.detail) from None
    except (ClientError, BotoCoreError) as error:
        raise NotCreated(f"AWS does not let this happen: {error}") from None
    return Created(program.program_id, owner.subject)


def _enter(stack: str) -> None:
    """Take a stack's tables and pool for one's own, as its functions do."""
    region = boto3.Session().region_name
    if region is None:
        raise NotCreated("Say in which region the stack is: set AWS_REGION.")
    os.environ.setdefault("AWS_DEFAULT_REGION", region)
    (described,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in described.get("Outputs", [])}
    if "ProgramsTable" not in outputs:
        raise NotCreated(f"The stack {stack} is not one of Redflag.")
    os.environ |= {name: outputs.get(output, "") for name, output in _OUTPUTS.items()}
    wiring.reset()
