"""Settings and locations as documents: validated whole, every wrong field named.

The settings' models are made from the core's dataclasses, so that a range or a default stands once,
beside the rule it belongs to. Only what a type cannot say is added here.
"""

import dataclasses
import enum
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    model_validator,
)

from redflag.core.hours import Span
from redflag.core.ranges import Range
from redflag.core.rules.outside_hours import OutsideHours
from redflag.core.settings import Settings
from redflag.http import fields
from redflag.problems import FieldError

_CONFIG = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

_Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(fields.text)]
_Email = Annotated[str, AfterValidator(fields.email)]
_Zone = Annotated[str, AfterValidator(fields.zone)]
_Clock = Annotated[str, AfterValidator(fields.clock)]

_MEANINGS: dict[str, Any] = {
    "OutsideHours.override_open": _Clock | None,
    "OutsideHours.override_close": _Clock | None,
    "Notifications.recipients": Annotated[list[_Email], Field(max_length=50)],
    "Notifications.time_zone": _Zone,
    "ContactUs.phone": _Text | None,
    "ContactUs.email": _Email | None,
    "ContactUs.url": Annotated[str, AfterValidator(fields.url)] | None,
}
"""What a string means, where its type does not say."""


_PLACES = {"body", "query", "path", "header"}
_SENTENCES = {"extra_forbidden": "There is no such field.", "missing": "This field is required."}


def field_error(error: Mapping[str, Any]) -> FieldError:
    """One of pydantic's errors as a field and a sentence."""
    location = [str(part) for part in error["loc"]]
    if location and location[0] in _PLACES:
        location = location[1:]
    message = _SENTENCES.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return ".".join(location), message if message.endswith(".") else f"{message}."


class InvalidDocument(ValueError):
    """A document whose fields cannot be used; `errors` names each of them."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))
        self.errors = errors


def _override(values: Any) -> Any:
    """The override of opening hours: both ends or none, and a span between them."""
    opens, closes = values.override_open, values.override_close
    if (opens is None) is not (closes is None):
        raise ValueError("Give both override_open and override_close, or neither.")
    if opens is not None:
        Span.parse(opens, closes)
    return values


_CHECKS: dict[type, Callable[[Any], Any]] = {OutsideHours: _override}


def _model(shape: type) -> type[BaseModel]:
    """The pydantic model of one of the settings' dataclasses."""
    members: dict[str, Any] = {}
    for item in dataclasses.fields(shape):
        meaning = _MEANINGS.get(f"{shape.__name__}.{item.name}") or _annotation(item.type)
        if item.default is not dataclasses.MISSING:
            default = list(item.default) if isinstance(item.default, tuple) else item.default
            members[item.name] = (meaning, default)
        else:
            members[item.name] = (meaning, Field(default_factory=meaning))
    checks: dict[str, Any] = (
        {"check": model_validator(mode="after")(_CHECKS[shape])} if shape in _CHECKS else {}
    )
    return create_model(
        shape.__name__, __config__=_CONFIG, __doc__=shape.__doc__, __validators__=checks, **members
    )


def _annotation(kind: Any) -> Any:
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _model(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return Literal[tuple(member.value for member in kind)]
    if get_origin(kind) is Annotated:
        plain, *marks = get_args(kind)
        ranges = [Field(ge=m.low, le=m.high) for m in marks if isinstance(m, Range)]
        return Annotated[plain, *ranges]
    if get_origin(kind) in (Union, UnionType):
        first, *rest = (_annotation(part) for part in get_args(kind))
        for part in rest:
            first |= part
        return first
    return kind


class SettingsDocument(_model(Settings)):  # type: ignore[misc]  # its fields are the dataclass's
    """The whole settings; what is left out takes its default."""


def read_settings(document: Any) -> Settings:
    """Settings from a document. Raises `InvalidDocument`."""
    try:
        read = SettingsDocument.model_validate(document)
    except ValidationError as error:
        raise InvalidDocument([field_error(e) for e in error.errors()]) from None
    return Settings.from_document(read.model_dump())


class OpenSpan(BaseModel):
    """Open from `open` until just before `close`; over midnight when `close` is earlier."""

    model_config = _CONFIG
    open: _Clock
    close: _Clock

    @model_validator(mode="after")
    def _is_a_span(self) -> "OpenSpan":
        Span.parse(self.open, self.close)
        return self


_Spans = Annotated[list[OpenSpan], Field(max_length=10)]


class WeeklyHours(BaseModel):
    """Hours by weekday; a day left out is closed."""

    model_config = _CONFIG
    mon: _Spans = []
    tue: _Spans = []
    wed: _Spans = []
    thu: _Spans = []
    fri: _Spans = []
    sat: _Spans = []
    sun: _Spans = []


class HoursException(BaseModel):
    """A date with other hours than its weekday; no hours is closed."""

    model_config = _CONFIG
    date: Annotated[str, AfterValidator(fields.calendar_date)]
    hours: _Spans


class Coordinates(BaseModel):
    """A place on the map, in degrees."""

    model_config = _CONFIG
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


def _of_hours(exceptions: list[HoursException], info: ValidationInfo) -> list[HoursException]:
    """Exceptions to hours that there are."""
    if exceptions and info.data.get("hours", ...) is None:
        raise ValueError("Exceptions change the weekly hours. Give those too, as hours.")
    return exceptions


class LocationDocument(BaseModel):
    """A location as its owner writes it. Without hours it is never closed by itself."""

    model_config = _CONFIG
    name: _Text
    time_zone: _Zone
    position: Coordinates | None = None
    hours: WeeklyHours | None = None
    exceptions: Annotated[list[HoursException], Field(max_length=400), AfterValidator(_of_hours)] = []


def read_location(document: Mapping[str, Any]) -> LocationDocument:
    """A location from a document. Raises `InvalidDocument`."""
    try:
        return LocationDocument.model_validate(document)
    except ValidationError as error:
        raise InvalidDocument([field_error(e) for e in error.errors()]) from None
