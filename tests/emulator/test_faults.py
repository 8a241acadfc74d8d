"""Answers that get lost after the write was done, throttling, and what the same key finds afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError

from redflag.core.flags import Action
from redflag.core.instants import DAY, MINUTE
from redflag.service.flags import decisions
from tests.cloud.faults import failing, writes_to
from tests.cloud.program import NOON, Enrolled, Shop

OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}
ATTEMPTS = 3
"""How often botocore sends a request before it gives up."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore waits between attempts for a time that it throws dice for."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@contextmanager
def losing(shop: Shop, operation: str, part: str, times: int) -> Iterator[list[int]]:
    """The emulator does what it is asked, and so many of its answers get lost on the way.

    Below botocore's retries, so that these take part.
    """
    session = shop.database.client._endpoint.http_session  # type: ignore[attr-defined]
    send: Callable[[Any], AWSResponse] = session.send
    lost: list[int] = []

    def lose(request: Any) -> AWSResponse:
        answer = send(request)
        target = request.headers["X-Amz-Target"].decode()
        if len(lost) < times and target.endswith(f".{operation}") and part.encode() in request.body:
            lost.append(answer.status_code)
            raise ReadTimeoutError(endpoint_url=request.url)
        return answer

    with patch.object(session, "send", lose):
        yield lost
    assert len(lost) == times


def pair_of_visits(shop: Shop) -> tuple[Enrolled, Enrolled]:
    ana, ben = shop.enrol(), shop.enrol()
    shop.check_in(ana, NOON - DAY)
    shop.check_in(ben, NOON - DAY + MINUTE)
    shop.check_in(ana, NOON - MINUTE)
    return ana, ben


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_of_the_register_is_found_by_the_next_attempt(shop: Shop, times: int) -> None:
    ana = shop.enrol()
    with losing(shop, "UpdateItem", "#m_", times) as lost:
        answer = shop.check_in(ana, key="k1")
    # The first was done; those after it found it done.
    assert lost == [200, 400][:times]
    assert answer.status == 201
    assert [slot.check_in_id for slot in shop.register(ana).accepted] == [answer.body["check_in_id"]]
    assert shop.register(ana).version == 2


def test_a_check_in_without_a_key_survives_a_lost_answer_too(shop: Shop) -> None:
    ana = shop.enrol()
    with losing(shop, "UpdateItem", "#m_", 1):
        answer = shop.check_in(ana)
    assert answer.status == 201
    assert len(shop.register(ana).accepted) == 1


def test_when_every_answer_is_lost_the_same_key_finds_it_done(shop: Shop) -> None:
    ana = shop.enrol()
    with losing(shop, "UpdateItem", "#m_", ATTEMPTS):
        answer = shop.check_in(ana, key="k1")
    assert (answer.status, answer.code) == (503, "temporarily_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    before = shop.register_item(ana)
    shop.clock.now += 5000
    again = shop.check_in(ana, key="k1")
    assert again.status == 201
    assert again.body["checked_in_at"] == "2060-03-15T12:00:00.000Z"
    assert shop.register_item(ana) == before


@pytest.mark.parametrize("times", [1, 2, ATTEMPTS])
def test_a_lost_answer_of_the_transaction_flags_once(shop: Shop, times: int) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2}, automatically_suspend=True)
    ana = shop.enrol()
    shop.check_in(ana, NOON - DAY)
    with losing(shop, "TransactWriteItems", "#m_", times):
        answer = shop.check_in(ana, key="k1")
    assert answer.status == (503 if times == ATTEMPTS else 201)
    assert shop.check_in(ana, key="k1").status == 201
    assert [flag.count for flag in shop.flags(ana)] == [1]
    assert [entry["action"] for entry in shop.audit()] == ["suspend"]
    assert len(shop.register(ana).accepted) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_of_a_refusal_refuses_once(shop: Shop, times: int) -> None:
    ana = shop.enrol()
    shop.check_in(ana, NOON - MINUTE)
    with losing(shop, "PutItem", "#m_", times):
        answer = shop.check_in(ana, key="k1")
    assert answer.code == "too_soon"
    assert len(shop.register(ana).refused) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_of_the_place_still_makes_the_pair(shop: Shop, times: int) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = pair_of_visits(shop)
    with losing(shop, "UpdateItem", "#at#", times):
        assert shop.check_in(ben, key="k1").status == 201
    assert len(shop.arrivals()) == 4
    assert len(shop.pair(ana, ben)) == 2
    assert shop.rules(ana) == shop.rules(ben) == {"back_to_back"}


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_of_the_pair_counts_it_once(shop: Shop, times: int) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = pair_of_visits(shop)
    with losing(shop, "UpdateItem", "#pair#", times):
        assert shop.check_in(ben, key="k1").status == 201
    assert len(shop.pair(ana, ben)) == 2
    for member in (ana, ben):
        assert [(flag.rule, flag.count) for flag in shop.flags(member)] == [("back_to_back", 1)]


def test_when_the_place_cannot_be_told_the_member_is_answered_and_repeats_are_too(shop: Shop) -> None:
    ana = shop.enrol()
    with losing(shop, "UpdateItem", "#at#", ATTEMPTS):
        first = shop.check_in(ana, key="k1")
    assert first.status == 201
    assert shop.check_in(ana, key="k1").body == first.body
    assert len(shop.arrivals()) == 1


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
    ],
)
@pytest.mark.parametrize("path", ["fast", "slow"])
def test_throttling_is_temporary_and_the_same_key_does_it_then(shop: Shop, code: str, path: str) -> None:
    shop.configure(visit_frequency={"mode": "on" if path == "slow" else "off", "limit": 2})
    ana = shop.enrol()
    shop.check_in(ana, NOON - DAY)
    operation = "TransactWriteItems" if path == "slow" else "UpdateItem"
    with failing(shop, lambda call: call.operation == operation and "MembersTable" in call.tables, code):
        answer = shop.check_in(ana, key="k1")
    assert (answer.status, answer.code) == (503, "temporarily_unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    assert len(shop.register(ana).accepted) == 1
    assert shop.check_in(ana, key="k1").status == 201
    assert len(shop.register(ana).accepted) == 2
    assert len(shop.flags(ana)) == (1 if path == "slow" else 0)


def test_a_place_that_is_throttled_holds_nobody_up(shop: Shop) -> None:
    ana = shop.enrol()
    with failing(shop, writes_to("PlacesTable"), "ProvisionedThroughputExceededException"):
        assert shop.check_in(ana).status == 201


def test_an_action_whose_answer_was_lost_is_done_once(shop: Shop) -> None:
    ana = shop.enrol()
    with losing(shop, "TransactWriteItems", "#m_", 1):
        decisions.decide_on(Action.FLAG, shop.program_id, ana.member_id, by="owner", reason="Seen.", now=NOON)
    with losing(shop, "TransactWriteItems", "#m_", 2):
        decisions.decide_on(
            Action.BLOCK, shop.program_id, ana.member_id, by="owner", reason="Seen.", now=NOON
        )
    assert [flag.status for flag in shop.flags(ana)] == ["confirmed"]
    assert [entry["action"] for entry in shop.audit()][-1:] == ["block"]
