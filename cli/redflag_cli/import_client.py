"""Imports members and check-ins through the API, many at once and in their right order.

The caller is a machine client with the scope `redflag/check-ins.import`, who may say when a check-in
took place, without a limit. An interrupted import can be started again from where it was:
every visit has the same Idempotency-Key as the first time.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from redflag.core.instants import Instant, format_instant
from redflag_cli.api import Api
from redflag_cli.order import NEAR, Order, Visit
from redflag_cli.refusals import DECISIONS, Problem, Refusal, in_a_sentence, is_its_own, problem_of, refusal

PARALLEL = 8
"""Requests under way at once."""

ACCEPTED = "accepted"


class Refused(Exception):
    """The API refuses what a retry cannot change: a wrong scope, a bad request."""

    def __init__(self, what: str, answer: httpx.Response | Problem) -> None:
        why = describe(answer) if isinstance(answer, httpx.Response) else in_a_sentence(answer)
        super().__init__(f"{what} was refused: {why}")


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member to enrol; what is not known is empty. The same phone number again is the same member."""

    phone: str
    name: str
    external_id: str
    membership: str | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The id of a member in the API, and whether they were new to it."""

    member_id: str
    new: bool


class ImportClient:
    """The API as an import into one program uses it."""

    def __init__(self, api: Api, program_id: str, *, parallel: int = PARALLEL) -> None:
        self._api = api
        self._program_id = program_id
        self._parallel = parallel

    async def enrol[M: NewMember](
        self,
        members: Iterable[M],
        on_enrolled: Callable[[M, Enrolled], None],
        on_refused: Callable[[M, Refusal], None] | None = None,
    ) -> None:
        """Enrol members in any order. Raises `NoAnswer` or `Refused`.

        `on_refused` is called with a member whose own data are refused; without it, that is raised.
        """
        waiting = iter(members)

        async def worker() -> None:
            for member in waiting:
                response = await self._enrol(member)
                problem = None if response.is_success else problem_of(response)
                if response.is_success:
                    new = response.status_code == httpx.codes.CREATED
                    on_enrolled(member, Enrolled(response.json()["member_id"], new))
                elif on_refused is not None and problem is not None and is_its_own(problem):
                    on_refused(member, refusal(problem))
                else:
                    raise Refused(f"Enrolling member {member.external_id}", response)

        await _all(worker() for _ in range(self._parallel))

    async def check_in(
        self,
        visits: Sequence[Visit],
        on_answer: Callable[[Visit, str], None] = lambda _visit, _outcome: None,
        *,
        near: Instant = NEAR,
    ) -> Counter[str]:
        """Send visits in their order and count the answers: `accepted`, or the refusal's code.

        `near` is no less than the gap of `back_to_back`: see `redflag_cli.order`.
        `on_answer` is called with each as it comes. Raises `NoAnswer` or `Refused`.
        """
        order, outcomes = Order(visits, near), Counter[str]()
        under_way: dict[asyncio.Task[str], int] = {}
        try:
            while not order.done:
                while len(under_way) < self._parallel and (index := order.take()) is not None:
                    under_way[asyncio.create_task(self._check_in(visits[index]))] = index
                finished, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in finished:
                    index = under_way.pop(task)
                    outcome = task.result()
                    order.answered(index)
                    outcomes[outcome] += 1
                    on_answer(visits[index], outcome)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        return outcomes

    async def _enrol(self, member: NewMember) -> httpx.Response:
        body: dict[str, Any] = {"program_id": self._program_id, "phone": member.phone}
        for field in ("name", "email", "external_id"):
            if value := getattr(member, field):
                body[field] = value
        if member.membership:
            body["membership"] = {"status": member.membership}
        return await self._api.call("POST", "/v1/members", body=body)

    async def _check_in(self, visit: Visit) -> str:
        body = {
            "program_id": self._program_id,
            "location_id": visit.location_id,
            "member": {"member_id": visit.member_id},
            "occurred_at": format_instant(visit.at),
        }
        headers = {"Idempotency-Key": visit.key}
        response = await self._api.call("POST", "/v1/check-ins", body=body, headers=headers)
        outcome = ACCEPTED if response.is_success else code_of(response)
        if outcome != ACCEPTED and outcome not in DECISIONS:
            raise Refused(f"Check-in {visit.key}", response)
        return outcome


def code_of(response: httpx.Response) -> str | None:
    """The code of a problem; `None` when the answer is none of Redflag's."""
    problem = problem_of(response)
    return None if problem is None else str(problem["code"])


def describe(response: httpx.Response) -> str:
    """A refusal in a sentence."""
    problem = problem_of(response)
    return f"status {response.status_code}." if problem is None else in_a_sentence(problem)


async def _all(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Run until all end, or the first fails."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
