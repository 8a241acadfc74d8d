"""Changes of points by hand, in their member's partition, by time."""

from typing import Any

from redflag.core.instants import Instant
from redflag.core.model import PointEdit
from redflag.store.database import Database, Write, put
from redflag.store.ids import INSTANT_LENGTH, decode_instant, encode_instant

_PREFIX = "E#"


def save(database: Database, program_id: str, member_id: str, edit: PointEdit, balance: int) -> Write:
    """Save an edit and the balance after it. Its condition fails when the edit was saved before."""
    return put(
        "edit",
        database.tables.members,
        {
            "pk": f"{program_id}#{member_id}",
            "sk": _PREFIX + edit.edit_id[2:],
            "delta": edit.delta,
            "by": edit.by,
            "reason": edit.reason,
            "balance": balance,
        },
        "attribute_not_exists(pk)",
    )


def since(database: Database, program_id: str, member_id: str, start: Instant) -> list[tuple[PointEdit, int]]:
    """The edits after an instant, newest first, each with the balance after it."""
    items = database.items(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues={
            ":pk": {"S": f"{program_id}#{member_id}"},
            ":low": {"S": _PREFIX + encode_instant(start + 1)},
            ":high": {"S": _PREFIX + "~"},
        },
        ScanIndexForward=False,
        ConsistentRead=True,
    )
    return [(_read(item), item["balance"]) for item in items]


def _read(item: dict[str, Any]) -> PointEdit:
    tail = item["sk"].removeprefix(_PREFIX)
    at = decode_instant(tail[:INSTANT_LENGTH])
    return PointEdit(f"e_{tail}", at, item["delta"], item["by"], item["reason"])
