"""How lists are paged: `limit` and `cursor`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel

from redflag.http.schemas import ANSWERED

Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page holds.")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the page before.")]
DEFAULT_LIMIT = 50


def page_of_keys[T](found: list[T], limit: int) -> tuple[list[T], bool]:
    """Of one item more than the limit: the page, and whether there is another."""
    return found[:limit], len(found) > limit


class Page[T](BaseModel):
    """One page of a list, and where the next one starts."""

    model_config = ANSWERED
    items: list[T]
    next_cursor: str | None
