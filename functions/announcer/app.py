"""Follows the streams of the audit log and of the members' flags: announces on the event bus.

Powertools' batch processor would publish record by record; here ten go with each call, and the
records whose events the bus did not take are reported, so that Lambda sends them again.
"""

from typing import Any

from redflag import wiring
from redflag.service.events.publishing import announce


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Lambda's entry; answers which records to send again."""
    failed = announce(event["Records"], now=wiring.now())
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
