"""The people at a program's console."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response

from redflag import wiring
from redflag.core.roles import Permission, Pool, Role
from redflag.http import cursors
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of_keys
from redflag.http.programs.staff_schemas import StaffBody, StaffView
from redflag.http.staff_resolver import allowed, created, new_router, no_content
from redflag.service.programs import principals
from redflag.service.programs.staff import add_person, person, remove_person
from redflag.store.principals import Principal

router = new_router()

Owner = Annotated[Principal, allowed(Permission.MANAGE_PRINCIPALS)]


@router.get("/v1/staff", tags=["Staff"])
def list_staff(principal: Owner, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Page[StaffView]:
    """Everybody who may use the program's console."""
    program_id = principal.program_id
    after = cursors.read(cursor, program_id, "staff")
    found = principals.of_program(program_id, Pool.STAFF, after=after, limit=limit + 1)
    page, more = page_of_keys(found, limit)
    return Page(
        items=[StaffView.of(known) for known in page],
        next_cursor=cursors.issue(page[-1].subject if more else None, program_id, "staff"),
    )


@router.post("/v1/staff", tags=["Staff"])
def post_staff(body: StaffBody, principal: Owner) -> Response[StaffView]:
    """Give a person access. The staff pool mails them a first password."""
    added = add_person(
        principal.program_id,
        person(body.email, body.name, body.subject),
        Role(body.role),
        by=principal.subject,
        now=wiring.now(),
    )
    return created(StaffView.of(added))


@router.delete("/v1/staff/<subject>", tags=["Staff"])
def delete_staff(subject: str, principal: Owner) -> Response[None]:
    """Revoke a person's access, at once."""
    remove_person(principal.program_id, subject, by=principal.subject, now=wiring.now())
    return no_content()
