"""The webhook of the template, delivered by the emulator's EventBridge to a receiver of the test's own."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from redflag import wiring
from tests.cloud.bus import check, news
from tests.cloud.program import Shop
from tests.cloud.receiver import receiver
from tests.cloud.streams import send
from tests.cloud.template import resources

SECRETS = {"WebhookSecret": "the key of the signatures", "WebhookApiKey": "the credentials"}
ARN = "arn:aws:{}:us-east-1:000000000000:{}"
FAR = 1e12
"""The tests' clock is ahead of any receiver's."""


@dataclass
class Receiver:
    """A web server that keeps what is posted to it."""

    url: str = ""
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def wait_for(self, number: int) -> list[tuple[dict[str, str], bytes]]:
        """So many calls, or as many as came within ten seconds."""
        deadline = time.monotonic() + 10
        while len(self.posted) < number and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.posted


@contextmanager
def listening() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.posted.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name it has there
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        found.url = f"http://127.0.0.1:{server.server_port}/redflag"
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def definition(logical_id: str) -> dict[str, Any]:
    resource = resources()[logical_id]
    assert resource["Condition"] == "HasWebhook"
    found: dict[str, Any] = resource["Properties"]
    return found


def connect(shop: Shop, url: str) -> None:
    """Make what the template has for a webhook, with its own definitions."""
    events, name = wiring.client("events"), f"webhook-{shop.program_id}"
    connection = json.loads(json.dumps(definition("WebhookConnection")["AuthParameters"]))
    key = connection["ApiKeyAuthParameters"]
    (referred,) = re.findall(r"^{{resolve:secretsmanager:\${(\w+)}}}$", key["ApiKeyValue"]["Fn::Sub"])
    key["ApiKeyValue"] = SECRETS[referred]
    made = events.create_connection(
        Name=name,
        AuthorizationType=definition("WebhookConnection")["AuthorizationType"],
        AuthParameters=connection,
    )
    destination = definition("WebhookDestination")
    assert destination["InvocationEndpoint"] == {"Ref": "WebhookUrl"}
    made = events.create_api_destination(
        Name=name,
        ConnectionArn=made["ConnectionArn"],
        HttpMethod=destination["HttpMethod"],
        InvocationEndpoint=url,
        InvocationRateLimitPerSecond=destination["InvocationRateLimitPerSecond"],
    )
    rule, bus = definition("WebhookRule"), shop.backend.values["EventBus"]
    (target,) = rule["Targets"]
    resolved = {
        ("WebhookDestination", "Arn"): made["ApiDestinationArn"],
        ("WebhookRole", "Arn"): ARN.format("iam", "role/webhook"),
        ("WebhookFailures", "Arn"): ARN.format("sqs", "failures"),
    }
    target = target | {
        "Arn": resolved[tuple(target["Arn"]["Fn::GetAtt"])],
        "RoleArn": resolved[tuple(target["RoleArn"]["Fn::GetAtt"])],
        "DeadLetterConfig": {"Arn": resolved[tuple(target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"])]},
    }
    assert rule["EventBusName"] == {"Ref": "EventBus"}
    events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(rule["EventPattern"]))
    events.put_targets(Rule=name, EventBusName=bus, Targets=[target])


@pytest.fixture
def webhook(shop: Shop) -> Iterator[Receiver]:
    """A receiver to which every event on the bus is posted."""
    secrets, events = wiring.client("secretsmanager"), wiring.client("events")
    name, bus = f"webhook-{shop.program_id}", shop.backend.values["EventBus"]
    made = secrets.create_secret(Name=name, SecretString=SECRETS["WebhookSecret"])
    shop.backend.values["WebhookSecret"] = made["ARN"]
    wiring.webhook_secret.cache_clear()
    with listening() as found:
        connect(shop, found.url)
        yield found
        events.remove_targets(Rule=name, EventBusName=bus, Ids=["webhook"])
        events.delete_rule(Name=name, EventBusName=bus)
    del shop.backend.values["WebhookSecret"]
    wiring.webhook_secret.cache_clear()


def test_every_event_is_posted_signed_and_the_documented_receiver_takes_it(
    shop: Shop, webhook: Receiver
) -> None:
    ana = shop.enrol(membership="active")
    for action in ("flag", "block", "unblock", "membership/cancel"):
        reason = {"reason": "Took two – “twice”; ä <&>"}
        assert shop.of(f"POST {action}", ana, body=reason).status == 200
    assert send(shop, news(shop), "announcer") == []
    posted = webhook.wait_for(4)
    taken = [receiver()(headers, body, SECRETS["WebhookSecret"], FAR) for headers, body in posted]
    assert {detail["type"] for detail in taken} == {
        "redflag.member.flagged.v1",
        "redflag.member.blocked.v1",
        "redflag.member.unblocked.v1",
        "redflag.membership.cancelled.v1",
    }
    assert len(taken) == 4
    for (headers, body), detail in zip(posted, taken, strict=True):
        assert check(json.loads(body))["event_id"] == detail["event_id"] == headers["webhook-id"]
        assert headers["webhook-timestamp"] == str(detail["timestamp"])
        assert headers["x-redflag-key"] == SECRETS["WebhookApiKey"]


def test_what_was_changed_on_the_way_is_not_taken(shop: Shop, webhook: Receiver) -> None:
    ana = shop.enrol()
    assert shop.of("POST flag", ana, body={"reason": "Seen twice."}).status == 200
    assert send(shop, news(shop), "announcer") == []
    ((headers, body),) = webhook.wait_for(1)
    with pytest.raises(ValueError, match="not what Redflag has signed"):
        receiver()(headers, body.replace(b"Seen twice.", b"Seen once."), SECRETS["WebhookSecret"], FAR)
