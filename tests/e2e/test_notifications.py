"""Notifications of the deployed stack: from a flag over HTTP to the outbox, and back by the mail's link."""

import json
import time
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from local_cloud.outbox import SentMail, mails
from redflag.store import schedules
from redflag.store.database import Database, Tables
from tests.cloud.requests import event_of
from tests.e2e.world import DAY, HOUR, MONDAY, SECOND, Program, World, at_once, code, eventually, text

RETURNED = {"emailAddress": "", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}


def program_with(world: World, frequency: str, *recipients: str, **more: Any) -> Program:
    return world.program({"notifications": {"frequency": frequency, "recipients": list(recipients)}} | more)


def outbox(world: World, recipient: str) -> list[SentMail]:
    return [mail for mail in mails(world.stack) if mail.to == recipient]


def call(world: World, function: str, event: dict[str, Any]) -> Any:
    """Call a function of the stack as the service does that has it as a target."""
    name = f"{world.stack.stack_name}-{function}"
    answer = world.stack.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    assert "FunctionError" not in answer, answer["Payload"].read()
    return json.loads(answer["Payload"].read() or "null")


def status_of(program: Program, recipient: str) -> str:
    found = program.owner.get("/v1/notifications").json()["recipients"]
    return str(next(each["status"] for each in found if each["email"] == recipient))


def test_a_burst_of_flags_is_in_the_outbox_within_seconds_in_one_mail(world: World) -> None:
    recipient = world.new_email()
    program = program_with(world, "every_flag", recipient)
    members = [program.enrol() for _ in range(3)]
    started = time.monotonic()
    answers = at_once(partial(member.act, "flag") for member in members)
    assert [code(answer) for answer in answers] == ["ok"] * 3
    sent = eventually(lambda: outbox(world, recipient), bool, within=20 * SECOND)
    assert time.monotonic() - started < 15
    assert [mail.subject for mail in sent] == ["3 new red flags at Brackwater's"]
    for member in members:
        assert member.member_id in sent[0].html
        assert member.member_id in sent[0].text
    state = eventually(lambda: program.owner.get("/v1/notifications").json(), lambda s: s["waiting"] == 0)
    assert (state["waiting"], state["problem"]) == (0, None)


def test_a_tick_sends_the_digest_that_is_due_and_a_second_one_sends_nothing(world: World) -> None:
    recipient = world.new_email()
    program = program_with(world, "daily", recipient, rules={"visit_frequency": {"limit": 2}})
    member = program.enrol()
    member.visits(MONDAY, MONDAY + 2 * HOUR)
    waiting = eventually(
        lambda: program.owner.get("/v1/notifications").json()["waiting"], lambda number: number == 1
    )
    assert (waiting, outbox(world, recipient)) == (1, [])
    # The clock of a deployed stack cannot be moved, so what is due is.
    database = Database(world.dynamodb, Tables(**world.stack.tables))
    schedule = schedules.get(database, program.program_id)
    database.commit([schedules.save(database, replace(schedule, due_at=0))])
    for _ in range(2):
        call(world, "digest_tick", event_of("digest_tick"))
        sent = eventually(lambda: outbox(world, recipient), bool)
        assert ["2 check-ins in 7 days; limit 2" in mail.text for mail in sent] == [True]
    state = program.owner.get("/v1/notifications").json()
    assert state["next_digest_at"] > state["last_digest_at"] > text(MONDAY)


def test_the_link_in_a_mail_unsubscribes_and_an_owner_reinstates(world: World) -> None:
    recipient = world.new_email()
    program = program_with(world, "daily", recipient)
    tried = program.owner.post("/v1/notifications/test", None)
    assert tried.json()["mails"] == [{"email": recipient, "sent": True, "explanation": None}]
    (mail,) = outbox(world, recipient)
    link = next(line.rpartition(" ")[2] for line in mail.text.splitlines() if "/v1/unsubscribe?" in line)
    path = f"{urlsplit(link).path}?{urlsplit(link).query}"
    asked = world.nobody.request("GET", path)
    assert (asked.status_code, "Stop these mails" in asked.text) == (200, True)
    assert status_of(program, recipient) == "active"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    done = world.nobody.request("POST", path, content="List-Unsubscribe=One-Click", headers=form)
    assert (done.status_code, "Unsubscribed" in done.text) == (200, True)
    assert status_of(program, recipient) == "unsubscribed"
    body = {"email": recipient, "reason": "They asked for it."}
    assert code(program.owner.post("/v1/notifications/reinstate", body)) == "ok"
    assert status_of(program, recipient) == "active"


def test_who_bounces_is_marked_and_not_mailed_again(world: World) -> None:
    recipient = world.new_email()
    program = program_with(world, "daily", recipient)
    event = event_of("mail_feedback")
    event["detail"]["mail"] |= {"destination": [recipient], "tags": {"program": [program.program_id]}}
    event["detail"]["bounce"]["bouncedRecipients"] = [RETURNED | {"emailAddress": recipient}]
    call(world, "mail_feedback", event)
    assert status_of(program, recipient) == "bounced"
    assert code(program.owner.post("/v1/notifications/test", None)) == "not_found"
    assert outbox(world, recipient) == []


def test_a_shorter_retention_reaches_what_stands_already(world: World) -> None:
    program = program_with(world, "off")
    member = program.enrol()
    member.visits(MONDAY)
    key = f"{program.program_id}#{member.member_id}"
    (before,) = eventually(lambda: world.partition("history", key), bool)
    settings = program.owner.get("/v1/settings").json() | {"retention": {"history_days": 30}}
    assert code(program.owner.put("/v1/settings", settings)) == "ok"
    wanted = int(before["recorded_at"]) // 1000 + 30 * 86_400
    (after,) = eventually(
        lambda: world.partition("history", key),
        lambda items: int(items[0]["expires_at"]) == wanted,
        within=20 * SECOND,
    )
    assert int(after["expires_at"]) == wanted
    assert int(before["expires_at"]) - wanted == (400 - 30) * int(DAY.total_seconds())
