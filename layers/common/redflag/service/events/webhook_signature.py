"""Signatures of events, for webhooks, in the form of Standard Webhooks.

What is signed is `{event_id}.{timestamp}.{detail}`. EventBridge writes an event's JSON anew on its way,
so the detail is signed in its canonical form (RFC 8785), which everybody can make again.
"""

import hmac
from base64 import b64encode
from typing import Any

import rfc8785

from redflag.core.instants import SECOND, Instant


def signed(detail: dict[str, Any], secret: bytes, *, now: Instant) -> dict[str, Any]:
    """A detail with the second of its signing, and the signature over all of it."""
    stamped = detail | {"timestamp": now // SECOND}
    message = f"{stamped['event_id']}.{stamped['timestamp']}.".encode() + rfc8785.dumps(stamped)
    digest = hmac.digest(secret, message, "sha256")
    return stamped | {"signature": f"v1,{b64encode(digest).decode()}"}
