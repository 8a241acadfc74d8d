"""`POST /v1/check-ins`: a member checks in."""

from http import HTTPStatus
from typing import Any

from redflag import wiring
from redflag.core.instants import format_instant
from redflag.http.check_in_request import read_request
from redflag.http.edge import Event, Routes
from redflag.http.requests import CheckInAnswer, CheckInBody
from redflag.service.check_in import check_in

routes = Routes()


@routes.route("POST /v1/check-ins", takes=CheckInBody, answers=CheckInAnswer, status=HTTPStatus.CREATED)
def post_check_in(event: Event) -> CheckInAnswer:
    """Decide an attempt: 201, or the problem that refuses it."""
    now = wiring.now()
    done = check_in(read_request(event, now=now), now=now)
    return CheckInAnswer(
        check_in_id=done.check_in_id,
        checked_in_at=format_instant(done.checked_in_at),
        next_check_in_at=format_instant(done.next_check_in_at),
    )


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Lambda's entry."""
    return routes.resolve(event)
