"""Called with SES's events about our mails: accepted, bounced, complained of."""

from typing import Any

from redflag import wiring
from redflag.service.notifications.recipients import follow


def handler(event: dict[str, Any], _context: object) -> None:
    """Lambda's entry; the event is EventBridge's, SES's own is its detail."""
    follow(event["detail"], now=wiring.now())
