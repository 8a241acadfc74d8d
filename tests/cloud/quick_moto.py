"""moto without what takes most of the tests' time. What it answers stays the same."""

import copy
import pickle
from collections import deque
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from moto.core import responses
from moto.core.serialize import BaseJSONSerializer
from moto.core.utils import method_names_from_class
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing import ast_nodes, expressions
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


def _copy_tree(tree: Any, _memo: dict[int, Any]) -> Any:
    """A parsed expression, of which every call uses up a copy."""
    return pickle.loads(pickle.dumps(tree))  # noqa: S301  pickled right here


def _serialize_value(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """An item's value is of one kind: moto asks for all ten of them, each under several names."""
    if shape.name != "AttributeValue":
        _serialize_any(self, serialized, value, shape, key)
        return
    ((kind, content),) = value.items()
    serialized[key] = {}
    self._serialize(serialized[key], content, shape.members[kind], kind)


_serialize_any = BaseJSONSerializer._serialize_type_structure


@cache
def _words_of(expression: str) -> tuple[Any, ...]:
    return tuple(_read_words(ConditionExpressionParser(expression, None, None)))


def _words(self: ConditionExpressionParser) -> deque[Any]:
    """The words of a condition, of which moto makes a tree."""
    return deque(_words_of(self.condition_expression or ""))


_read_words = ConditionExpressionParser._lex_condition_expression


def quicken() -> None:
    """Put these in place. Expressions are parsed once: moto works on copies of what it has parsed."""
    # Untyped there.
    parsers: Any = expressions
    nodes: Any = ast_nodes
    parser = parsers.UpdateExpressionParser
    parser.make = staticmethod(cache(parser.make))
    for owner, name, quicker in (
        (nodes.UpdateExpression, "__deepcopy__", _copy_tree),
        (ConditionExpressionParser, "_lex_condition_expression", _words),
        (BaseJSONSerializer, "_serialize_type_structure", _serialize_value),
        (Table, "__deepcopy__", _copy_items),
        (ActionCountValidator, "traverse", _check_root),
        (OverlappingPathsValidator, "traverse", _check_root),
        (responses, "method_names_from_class", cache(method_names_from_class)),
    ):
        setattr(owner, name, quicker)
