"""What goes wrong on the way to DynamoDB: calls that fail, and processes that end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.exceptions import ClientError

from tests.cloud.program import Shop


@dataclass(frozen=True)
class Call:
    """One call of the client, with the logical names of its tables."""

    operation: str
    params: dict[str, Any]
    tables: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """The partition keys that the call names."""
        parts = [request for part in self.params.get("TransactItems", []) for request in part.values()]
        named = [request.get("Key") or request.get("Item") or {} for request in (self.params, *parts)]
        return [key["pk"]["S"] for key in named if "pk" in key]


type Which = Callable[[Call], bool]


class Crash(BaseException):
    """The process has ended here: nothing catches it, and nothing after it is done."""


def _tables(params: dict[str, Any]) -> tuple[str, ...]:
    parts = [request for part in params.get("TransactItems", []) for request in part.values()]
    names = [
        params.get("TableName"),
        *(request["TableName"] for request in parts),
        *params.get("RequestItems", ()),
    ]
    return tuple(name.removeprefix("redflag-") for name in names if name)


@contextmanager
def between(shop: Shop, around: Callable[[Call, Callable[[], Any]], Any]) -> Iterator[None]:
    """Stand between the client and DynamoDB: `around` is given each call, and how to make it."""
    client = shop.database.client
    original = client._make_api_call  # type: ignore[attr-defined]

    def call(operation: str, params: dict[str, Any]) -> Any:
        return around(Call(operation, params, _tables(params)), lambda: original(operation, params))

    with patch.object(client, "_make_api_call", call):
        yield


@contextmanager
def watching(shop: Shop) -> Iterator[list[Call]]:
    """The calls that are made meanwhile."""
    seen: list[Call] = []

    def watch(call: Call, make: Callable[[], Any]) -> Any:
        seen.append(call)
        return make()

    with between(shop, watch):
        yield seen


@contextmanager
def failing(shop: Shop, which: Which, code: str) -> Iterator[None]:
    """These calls are refused by DynamoDB, whatever the client tries."""

    def fail(call: Call, make: Callable[[], Any]) -> Any:
        if which(call):
            raise ClientError({"Error": {"Code": code, "Message": "?"}}, call.operation)
        return make()

    with between(shop, fail):
        yield


@contextmanager
def crashing_before(shop: Shop, which: Which) -> Iterator[None]:
    """The process ends instead of making such a call. The test goes on where this was entered."""

    def crash(call: Call, make: Callable[[], Any]) -> Any:
        if which(call):
            raise Crash
        return make()

    try:
        with between(shop, crash):
            yield
    except Crash:
        return
    raise AssertionError("nothing has crashed")


def writes_to(table: str, part: str = "") -> Which:
    """Writes to a table, of items whose partition keys have this part."""

    def which(call: Call) -> bool:
        writes = call.operation in ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
        return writes and table in call.tables and any(part in key for key in call.keys)

    return which
