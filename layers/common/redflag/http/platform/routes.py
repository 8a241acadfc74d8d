"""The platform, for its support: programs, and blocks of numbers in all of them. No member is shown."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response

from redflag import wiring
from redflag.core.roles import Permission
from redflag.http import cursors
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of_keys
from redflag.http.platform.schemas import BlockBody, BlockView, LiftBody, ProgramBody, ProgramView
from redflag.http.schemas import ReasonBody
from redflag.http.staff_resolver import allowed, answered, created, new_router, no_content
from redflag.service.platform import blocks
from redflag.service.platform.programs import all_programs
from redflag.service.programs import closing
from redflag.service.programs.creation import create_program
from redflag.service.programs.staff import person
from redflag.service.programs.staff_names import names_of
from redflag.service.refusals import invalid
from redflag.store.principals import PLATFORM, Principal

router = new_router()

Support = Annotated[Principal, allowed(Permission.SUPPORT_PLATFORM)]


@router.get("/v1/platform/programs", tags=["Platform"])
def list_programs(_: Support, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Page[ProgramView]:
    """All programs, closed ones too, in the order of their ids."""
    after = cursors.read(cursor, PLATFORM, "programs")
    found = all_programs(after=after, limit=limit + 1)
    page, more = page_of_keys(found, limit)
    return Page(
        items=[ProgramView.of(program) for program in page],
        next_cursor=cursors.issue(page[-1].program_id if more else None, PLATFORM, "programs"),
    )


@router.post("/v1/platform/programs", tags=["Platform"])
def post_program(body: ProgramBody, principal: Support) -> Response[ProgramView]:
    """Create a program with its first owner. The staff pool mails them a first password."""
    owner = person(body.owner.email, body.owner.name, body.owner.subject, field="owner.subject")
    made = create_program(body.name, body.region, owner, by=principal.subject, now=wiring.now())
    return created(ProgramView.of(made))


@router.post("/v1/platform/programs/<program_id>/close", tags=["Platform"])
def close_program(program_id: str, body: ReasonBody, principal: Support) -> ProgramView:
    """Close a program: it serves nobody from now on. Nothing is deleted."""
    by, now = principal.subject, wiring.now()
    return ProgramView.of(closing.close_program(program_id, by=by, reason=body.reason, now=now))


@router.post("/v1/platform/programs/<program_id>/reopen", tags=["Platform"])
def reopen_program(program_id: str, body: ReasonBody, principal: Support) -> ProgramView:
    """Open a closed program again, as it was."""
    by, now = principal.subject, wiring.now()
    return ProgramView.of(closing.reopen_program(program_id, by=by, reason=body.reason, now=now))


@router.get("/v1/platform/blocks", tags=["Platform"])
def list_blocks(_: Support, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Page[BlockView]:
    """The numbers that are blocked in every program, newest first, without the numbers."""
    before = cursors.read(cursor, PLATFORM, "blocks")
    found = blocks.newest(before=before, limit=limit + 1)
    page, more = page_of_keys(found, limit)
    names = names_of(PLATFORM, (block.blocked_by for block in page))
    return Page(
        items=[BlockView.of(block, names) for block in page],
        next_cursor=cursors.issue(page[-1].block_id if more else None, PLATFORM, "blocks"),
    )


@router.post("/v1/platform/blocks", tags=["Platform"])
def post_block(body: BlockBody, principal: Support) -> Response[BlockView]:
    """Block a number in every program: 201, or 200 with the existing block."""
    number = blocks.read_number(body.phone)
    made, new = blocks.block(number, by=principal.subject, reason=body.reason, now=wiring.now())
    view = BlockView.of(made, names_of(PLATFORM, [made.blocked_by]))
    return created(view) if new else answered(view)


@router.delete("/v1/platform/blocks", tags=["Platform"])
def delete_block(body: LiftBody, principal: Support) -> Response[None]:
    """Lift a block in every program, named by its number or by its id."""
    if (body.phone is None) is (body.block_id is None):
        raise invalid(("phone", "Give either phone or block_id."))
    by, now = principal.subject, wiring.now()
    if body.block_id is not None:
        blocks.lift_block(body.block_id, by=by, reason=body.reason, now=now)
    elif body.phone is not None:
        number = blocks.read_number(body.phone)
        blocks.lift_number(number, by=by, reason=body.reason, now=now)
    return no_content()
