"""`POST /v1/check-ins`: a member checks in. `POST /v1/check-ins/batch`: an import checks many in."""

from http import HTTPStatus
from typing import Any

from redflag import wiring
from redflag.core.roles import Permission, Pool
from redflag.http.callers import caller_of
from redflag.http.check_ins.batch import decide_batch
from redflag.http.check_ins.schemas import CheckInAnswer, CheckInBatchAnswer, CheckInBatchBody, CheckInBody
from redflag.http.check_ins.single import decide_check_in
from redflag.http.edge import Event, Routes, body_of, idempotency_key
from redflag.http.validation import parse

TIME_LEFT = "timeLeft"
"""The field of the event with the milliseconds that the function has left."""

routes = Routes()


@routes.route("POST /v1/check-ins", takes=CheckInBody, answers=CheckInAnswer, status=HTTPStatus.CREATED)
def post_check_in(event: Event) -> CheckInAnswer:
    """Decide an attempt: 201, or the problem that refuses it."""
    body, key = parse(body_of(event), CheckInBody), idempotency_key(event)
    return decide_check_in(body, key, caller_of(event, Pool.APP), Permission.CHECK_IN, now=wiring.now())


@routes.route("POST /v1/check-ins/batch", takes=CheckInBatchBody, answers=CheckInBatchAnswer)
def post_check_in_batch(event: Event) -> CheckInBatchAnswer:
    """Decide up to a hundred attempts in their order: 200, with what became of each."""
    return decide_batch(event, time_left=event[TIME_LEFT])


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return routes.resolve(event | {TIME_LEFT: context.get_remaining_time_in_millis})
