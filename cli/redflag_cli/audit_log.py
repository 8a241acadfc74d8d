"""Reading the audit logs of a deployed stack, to verify them."""

from collections.abc import Iterator
from typing import Any

from redflag import wiring
from redflag.store import programs
from redflag.store.database import Item
from redflag.store.principals import PLATFORM
from redflag_cli.audit_chain import BrokenChain, Head, verify
from redflag_cli.stack import NotDone, acting_in


def verify_logs(
    stack: str, program_id: str | None, since: Head | None
) -> Iterator[tuple[str, Head | BrokenChain]]:
    """Each log of a stack, or that of one program, with its head or with what is wrong.

    Raises `NotDone`.
    """
    with acting_in(stack, refused="AWS does not let the logs be read"):
        for log in [program_id] if program_id else [*programs.program_ids(wiring.database()), PLATFORM]:
            yield log, _verified(log, since)


def _verified(log: str, since: Head | None) -> Head | BrokenChain:
    try:
        head = verify(log, _entries(log), since)
    except BrokenChain as broken:
        return broken
    if head.number == 0 and log != PLATFORM and programs.get_program(wiring.database(), log) is None:
        raise NotDone(f"There is no program {log}, and no log of one. Look at its id again.")
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
