"""Signatures under the stack's secret, for what comes back from outside unchanged or not at all."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from redflag import wiring

SIGNATURE_BYTES = 16


def sign(purpose: str, *parts: str | bytes) -> bytes:
    """Sixteen bytes for one purpose; what was signed for another is of no use for this one."""
    encoded = [part.encode() if isinstance(part, str) else part for part in (purpose, *parts)]
    return hmac.digest(wiring.lookup_secret(), b"\n".join(encoded), sha256)[:SIGNATURE_BYTES]


def token(purpose: str, *parts: str) -> str:
    """The signature as text for an address: 22 characters."""
    return urlsafe_b64encode(sign(purpose, *parts)).decode().rstrip("=")


def matches(expected: str, given: str) -> bool:
    """Whether a token is the expected one, told in the same time whichever it is."""
    return hmac.compare_digest(expected.encode(), given.encode())
