"""The edge of the functions that staff and backends use: Powertools' resolver, with our problems.

Requests are validated by the routes' signatures and answers by their return types; the OpenAPI
document comes from both. The caller is a parameter too: `Annotated[Principal, allowed(…)]`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Depends, Request, Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)
from aws_lambda_powertools.event_handler.openapi.params import Header
from pydantic import AfterValidator, BaseModel

from redflag.core.roles import Permission, Pool
from redflag.http.callers import caller_of
from redflag.http.edge import body_of, check_path, read_json, request_id
from redflag.http.fields import KEY_LENGTH, text
from redflag.http.problems import problem_answer, refusal_of
from redflag.http.schemas import field_error
from redflag.service.authorization import Caller, permit
from redflag.service.refusals import Refusal, invalid, not_found
from redflag.store.principals import Principal

_JSON = "application/json"


def console() -> APIGatewayHttpResolver:
    """A resolver whose failures are all problems."""
    app = APIGatewayHttpResolver(enable_validation=True)

    @app.exception_handler(Exception)  # type: ignore[untyped-decorator]  # Powertools leaves it untyped
    def fail(error: Exception) -> Response[str]:
        """Answer any failure as a problem."""
        answer = problem_answer(_refusal(error), request_id(app.current_event.raw_event))
        return Response(
            status_code=answer["statusCode"],
            content_type=answer["headers"]["Content-Type"],
            headers=answer["headers"],
            body=answer["body"],
        )

    return app


def new_router() -> Router:
    """The routes of one resource, for a resolver to include."""
    return Router()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped


def resolve(
    app: APIGatewayHttpResolver, event: dict[str, Any], context: Any, *, takes_json: bool = True
) -> dict[str, Any]:
    """Answer one request; no body that is too large, or not JSON where JSON is expected, reaches a route."""
    try:
        check_path(event)
        body = body_of(event)
        if body and takes_json:
            read_json(body)
    except Refusal as refusal:
        return problem_answer(refusal, request_id(event))
    answer = app.resolve(event, context)
    # An empty body is text as well; null is left to each gateway's taste.
    return answer | {"body": answer.get("body") or ""}


def allowed(permission: Permission) -> Depends:
    """A parameter of a staff route: the principal, who may do this."""

    def principal(request: Request) -> Principal:
        return permit(_caller(request), permission)

    return Depends(principal)


def _caller(request: Request) -> Caller:
    return caller_of(request.resolved_event.raw_event, Pool.STAFF)


Calling = Annotated[Caller, Depends(_caller)]
"""A parameter of a route for both pools: the caller, whose permission depends on the body."""


IdempotencyKey = Annotated[
    str | None,
    Header(alias="idempotency-key", min_length=1, max_length=KEY_LENGTH),
    AfterValidator(lambda key: key and text(key)),
]
"""A parameter: the key under which a repeated request changes nothing."""


def created[T: BaseModel](body: T) -> Response[T]:
    """201 with what was made."""
    return Response(status_code=HTTPStatus.CREATED.value, content_type=_JSON, body=body)


def answered[T: BaseModel](
    body: T, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response[T]:
    """An answer with headers of its own."""
    return Response(status_code=status.value, content_type=_JSON, body=body, headers=dict(headers or {}))


def no_content() -> Response[None]:
    """204: done, and nothing to show."""
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, NotFoundError):
        # API Gateway has found the route: the id in it has characters that no id has.
        return not_found("id")
    if isinstance(error, RequestUnsupportedContentType):
        return invalid(("Content-Type", "Send JSON, as application/json."))
    if not isinstance(error, RequestValidationError):
        return refusal_of(error)
    return invalid(*map(field_error, error.errors()))
