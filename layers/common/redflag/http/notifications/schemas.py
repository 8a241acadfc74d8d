"""What the routes about notifications take and answer."""

from pydantic import BaseModel

from redflag.core.settings import Frequency
from redflag.http.schemas import ANSWERED, TAKEN, Email, Reason


class SenderView(BaseModel):
    """The sender of mails, whether mails can be sent, and what to do if not."""

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
    """The status of a program's notifications. `waiting` counts pending notifications."""

    model_config = ANSWERED
    frequency: Frequency
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
    """Which recipient to mail again, and why; the reason is kept in the audit log."""

    model_config = TAKEN
    email: Email
    reason: Reason
