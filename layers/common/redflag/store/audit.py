"""The audit log: append-only, and each entry sealed onto the one before.

An entry is written in the transaction of its effect. Its hash covers its content and the hash of
the entry before it in the program, so that nothing can be changed or taken out unseen. When two writers
add the same number at once, the condition of one fails, and that writer reads the log again.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from redflag.core.instants import Instant, format_instant, parse_instant
from redflag.store.database import Database, Write, put

LABEL = "audit"
FIRST_HASH = "0" * 64
"""What the first entry of a log names as the hash before it."""


@dataclass(frozen=True)
class Entry:
    """Who did what, when, to whom or what, why, and what changed by it."""

    action: str
    at: Instant
    by: str
    subject: str
    reason: str | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


@dataclass(frozen=True)
class Logged:
    """An entry in the log of a program."""

    program_id: str
    number: int
    entry: Entry
    hash: str


def append(database: Database, program_id: str, entry: Entry) -> Write:
    """The next entry of the program's log. Its condition fails when another came first."""
    (write,) = append_all(database, program_id, [entry])
    return write


def append_all(database: Database, program_id: str, entries: Iterable[Entry]) -> list[Write]:
    """The next entries of the program's log, for one transaction. Conditions fail when another came first."""
    last, _ = database.query(
        TableName=database.tables.audit,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": program_id}},
        ScanIndexForward=False,
        Limit=1,
        ConsistentRead=True,
    )
    first = int(last[0]["sk"]) + 1 if last else 1
    previous = last[0]["hash"] if last else FIRST_HASH
    writes = []
    for number, entry in enumerate(entries, first):
        item = sealed(program_id, number, entry, previous)
        previous = item["hash"]
        writes.append(put(LABEL, database.tables.audit, item, "attribute_not_exists(pk)"))
    return writes


def sealed(program_id: str, number: int, entry: Entry, previous: str) -> dict[str, Any]:
    """The item of an entry: numbered, and sealed onto the one whose hash is `previous`."""
    content = {
        "pk": program_id,
        "sk": sort_key(number),
        "mpk": f"{program_id}#{entry.subject}",
        "action": entry.action,
        "at": format_instant(entry.at),
        "by": entry.by,
        "subject": entry.subject,
        "reason": entry.reason,
        "before": _text(entry.before),
        "after": _text(entry.after),
        "previous": previous,
    }
    return content | {"hash": seal(content)}


def sort_key(number: int) -> str:
    """An entry's number, so that entries sort by it."""
    return f"{number:012d}"


def seal(content: dict[str, Any]) -> str:
    """SHA-256, in hex, of an entry's content, which names the hash of the entry before."""
    present = {k: v for k, v in content.items() if v is not None and k != "hash"}
    text = json.dumps(present, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def about(database: Database, program_id: str, subject: str, limit: int | None) -> list[dict[str, Any]]:
    """The newest entries about a member or another subject, newest first; all without a limit."""
    request: dict[str, Any] = {
        "TableName": database.tables.audit,
        "IndexName": "by_member",
        "KeyConditionExpression": "mpk = :mpk",
        "ExpressionAttributeValues": {":mpk": {"S": f"{program_id}#{subject}"}},
        "ScanIndexForward": False,
    }
    if limit is not None:
        request["Limit"] = limit
    return list(islice(database.items(**request), limit))


def from_item(item: dict[str, Any]) -> Logged:
    """The entry of its item."""
    entry = Entry(
        action=item["action"],
        at=parse_instant(item["at"]),
        by=item["by"],
        subject=item["subject"],
        reason=item.get("reason"),
        before=_document(item.get("before")),
        after=_document(item.get("after")),
    )
    return Logged(item["pk"], int(item["sk"]), entry, item["hash"])


def _document(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _text(document: dict[str, Any] | None) -> str | None:
    return None if document is None else json.dumps(document, sort_keys=True)
