"""Every entry of the audit log is written in one transaction with what it tells of, and nothing beside it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from redflag.core.instants import HOUR
from redflag.service.programs import app_audience
from tests.cloud import program, requests
from tests.cloud.faults import Call, between
from tests.cloud.program import NOON, Shop
from tests.contract.test_audit_docs import documented
from tests.integration.test_audit import NEW, REASON, WRITES, Do, after, ask, unsubscribed

BLOCK = {"phone": NEW["phone"]} | REASON
PLATFORM, BLOCKS = "/v1/platform/programs", "/v1/platform/blocks"
PERSON = {"email": "olive@example.com", "subject": "idp|olive"}


def platform(route: str, **body: Any) -> Do:
    """Ask a route as the platform's support."""

    def do(shop: Shop) -> None:
        path = {"program_id": shop.program_id} if "{program_id}" in route else None
        answer = shop.ask(route, by="support", path=path, body=body)
        assert answer.status in (200, 201, 204), answer.text

    return do


def suspended(shop: Shop) -> None:
    shop.configure(automatically_suspend=True, visit_frequency={"mode": "on", "limit": 2})
    ana = shop.enrol()
    shop.check_in(ana, NOON - HOUR)
    assert shop.check_in(ana).status == 201


def exported(shop: Shop) -> None:
    answer = shop.ask("GET /v1/reports/red-flags", headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")


def known(shop: Shop) -> None:
    shop.enrol_number(NEW["phone"])


CLOSE, REOPEN = (platform(f"POST {PLATFORM}/{{program_id}}/{what}", **REASON) for what in ("close", "reopen"))
BLOCKED = after(known, platform(f"POST {BLOCKS}", **BLOCK))
UNBLOCKED = after(BLOCKED, platform(f"DELETE {BLOCKS}", **BLOCK))

ACTIONS: dict[str, Do] = {action: do for do, action in WRITES.values()} | {
    "suspend": suspended,
    "link": ask("POST /v1/members", NEW | {"subject": "somebody"}),
    "stop_mailing": unsubscribed,
    "export_report": exported,
    "create_program": platform(f"POST {PLATFORM}", name="Pemberly's", region="CH", owner=PERSON),
    "close_program": CLOSE,
    "reopen_program": after(CLOSE, REOPEN),
    "block_number": BLOCKED,
    "unblock_number": UNBLOCKED,
    "platform_block": BLOCKED,
    "platform_unblock": UNBLOCKED,
}

WITHOUT_EFFECT = {
    "reveal_phone": "a number is shown",
    "export": "a file is made for the member",
    "export_report": "a file is made for staff",
    "send_test": "mails are handed to SES",
}
"""Actions that change nothing in the database, and what they do instead."""

BESIDES = {
    "erase": ("MembersTable", "HistoryTable"),
    "suspend": ("PlacesTable",),
}
"""What is written outside, and repeated by whoever is interrupted: what is swept before a member is
forgotten, and that a place learns of a check-in."""

_WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}


def test_every_action_of_the_docs_is_looked_at() -> None:
    assert set(ACTIONS) == set(documented())


@pytest.fixture(autouse=True)
def _no_authorizer(monkeypatch: pytest.MonkeyPatch) -> None:
    """moto has none."""
    monkeypatch.setattr(app_audience, "_change", lambda _: None)


def entries(call: Call) -> Iterator[str]:
    """The actions of the entries that a call writes."""
    parts = [part.get("Put", {}) for part in call.params.get("TransactItems", [])]
    for put in (*parts, call.params if call.operation == "PutItem" else {}):
        if put.get("TableName", "").endswith("AuditTable"):
            yield put["Item"]["action"]["S"]


def effects(call: Call) -> list[str]:
    """The tables in which a transaction changes something, the log aside."""
    parts = [part for part in call.params.get("TransactItems", []) if "ConditionCheck" not in part]
    names = [request["TableName"] for part in parts for request in part.values()]
    return [name for name in names if not name.endswith("AuditTable")]


@pytest.mark.parametrize("action", ACTIONS)
def test_an_entry_is_in_the_transaction_of_its_effect(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    shop.backend.create_identity()
    shop.subject("owner"), shop.subject("support"), shop.subject("importer")
    calls: list[Call] = []
    began, invoke = [0], requests.invoke

    def begin(*given: Any) -> Any:
        began.append(len(calls))
        return invoke(*given)

    def done(call: Call, make: Callable[[], Any]) -> Any:
        answer = make()
        calls.append(call)
        return answer

    monkeypatch.setattr(program, "invoke", begin)
    with between(shop, done):
        ACTIONS[action](shop)
    writes = [call for call in calls[began[-1] :] if call.operation in _WRITES]
    assert action in {each for call in writes for each in entries(call)}
    for call in writes:
        if action in WITHOUT_EFFECT:
            assert call.tables == ("AuditTable",)
        elif list(entries(call)):
            assert call.operation == "TransactWriteItems"
            assert effects(call)
        else:
            assert set(call.tables) <= set(BESIDES.get(action, ())), f"{call.operation} is outside"
