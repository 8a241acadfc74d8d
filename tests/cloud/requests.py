"""Events of `events/*.json`, adapted to a test: who calls, with which body, for which ids."""

import importlib
import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tests.cloud.backends import Backend
from tests.cloud.template import ROOT

CONTEXT = SimpleNamespace(
    function_name="redflag",
    aws_request_id="8a7c1d0e-0000-4000-8000-000000000001",
    invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:redflag",
    memory_limit_in_mb=512,
    get_remaining_time_in_millis=lambda: 10_000,
)


@cache
def _read(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / "events" / f"{name}.json").read_text())
    return event


def event_of(name: str) -> dict[str, Any]:
    """An event as its file has it, to be changed."""
    return deepcopy(_read(name))


@dataclass(frozen=True)
class Answer:
    """What a function has answered to an HTTP request."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def code(self) -> str:
        """The problem's code; empty when it is none."""
        return str(self.body.get("code", "")) if self.text else ""

    @property
    def fields(self) -> set[str]:
        """The fields that a refused request is told of."""
        return {error["field"] for error in self.body.get("errors", [])}


def handler_of(function: str) -> Any:
    """The handler of a function."""
    return importlib.import_module(f"functions.{function}.app").handler


def invoke(backend: Backend, function: str, event: dict[str, Any]) -> Any:
    """Call a function as Lambda does, with its own environment and its own grants."""
    if backend.acting_as == function:
        return handler_of(function)(event, CONTEXT)
    with backend.acting(function):
        return handler_of(function)(event, CONTEXT)


def answer_of(answered: dict[str, Any]) -> Answer:
    """The answer of an HTTP event."""
    headers = {name.lower(): value for name, value in answered.get("headers", {}).items()}
    headers |= {name.lower(): values[0] for name, values in answered.get("multiValueHeaders", {}).items()}
    return Answer(answered["statusCode"], headers, answered.get("body") or "")


def http_event(
    name: str,
    *,
    route: str | None = None,
    authorizer: dict[str, Any] | None = None,
    path: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    body: object = None,
) -> dict[str, Any]:
    """A file's HTTP event for another route, caller, path, query or body. Text and bytes go as they are."""
    event = event_of(name)
    context = event["requestContext"]
    key = route or event["routeKey"]
    method, pattern = key.split(" ")
    raw_path = pattern
    for parameter, value in (path or {}).items():
        raw_path = raw_path.replace(f"{{{parameter}}}", value)
    event |= {"routeKey": key, "rawPath": raw_path, "rawQueryString": urlencode(query or {})}
    context |= {"routeKey": key, "http": context["http"] | {"method": method, "path": raw_path}}
    context["authorizer"] = authorizer or context.get("authorizer")
    if context["authorizer"] is None:
        del context["authorizer"]
    for part, given in (("pathParameters", path), ("queryStringParameters", query)):
        event.pop(part, None)
        if given:
            event[part] = given
    event["headers"].pop("idempotency-key", None)
    event["headers"] |= headers or {}
    event.pop("body", None)
    if body is not None:
        event["headers"]["content-type"] = "application/json"
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    return event


def jwt(subject: str, scopes: str = "") -> dict[str, Any]:
    """What a JWT authorizer passes on of a token."""
    claims = {"sub": subject, "token_use": "access"} | ({"scope": scopes} if scopes else {})
    return {"jwt": {"claims": claims, "scopes": None}}


def either(pool: str, subject: str, scopes: str = "") -> dict[str, Any]:
    """What the authorizer of the routes for both pools passes on of a token."""
    return {"lambda": {"pool": pool, "sub": subject, "scope": scopes}}
