"""Settings as a document: validated whole, every wrong field named; and its saved versions.

The models are made from the core's dataclasses, so that a range or a default stands once, beside the rule
it belongs to. Only what a type cannot say is added here.
"""

import dataclasses
import enum
from collections.abc import Callable
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from redflag.core.hours import Span
from redflag.core.ranges import Range
from redflag.core.rules.outside_hours import OutsideHours
from redflag.core.settings import Settings
from redflag.http import fields
from redflag.http.schemas import ANSWERED, TAKEN, Email, InvalidDocument, Text, field_error

_Zone = Annotated[str, AfterValidator(fields.zone)]
_Clock = Annotated[str, AfterValidator(fields.clock)]

_MEANINGS: dict[str, Any] = {
    "OutsideHours.override_open": _Clock | None,
    "OutsideHours.override_close": _Clock | None,
    "Notifications.recipients": Annotated[list[Email], Field(max_length=50)],
    "Notifications.time_zone": _Zone,
    "ContactUs.phone": Text | None,
    "ContactUs.email": Email | None,
    "ContactUs.url": Annotated[str, AfterValidator(fields.url)] | None,
}
"""What a string means, where its type does not say."""


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
        shape.__name__, __config__=TAKEN, __doc__=shape.__doc__, __validators__=checks, **members
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


class SettingsVersionView(BaseModel):
    """A saved version of the settings: who saved it, when."""

    model_config = ANSWERED
    version: int
    saved_at: str | None
    saved_by: str | None
    saved_by_name: str | None
    settings: dict[str, Any]
