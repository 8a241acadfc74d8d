"""Members: enrol, list, look at, export, erase."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from redflag import wiring
from redflag.core.model import Access, Membership
from redflag.core.roles import Permission, Pool
from redflag.http import cursors
from redflag.http.members.schemas import EnrolBody, ExportView, MemberView, PhoneView, ProfileView
from redflag.http.members.views import export_view, member_view, profile_view
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from redflag.http.schemas import Reason, Text
from redflag.http.staff_resolver import Calling, allowed, answered, created, new_router, no_content
from redflag.http.vocabulary import NO_MEMBERSHIP, MembershipFilter, Rule
from redflag.service import configuration
from redflag.service.authorization import permit
from redflag.service.flags import decisions
from redflag.service.members import directory, enrolment, personal_data
from redflag.service.members.directory import MemberQuery
from redflag.service.members.enrolment import Enrolment
from redflag.service.refusals import invalid
from redflag.store.principals import Principal

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]
Exporter = Annotated[Principal, allowed(Permission.EXPORT)]
Eraser = Annotated[Principal, allowed(Permission.ERASE)]


@router.post("/v1/members", tags=["Members"])
def enrol(body: EnrolBody, caller: Calling) -> Response[MemberView]:
    """Enrol a member: 201, or 200 with the member who has this number already."""
    if caller.pool is Pool.APP and body.program_id is None:
        raise invalid(("program_id", "This field is required."))
    principal = permit(caller, Permission.ENROL, body.program_id)
    program_id = principal.program_id
    enrolment.check_self(principal, body.subject)
    new_member = Enrolment(
        program_id=program_id,
        phone=enrolment.read_phone(program_id, body.phone, "phone"),
        name=body.name,
        email=body.email,
        external_id=body.external_id,
        membership=body.membership.status if body.membership else None,
        subject=body.subject,
        by=principal.subject if caller.pool is Pool.STAFF else None,
    )
    profile, new = enrolment.enrol(new_member, now=wiring.now())
    view = member_view(profile)
    return created(view) if new else answered(view)


@router.get("/v1/members", tags=["Members"])
def list_members(
    principal: Reader,
    *,
    query: Annotated[Text | None, Query()] = None,
    flagged: Annotated[Literal["true", "false"] | None, Query()] = None,
    rule: Annotated[Rule | None, Query()] = None,
    access: Annotated[Access | None, Query()] = None,
    trusted: Annotated[Literal["true", "false"] | None, Query()] = None,
    membership: Annotated[MembershipFilter | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[MemberView]:
    """Members by name. `query` is part of a name, a phone number or the merchant's own id.

    `rule` is that of an open flag. All that are given must fit.
    """
    program_id = principal.program_id
    program = configuration.known_program(program_id)
    asked = MemberQuery(
        text=query,
        flagged=_yes(flagged),
        rule=rule,
        access=access,
        trusted=_yes(trusted),
        membership=None if membership in (None, NO_MEMBERSHIP) else Membership(membership),
        no_membership=membership == NO_MEMBERSHIP,
    )
    after = cursors.read(cursor, program_id, "members")
    found, more = directory.list_members(program, asked, after=after, limit=limit)
    show = configuration.settings(program_id).settings.show_flags_on_members_page
    return Page(
        items=[MemberView.of(profile, state, show_flags=show) for profile, state in found],
        next_cursor=cursors.issue(more, program_id, "members"),
    )


def _yes(text: str | None) -> bool | None:
    return None if text is None else text == "true"


@router.get("/v1/members/<member_id>", tags=["Members"])
def get_member(member_id: str, principal: Reader) -> ProfileView:
    """A member's own page, with flags and their evidence whatever the settings hide elsewhere."""
    return profile_view(principal.program_id, member_id)


@router.delete("/v1/members/<member_id>", tags=["Members"])
def erase(
    member_id: str,
    principal: Eraser,
    reason: Annotated[Reason | None, Query()] = None,
) -> Response[None]:
    """Erase a member's personal data. The block of their number stays."""
    now = wiring.now()
    personal_data.erase(principal.program_id, member_id, by=principal.subject, reason=reason, now=now)
    return no_content()


@router.get("/v1/members/<member_id>/export", tags=["Members"])
def export(member_id: str, principal: Exporter) -> ExportView:
    """Everything that is kept about a member, their phone number included."""
    return export_view(principal.program_id, member_id, by=principal.subject)


@router.post("/v1/members/<member_id>/reveal-phone", tags=["Members"])
def reveal_phone(member_id: str, principal: Reader) -> PhoneView:
    """A member's phone number in clear; that it was shown is audited."""
    phone = decisions.reveal_phone(principal.program_id, member_id, by=principal.subject, now=wiring.now())
    return PhoneView(phone=phone)
