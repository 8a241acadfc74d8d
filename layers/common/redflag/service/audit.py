"""Looking through a program's audit log."""

from redflag import wiring
from redflag.store import audit_search
from redflag.store.audit import Logged
from redflag.store.audit_search import AuditQuery


def newest(
    program_id: str, query: AuditQuery, *, before: int | None, limit: int
) -> tuple[list[Logged], int | None]:
    """Entries of numbers less than `before`, newest first, and where the next page starts.

    A page may hold fewer than `limit`, even none, and still not be the last.
    """
    return audit_search.newest(wiring.database(), program_id, query, before=before, limit=limit)
