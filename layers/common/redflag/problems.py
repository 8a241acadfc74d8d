"""Everything that can go wrong for a caller, as RFC 9457 problems: one table from code to status."""

from http import HTTPStatus
from typing import Any

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

type FieldError = tuple[str, str]
"""The field, as a path from the body's root, and a sentence on what is wrong with it."""


class Problem(Exception):
    """A request that is not answered as asked, with the reason for the caller."""

    def __init__(self, code: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.headers = headers or {}
        self.more = more

    @property
    def status(self) -> HTTPStatus:
        """The HTTP status of the code."""
        return STATUS[self.code]

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem as the API answers it."""
        return {
            "type": f"urn:redflag:problem:{self.code}",
            "title": self.code.replace("_", " ").capitalize().replace("json", "JSON"),
            "status": self.status.value,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
            **self.more,
        }


def invalid(*errors: FieldError) -> Problem:
    """A request whose fields cannot be used as they are."""
    return Problem(
        "invalid_request",
        "Some fields cannot be used as they are. Correct them and send the request again.",
        errors=[{"field": field, "message": message} for field, message in errors],
    )


def not_found(what: str, *, where: str = " in this program") -> Problem:
    """Something that is not there, or belongs to somebody else: nobody can tell which."""
    return Problem("not_found", f"There is no such {what}{where}.")


def no_program() -> Problem:
    """A program that is not there, or is closed, or is not the caller's: nobody can tell which."""
    return not_found("program", where="")


def forbidden(detail: str) -> Problem:
    """Something that this caller may not do."""
    return Problem("forbidden", detail)


def unavailable(seconds: int = 1) -> Problem:
    """Something that works again soon."""
    return Problem(
        "temporarily_unavailable",
        "This does not work right now. Send the same request again in a moment, with the same "
        "Idempotency-Key if it had one.",
        headers={"Retry-After": str(seconds)},
    )


def key_reused() -> Problem:
    """An idempotency key that came with another request before."""
    return Problem(
        "idempotency_key_reused",
        "This Idempotency-Key came with another request before. Use a new key for a new one.",
    )
