"""The partition sweep: deletes the items of a partition, when a member is erased."""

from collections.abc import Container
from typing import Any

from redflag.store.database import Database

_BATCH = 25


def sweep(database: Database, table: str, partition: str, keep: Container[str] = ()) -> None:
    """Delete every item of a partition except those whose sort keys are in `keep`."""
    request: dict[str, Any] = {
        "TableName": table,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": {"S": partition}},
        "ProjectionExpression": "pk, sk",
        "ConsistentRead": True,
    }
    while True:
        answer = database.client.query(**request)
        keys = [item for item in answer["Items"] if item["sk"]["S"] not in keep]
        for start in range(0, len(keys), _BATCH):
            _delete(database, table, keys[start : start + _BATCH])
        if "LastEvaluatedKey" not in answer:
            return
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _delete(database: Database, table: str, keys: list[Any]) -> None:
    left: Any = {table: [{"DeleteRequest": {"Key": key}} for key in keys]}
    while left:
        left = database.client.batch_write_item(RequestItems=left)["UnprocessedItems"]
