"""What the route of the audit log answers."""

from typing import Any

from pydantic import BaseModel

from redflag.core.instants import format_instant
from redflag.http.schemas import ANSWERED
from redflag.store.audit import Logged


class EntryView(BaseModel):
    """An entry of the audit log: who did what, when, to whom or what, and why; `hash` seals it."""

    model_config = ANSWERED
    number: int
    action: str
    at: str
    by: str
    subject: str
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    hash: str

    @classmethod
    def of(cls, logged: Logged) -> "EntryView":
        """An entry as the API shows it."""
        entry = logged.entry
        return cls(
            number=logged.number,
            action=entry.action,
            at=format_instant(entry.at),
            by=entry.by,
            subject=entry.subject,
            reason=entry.reason,
            before=entry.before,
            after=entry.after,
            hash=logged.hash,
        )
