"""What the schemas of all features share."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from redflag.core.instants import Instant, format_instant
from redflag.http import fields
from redflag.service.refusals import FieldError

# Values stay out of error messages, and so out of logs.
TAKEN = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
ANSWERED = ConfigDict(frozen=True, hide_input_in_errors=True)
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(fields.text)]
Reason = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(fields.text)]
Email = Annotated[str, AfterValidator(fields.email)]
Id = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(fields.text)]


def shown(instant: Instant | None) -> str | None:
    """An instant that may be missing."""
    return None if instant is None else format_instant(instant)


class ReasonBody(BaseModel):
    """Why; it is kept in the audit log."""

    model_config = TAKEN
    reason: Reason


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
