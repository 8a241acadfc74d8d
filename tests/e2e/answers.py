"""Every answer of the whole run against `openapi.json`: its status, its media type and every field."""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from openapi_schema_validator import OAS31Validator, oas31_format_checker

DOCUMENT = Path(__file__).resolve().parents[2] / "openapi.json"

# What API Gateway answers by itself, before any function is asked.
_OF_THE_GATEWAY = {401, 403, 404}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    read: dict[str, Any] = json.loads(DOCUMENT.read_text())
    return read


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def resolved(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema, or the one that it refers to."""
    if "$ref" in schema:
        found: dict[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return dict(schema)


def body_schema(operation: Mapping[str, Any]) -> dict[str, Any] | None:
    """The schema of what an operation takes."""
    if "requestBody" not in operation:
        return None
    return resolved(operation["requestBody"]["content"]["application/json"]["schema"])


def check(response: httpx.Response) -> None:
    """Refuse an answer that `openapi.json` does not promise."""
    response.read()
    request = response.request
    asked = f"{request.method} {request.url.path} answered {response.status_code}: {response.text}"
    assert response.status_code < 500, asked
    kind = response.headers.get("content-type", "")
    if response.status_code in _OF_THE_GATEWAY and kind == "application/json":
        assert set(response.json()) == {"message"}, asked
        return
    operation = _operation(request)
    assert operation is not None, asked
    promised = operation["responses"].get(str(response.status_code), operation["responses"]["default"])
    content = promised.get("content")
    if content is None:
        assert not response.content, asked
        return
    # Text says in which characters it is written.
    kind = kind.partition(";")[0]
    assert kind in content, asked
    body: Any = response.json() if kind.endswith("json") else response.text
    errors = _validator(json.dumps(content[kind]["schema"], sort_keys=True)).iter_errors(body)
    wrong = [f"{error.json_path}: {error.message}" for error in errors]
    assert not wrong, f"{asked}\n{wrong}"
    if kind == "application/problem+json":
        assert body["status"] == response.status_code, asked
        assert body["type"].endswith(body["code"]), asked


def _operation(request: httpx.Request) -> dict[str, Any] | None:
    for method, pattern, operation in _patterns():
        if request.method == method and pattern.search(request.url.path):
            return operation
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    # Paths without parameters come first: `/v1/settings/history` is no setting's id.
    found = sorted(operations(), key=lambda each: each[1].count("{"))
    return [
        (method, re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) + "$"), operation)
        for method, path, operation in found
    ]


@cache
def _validator(schema: str) -> Any:
    whole = json.loads(schema) | {"components": _closed_components()}
    return OAS31Validator(whole, format_checker=oas31_format_checker)


@cache
def _closed_components() -> dict[str, Any]:
    """The schemas, refusing fields that they do not name: what is answered is documented."""
    components = deepcopy(document()["components"])
    for schema in components["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return {"schemas": components["schemas"]}
