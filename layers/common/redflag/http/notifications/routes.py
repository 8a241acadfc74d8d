"""Notifications: their status, test mails, and reinstating recipients."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from redflag import wiring
from redflag.core.roles import Permission
from redflag.http.notifications.schemas import (
    NotificationsView,
    RecipientView,
    ReinstateBody,
    SenderView,
    TestMailsView,
    TestMailView,
)
from redflag.http.schemas import Email, shown
from redflag.http.staff_resolver import allowed, new_router
from redflag.service.notifications import recipients, status
from redflag.service.notifications.recipients import Recipient
from redflag.store.principals import Principal

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]
Owner = Annotated[Principal, allowed(Permission.CONFIGURE)]


@router.get("/v1/notifications", tags=["Notifications"])
def get_notifications(principal: Reader) -> NotificationsView:
    """The status of notifications: the sender, every recipient, what waits, and the next digest."""
    return _view(principal.program_id)


@router.post("/v1/notifications/test", tags=["Notifications"])
def send_test_mails(principal: Owner, email: Annotated[Email | None, Query()] = None) -> TestMailsView:
    """Send a test mail to every recipient, or to one of them."""
    sent = status.send_test_mails(principal.program_id, email, by=principal.subject, now=wiring.now())
    return TestMailsView(
        mails=[
            TestMailView(email=each.email, sent=each.refusal is None, explanation=each.refusal)
            for each in sent
        ]
    )


@router.post("/v1/notifications/reinstate", tags=["Notifications"])
def reinstate_recipient(body: ReinstateBody, principal: Owner) -> NotificationsView:
    """Mail a recipient again who bounced, complained or unsubscribed."""
    recipients.reinstate(
        principal.program_id, body.email, by=principal.subject, reason=body.reason, now=wiring.now()
    )
    return _view(principal.program_id)


def _view(program_id: str) -> NotificationsView:
    state = status.state(program_id)
    sender = state.sender
    return NotificationsView(
        frequency=state.settings.frequency,
        sender=SenderView(address=sender.address, ready=sender.ready, explanation=sender.explanation),
        recipients=[_recipient(each) for each in state.recipients],
        waiting=state.waiting,
        last_digest_at=shown(state.last_digest_at),
        next_digest_at=shown(state.next_digest_at),
        problem=state.problem,
    )


def _recipient(recipient: Recipient) -> RecipientView:
    suppression = recipient.suppression
    return RecipientView(
        email=recipient.email,
        status="active" if suppression is None else suppression.reason,
        since=None if suppression is None else shown(suppression.since),
        detail=None if suppression is None else suppression.detail,
    )
