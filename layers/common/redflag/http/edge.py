"""The edge of the functions that members wait for: an event in, an answer or a problem out.

API Gateway has chosen the route already, so `Routes` is a table from its route keys to functions.
A resolver on top of that would cost these functions a third of their start. The functions that
staff use have one (`staff_resolver.console`).
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec

from redflag.http.fields import ID_LENGTH, KEY_LENGTH, MAX_BODY_BYTES, text
from redflag.http.problems import HEADERS, problem_answer, refusal_of
from redflag.service.refusals import Refusal, invalid, not_found

type Event = Mapping[str, Any]
type Answer = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """A route: what serves it, and for the OpenAPI document what it takes and answers."""

    serve: Callable[[Event], msgspec.Struct]
    status: HTTPStatus
    takes: type[msgspec.Struct] | None
    answers: type[msgspec.Struct]


@dataclass(slots=True)
class Routes:
    """The routes of one function, by the keys under which the template declares them."""

    by_key: dict[str, Route] = field(default_factory=dict)

    def route(
        self,
        key: str,
        *,
        answers: type[msgspec.Struct],
        takes: type[msgspec.Struct] | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Callable[[Callable[[Event], msgspec.Struct]], Callable[[Event], msgspec.Struct]]:
        """Serve a route key such as `POST /v1/check-ins`."""

        def register(
            serve: Callable[[Event], msgspec.Struct],
        ) -> Callable[[Event], msgspec.Struct]:
            self.by_key[key] = Route(serve, status, takes, answers)
            return serve

        return register

    def resolve(self, event: Event) -> Answer:
        """Answer a request. Every failure becomes a problem; none escapes."""
        try:
            check_path(event)
            route = self.by_key[event["routeKey"]]
            body = route.serve(event)
        except Exception as error:  # noqa: BLE001  the edge is where failures become problems
            return problem_answer(refusal_of(error), request_id(event))
        return {
            "statusCode": route.status.value,
            "headers": HEADERS,
            "body": msgspec.json.encode(body).decode(),
        }


def check_path(event: Event) -> None:
    """Refuse an id that is longer than any can be, because DynamoDB fails on such a key."""
    if any(len(value) > ID_LENGTH for value in (event.get("pathParameters") or {}).values()):
        raise not_found("id")


def body_of(event: Event) -> bytes:
    """The body of a request. Raises `Refusal` when it is too large."""
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    if len(raw) > MAX_BODY_BYTES:
        raise Refusal("payload_too_large", "The body is larger than 64 KB. Send less at once.")
    return raw


def read_json(raw: bytes) -> Any:
    """What a body says. Raises `Refusal` when it is not JSON."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise Refusal("invalid_json", f"The body is not JSON: {error}.") from None
    except UnicodeDecodeError:
        raise Refusal("invalid_json", "The body is not text in UTF-8.") from None
    except RecursionError:
        raise Refusal("invalid_json", "The body is nested too deeply.") from None


def idempotency_key(event: Event) -> str | None:
    """The request's Idempotency-Key, if it has one. Raises `Refusal` for one that cannot be used."""
    key = event.get("headers", {}).get("idempotency-key")
    if key is None:
        return None
    if len(key) > KEY_LENGTH:
        raise invalid(("Idempotency-Key", f"Use at most {KEY_LENGTH} characters."))
    try:
        return text(key)
    except ValueError as error:
        raise invalid(("Idempotency-Key", str(error))) from None


def request_id(event: Event) -> str:
    """The id by which API Gateway's logs know the request."""
    return str(event.get("requestContext", {}).get("requestId", ""))
