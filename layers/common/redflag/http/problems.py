"""Refusals as RFC 9457 problems: here a refusal gets its status and its headers."""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from redflag.service.refusals import Refusal, unavailable
from redflag.store.database import Contention

logger = logging.getLogger(__name__)

STATUS: dict[str, HTTPStatus] = {
    "invalid_json": HTTPStatus.BAD_REQUEST,
    "invalid_request": HTTPStatus.UNPROCESSABLE_ENTITY,
    "unauthorized": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "account_blocked": HTTPStatus.FORBIDDEN,
    "outside_business_hours": HTTPStatus.FORBIDDEN,
    "too_soon": HTTPStatus.CONFLICT,
    "not_flagged": HTTPStatus.CONFLICT,
    "already_blocked": HTTPStatus.CONFLICT,
    "already_flagged": HTTPStatus.CONFLICT,
    "not_blocked": HTTPStatus.CONFLICT,
    "no_active_membership": HTTPStatus.CONFLICT,
    "version_conflict": HTTPStatus.PRECONDITION_FAILED,
    "idempotency_key_reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "payload_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_many_requests": HTTPStatus.TOO_MANY_REQUESTS,
    "temporarily_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The HTTP status of every code."""

HEADERS = {"Content-Type": "application/json", "Cache-Control": "no-store"}
"""The headers of every answer in JSON."""

_RETRYABLE = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalServerError",
    "TransactionInProgressException",
    "ServiceUnavailable",
    "TransactionCanceledException",
    "TransactionConflictException",
}


def refusal_of(error: Exception) -> Refusal:
    """Any failure as the refusal that the caller gets."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, BotoCoreError | Contention) or (
        isinstance(error, ClientError) and error.response["Error"]["Code"] in _RETRYABLE
    ):
        logger.warning("unavailable", extra={"error": type(error).__name__})
        return unavailable()
    logger.error("failed", exc_info=error)
    return Refusal("internal_error", "Redflag has failed. Report the request id to its operator.")


def problem_of(refusal: Refusal, request_id: str) -> dict[str, Any]:
    """A refusal as the document that the API answers."""
    return {
        "type": f"urn:redflag:problem:{refusal.code}",
        "title": refusal.code.replace("_", " ").capitalize().replace("json", "JSON"),
        "status": STATUS[refusal.code].value,
        "detail": refusal.detail,
        "code": refusal.code,
        "request_id": request_id,
        **refusal.more,
    }


def problem_answer(refusal: Refusal, request_id: str) -> dict[str, Any]:
    """A refusal as API Gateway's answer."""
    headers = HEADERS | {"Content-Type": "application/problem+json"}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if refusal.version is not None:
        headers["ETag"] = etag(refusal.version)
    return {
        "statusCode": STATUS[refusal.code].value,
        "headers": headers,
        "body": msgspec.json.encode(problem_of(refusal, request_id)).decode(),
    }


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'
