"""Unsubscribing a recipient of notifications, by the link in their mail. Open to all who have the link."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator

from redflag import wiring
from redflag.http import fields
from redflag.http.staff_resolver import new_router
from redflag.mail.pages import fill
from redflag.service import configuration
from redflag.service.notifications import recipients
from redflag.store.suppressions import Suppression, SuppressionReason

router = new_router()

Part = Annotated[str, Query(min_length=1, max_length=64), AfterValidator(fields.text)]
"""A part of the link. A link that was changed is not valid."""

_BY = "recipient"
_HTML = "text/html; charset=utf-8"


@router.get("/v1/unsubscribe", tags=["Notifications"])
def ask_to_unsubscribe(program_id: Part, token: Part) -> Response[str]:
    """Ask the recipient whether they mean it."""
    return _page("unsubscribe", program_id) if recipients.whose(program_id, token) else _unknown(program_id)


@router.post("/v1/unsubscribe", tags=["Notifications"])
def unsubscribe(program_id: Part, token: Part) -> Response[str]:
    """Mail the recipient no more."""
    email = recipients.whose(program_id, token)
    if email is None:
        return _unknown(program_id)
    recipients.suppress(program_id, Suppression(email, SuppressionReason.UNSUBSCRIBED, wiring.now()), by=_BY)
    return _page("unsubscribed", program_id)


def _unknown(program_id: str) -> Response[str]:
    return _page("unknown", program_id, HTTPStatus.NOT_FOUND)


def _page(state: str, program_id: str, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    program = configuration.program(program_id)
    page = fill("unsubscribe.html.j2", state=state, program=program.name if program else "")
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        "Referrer-Policy": "no-referrer",
    }
    return Response(status_code=status.value, content_type=_HTML, body=page, headers=headers)
