"""The event bus of the deployed stack: what happens over HTTP is announced there, once."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from redflag.service.events.shapes import EVENTS
from tests.cloud.bus import check
from tests.e2e.world import HOUR, MONDAY, SECOND, World, code, eventually

SUSPENDING = {
    "automatically_suspend": True,
    "rules": {"visit_frequency": {"mode": "on", "limit": 2, "window_days": 7}},
}
RULE = "everything"


@dataclass
class Bus:
    """What is announced, by a queue that a rule of the test's fills."""

    queues: Any
    url: str
    heard: list[dict[str, Any]] = field(default_factory=list)

    def listen(self) -> list[dict[str, Any]]:
        """The details of all that was announced so far, as their schemas have them."""
        answer = self.queues.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10)
        for message in answer.get("Messages", []):
            self.heard.append(check(json.loads(message["Body"])))
            self.queues.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return self.heard


@pytest.fixture
def bus(world: World) -> Iterator[Bus]:
    (described,) = world.stack.client("cloudformation").describe_stacks(StackName=world.stack.stack_name)[
        "Stacks"
    ]
    name = next(o["OutputValue"] for o in described["Outputs"] if o["OutputKey"] == "EventBusName")
    events, queues = world.stack.client("events"), world.stack.client("sqs")
    url = queues.create_queue(QueueName="heard")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name=RULE, EventBusName=name, EventPattern=json.dumps({"source": ["redflag"]}))
    events.put_targets(Rule=RULE, EventBusName=name, Targets=[{"Id": "queue", "Arn": arn}])
    yield Bus(queues, url)
    events.remove_targets(Rule=RULE, EventBusName=name, Ids=["queue"])
    events.delete_rule(Name=RULE, EventBusName=name)
    queues.delete_queue(QueueUrl=url)


def test_every_event_is_announced_once_and_as_its_schema_has_it(world: World, bus: Bus) -> None:
    program = world.program(SUSPENDING)
    member = program.enrol(membership={"status": "active"})
    member.visits(MONDAY, MONDAY + 2 * HOUR)
    for action in ("block", "unblock", "flag", "verify", "flag", "resolve", "membership/cancel"):
        assert code(member.act(action)) == "ok", action
    # What is not announced comes before what is: when the last has come, so has all that there is.
    assert member.edit_points(5).is_success
    assert program.owner.post(f"{member.path}/reveal-phone", None).is_success
    assert code(program.configure({})) == "ok"

    expected = Counter(EVENTS.keys()) + Counter(
        ["redflag.member.flagged.v1", "redflag.member.flagged.v1", "redflag.settings.changed.v1"]
    )

    def ours() -> list[dict[str, Any]]:
        return [detail for detail in bus.listen() if detail["program_id"] == program.program_id]

    found = eventually(ours, wanted=lambda seen: len(seen) >= expected.total())
    assert Counter(detail["type"] for detail in found) == expected
    assert len({detail["event_id"] for detail in found}) == expected.total()
    later = eventually(ours, wanted=lambda seen: len(seen) > expected.total(), within=SECOND)
    assert len(later) == expected.total()

    by_type = {detail["type"]: detail for detail in found}
    blocked = by_type["redflag.member.blocked.v1"]
    assert (blocked["member_id"], blocked["reason"]) == (member.member_id, "Seen by the manager.")
    assert (blocked["before"]["access"], blocked["after"]["access"]) == ("suspended", "blocked")
    assert by_type["redflag.membership.cancelled.v1"]["after"] == {"membership": "cancelled"}
    assert not world.secrets.found_in([json.dumps(detail) for detail in found])


def test_what_was_refused_is_not_announced(world: World, bus: Bus) -> None:
    program = world.program()
    member = program.enrol()
    assert code(member.act("block")) == "not_flagged"
    assert code(member.act("membership/cancel")) == "no_active_membership"
    assert code(member.act("flag")) == "ok"

    def ours() -> list[str]:
        return [detail["type"] for detail in bus.listen() if detail["program_id"] == program.program_id]

    assert eventually(ours, wanted=bool) == ["redflag.member.flagged.v1"]
