"""Signatures under the stack's secret, for texts that must come back from outside unchanged."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from redflag import wiring

SIGNATURE_BYTES = 16


def sign(purpose: str, *parts: str | bytes) -> bytes:
    """A signature of sixteen bytes for one purpose; it is not valid for another."""
    encoded = [part.encode() if isinstance(part, str) else part for part in (purpose, *parts)]
    return hmac.digest(wiring.lookup_secret(), b"\n".join(encoded), sha256)[:SIGNATURE_BYTES]


def token(purpose: str, *parts: str) -> str:
    """The signature as text for an address: 22 characters."""
    return urlsafe_b64encode(sign(purpose, *parts)).decode().rstrip("=")


def matches(expected: str, given: str) -> bool:
    """Whether a token is the expected one, compared in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())
