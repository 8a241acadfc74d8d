"""The tables, and conditional writes to them: a writer learns which condition failed, and tries again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

type Plain = Mapping[str, Any]
"""An item in plain Python: strings, whole numbers, booleans and string maps. `None` is left out."""

type Item = dict[str, Any]
"""An item in DynamoDB's typed JSON."""

type Kind = Literal["Put", "Update", "Delete", "ConditionCheck"]

_BATCH = 100
"""How many items DynamoDB reads at once."""


@dataclass(frozen=True)
class Tables:
    """Table names, by what the tables hold. A function knows only those it uses."""

    programs: str = ""
    members: str = ""
    places: str = ""
    history: str = ""
    audit: str = ""
    notices: str = ""


@dataclass(frozen=True)
class Write:
    """One write with its condition. `label` names the write when its condition fails."""

    label: str
    kind: Kind
    request: dict[str, Any] = field(repr=False)


class Conflict(Exception):
    """Another writer was first, and nothing was written. Read again what the write depended on.

        Conflict
        ├── ConditionFailed      an item is not as the condition requires
        └── TransactionConflict  another transaction is changing one of the items; no condition counts

    `failed` has the labels of the writes whose conditions failed. Draw conclusions from these alone.
    """

    failed: frozenset[str] = frozenset()


class ConditionFailed(Conflict):
    """Conditions failed. `items` has the items as they were found, by label, where they are known."""

    def __init__(self, failed: Iterable[str], items: Mapping[str, Item]) -> None:
        self.failed = frozenset(failed)
        self.items = dict(items)
        super().__init__(f"conditions failed: {', '.join(sorted(self.failed))}")


class TransactionConflict(Conflict):
    """Another transaction was changing one of the items. Whether the conditions hold is not known."""


class Contention(Exception):
    """Every attempt ended in a conflict. The same request may be sent again."""


_TRIES = 20


def retry_on_conflict[T](attempt: Callable[[Conflict | None], T]) -> T:
    """Run an attempt again for as long as it ends in a conflict. Raises `Contention` after many tries.

    The attempt gets the conflict of the try before, and must read again what it depends on.
    """
    conflict: Conflict | None = None
    for _ in range(_TRIES):
        try:
            return attempt(conflict)
        except Conflict as error:
            conflict = error
    raise Contention from conflict


@dataclass(frozen=True)
class Database:
    """A DynamoDB client with the names of the tables."""

    client: "DynamoDBClient"
    tables: Tables

    def get(self, table: str, key: Plain, *, consistent: bool) -> dict[str, Any] | None:
        """One item, plain. A read that is not consistent costs half a read unit for each 4 KB."""
        answer = self.client.get_item(TableName=table, Key=typed(key), ConsistentRead=consistent)
        return plain(answer["Item"]) if "Item" in answer else None

    def batch(self, table: str, keys: Sequence[Plain], *, consistent: bool) -> Iterator[dict[str, Any]]:
        """The items with these keys, each asked for once, in no order, plain: a hundred at a time."""
        for start in range(0, len(keys), _BATCH):
            asked = [typed(key) for key in keys[start : start + _BATCH]]
            while asked:
                answer = self.client.batch_get_item(
                    RequestItems={table: {"Keys": asked, "ConsistentRead": consistent}}
                )
                yield from map(plain, answer["Responses"][table])
                left = answer.get("UnprocessedKeys", {}).get(table)
                asked = list(left["Keys"]) if left else []

    def query(self, **request: Any) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
        """One page of items, plain, and the key after which the next one starts."""
        answer = self.client.query(**request)
        return [plain(item) for item in answer["Items"]], answer.get("LastEvaluatedKey")

    def items(self, **request: Any) -> Iterator[dict[str, Any]]:
        """All items that a query finds, plain, page by page as they are needed."""
        while True:
            page, after = self.query(**request)
            yield from page
            if after is None:
                return
            request["ExclusiveStartKey"] = after

    def commit(self, writes: Iterable[Write]) -> None:
        """Do all writes or none; one alone goes without a transaction. Raises `Conflict`."""
        writes = list(writes)
        try:
            if len(writes) == 1 and writes[0].kind != "ConditionCheck":
                self._alone(writes[0])
            else:
                self.client.transact_write_items(
                    TransactItems=[{w.kind: w.request} for w in writes]  # type: ignore[misc]  # one kind a write
                )
        except ClientError as error:
            raise _conflict(error, writes) or error from error

    def _alone(self, write: Write) -> None:
        match write.kind:
            case "Put":
                self.client.put_item(**write.request)
            case "Update":
                self.client.update_item(**write.request)
            case _:
                self.client.delete_item(**write.request)


def _conflict(error: ClientError, writes: list[Write]) -> Conflict | None:
    response: dict[str, Any] = error.response  # type: ignore[assignment]  # its type leaves out Item
    match response["Error"]["Code"]:
        case "ConditionalCheckFailedException":
            reasons = [{"Code": "ConditionalCheckFailed"} | response]
        case "TransactionConflictException":
            reasons = [{"Code": "TransactionConflict"}]
        case "TransactionCanceledException":
            reasons = response.get("CancellationReasons", [])
        case _:
            return None
    codes = {reason.get("Code") for reason in reasons}
    if "TransactionConflict" in codes:
        # Beside a conflict, a condition may fail only because of what the other transaction is changing.
        return TransactionConflict()
    if "ConditionalCheckFailed" not in codes:
        return None
    failed = [
        (write.label, reason)
        for write, reason in zip(writes, reasons, strict=False)
        if reason.get("Code") == "ConditionalCheckFailed"
    ]
    items = {label: reason["Item"] for label, reason in failed if "Item" in reason}
    return ConditionFailed((label for label, _ in failed), items)


def put(label: str, table: str, item: Plain, condition: str | None = None, **values: Any) -> Write:
    """Put an item; `values` are the condition's, named without their colon."""
    request: dict[str, Any] = {"TableName": table, "Item": typed(item)}
    return Write(label, "Put", request | _condition(condition, values))


def delete(label: str, table: str, key: Plain, condition: str | None = None, **values: Any) -> Write:
    """Delete an item. Without a condition, the item may be missing."""
    request: dict[str, Any] = {"TableName": table, "Key": typed(key)}
    return Write(label, "Delete", request | _condition(condition, values))


def check(label: str, table: str, key: Plain, condition: str, **values: Any) -> Write:
    """Write nothing here, and nothing elsewhere in the transaction unless the condition holds."""
    request = {"TableName": table, "Key": typed(key)}
    return Write(label, "ConditionCheck", request | _condition(condition, values))


def update(label: str, table: str, key: Plain, expression: str, condition: str, **values: Any) -> Write:
    """Update an item under a condition."""
    request = {"TableName": table, "Key": typed(key), "UpdateExpression": expression}
    return Write(label, "Update", request | _condition(condition, values))


def _condition(condition: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
    if condition is None:
        return {}
    request: dict[str, Any] = {
        "ConditionExpression": condition,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    if values:
        request["ExpressionAttributeValues"] = typed({f":{k}": v for k, v in values.items()})
    return request


def typed(item: Plain) -> Item:
    """Plain Python to DynamoDB's typed JSON."""
    return {name: _typed(value) for name, value in item.items() if value is not None}


def _typed(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int():
            return {"N": str(value)}
        case _:
            return {"M": typed(value)}


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """DynamoDB's typed JSON to plain Python; numbers are whole."""
    return {name: _plain(value) for name, value in item.items()}


def _plain(value: Mapping[str, Any]) -> Any:
    ((kind, inner),) = value.items()
    match kind:
        case "N":
            return int(inner)
        case "M":
            return plain(inner)
        case _:
            return inner
