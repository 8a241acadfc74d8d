"""Schedules: when each program's next digest is due.

| sort key | holds |
|---|---|
| `SCHEDULE` | when the next digest is due, since when it lists flags, and which one is being sent |

The index `by_due` holds the schedules that have a due instant, by that instant: finding what is due reads
what is due. Each write of a schedule is conditional on its version. The process that sends a digest
holds the schedule until an instant; after that another may take it over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from redflag.core.digests import next_due
from redflag.core.instants import Instant
from redflag.core.model import RuleName
from redflag.core.settings import Frequency, Notifications
from redflag.store.database import Database, Write, put
from redflag.store.ids import encode_instant

_SCHEDULE = "SCHEDULE"
_DUE = "DUE"

type Counts = Mapping[RuleName, int]
"""How many flags, by rule."""


@dataclass(frozen=True)
class Schedule:
    """A program's digests: the next, and the one being sent, held by its sender until `held_until`.

    `counts` are those of the digest before. `problem` is why the last one could not be sent.
    """

    program_id: str
    version: int = 0
    due_at: Instant | None = None
    since: Instant | None = None
    sending: str | None = None
    held_until: Instant = 0
    counts: Counts = field(default_factory=dict)
    problem: str | None = None


def get(database: Database, program_id: str) -> Schedule:
    """A program's schedule as it is now; an empty one while none was written."""
    item = database.get(database.tables.notices, {"pk": program_id, "sk": _SCHEDULE}, consistent=True)
    if item is None:
        return Schedule(program_id)
    return Schedule(
        program_id=program_id,
        version=item["v"],
        due_at=item.get("due_at"),
        since=item.get("since"),
        sending=item.get("sending"),
        held_until=item.get("held_until", 0),
        counts=read_counts(item.get("counts")),
        problem=item.get("problem"),
    )


def save(database: Database, schedule: Schedule) -> Write:
    """Write a schedule over the version that was read. Its condition fails when there is a newer one."""
    item = {
        "pk": schedule.program_id,
        "sk": _SCHEDULE,
        "v": schedule.version + 1,
        "due_at": schedule.due_at,
        "since": schedule.since,
        "sending": schedule.sending,
        "held_until": schedule.held_until,
        "counts": json.dumps(dict(schedule.counts)),
        "problem": schedule.problem,
        **_index(schedule.program_id, schedule.due_at),
    }
    if schedule.version == 0:
        return put("schedule", database.tables.notices, item, "attribute_not_exists(pk)")
    return put("schedule", database.tables.notices, item, "v = :before", before=schedule.version)


def _index(program_id: str, due_at: Instant | None) -> dict[str, str]:
    if due_at is None:
        return {}
    return {"dpk": _DUE, "dsk": f"{encode_instant(due_at)}#{program_id}"}


def due(database: Database, now: Instant, after: str | None) -> tuple[list[str], str | None]:
    """Programs whose digests are due, the longest overdue first, and where the next page starts.

    The index may lag by a moment: what it does not show yet, it shows the next time.
    """
    items, more = database.query(
        TableName=database.tables.notices,
        IndexName="by_due",
        KeyConditionExpression="dpk = :due AND dsk BETWEEN :after AND :now",
        ExpressionAttributeValues={
            ":due": {"S": _DUE},
            ":after": {"S": f"{after}\0" if after else " "},
            ":now": {"S": encode_instant(now) + "~"},
        },
    )
    return [item["pk"] for item in items], items[-1]["dsk"] if more else None


def reschedule(database: Database, program_id: str, notifications: Notifications, *, now: Instant) -> Write:
    """The schedule that follows from changed notification settings, for the transaction that saves them.

    A frequency without digests makes the pending notifications due now: `every_flag` mails them, `off`
    drops them.
    """
    schedule = get(database, program_id)
    nobody = not notifications.recipients and notifications.frequency is not Frequency.OFF
    due_at = None if nobody else next_due(notifications, now) or now
    return save(database, replace(schedule, due_at=due_at))


def read_counts(text: str | None) -> Counts:
    """Parse counts."""
    return {RuleName(rule): number for rule, number in json.loads(text or "{}").items()}
