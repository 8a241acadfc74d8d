"""Checks that fields of requests share, whichever way they are parsed.

Each takes the value and answers what to use, or raises `ValueError` with a sentence.
"""

import re
import unicodedata
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from redflag.core.hours import Span, parse_clock
from redflag.core.instants import Instant, parse_instant

MAX_BODY_BYTES = 64 * 1024
DEVICE_LENGTH = 36
ID_LENGTH = 128
KEY_LENGTH = 128
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_URL = re.compile(r"https://[^\s/$.?#][^\s]*", re.IGNORECASE)


def text(value: str) -> str:
    """Text for people: no control characters, and something besides spaces."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise ValueError("Control characters are not accepted.")
    if not value.strip():
        raise ValueError("Write something here, or leave the field out.")
    return value.strip()


def instant(value: str) -> Instant:
    """An RFC 3339 instant."""
    return parse_instant(value)


_zones = cache(available_timezones)


def zone(value: str) -> str:
    """The name of an IANA time zone."""
    if value not in _zones():
        raise ValueError("This is not an IANA time zone such as America/New_York.")
    ZoneInfo(value)
    return value


def calendar_date(value: str) -> str:
    """A date such as 2027-01-01."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError("Give a date such as 2027-01-01.")
    date.fromisoformat(value)
    return value


def span(opens: str, closes: str) -> None:
    """Opening and closing time of a span of hours."""
    Span.parse(opens, closes)


def clock(value: str) -> str:
    """A time of day such as 09:00."""
    parse_clock(value)
    return value


def email(value: str) -> str:
    """Something that can be an e-mail address."""
    if len(value) > 254 or not _EMAIL.fullmatch(value):  # noqa: PLR2004  the limit of RFC 5321
        raise ValueError("This is not an e-mail address.")
    return text(value)


def url(value: str) -> str:
    """A web address that members may be sent to."""
    if not _URL.fullmatch(value):
        raise ValueError("Give a web address that begins with https://.")
    return text(value)


def change(value: int) -> int:
    """A change that changes something."""
    if value == 0:
        raise ValueError("A change of 0 changes nothing.")
    return value
