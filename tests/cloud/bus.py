"""The event bus, as the tests hear it: what the announcer publishes of what has happened."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from redflag import wiring
from tests.cloud.program import Shop
from tests.cloud.streams import Record, record, send
from tests.cloud.template import ROOT

type Detail = dict[str, Any]
type Refuse = Callable[[Detail], bool]


def check(event: dict[str, Any]) -> Detail:
    """The detail of an event on the bus, once it is as its schema in `docs/events/` has it."""
    detail: Detail = event["detail"]
    schema = json.loads((ROOT / "docs" / "events" / f"{event['detail-type']}.json").read_text())
    OAS31Validator(schema, format_checker=oas31_format_checker).validate(detail)
    assert set(detail) <= set(schema["properties"])
    assert (event["source"], event["detail-type"]) == ("redflag", detail["type"])
    return detail


def news(shop: Shop) -> list[Record]:
    """The records of the announcer's streams: the program's audit log, and its flags as they are now."""
    tables = shop.database.tables
    items = [
        item
        for table in (tables.audit, tables.members)
        for item in shop.backend.items(table)
        if item["pk"]["S"].partition("#")[0] == shop.program_id
        and (table == tables.audit or item["sk"]["S"].startswith("F#"))
    ]
    items.sort(key=lambda item: item["sk"]["S"])
    return [record(None, item, shop.clock.now) for item in items]


@contextmanager
def hearing(refuse: Refuse = lambda _: False) -> Iterator[list[list[Detail]]]:
    """What is published meanwhile, call by call. The bus does not take what is refused."""
    client, heard = wiring.client("events"), []

    def call(operation: str, params: dict[str, Any]) -> dict[str, Any]:
        assert operation == "PutEvents"
        details = [json.loads(entry["Detail"]) for entry in params["Entries"]]
        refused = [refuse(detail) for detail in details]
        heard.append([d for d, no in zip(details, refused, strict=True) if not no])
        for entry, detail in zip(params["Entries"], details, strict=True):
            check({"source": entry["Source"], "detail-type": entry["DetailType"], "detail": detail})
        results = [{"ErrorCode": "ThrottlingException"} if no else {"EventId": "1"} for no in refused]
        return {"FailedEntryCount": sum(refused), "Entries": results}

    with patch.object(client, "_make_api_call", call):
        yield heard


def announced(shop: Shop) -> list[Detail]:
    """All that the announcer says of what has happened in the program, when all is well."""
    with hearing() as heard:
        assert send(shop, news(shop), "announcer") == []
    return [detail for call in heard for detail in call]
