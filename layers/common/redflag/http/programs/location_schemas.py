"""A location as a document: validated whole, every wrong field named; and as routes answer it."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from redflag.core.hours import Span
from redflag.http import fields
from redflag.http.schemas import ANSWERED, TAKEN, InvalidDocument, Text, field_error

_Zone = Annotated[str, AfterValidator(fields.zone)]
_Clock = Annotated[str, AfterValidator(fields.clock)]


class OpenSpan(BaseModel):
    """Open from `open` until just before `close`; over midnight when `close` is earlier."""

    model_config = TAKEN
    open: _Clock
    close: _Clock

    @model_validator(mode="after")
    def _is_a_span(self) -> "OpenSpan":
        Span.parse(self.open, self.close)
        return self


_Spans = Annotated[list[OpenSpan], Field(max_length=10)]


class WeeklyHours(BaseModel):
    """Hours by weekday; a day left out is closed."""

    model_config = TAKEN
    mon: _Spans = []
    tue: _Spans = []
    wed: _Spans = []
    thu: _Spans = []
    fri: _Spans = []
    sat: _Spans = []
    sun: _Spans = []


class HoursException(BaseModel):
    """A date with other hours than its weekday; no hours is closed."""

    model_config = TAKEN
    date: Annotated[str, AfterValidator(fields.calendar_date)]
    hours: _Spans


class Coordinates(BaseModel):
    """A place on the map, in degrees."""

    model_config = TAKEN
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


def _of_hours(exceptions: list[HoursException], info: ValidationInfo) -> list[HoursException]:
    """Exceptions to hours that there are."""
    if exceptions and info.data.get("hours", ...) is None:
        raise ValueError("Exceptions change the weekly hours. Give those too, as hours.")
    return exceptions


class LocationDocument(BaseModel):
    """A location as its owner writes it. Without hours it is never closed by itself."""

    model_config = TAKEN
    name: Text
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


class LocationView(BaseModel):
    """A location."""

    model_config = ANSWERED
    location_id: str
    name: str
    time_zone: str
    position: Coordinates | None
    hours: WeeklyHours | None
    exceptions: list[HoursException]
