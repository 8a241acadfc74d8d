"""Cursors: where a list goes on, as opaque text that nobody can change unseen.

A cursor is signed for the program and the list it came from, so one that was made elsewhere is
refused, as one that was tampered with is.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from redflag import wiring
from redflag.problems import invalid

_SIGNATURE_BYTES = 16


def issue(position: str | None, program_id: str, listing: str) -> str | None:
    """The cursor of a position; none when the list ends."""
    if position is None:
        return None
    text = position.encode()
    return urlsafe_b64encode(_sign(text, program_id, listing) + text).decode().rstrip("=")


def read(cursor: str | None, program_id: str, listing: str) -> str | None:
    """The position of a cursor. Raises `Problem` for one that was not issued for this list."""
    if cursor is None:
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        signature, text = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if hmac.compare_digest(signature, _sign(text, program_id, listing)):
            return text.decode()
    except ValueError:
        pass
    raise invalid(("cursor", "This cursor is not one of this list. Start without a cursor."))


def _sign(text: bytes, program_id: str, listing: str) -> bytes:
    message = f"cursor\n{program_id}\n{listing}\n".encode() + text
    return hmac.digest(wiring.lookup_secret(), message, sha256)[:_SIGNATURE_BYTES]
