"""The audit log, for owners."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator

from redflag.core.instants import Instant, parse_instant
from redflag.core.roles import Permission
from redflag.http import cursors
from redflag.http.audit.schemas import EntryView
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from redflag.http.schemas import Id
from redflag.http.staff_resolver import allowed, new_router
from redflag.service.audit import newest
from redflag.store.audit_search import AuditQuery
from redflag.store.principals import Principal

router = new_router()

Auditor = Annotated[Principal, allowed(Permission.READ_AUDIT)]


def _instant(text: str) -> str:
    parse_instant(text)
    return text


InstantText = Annotated[str, AfterValidator(_instant)]


@router.get("/v1/audit", tags=["Audit"])
def list_entries(
    principal: Auditor,
    *,
    action: Annotated[Id | None, Query()] = None,
    subject: Annotated[Id | None, Query()] = None,
    by: Annotated[Id | None, Query()] = None,
    from_: Annotated[InstantText | None, Query(alias="from")] = None,
    to: Annotated[InstantText | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[EntryView]:
    """What was done in the program, newest first: from `from` on, before `to`."""
    program_id = principal.program_id
    after = cursors.read(cursor, program_id, "audit")
    found, more = newest(
        program_id,
        AuditQuery(action=action, subject=subject, by=by, start=_read(from_), end=_read(to)),
        before=int(after) if after else None,
        limit=limit,
    )
    return Page(
        items=[EntryView.of(logged) for logged in found],
        next_cursor=cursors.issue(str(more) if more is not None else None, program_id, "audit"),
    )


def _read(text: str | None) -> Instant | None:
    return None if text is None else parse_instant(text)
