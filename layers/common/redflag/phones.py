"""Phone numbers: read, masked, and turned into what they are looked up by."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256

_SHOWN = 2


@dataclass(frozen=True)
class Phone:
    """A possible phone number, in E.164. It never shows itself in a log or a traceback."""

    e164: str = field(repr=False)

    @classmethod
    def parse(cls, text: str, region: str) -> "Phone":
        """Read a number; one without a country code belongs to the region (ISO 3166).

        Raises `ValueError` with a sentence for people.
        """
        # Imported here: check-ins by member id never need it, and it costs a cold start 30 ms.
        import phonenumbers  # noqa: PLC0415  see above

        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            raise ValueError("This is not a phone number.") from None
        if not phonenumbers.is_possible_number(number) or not phonenumbers.is_valid_number(number):
            raise ValueError("No phone has this number. Check the digits and the country code.")
        return cls(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    @property
    def masked(self) -> str:
        """For people: the last digits, the others hidden."""
        return "•" * (len(self.e164) - 1 - _SHOWN) + self.e164[-_SHOWN:]

    def hashed(self, secret: bytes) -> str:
        """HMAC-SHA256 under the stack's secret, 43 characters; the same in every program."""
        digest = hmac.digest(secret, b"phone\n" + self.e164.encode(), sha256)
        return urlsafe_b64encode(digest).decode().rstrip("=")
