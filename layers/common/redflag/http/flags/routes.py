"""The queue of flags, and one flag."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator

from redflag.core.flags import FlagStatus
from redflag.core.instants import parse_instant
from redflag.core.roles import Permission
from redflag.http import cursors
from redflag.http.flags.schemas import FlagView, QueuedFlagView
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from redflag.http.staff_resolver import allowed, new_router
from redflag.http.vocabulary import Rule
from redflag.service.flags import queue
from redflag.service.flags.queue import QueueQuery
from redflag.store.principals import Principal

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]


def _instant(text: str) -> str:
    parse_instant(text)
    return text


_IS_INSTANT = AfterValidator(lambda t: t and _instant(t))
From = Annotated[str | None, Query(alias="from"), _IS_INSTANT]
To = Annotated[str | None, Query(), _IS_INSTANT]


@router.get("/v1/flags", tags=["Flags"])
def list_flags(
    principal: Reader,
    *,
    status: Annotated[FlagStatus | None, Query()] = None,
    rule: Annotated[Rule | None, Query()] = None,
    location_id: Annotated[str | None, Query(max_length=64)] = None,
    from_: From = None,
    to: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[QueuedFlagView]:
    """Flags by when they were raised, oldest first: from `from` on, before `to`."""
    program_id = principal.program_id
    query = QueueQuery(
        status=status,
        rule=rule,
        location_id=location_id,
        start=parse_instant(from_) if from_ else None,
        end=parse_instant(to) if to else None,
    )
    found = queue.page(program_id, query, after=cursors.read(cursor, program_id, "flags"), limit=limit)
    return Page(
        items=[
            QueuedFlagView(
                **FlagView.of(flag, found.staff).model_dump(), member_name=found.members.get(flag.member_id)
            )
            for flag in found.flags
        ],
        next_cursor=cursors.issue(found.more, program_id, "flags"),
    )


@router.get("/v1/flags/<flag_id>", tags=["Flags"])
def get_flag(flag_id: str, principal: Reader) -> FlagView:
    """One flag, with its evidence."""
    return FlagView.of(*queue.get(principal.program_id, flag_id))
