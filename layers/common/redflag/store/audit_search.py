"""Looking through an audit log, newest first.

A log is a partition in the order of its numbers, and the entries about one subject have an index. All
other filters are applied to what these two return, to a limited number of entries in each request.
"""

from dataclasses import dataclass
from typing import Any

from redflag.core.instants import HOUR, Instant
from redflag.store.audit import Entry, Logged, from_item, sort_key
from redflag.store.database import Database

_LOOKED_THROUGH = 1000
_PAGES_READ = 4
"""How many entries a page of a search has, and how many pages one request reads of them.

DynamoDB ends a page at 1 MB, and Lambda answers no more than 6 MB: four pages of long entries fit.
"""

_OUT_OF_ORDER = HOUR
"""How far entries may be out of the order of their instants: longer than any request takes."""


@dataclass(frozen=True)
class AuditQuery:
    """The filters of a list of entries; an entry must fit all of them. `start` is included, `end` is not."""

    action: str | None = None
    subject: str | None = None
    by: str | None = None
    start: Instant | None = None
    end: Instant | None = None

    @property
    def all_of_a_log(self) -> bool:
        """Whether there is no filter, or only that of the subject, which has an index."""
        return self == AuditQuery(subject=self.subject)

    def fits(self, entry: Entry) -> bool:
        """Whether an entry fits the query."""
        return (
            self.action in (None, entry.action)
            and self.subject in (None, entry.subject)
            and self.by in (None, entry.by)
            and (self.start is None or entry.at >= self.start)
            and (self.end is None or entry.at < self.end)
        )

    def too_old(self, entry: Entry) -> bool:
        """Whether an entry is so old that no earlier one can fit."""
        return self.start is not None and entry.at < self.start - _OUT_OF_ORDER


def newest(
    database: Database, program_id: str, query: AuditQuery, *, before: int | None, limit: int
) -> tuple[list[Logged], int | None]:
    """Entries of numbers less than `before`, newest first, and where the next page starts.

    A page may hold fewer than `limit`, even none, and still not be the last.
    """
    request = _request(database, program_id, query, before)
    request["Limit"] = limit + 1 if query.all_of_a_log else _LOOKED_THROUGH
    found: list[Logged] = []
    for _ in range(_PAGES_READ):
        items, after = database.query(**request)
        read = [from_item(item) for item in items]
        found += [logged for logged in read if query.fits(logged.entry)]
        if len(found) > limit:
            return found[:limit], found[limit - 1].number
        if after is None or query.too_old(read[-1].entry):
            return found, None
        request["ExclusiveStartKey"], before = after, read[-1].number
    return found, before


def _request(database: Database, program_id: str, query: AuditQuery, before: int | None) -> dict[str, Any]:
    request: dict[str, Any] = {"TableName": database.tables.audit, "ScanIndexForward": False}
    if query.subject is None:
        condition, partition = "pk = :partition", program_id
        request["ConsistentRead"] = True
    else:
        condition, partition = "mpk = :partition", f"{program_id}#{query.subject}"
        request["IndexName"] = "by_member"
    values = {":partition": {"S": partition}}
    if before is not None:
        condition += " AND sk < :before"
        values[":before"] = {"S": sort_key(before)}
    return request | {"KeyConditionExpression": condition, "ExpressionAttributeValues": values}
