"""Digests: when each program's next one is due, and how far each has come.

| sort key | holds |
|---|---|
| `SCHEDULE` | when the next digest is due, since when it tells, and which one is being sent |
| `DIGEST#id` | one digest: the flags it tells of, and what became of the mail to each recipient |

The index `by_due` holds the schedules that have a due instant, by that instant: finding what is due reads
what is due. A schedule changes under its version. Whoever sends a digest holds its schedule until an
instant; after that another may take it over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import RuleName
from redflag.store.database import Database, Write, put, typed, update
from redflag.store.ids import encode_instant

_SCHEDULE = "SCHEDULE"
_DIGEST = "DIGEST#"
_DUE = "DUE"
_KEPT_DAYS = 90

type Counts = Mapping[RuleName, int]
"""How many flags, by rule."""


class Mailing(StrEnum):
    """What became of the mail to one recipient."""

    WAITING = "waiting"
    SENDING = "sending"
    """It is being sent: whoever dies now leaves open whether SES has it."""
    SENT = "sent"
    REFUSED = "refused"


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


@dataclass(frozen=True)
class Digest:
    """One digest: the flags that are new since `start`, as they were known at `end`.

    `more` says that others wait, which this one has no room for.
    """

    program_id: str
    digest_id: str
    frequency: str
    start: Instant | None
    end: Instant
    flag_ids: tuple[str, ...]
    mailings: Mapping[str, Mailing]
    counts_before: Counts = field(default_factory=dict)
    more: bool = False

    def with_mailing(self, recipient: str, mailing: Mailing) -> "Digest":
        """After the mail to a recipient came so far."""
        return replace(self, mailings={**self.mailings, recipient: mailing})


def get_schedule(database: Database, program_id: str) -> Schedule:
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
        counts=_read_counts(item.get("counts")),
        problem=item.get("problem"),
    )


def save_schedule(database: Database, schedule: Schedule) -> Write:
    """Write a schedule in place of the version that was read. Lost when that was not the last."""
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
    """Programs whose digests are due, longest first, and where the next page starts.

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


def get_digest(database: Database, program_id: str, digest_id: str) -> Digest | None:
    """The digest with this id."""
    item = database.get(
        database.tables.notices, {"pk": program_id, "sk": _DIGEST + digest_id}, consistent=True
    )
    if item is None:
        return None
    return Digest(
        program_id=program_id,
        digest_id=digest_id,
        frequency=item["frequency"],
        start=item.get("start"),
        end=item["end"],
        flag_ids=tuple(json.loads(item["flags"])),
        mailings={recipient: Mailing(mailing) for recipient, mailing in item["mailings"].items()},
        counts_before=_read_counts(item["counts_before"]),
        more=item["more"],
    )


def begin(database: Database, digest: Digest) -> Write:
    """Keep a new digest."""
    item = {
        "pk": digest.program_id,
        "sk": _DIGEST + digest.digest_id,
        "frequency": digest.frequency,
        "start": digest.start,
        "end": digest.end,
        "flags": json.dumps(digest.flag_ids),
        "mailings": dict(digest.mailings),
        "counts_before": json.dumps(dict(digest.counts_before)),
        "more": digest.more,
        "expires_at": (digest.end + _KEPT_DAYS * DAY) // SECOND,
    }
    return put("digest", database.tables.notices, item, "attribute_not_exists(pk)")


def note(
    database: Database,
    program_id: str,
    digest_id: str,
    *,
    recipient: str,
    mailing: Mailing,
    known: Mailing | None = None,
) -> Write:
    """The mail to a recipient came so far; lost when there is no such mail, or not as far as `known`."""
    write = update(
        "digest",
        database.tables.notices,
        {"pk": program_id, "sk": _DIGEST + digest_id},
        "SET mailings.#r = :mailing",
        "attribute_exists(mailings.#r)" if known is None else "mailings.#r = :known",
        mailing=mailing.value,
        known=known and known.value,
    )
    write.request["ExpressionAttributeNames"] = {"#r": recipient}
    return write


def forget(database: Database, digest: Digest) -> Write:
    """A digest that nobody got is no digest."""
    key = {"pk": digest.program_id, "sk": _DIGEST + digest.digest_id}
    return Write("digest", "Delete", {"TableName": database.tables.notices, "Key": typed(key)})


def _read_counts(text: str | None) -> Counts:
    return {RuleName(rule): number for rule, number in json.loads(text or "{}").items()}
