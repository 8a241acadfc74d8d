"""How long the history is kept after a change of the settings, which holds for existing attempts too.

Readers follow the effective settings at once (`store/history.py`). Here `expires_at` is updated, so that
DynamoDB deletes in time.
"""

import json
import os

from redflag import wiring
from redflag.store import history, people, programs, register

_MEMBERS = 25
_ITEMS = 200
"""A step looks at so many members at most, and ends with the page that makes so many items."""

_BETWEEN = "|"
"""Between the parts of a position, the place in a member's history and in the list of members."""


def work(program_id: str, after: str | None) -> None:
    """Do a step, and put the next one into the queue."""
    rest = apply(program_id, after)
    if rest is not None:
        message = json.dumps({"detail": {"program_id": program_id, "position": rest}})
        wiring.client("sqs").send_message(
            QueueUrl=os.environ["RETENTION_QUEUE"], MessageBody=message, DelaySeconds=0
        )


def apply(program_id: str, after: str | None) -> str | None:
    """Update when a program's history expires, by the effective settings: one step of bounded work.

    Returns where the next step goes on; `None` when all is done. Doing a step again changes nothing. The
    projector uses the settings that it remembers, so begin no sooner after a change than functions forget
    settings (`CONFIG_CACHE_SECONDS`).
    """
    database = wiring.database()
    days = programs.get_settings(database, program_id, consistent=True).settings.retention.history_days
    sort_key, _, name = (after or _BETWEEN).partition(_BETWEEN)
    if sort_key:
        _, rest = _page(program_id, name, sort_key, days)
        return f"{rest or ''}{_BETWEEN}{name}"
    found, more = people.by_name(database, program_id, "", after=name or None, limit=_MEMBERS)
    looked_at = 0
    for name in map(people.name_position, found):
        number, rest = _page(program_id, name, None, days)
        looked_at += number
        if rest is not None or looked_at >= _ITEMS:
            return f"{rest or ''}{_BETWEEN}{name}"
    return None if more is None else f"{_BETWEEN}{more}"


def _page(program_id: str, name: str, after: str | None, days: int) -> tuple[int, str | None]:
    """One page of a member's history: how many items it had, and where the next one starts."""
    database = wiring.database()
    key = register.key(program_id, name.rpartition("#")[2])["pk"]
    found, rest = history.page(database, key, after=after, limit=_ITEMS)
    for kept in found:
        expires_at = history.expiry(kept.recorded_at, days)
        if kept.expires_at != expires_at:
            history.keep_until(database, key, kept, expires_at)
    return len(found), rest
