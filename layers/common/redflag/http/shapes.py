"""What the models of requests and answers are made of."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from redflag.core.instants import Instant, format_instant
from redflag.http import fields

# Values stay out of error messages, and so out of logs.
TAKEN = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
ANSWERED = ConfigDict(frozen=True, hide_input_in_errors=True)
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(fields.text)]
Reason = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(fields.text)]
Email = Annotated[str, AfterValidator(fields.email)]
Id = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(fields.text)]


class Page[T](BaseModel):
    """One page of a list, and where the next one starts."""

    model_config = ANSWERED
    items: list[T]
    next_cursor: str | None


def shown(instant: Instant | None) -> str | None:
    """An instant that may be missing."""
    return None if instant is None else format_instant(instant)
