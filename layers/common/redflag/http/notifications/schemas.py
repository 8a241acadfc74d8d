"""What the routes about notifications take and answer."""

from pydantic import BaseModel

from redflag.http.schemas import ANSWERED, TAKEN, Email, Reason


class SenderView(BaseModel):
    """Whom mails come from, whether they can be sent, and what to do if not."""

    model_config = ANSWERED
    address: str | None
    ready: bool
    explanation: str


class RecipientView(BaseModel):
    """A recipient: `active`, or why they are not mailed (`bounced`, `complained`, `unsubscribed`)."""

    model_config = ANSWERED
    email: str
    status: str
    since: str | None
    detail: str | None


class NotificationsView(BaseModel):
    """How a program's notifications stand. `waiting` counts flags that nobody was told of yet."""

    model_config = ANSWERED
    frequency: str
    sender: SenderView
    recipients: list[RecipientView]
    waiting: int
    last_digest_at: str | None
    next_digest_at: str | None
    problem: str | None


class TestMailView(BaseModel):
    """What became of a test mail to each recipient: `sent`, or why it was not."""

    model_config = ANSWERED
    email: str
    sent: bool
    explanation: str | None


class TestMailsView(BaseModel):
    """What became of the test mails."""

    model_config = ANSWERED
    mails: list[TestMailView]


class ReinstateBody(BaseModel):
    """Whom to mail again, and why; it is kept in the audit log."""

    model_config = TAKEN
    email: Email
    reason: Reason
