"""Signed events: what the documented receiver takes, and that it takes nothing else."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag import wiring
from redflag.service.events.webhook_signature import signed
from tests.cloud.bus import announced
from tests.cloud.program import Shop
from tests.cloud.receiver import receiver

SECRET = "a key of letters and digits"

texts = st.text(max_size=8)
details = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def headers_of(detail: dict[str, Any]) -> dict[str, str]:
    """What the rule of the template makes of a detail."""
    return {
        "webhook-id": detail["event_id"],
        "webhook-timestamp": str(detail["timestamp"]),
        "webhook-signature": detail["signature"],
    }


def delivered(detail: dict[str, Any], **how: Any) -> bytes:
    """A body as EventBridge may write it."""
    return json.dumps({"version": "0", "source": "redflag", "detail": detail}, **how).encode()


def sign(more: Any = None) -> dict[str, Any]:
    return signed({"event_id": "p_1-7", "more": more}, SECRET.encode(), now=time.time_ns() // 1_000_000)


@given(details)
def test_the_receiver_takes_what_was_signed_however_the_json_is_written(more: Any) -> None:
    detail = sign(more)
    expected = {name: value for name, value in detail.items() if name != "signature"}
    backwards = dict(reversed(detail.items()))
    for body in (
        delivered(detail),
        delivered(detail, indent=3, ensure_ascii=False),
        delivered(backwards, separators=(" ,", ": ")),
    ):
        assert receiver()(headers_of(detail), body, SECRET) == expected


def test_the_signature_is_that_of_standard_webhooks() -> None:
    detail = signed({"event_id": "p_1-7", "b": 1, "a": "ä"}, SECRET.encode(), now=1_805_112_000_999)
    content = 'p_1-7.1805112000.{"a":"ä","b":1,"event_id":"p_1-7","timestamp":1805112000}'
    digest = hmac.digest(SECRET.encode(), content.encode(), "sha256")
    assert detail["signature"] == f"v1,{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize(
    "change",
    [
        {"detail": {"more": "other"}},
        {"detail": {"new": 1}},
        {"detail": {"event_id": "p_1-8"}},
        {"detail": {"timestamp": 1}},
        {"headers": {"webhook-id": "p_1-8"}},
        {"headers": {"webhook-timestamp": "1"}},
        {"headers": {"webhook-signature": "v1,AAAA"}},
        {"headers": {"webhook-signature": "ä"}},
        {"secret": "another key"},
    ],
)
def test_the_receiver_takes_nothing_that_was_changed(change: dict[str, Any]) -> None:
    detail = sign("this")
    headers = headers_of(detail) | change.get("headers", {})
    body = delivered(detail | change.get("detail", {}))
    with pytest.raises(ValueError, match="not what Redflag has signed"):
        receiver()(headers, body, change.get("secret", SECRET))


def test_the_receiver_takes_nothing_that_was_signed_long_ago() -> None:
    detail = signed({"event_id": "p_1-7"}, SECRET.encode(), now=1_000_000_000_000)
    with pytest.raises(ValueError, match="too long ago"):
        receiver()(headers_of(detail), delivered(detail), SECRET)


@pytest.fixture
def webhook(shop: Shop) -> Iterator[str]:
    """A stack that has a webhook: its secret, which the announcer is given."""
    secrets = wiring.client("secretsmanager")
    made = secrets.create_secret(Name=f"webhook-{shop.program_id}", SecretString=SECRET)
    shop.backend.values["WebhookSecret"] = made["ARN"]
    wiring.webhook_secret.cache_clear()
    yield SECRET
    del shop.backend.values["WebhookSecret"]
    wiring.webhook_secret.cache_clear()


def test_with_a_webhook_every_event_is_signed(shop: Shop, webhook: str) -> None:
    ana = shop.enrol()
    for action in ("flag", "block"):
        body = {"reason": "Took two – “twice”."}
        assert shop.of(f"POST {action}", ana, body=body).status == 200
    found = announced(shop)
    assert [detail["type"] for detail in found] == ["redflag.member.blocked.v1", "redflag.member.flagged.v1"]
    for detail in found:
        taken = receiver()(headers_of(detail), delivered(detail), webhook, tolerance=1e12)
        assert taken["event_id"] == detail["event_id"]


def test_without_a_webhook_no_event_is_signed(shop: Shop) -> None:
    assert shop.of("POST flag", shop.enrol(), body={"reason": "Seen."}).status == 200
    (detail,) = announced(shop)
    assert {"timestamp", "signature"} & set(detail) == set()
