"""A program's settings: one document, whole, with its defaults."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from redflag.core.instants import MINUTE, Instant
from redflag.core.rules import Rules
from redflag.core.setting_types import Format, Most, Range


@dataclass(frozen=True)
class CheckInSettings:
    """How long a member must wait before checking in again."""

    cooldown_minutes: Annotated[int, Range(0, 1440, "minute")] = 60

    @property
    def cooldown(self) -> Instant:
        """The cooldown in milliseconds."""
        return self.cooldown_minutes * MINUTE


class Frequency(StrEnum):
    """How often new flags are mailed."""

    EVERY_FLAG = "every_flag"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    OFF = "off"


@dataclass(frozen=True)
class Notifications:
    """Who gets mails about new flags, how often, and at which local hour."""

    frequency: Frequency = Frequency.DAILY
    recipients: Annotated[tuple[str, ...], Format.EMAIL, Most(50)] = ()
    time_zone: Annotated[str, Format.ZONE] = "UTC"
    hour: Annotated[int, Range(0, 23, "hour-of-day")] = 8


@dataclass(frozen=True)
class ContactUs:
    """What a refused member is shown."""

    phone: Annotated[str, Format.TEXT] | None = None
    email: Annotated[str, Format.EMAIL] | None = None
    url: Annotated[str, Format.URL] | None = None


@dataclass(frozen=True)
class Gate:
    """Whether the login gate lets members in when it cannot reach its data."""

    fail_open: bool = False


@dataclass(frozen=True)
class Retention:
    """How many days the history of attempts is kept."""

    history_days: Annotated[int, Range(1, 3650, "day")] = 400


@dataclass(frozen=True)
class Settings:
    """The whole document."""

    check_in: CheckInSettings = field(default_factory=CheckInSettings)
    rules: Rules = field(default_factory=Rules)
    automatically_suspend: bool = False
    show_flags_on_members_page: bool = True
    notifications: Notifications = field(default_factory=Notifications)
    contact_us: ContactUs = field(default_factory=ContactUs)
    gate: Gate = field(default_factory=Gate)
    retention: Retention = field(default_factory=Retention)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Settings":
        """Build from a document that has been validated; what is left out takes its default."""
        return _build(cls, document)

    def to_document(self) -> dict[str, Any]:
        """The document as the API shows it."""
        return dataclasses.asdict(self)


def _build[T](cls: type[T], document: Mapping[str, Any]) -> T:
    values: dict[str, Any] = {}
    for item in dataclasses.fields(cls):  # type: ignore[arg-type]  # only called on dataclasses
        if item.name not in document:
            continue
        value = document[item.name]
        if isinstance(item.type, type) and dataclasses.is_dataclass(item.type):
            value = _build(item.type, value)
        elif isinstance(item.type, type) and issubclass(item.type, StrEnum):
            value = item.type(value)
        elif isinstance(value, list):
            value = tuple(value)
        values[item.name] = value
    return cls(**values)
