"""Settings as a document: validated whole, every wrong field named; and its saved versions.

The models are made from the core's dataclasses, so that a range or a default is stated once, beside the
rule it belongs to. Only what a type cannot say is added here.
"""

import dataclasses
import enum
from collections.abc import Callable, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic.config import JsonDict

from redflag.core.rules import RULES
from redflag.core.rules.definition import Rule
from redflag.core.setting_types import Format, Mode, Most, Range
from redflag.core.settings import Frequency, Settings
from redflag.http import fields
from redflag.http.schemas import ANSWERED, TAKEN, InvalidDocument, field_error

_RULE_OF: Mapping[type, Rule] = {rule.settings: rule for rule in RULES.values() if rule.settings}

_CHECKS: Mapping[Format, Any] = {
    Format.CLOCK: AfterValidator(fields.clock),
    Format.EMAIL: AfterValidator(fields.email),
    Format.TEXT: AfterValidator(fields.text),
    Format.URL: AfterValidator(fields.url),
    Format.ZONE: AfterValidator(fields.zone),
}
"""How a text of a setting is checked, by what it is."""

_SHARED = (Mode, Frequency)
"""The choices that the API document names; those of one rule stand with their setting."""

_LONGEST = 200
"""The longest text for people, in characters."""


def _model(shape: type) -> type[BaseModel]:
    """The pydantic model of one of the settings' dataclasses; of a rule's with what its module states."""
    members: dict[str, Any] = {}
    for item in dataclasses.fields(shape):
        meaning = _annotation(item.type)
        if item.default is not dataclasses.MISSING:
            default = list(item.default) if isinstance(item.default, tuple) else item.default
            members[item.name] = (meaning, Field(default, json_schema_extra=_shown(item.type)))
        else:
            members[item.name] = (meaning, Field(default_factory=meaning))
    rule = _RULE_OF.get(shape)
    together = rule.together if rule else ()
    config = ConfigDict(**TAKEN, json_schema_extra=_stated(rule) if rule else None)
    checks: dict[str, Any] = {"check": model_validator(mode="after")(_checks(shape, together))}
    return create_model(
        shape.__name__, __config__=config, __doc__=shape.__doc__, __validators__=checks, **members
    )


def _checks(shape: type, together: Sequence[str]) -> Callable[[Any], Any]:
    """What the fields of a model cannot say: which belong together, and the dataclass's own check."""

    def check(values: Any) -> Any:
        given = [name for name in together if getattr(values, name) is not None]
        if given and len(given) < len(together):
            raise ValueError(f"Give both {' and '.join(together)}, or neither.")
        if hasattr(shape, "check"):
            shape.check(values)
        return values

    return check


def _stated(rule: Rule) -> JsonDict:
    """What a rule's module states, for those who show it: `core/rules/definition.py` says what each means."""
    chart: JsonDict = (
        {name: value for name, value in dataclasses.asdict(rule.chart).items() if value} if rule.chart else {}
    )
    stated: JsonDict = {
        "name": rule.name,
        "over": rule.over.value,
        "sentences": list(rule.sentences),
        "chart": chart or None,
    }
    together: JsonDict = {"x-together": list(rule.together)} if rule.together else {}
    return {"x-rule": stated, **together}


def _shown(kind: Any) -> JsonDict:
    """How a setting is shown: the unit of its number, the format of its text."""
    shown: JsonDict = {}
    for part in (kind, *get_args(kind)):
        for mark in getattr(part, "__metadata__", ()):
            if isinstance(mark, Range):
                shown["x-unit"] = mark.unit
            elif isinstance(mark, Format) and mark is not Format.TEXT:
                shown["x-format"] = mark.value
    return shown


def _annotation(kind: Any) -> Any:
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _model(kind)
    if kind in _SHARED:
        return Annotated[kind, Field(strict=False)]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return Literal[tuple(member.value for member in kind)]
    if get_origin(kind) is Annotated:
        plain, *marks = get_args(kind)
        return _marked(plain, marks)
    if get_origin(kind) in (Union, UnionType):
        first, *rest = (_annotation(part) for part in get_args(kind))
        for part in rest:
            first |= part
        return first
    return kind


def _marked(plain: Any, marks: Sequence[Any]) -> Any:
    """A type with what is stated beside it: a range with its unit, a format, or a list of one."""
    for mark in marks:
        if isinstance(mark, Range):
            return Annotated[plain, Field(ge=mark.low, le=mark.high)]
    (form,) = (mark for mark in marks if isinstance(mark, Format))
    length = {"min_length": 1, "max_length": _LONGEST} if form is Format.TEXT else {}
    text = Annotated[str, Field(**length), _CHECKS[form]]
    most = next((mark.items for mark in marks if isinstance(mark, Most)), None)
    return text if most is None else Annotated[list[text], Field(max_length=most)]


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
