"""Why a request is refused, for the caller: a code, a sentence, and further fields.

A refusal knows neither status nor header: the HTTP edge turns it into a problem (`http/problems.py`).
"""

from typing import Any

from redflag.core.decide import Outcome
from redflag.core.settings import ContactUs

type FieldError = tuple[str, str]
"""The field, as a path from the body's root, and a sentence on what is wrong with it."""


class Refusal(Exception):
    """A request that is refused. `more` are further fields of the answer.

    `retry_after` is after how many seconds it may be tried again; `version` is the effective one, when the
    caller expected another.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        retry_after: int | None = None,
        version: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after
        self.version = version
        self.more = more


def invalid(*errors: FieldError) -> Refusal:
    """A request whose fields cannot be used as they are."""
    return Refusal(
        "invalid_request",
        "Some fields cannot be used as they are. Correct them and send the request again.",
        errors=[{"field": field, "message": message} for field, message in errors],
    )


def not_found(what: str, *, where: str = " in this program") -> Refusal:
    """Something that is not there, or belongs to somebody else: nobody can tell which."""
    return Refusal("not_found", f"There is no such {what}{where}.")


def no_program() -> Refusal:
    """A program that is not there, or is closed, or is not the caller's: nobody can tell which."""
    return not_found("program", where="")


def forbidden(detail: str) -> Refusal:
    """Something that this caller may not do."""
    return Refusal("forbidden", detail)


def unavailable(seconds: int = 1) -> Refusal:
    """Something that works again soon."""
    return Refusal(
        "temporarily_unavailable",
        "This does not work right now. Send the same request again in a moment, with the same "
        "Idempotency-Key if it had one.",
        retry_after=seconds,
    )


def key_reused() -> Refusal:
    """An idempotency key that came with another request before."""
    return Refusal(
        "idempotency_key_reused",
        "This Idempotency-Key came with another request before. Use a new key for a new one.",
    )


def account_blocked(contact: ContactUs) -> Refusal:
    """A member who may neither log in nor check in, with whom they can ask."""
    return Refusal(
        Outcome.ACCOUNT_BLOCKED,
        "Your account has been blocked due to suspicious activity.",
        contact={"phone": contact.phone, "email": contact.email, "url": contact.url},
    )
