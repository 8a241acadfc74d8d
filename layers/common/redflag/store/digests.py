"""Digests: how far each has come.

| sort key | holds |
|---|---|
| `DIGEST#id` | one digest: the flags it lists, and what became of the mail to each recipient |
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.settings import Frequency
from redflag.store.database import Database, Write, put, typed, update
from redflag.store.schedules import Counts, read_counts

_DIGEST = "DIGEST#"
_KEPT_DAYS = 90


class Mailing(StrEnum):
    """What became of the mail to one recipient."""

    WAITING = "waiting"
    SENDING = "sending"
    """It is being sent. If the process ends now, nobody knows whether SES has it."""
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True)
class Digest:
    """One digest: the flags that are new since `start`, as they were known at `end`.

    `more` is true when further flags wait for which this digest has no room.
    """

    program_id: str
    digest_id: str
    frequency: Frequency
    start: Instant | None
    end: Instant
    flag_ids: tuple[str, ...]
    mailings: Mapping[str, Mailing]
    counts_before: Counts = field(default_factory=dict)
    more: bool = False

    def with_mailing(self, recipient: str, mailing: Mailing) -> "Digest":
        """The digest, with a new state of the mail to one recipient."""
        return replace(self, mailings={**self.mailings, recipient: mailing})


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
        frequency=Frequency(item["frequency"]),
        start=item.get("start"),
        end=item["end"],
        flag_ids=tuple(json.loads(item["flags"])),
        mailings={recipient: Mailing(mailing) for recipient, mailing in item["mailings"].items()},
        counts_before=read_counts(item["counts_before"]),
        more=item["more"],
    )


def begin(database: Database, digest: Digest) -> Write:
    """Save a new digest."""
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
    """Save the state of the mail to a recipient. Its condition fails without a mail, or one in `known`."""
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
    """Delete a digest that no recipient got."""
    key = {"pk": digest.program_id, "sk": _DIGEST + digest.digest_id}
    return Write("digest", "Delete", {"TableName": database.tables.notices, "Key": typed(key)})
