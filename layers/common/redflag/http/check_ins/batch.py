"""Many check-ins in one request, each decided as if it had come alone, one after the other.

A check-in that is bad or refused harms no other. One that could not be decided ends the batch: those
behind it are not begun, so that repeating what is left, with the same keys, keeps the order.
"""

from collections.abc import Callable
from typing import Any

from redflag import wiring
from redflag.core.roles import SCOPES, Permission, Pool
from redflag.http.callers import caller_of
from redflag.http.check_ins.schemas import (
    CheckInAnswer,
    CheckInBatchAnswer,
    CheckInItem,
    CheckInResult,
    UnreadBatchBody,
)
from redflag.http.check_ins.single import decide_check_in
from redflag.http.edge import Event, body_of, request_id
from redflag.http.fields import text
from redflag.http.problems import STATUS, problem_of, refusal_of
from redflag.http.validation import parse, read
from redflag.service.authorization import Caller
from redflag.service.refusals import Refusal, forbidden, unavailable

_ACCEPTED = 201
_UNDECIDED = STATUS["temporarily_unavailable"]
_NEEDED = 3_000
"""Milliseconds that must be left to begin another check-in: what one slow call of DynamoDB may take."""


def decide_batch(event: Event, *, time_left: Callable[[], int]) -> CheckInBatchAnswer:
    """Decide check-ins in their order, for as long as there is time; `time_left` is in milliseconds.

    Raises `Refusal` when the body is no list of check-ins, or the token is not one for imports.
    """
    items = parse(body_of(event), UnreadBatchBody).check_ins
    caller, its_request_id = caller_of(event, Pool.APP), request_id(event)
    if SCOPES[Permission.IMPORT] not in caller.scopes:
        raise forbidden(f"Imports need a token with the scope {SCOPES[Permission.IMPORT]}.")
    results: list[CheckInResult] = []
    for item in items:
        stopped = bool(results) and results[-1].status == _UNDECIDED
        if stopped or time_left() < _NEEDED:
            results.append(_refused(unavailable(), its_request_id))
        else:
            results.append(_decide(item, caller, its_request_id))
    return CheckInBatchAnswer(results=results)


def _decide(item: Any, caller: Caller, its_request_id: str) -> CheckInResult:
    try:
        return CheckInResult(status=_ACCEPTED, check_in=_check_in(item, caller))
    except Exception as error:  # noqa: BLE001  as at the edge: this item alone has failed
        return _refused(refusal_of(error), its_request_id)


def _check_in(item: Any, caller: Caller) -> CheckInAnswer:
    body = read(item, CheckInItem)
    key = text(body.idempotency_key)
    return decide_check_in(body, key, caller, Permission.IMPORT, now=wiring.now())


def _refused(refusal: Refusal, its_request_id: str) -> CheckInResult:
    return CheckInResult(status=STATUS[refusal.code].value, problem=problem_of(refusal, its_request_id))
