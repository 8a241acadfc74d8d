"""Requests that nobody should send: from what `openapi.json` says an operation takes, bent in every way.

Bodies and queries come from a generator with a seed, so that every run sends the same.
"""

import json
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from tests.e2e.answers import body_schema, resolved

WHOLE_BODIES: dict[str, bytes] = {
    "nothing": b"",
    "half an object": b'{"reason": ',
    "no JSON": b"reason=because",
    "single quotes": b"{'reason': 'because'}",
    "a comment": b'{"reason": "because"} // why',
    "two documents": b"{}{}",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "no UTF-8": b'{"reason": "\xff\xfe"}',
    "half a character": b'{"reason": "\xe2\x82"}',
    "half a surrogate pair": b'{"reason": "\\ud800"}',
    "a surrogate as a name": b'{"\\udfff": 1}',
    "not a number": b'{"delta": NaN}',
    "infinity": b'{"delta": -Infinity}',
    "a number without end": b'{"delta": ' + b"9" * 5000 + b"}",
    "a huge exponent": b'{"delta": 1e99999}',
    "deep arrays": b"[" * 30_000,
    "deep objects": b'{"a":' * 9_000,
    "deep and closed": b"[" * 5_000 + b"]" * 5_000,
    "null": b"null",
    "an array": b"[]",
    "a text": b'"because"',
    "a number": b"17",
    "true": b"true",
    "an unknown field": b'{"colour": "red"}',
    "a field twice": b'{"reason": "one", "reason": "two"}',
    "65 KB": b'{"reason": "' + b"x" * 65 * 1024 + b'"}',
}
NEVER_RIGHT = set(WHOLE_BODIES) - {"a field twice", "no UTF-8", "half a character", "nothing"}
"""Whole bodies that no operation takes. A gateway may repair others before a function sees them."""

_ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    -(2**63) - 1,
    10**30,
    0.5,
    1e308,
    "",
    " ",
    "\u0000",
    "line\nbreak",
    "\u200b",
    "\u202e",
    "e\u0301\U0001f4a5",
    "x" * 5000,
    "0" * 129,
    "2025-02-30T00:00:00Z",
    "1969-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59-14:00",
    "24:01",
    "'; DROP TABLE members; --",
    "${jndi:ldap://nowhere}",
    "../../etc/passwd",
    "m_0000000000000#R",
    [],
    [[]],
    ["x"] * 600,
    {},
    {"": ""},
    {"S": "x"},
    {"$ref": "#"},
)
_ODD_QUERIES = (
    "",
    "0",
    "-1",
    "101",
    "1e2",
    "null",
    "true",
    "\u0000",
    "é",
    "%",
    "x" * 2000,
    "[]",
    "2025-02-30",
    "../..",
    "1 OR 1=1",
)
ODD_IDS = (
    "x" * 129,
    "x" * 3000,
    "%00",
    "%0A",
    "%20",
    "%25",
    "%23",
    "%3F",
    "%5C",
    "%22",
    "%60",
    "%C3%A9",
    "%E2%80%8B",
    "%F0%9F%92%A5",
    "%FF",
    "a%2Fb",
    "..%2F..",
    "a;b=c",
    "{member_id}",
    "m_0000000000000%23R",
    "phone%23x",
    "null",
    "-1",
)


def example(schema: Mapping[str, Any], path: str = "") -> Any:
    """A value that a schema allows, as plain as can be."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], path)
    kind = schema.get("type")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: example(properties[name], f"{path}.{name}") for name in schema.get("required", [])}
    plain: dict[str | None, Any] = {
        "array": [],
        "boolean": False,
        "integer": 1,
        "number": 1.0,
        "string": _text(path),
        None: None,
    }
    return plain[kind]


def _text(path: str) -> str:
    name = path.rpartition(".")[2]
    known = {
        "time_zone": "UTC",
        "email": "nobody@example.com",
        # A route may block it everywhere: no other test has it.
        "phone": "+12125550199",
        "date": "2025-02-03",
        "open": "09:00",
        "close": "17:00",
    }
    return known.get(name, "x")


type Path = tuple[str, ...]
"""The names of the fields that lead to one."""

_WRONG: tuple[tuple[str, Any], ...] = (
    ("a list", [{"not": "this"}]),
    ("an object", {"not": "this"}),
    ("a number", 17.5),
    ("a control character", "bell\u0007"),
)


def wrong_documents(schema: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], set[Path]]]:
    """Bodies in which every field is wrong in the same way, with the paths of the fields that are.

    Once the fields of the innermost objects are wrong, once the outermost: no object hides another.
    """
    for depth in ("inner", "outer"):
        for what, value in _WRONG:
            body: dict[str, Any] = {}
            paths = {path for path, kinds in _fields(schema, inner=depth == "inner") if _unfit(kinds, value)}
            for path in paths:
                body = with_field(body, path, value)
            if paths:
                yield f"{depth}: {what}", body, paths


def _unfit(kinds: set[str], value: Any) -> bool:
    """Whether a field of these types never takes the value."""
    if isinstance(value, str):
        return "string" in kinds
    kind = {list: "array", dict: "object", float: "number"}[type(value)]
    return kind not in kinds


def _fields(schema: Mapping[str, Any], path: Path = (), *, inner: bool) -> Iterator[tuple[Path, set[str]]]:
    """Every field with the types that it may have."""
    for name, field in resolved(schema).get("properties", {}).items():
        choices = [resolved(choice) for choice in field.get("anyOf", [field])]
        objects = [choice for choice in choices if "properties" in choice]
        if inner and objects:
            yield from _fields(objects[0], (*path, name), inner=inner)
        else:
            yield (*path, name), {choice.get("type", "string") for choice in choices}


def with_field(body: Any, path: Path, value: Any) -> Any:
    """A body with one field replaced; objects on the way to it are made."""
    if not path:
        return value
    inner = body.get(path[0]) if isinstance(body, dict) else None
    return {**(body if isinstance(body, dict) else {}), path[0]: with_field(inner, path[1:], value)}


def fuzzed_bodies(random: Random, operation: Mapping[str, Any], count: int) -> Iterator[bytes]:
    """Bodies with some fields left out, some replaced, some added."""
    schema = body_schema(operation)
    if schema is None:
        return
    for _ in range(count):
        body = example(schema)
        for name in list(schema.get("properties", {})):
            roll = random.random()
            if roll < 0.4:
                body[name] = random.choice(_ODD_VALUES)
            elif roll < 0.5:
                body.pop(name, None)
        if random.random() < 0.2:
            body[random.choice(["x", "", "\u0000", "__proto__", "x" * 300])] = random.choice(_ODD_VALUES)
        yield json.dumps(body).encode()


def fuzzed_queries(random: Random, operation: Mapping[str, Any], count: int) -> Iterator[dict[str, str]]:
    """Odd values for the query's parameters, known and unknown."""
    names = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    if not names:
        return
    for _ in range(count):
        chosen = random.sample(names, random.randint(1, min(3, len(names))))
        yield {name: random.choice(_ODD_QUERIES) for name in [*chosen, random.choice(["x", *names])]}
