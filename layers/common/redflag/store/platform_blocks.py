"""Platform blocks: phone numbers that are blocked in every program.

A block is stored twice, with the same attributes. The item in its number's partition, beside what each
program knows of the number, is for the conditions of writes; the item in the partition of all blocks is
for the list. Both are written in one transaction. Neither holds the number: one is keyed by its HMAC,
and people see the last digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from redflag.core.instants import Instant
from redflag.store.database import Database, Write, check, delete, put
from redflag.store.people import phone_key
from redflag.store.principals import PLATFORM

LABEL = "platform block"
_ALL = "PLATFORM#blocks"


@dataclass(frozen=True)
class Block:
    """A block of a number in every program: why, since when, and by whom."""

    block_id: str
    phone_hash: str = field(repr=False)
    phone_masked: str
    reason: str
    blocked_at: Instant
    blocked_by: str


def of_number(database: Database, phone_hash: str) -> Block | None:
    """The block of a number, as it is now."""
    return _get(database, _number_key(phone_hash))


def get(database: Database, block_id: str) -> Block | None:
    """The block with this id, as it is now."""
    return _get(database, _list_key(block_id))


def programs_that_know(database: Database, phone_hash: str) -> Iterator[str]:
    """The programs that know a number, as it is now."""
    items = database.items(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": _number_key(phone_hash)["pk"]}},
        ConsistentRead=True,
    )
    return (item["sk"] for item in items if item["sk"] != PLATFORM)


def newest(database: Database, *, before: str | None, limit: int) -> list[Block]:
    """Blocks, newest first, of ids less than `before`."""
    items, _ = database.query(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :all AND sk < :before",
        ExpressionAttributeValues={":all": {"S": _ALL}, ":before": {"S": before or "~"}},
        ScanIndexForward=False,
        Limit=limit,
    )
    return [_read(item) for item in items]


def save(database: Database, block: Block) -> list[Write]:
    """Save a new block. Its condition fails when the number has one."""
    item = {
        "block_id": block.block_id,
        "phone_hash": block.phone_hash,
        "phone_masked": block.phone_masked,
        "reason": block.reason,
        "blocked_at": block.blocked_at,
        "blocked_by": block.blocked_by,
    }
    return [
        put(LABEL, database.tables.members, _number_key(block.phone_hash) | item, "attribute_not_exists(pk)"),
        put(LABEL, database.tables.members, _list_key(block.block_id) | item, "attribute_not_exists(pk)"),
    ]


def lift(database: Database, block: Block) -> list[Write]:
    """Delete a block. Its condition fails when it is no longer the block of the number."""
    table, same = database.tables.members, {"block_id": block.block_id}
    return [
        delete(LABEL, table, _number_key(block.phone_hash), "block_id = :block_id", **same),
        delete(LABEL, table, _list_key(block.block_id)),
    ]


def still(database: Database, phone_hash: str, block: Block | None) -> Write:
    """Check that the block of a number is still as it was read: this one, or none."""
    table, key = database.tables.members, _number_key(phone_hash)
    if block is None:
        return check(LABEL, table, key, "attribute_not_exists(pk)")
    return check(LABEL, table, key, "block_id = :block_id", block_id=block.block_id)


def _number_key(phone_hash: str) -> dict[str, str]:
    return phone_key(PLATFORM, phone_hash)


def _list_key(block_id: str) -> dict[str, str]:
    return {"pk": _ALL, "sk": block_id}


def _get(database: Database, key: dict[str, str]) -> Block | None:
    item = database.get(database.tables.members, key, consistent=True)
    return _read(item) if item else None


def _read(item: dict[str, Any]) -> Block:
    return Block(
        block_id=item["block_id"],
        phone_hash=item["phone_hash"],
        phone_masked=item["phone_masked"],
        reason=item["reason"],
        blocked_at=item["blocked_at"],
        blocked_by=item["blocked_by"],
    )
