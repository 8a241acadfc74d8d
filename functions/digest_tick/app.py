"""Called by EventBridge Scheduler every few minutes: calls the mailer for programs whose digest is due."""

from redflag import wiring
from redflag.service.notifications.digests import tick


def handler(_event: object, _context: object) -> dict[str, int]:
    """Lambda's entry; answers how many programs were due."""
    return {"due": tick(now=wiring.now())}
