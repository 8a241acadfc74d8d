"""Acting in a deployed stack as its own functions do, with the caller's AWS credentials."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from redflag import wiring
from redflag.service import configuration
from redflag.service.refusals import Refusal
from redflag.store.database import Contention

_OUTPUTS = {
    "PROGRAMS_TABLE": "ProgramsTable",
    "MEMBERS_TABLE": "MembersTable",
    "PLACES_TABLE": "PlacesTable",
    "HISTORY_TABLE": "HistoryTable",
    "AUDIT_TABLE": "AuditTable",
    "LOOKUP_SECRET_ARN": "LookupSecretArn",
    "DATA_KEY_ARN": "DataKeyArn",
    "STAFF_POOL_ID": "StaffPoolId",
}
"""What the layer reads from its environment in a function, by the output of the stack that has it."""

_KEPT_SECONDS = "30"


class NotDone(Exception):
    """A command could not be carried out in a stack; the message says why and what to do."""


@contextmanager
def acting_in(stack: str, *, refused: str = "AWS does not let this happen") -> Iterator[dict[str, str]]:
    """Act in a stack; what goes wrong there, or on the way, is `NotDone`. AWS's words follow `refused`."""
    try:
        yield enter(stack)
    except Refusal as refusal:
        wrong = "; ".join(f"{e['field']}: {e['message']}" for e in refusal.more.get("errors", []))
        raise NotDone(wrong or refusal.detail) from None
    except Contention:
        raise NotDone("Others are changing the same data at this moment. Run the command again.") from None
    except (ClientError, BotoCoreError) as error:
        raise NotDone(f"{refused}: {error}") from None


def enter(stack: str) -> dict[str, str]:
    """Use a stack's tables, key and pool in this process; returns all of its outputs.

    Raises `NotDone`, and boto3's own errors when AWS refuses.
    """
    outputs = outputs_of(stack)
    os.environ |= {name: outputs.get(output, "") for name, output in _OUTPUTS.items()}
    # A command that goes through many things reads settings and locations once for all of them.
    os.environ["CONFIG_CACHE_SECONDS"] = _KEPT_SECONDS
    wiring.reset()
    configuration.reset()
    return outputs


def outputs_of(stack: str) -> dict[str, str]:
    """The outputs of a stack. Raises `NotDone`, and boto3's own errors when AWS refuses."""
    # boto3 itself reads only AWS_DEFAULT_REGION and the profile.
    region = boto3.Session().region_name or os.environ.get("AWS_REGION")
    if region is None:
        raise NotDone("Say in which region the stack is: set AWS_REGION.")
    os.environ.setdefault("AWS_DEFAULT_REGION", region)
    (described,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in described.get("Outputs", [])}
    if "ProgramsTable" not in outputs:
        raise NotDone(f"The stack {stack} is not one of Redflag.")
    return outputs
