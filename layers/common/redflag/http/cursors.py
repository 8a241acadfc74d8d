"""Cursors: where a list goes on, as opaque text that nobody can change unseen.

A cursor is signed for the program and the list it came from, so one that was made elsewhere is
refused, as one that was tampered with is.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

from redflag.service.refusals import invalid
from redflag.service.signing import SIGNATURE_BYTES, sign


def issue(position: str | None, program_id: str, listing: str) -> str | None:
    """The cursor of a position; none when the list ends."""
    if position is None:
        return None
    text = position.encode()
    return urlsafe_b64encode(sign("cursor", program_id, listing, text) + text).decode().rstrip("=")


def read(cursor: str | None, program_id: str, listing: str) -> str | None:
    """The position of a cursor. Raises `Refusal` for one that was not issued for this list."""
    if cursor is None:
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        signature, text = raw[:SIGNATURE_BYTES], raw[SIGNATURE_BYTES:]
        if hmac.compare_digest(signature, sign("cursor", program_id, listing, text)):
            return text.decode()
    except ValueError:
        pass
    raise invalid(("cursor", "This cursor is not one of this list. Start without a cursor."))
