"""What staff decide about a member: flag, verify, resolve, block, unblock, cancel a membership."""

from typing import Annotated

from redflag import wiring
from redflag.core.flags import Action
from redflag.core.roles import Permission
from redflag.http.members.schemas import DecidedView
from redflag.http.members.views import profile_view
from redflag.http.schemas import ReasonBody
from redflag.http.staff_resolver import allowed, new_router
from redflag.service.flags import decisions
from redflag.store.principals import Principal

router = new_router()

Flagger = Annotated[Principal, allowed(Permission.FLAG)]
Decider = Annotated[Principal, allowed(Permission.DECIDE)]


@router.post("/v1/members/<member_id>/flag", tags=["Decisions"])
def flag(member_id: str, body: ReasonBody, principal: Flagger) -> DecidedView:
    """Raise a flag by hand. It takes the member's trust away."""
    return _decide(Action.FLAG, member_id, body, principal)


@router.post("/v1/members/<member_id>/verify", tags=["Decisions"])
def verify(member_id: str, body: ReasonBody, principal: Decider) -> DecidedView:
    """Verify a member: staff found nothing wrong. Counting starts anew."""
    return _decide(Action.VERIFY, member_id, body, principal)


@router.post("/v1/members/<member_id>/resolve", tags=["Decisions"])
def resolve(member_id: str, body: ReasonBody, principal: Decider) -> DecidedView:
    """Trust the member from now on: rules never flag them again."""
    return _decide(Action.RESOLVE, member_id, body, principal)


@router.post("/v1/members/<member_id>/block", tags=["Decisions"])
def block(member_id: str, body: ReasonBody, principal: Decider) -> DecidedView:
    """Block a flagged member, and their number. A membership is not cancelled by that."""
    return _decide(Action.BLOCK, member_id, body, principal)


@router.post("/v1/members/<member_id>/unblock", tags=["Decisions"])
def unblock(member_id: str, body: ReasonBody, principal: Decider) -> DecidedView:
    """Unblock a blocked or suspended member; counting starts anew."""
    return _decide(Action.UNBLOCK, member_id, body, principal)


@router.post("/v1/members/<member_id>/membership/cancel", tags=["Decisions"])
def cancel_membership(member_id: str, body: ReasonBody, principal: Decider) -> DecidedView:
    """Cancel an active membership. It neither blocks nor unblocks."""
    program_id, now = principal.program_id, wiring.now()
    decisions.cancel_membership(program_id, member_id, by=principal.subject, reason=body.reason, now=now)
    return _decided(program_id, member_id, [])


def _decide(action: Action, member_id: str, body: ReasonBody, principal: Principal) -> DecidedView:
    warnings = decisions.decide_on(
        action,
        principal.program_id,
        member_id,
        by=principal.subject,
        reason=body.reason,
        now=wiring.now(),
    )
    return _decided(principal.program_id, member_id, warnings)


def _decided(program_id: str, member_id: str, warnings: list[str]) -> DecidedView:
    page = profile_view(program_id, member_id)
    return DecidedView(**page.model_dump(), warnings=warnings)
