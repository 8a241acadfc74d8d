"""An attempt as the member register remembers it, as text.

A slot's first nine characters are the instant in an order-preserving code, so slots compare with
bounds as strings do; the fingerprint of the idempotency key follows, then a digest of the request,
then the location.
"""

from dataclasses import dataclass

from redflag.core.decide import Outcome
from redflag.core.instants import Instant
from redflag.core.model import Position
from redflag.store.ids import (
    DIGEST_LENGTH,
    FINGERPRINT_LENGTH,
    INSTANT_LENGTH,
    check_in_id,
    decode_instant,
    encode_instant,
)

_OUTCOME_CODES = {
    Outcome.ACCOUNT_BLOCKED: "b",
    Outcome.OUTSIDE_BUSINESS_HOURS: "h",
    Outcome.TOO_SOON: "t",
}
_OUTCOMES = {code: outcome for outcome, code in _OUTCOME_CODES.items()}


@dataclass(frozen=True)
class Slot:
    """An attempt as the register remembers it; refused ones say why and until when."""

    at: Instant
    fingerprint: str
    digest: str
    location_id: str
    outcome: Outcome = Outcome.ACCEPTED
    until: Instant | None = None

    @property
    def check_in_id(self) -> str:
        """The id of the check-in that the slot remembers."""
        return check_in_id(self.at, self.fingerprint)

    def encode(self) -> str:
        """The slot as text; a refused one carries its outcome and instant at the end."""
        text = encode_instant(self.at) + self.fingerprint + self.digest + self.location_id[2:]
        if self.outcome is Outcome.ACCEPTED:
            return text
        until = "" if self.until is None else encode_instant(self.until)
        return f"{text}#{_OUTCOME_CODES[self.outcome]}{until}"

    @classmethod
    def decode(cls, text: str) -> "Slot":
        """The slot of its text."""
        text, _, refusal = text.partition("#")
        fingerprint_end = INSTANT_LENGTH + FINGERPRINT_LENGTH
        return cls(
            at=decode_instant(text[:INSTANT_LENGTH]),
            fingerprint=text[INSTANT_LENGTH:fingerprint_end],
            digest=text[fingerprint_end : fingerprint_end + DIGEST_LENGTH],
            location_id=f"l_{text[fingerprint_end + DIGEST_LENGTH :]}",
            outcome=_OUTCOMES[refusal[0]] if refusal else Outcome.ACCEPTED,
            until=decode_instant(refusal[1:]) if len(refusal) > 1 else None,
        )


@dataclass(frozen=True)
class Details:
    """The details of an attempt that the history keeps and the rules do not use."""

    fingerprint: str
    device_id: str | None = None
    position: Position | None = None

    def encode(self) -> str:
        """As text: fingerprint, position to a metre, device."""
        where = ""
        if self.position is not None:
            accuracy = self.position.accuracy_m
            where = f"{self.position}," + ("" if accuracy is None else f"{accuracy:.0f}")
        return f"{self.fingerprint}|{where}|{self.device_id or ''}"

    @classmethod
    def decode(cls, text: str) -> "Details":
        """The details of their text."""
        key, where, device = text.split("|", 2)
        position = None
        if where:
            lat, lon, accuracy = where.split(",")
            position = Position(float(lat), float(lon), float(accuracy) if accuracy else None)
        return cls(key, device or None, position)
