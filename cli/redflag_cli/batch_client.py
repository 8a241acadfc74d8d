"""Sends check-ins in batches, in their order: the same follows as if they were sent one by one.

The caller is a machine client with the scope `redflag/check-ins.import`. A batch is decided one by
one, and only up to the first check-in that could not be decided on; from there it is sent again. So
no check-in ever overtakes another, whatever fails or repeats.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import httpx

from redflag.core.instants import Instant, format_instant
from redflag.core.model import Position
from redflag_cli.api import ATTEMPTS, Api, NoAnswer
from redflag_cli.import_client import Refused
from redflag_cli.refusals import Refusal, is_its_own, refusal

BATCH = 100
"""How many check-ins go into one request."""

_PATH = "/v1/check-ins/batch"


@dataclass(frozen=True, slots=True)
class CheckInToSend:
    """A check-in to send. `member` is `{phone}` or `{member_id}`; `key` is its Idempotency-Key."""

    key: str
    at: Instant
    location_id: str
    member: Mapping[str, str]
    position: Position | None = None
    device_id: str | None = None


async def check_in(
    api: Api,
    program_id: str,
    check_ins: Sequence[CheckInToSend],
    on_answer: Callable[[CheckInToSend, Refusal | None], None],
) -> None:
    """Send check-ins. `on_answer` is called with each one answered; an accepted one has no refusal.

    Raises `NoAnswer`, or `Refused` for what a retry cannot change.
    """
    done, size, in_vain = 0, BATCH, 0
    while done < len(check_ins):
        batch = check_ins[done : done + size]
        body = {"check_ins": [_item(program_id, check_in) for check_in in batch]}
        response = await api.call("POST", _PATH, body=body)
        if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE and len(batch) > 1:
            size = len(batch) // 2
            continue
        if not response.is_success:
            raise Refused("A batch of check-ins", response)
        decided = list(takewhile(_is_decided, response.json()["results"]))
        for check_in, result in zip(batch, decided, strict=False):
            on_answer(check_in, _refusal_of(check_in, result))
        done += len(decided)
        in_vain = 0 if decided else in_vain + 1
        if in_vain == ATTEMPTS:
            raise NoAnswer(f"POST {_PATH} has decided nothing, {ATTEMPTS} times in a row.")
        if len(decided) < len(batch):
            await api.wait(in_vain)


def _item(program_id: str, check_in: CheckInToSend) -> dict[str, Any]:
    item: dict[str, Any] = {
        "idempotency_key": check_in.key,
        "program_id": program_id,
        "location_id": check_in.location_id,
        "member": dict(check_in.member),
        "occurred_at": format_instant(check_in.at),
    }
    if check_in.position is not None:
        item["position"] = {"lat": check_in.position.lat, "lon": check_in.position.lon}
    if check_in.device_id is not None:
        item["device_id"] = check_in.device_id
    return item


def _is_decided(result: Mapping[str, Any]) -> bool:
    return bool(result["status"] != httpx.codes.SERVICE_UNAVAILABLE)


def _refusal_of(check_in: CheckInToSend, result: Mapping[str, Any]) -> Refusal | None:
    problem = result.get("problem")
    if problem is None:
        return None
    if not is_its_own(problem):
        raise Refused(f"Check-in {check_in.key}", problem)
    return refusal(problem)
