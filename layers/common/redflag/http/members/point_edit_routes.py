"""Points changed by hand, by staff or by a backend."""

from redflag import wiring
from redflag.core.roles import Permission
from redflag.http.members.schemas import BalanceView, PointEditBody
from redflag.http.staff_resolver import Calling, IdempotencyKey, new_router
from redflag.service.authorization import permit
from redflag.service.members import point_edits

router = new_router()


@router.post("/v1/members/<member_id>/point-edits", tags=["Members"])
def edit_points(
    member_id: str, body: PointEditBody, caller: Calling, idempotency_key: IdempotencyKey = None
) -> BalanceView:
    """Change a member's points; answers the balance."""
    principal = permit(caller, Permission.EDIT_POINTS, body.program_id)
    balance = point_edits.edit_points(
        principal.program_id,
        member_id,
        body.delta,
        by=principal.subject,
        reason=body.reason,
        idempotency_key=idempotency_key,
        now=wiring.now(),
    )
    return BalanceView(points=balance)
