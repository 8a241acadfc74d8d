"""moto without what takes most of the tests' time. What it answers stays the same."""

import copy
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from moto.core import responses
from moto.core.serialize import AttributePicker
from moto.core.utils import method_names_from_class
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing import expressions
from moto.dynamodb.parsing.validators import ActionCountValidator, OverlappingPathsValidator
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

_ACCOUNT = "123456789012"


def table(name: str, region: str) -> Table:
    """A table of moto's, to look at without its API."""
    found: Table = dynamodb_backends[_ACCOUNT][region].tables[name]
    return found


def clear(region: str) -> None:
    """Empty all tables and queues: moto copies all items for every part of a transaction."""
    for each in dynamodb_backends[_ACCOUNT][region].tables.values():
        each.items.clear()
    for queue in sqs_backends[_ACCOUNT][region].queues.values():
        # It purges a queue only once a minute.
        queue._messages.clear()
        queue.deleted_messages.clear()
        queue.pending_messages.clear()


def keep(region: str) -> Callable[[], None]:
    """Keep all items as they are now; answers how to put them back."""
    tables = dynamodb_backends[_ACCOUNT][region].tables
    kept = {name: copy.deepcopy(each.items) for name, each in tables.items()}

    def put_back() -> None:
        for name, items in kept.items():
            tables[name].items = copy.deepcopy(items)

    return put_back


def account(**_: Any) -> tuple[Any, dict[str, Any]]:
    """What SES says of an account that may send; moto does not know the call."""
    return SimpleNamespace(status_code=200), {"SendingEnabled": True, "ProductionAccessEnabled": True}


def verify(address: str, region: str) -> None:
    """Somebody has followed the link that SES mails to a new identity."""
    ses_backends[_ACCOUNT][region].email_identities[address].verified_for_sending_status = True


def _copy_items(original: Table, memo: dict[int, Any]) -> Table:
    """What a transaction that fails puts back: the items, and not also every record of the stream."""
    copied = copy.copy(original)
    copied.items = copy.deepcopy(original.items, memo)
    return copied


def _check_root(self: Any, node: Any) -> Any:
    """These validators look at all clauses below each node; those below the root are all there are."""
    return self.process(node)


def _pick(self: Any, context: Any) -> Any:
    """A member of an answer. Of an item's value moto asks for ten kinds, each under several names."""
    parent = getattr(context.shape, "parent", None)
    if isinstance(context.obj, dict) and parent is not None and parent.name == "AttributeValue":
        return context.obj.get(context.key)
    return _pick_any(self, context)


_pick_any = AttributePicker.__call__


def quicken() -> None:
    """Put these in place. Expressions are parsed once: moto works on copies of what it has parsed."""
    parser: Any = expressions.UpdateExpressionParser  # type: ignore[attr-defined]  # untyped there
    parser.make = staticmethod(cache(parser.make))
    for owner, name, quicker in (
        (Table, "__deepcopy__", _copy_items),
        (ActionCountValidator, "traverse", _check_root),
        (OverlappingPathsValidator, "traverse", _check_root),
        (AttributePicker, "__call__", _pick),
        (responses, "method_names_from_class", cache(method_names_from_class)),
    ):
        setattr(owner, name, quicker)
