"""Reading the audit logs of a deployed stack, to verify them."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from redflag import wiring
from redflag.store import programs
from redflag.store.database import Item
from redflag.store.principals import PLATFORM
from redflag_cli.audit_chain import BrokenChain, Head, verify
from redflag_cli.stack import NoStack, enter


class NotVerified(Exception):
    """Nothing was verified; the message says why and what to do."""


def verify_logs(
    stack: str, program_id: str | None, since: Head | None
) -> Iterator[tuple[str, Head | BrokenChain]]:
    """Each log of a stack, or that of one program, with its head or with what is wrong.

    Raises `NotVerified`.
    """
    try:
        enter(stack)
        for log in [program_id] if program_id else [*programs.program_ids(wiring.database()), PLATFORM]:
            yield log, _verified(log, since)
    except NoStack as error:
        raise NotVerified(str(error)) from None
    except (ClientError, BotoCoreError) as error:
        raise NotVerified(f"AWS does not let the logs be read: {error}") from None


def _verified(log: str, since: Head | None) -> Head | BrokenChain:
    try:
        head = verify(log, _entries(log), since)
    except BrokenChain as broken:
        return broken
    if head.number == 0 and log != PLATFORM and programs.get_program(wiring.database(), log) is None:
        raise NotVerified(f"There is no program {log}, and no log of one. Look at its id again.")
    return head


def _entries(log: str) -> Iterator[Item]:
    request = {
        "TableName": wiring.database().tables.audit,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": log}},
        "ConsistentRead": True,
    }
    yield from _pages(request)


def _pages(request: dict[str, Any]) -> Iterator[Item]:
    for page in wiring.database().client.get_paginator("query").paginate(**request):
        yield from (dict(item) for item in page["Items"])
