"""Identifiers: short, opaque, of fixed length, so that an item's size is known.

A check-in's id is made of its instant and of the fingerprint of its idempotency key; so the
register can give it back without keeping it.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from redflag.core.instants import Instant

_DIGITS = "0123456789abcdefghijklmnopqrstuv"
INSTANT_LENGTH = 9
FINGERPRINT_LENGTH = 11
DIGEST_LENGTH = 4
MEMBER_LENGTH = 13
LOCATION_LENGTH = 8


def _random(length: int) -> str:
    return "".join(secrets.choice(_DIGITS) for _ in range(length))


def new_program_id() -> str:
    """`p_` and 8 characters."""
    return f"p_{_random(8)}"


def new_location_id() -> str:
    """`l_` and 8 characters."""
    return f"l_{_random(LOCATION_LENGTH)}"


def new_member_id() -> str:
    """`m_` and 13 characters: 65 random bits."""
    return f"m_{_random(MEMBER_LENGTH)}"


def new_digest_id() -> str:
    """`d_` and 13 characters."""
    return f"d_{_random(13)}"


def new_block_id(at: Instant) -> str:
    """`b_`, the instant and 13 characters; the order of the ids is the order of the blocks."""
    return f"b_{encode_instant(at)}{_random(MEMBER_LENGTH)}"


def encode_instant(instant: Instant) -> str:
    """Nine characters whose order is the order of the instants; before 1970 counts as 1970."""
    instant = max(instant, 0)
    return "".join(_DIGITS[instant >> shift & 31] for shift in range(40, -1, -5))


def decode_instant(text: str) -> Instant:
    """The instant of its nine characters."""
    return int(text, 32)


def fingerprint(member_id: str, idempotency_key: str | None) -> str:
    """Eleven characters for a member's idempotency key; random ones when there is no key."""
    if idempotency_key is None:
        return _short(secrets.token_bytes(8), FINGERPRINT_LENGTH)
    digest = hashlib.sha256(f"{member_id}\n{idempotency_key}".encode()).digest()
    return _short(digest, FINGERPRINT_LENGTH)


def body_digest(*parts: object) -> str:
    """Four characters that tell whether a repeated key came with the same request."""
    return _short(hashlib.sha256(repr(parts).encode()).digest(), DIGEST_LENGTH)


def check_in_id(at: Instant, key_fingerprint: str) -> str:
    """`c_`, the instant and the fingerprint."""
    return f"c_{encode_instant(at)}{key_fingerprint}"


def _short(digest: bytes, length: int) -> str:
    return urlsafe_b64encode(digest).decode()[:length]
