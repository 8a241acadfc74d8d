"""Nothing that a caller sends is answered with a 500, and every wrong field is named."""

import base64
import json
from typing import Any

import pytest

from tests.cloud.program import Enrolled, Shop
from tests.cloud.requests import answer_of, http_event, invoke

KEPT = 64 * 1024
DEEP = 100_000


@pytest.fixture
def ana(shop: Shop) -> Enrolled:
    return shop.enrol()


def body_of(shop: Shop, ana: Enrolled, **other: Any) -> dict[str, Any]:
    body = {
        "program_id": shop.program_id,
        "location_id": shop.counter,
        "member": {"member_id": ana.member_id},
    }
    return {name: value for name, value in (body | other).items() if value is not ...}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half an object"),
        pytest.param("{'a': 1}", id="single quotes"),
        pytest.param('{"a": 1,}', id="a comma too many"),
        pytest.param('{"a": NaN}', id="not a number"),
        pytest.param('{"a": 1e999}', id="a number too large"),
        pytest.param('{"a": "\\ud800"}', id="half a character"),
        pytest.param('{"a": "\x01"}', id="a bare control character"),
        pytest.param("[" * 60_000, id="very deep"),
        pytest.param("{}{}", id="two objects"),
        pytest.param("\ufeff{}", id="a byte order mark"),
    ],
)
def test_what_is_not_json_is_invalid_json(shop: Shop, text: str) -> None:
    answer = shop.post_check_in(text)
    assert (answer.status, answer.code) == (400, "invalid_json")


@pytest.mark.parametrize("text", ["[]", "null", "1", '"text"', "[" + "[" * 500 + "]" * 500 + "]"])
def test_json_that_is_no_object_is_refused(shop: Shop, text: str) -> None:
    answer = shop.post_check_in(text)
    assert (answer.status, answer.code) in ((422, "invalid_request"), (400, "invalid_json"))


def test_bytes_that_are_no_text_are_invalid_json(shop: Shop) -> None:
    event = http_event("check_in", authorizer=shop.caller("kiosk"), body="x")
    event |= {"body": base64.b64encode(b'{"a": "\xff\xfe"}').decode(), "isBase64Encoded": True}
    answer = answer_of(invoke(shop.backend, "check_in", event))
    assert (answer.status, answer.code) == (400, "invalid_json")


def test_a_body_in_base64_is_read(shop: Shop, ana: Enrolled) -> None:
    event = http_event("check_in", authorizer=shop.caller("kiosk"), body="x")
    text = json.dumps(body_of(shop, ana)).encode()
    event |= {"body": base64.b64encode(text).decode(), "isBase64Encoded": True}
    assert answer_of(invoke(shop.backend, "check_in", event)).status == 201


def test_a_body_of_65_kb_is_refused_and_one_of_64_is_read(shop: Shop, ana: Enrolled) -> None:
    text = json.dumps(body_of(shop, ana))
    assert shop.post_check_in(text + " " * (KEPT - len(text))).status == 201
    answer = shop.post_check_in(text + " " * (KEPT + 1 - len(text)))
    assert (answer.status, answer.code) == (413, "payload_too_large")


def test_size_is_counted_in_bytes(shop: Shop) -> None:
    assert shop.post_check_in('"' + "ü" * (KEPT // 2) + '"').status == 413


CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"program_id": ...}, {"program_id"}),
    ({"program_id": ..., "location_id": ..., "member": ...}, {"program_id", "location_id", "member"}),
    ({"program_id": None}, {"program_id"}),
    ({"program_id": 7}, {"program_id"}),
    ({"program_id": ""}, {"program_id"}),
    ({"program_id": "p" * 65}, {"program_id"}),
    ({"location_id": ["l"]}, {"location_id"}),
    ({"location_id": "l_\x00"}, {"location_id"}),
    ({"location_id": "l_\u0085"}, {"location_id"}),
    ({"member": None}, {"member"}),
    ({"member": "m_1"}, {"member"}),
    ({"member": []}, {"member"}),
    ({"member": {}}, {"member"}),
    ({"member": {"phone": "+12125550100", "member_id": "m_1"}}, {"member"}),
    ({"member": {"phone": None, "member_id": None}}, {"member"}),
    ({"member": {"member_id": 3}}, {"member.member_id"}),
    ({"member": {"member_id": "m_1", "name": "x"}}, {"member.name"}),
    ({"member": {"member_id": "m_\n1"}}, {"member.member_id"}),
    ({"member": {"phone": "12"}}, {"member.phone"}),
    ({"member": {"phone": "not a number"}}, {"member.phone"}),
    ({"member": {"phone": "+1 000 000 0000"}}, {"member.phone"}),
    ({"member": {"phone": "+999 12345678"}}, {"member.phone"}),
    ({"member": {"phone": "+" + "1" * 31}}, {"member.phone"}),
    ({"member": {"phone": "1" * 33}}, {"member.phone"}),
    ({"member": {"phone": "911"}}, {"member.phone"}),
    ({"member": {"phone": "+1212555010\u0000"}}, {"member.phone"}),
    ({"occurred_at": 1805112000}, {"occurred_at"}),
    ({"occurred_at": ""}, {"occurred_at"}),
    ({"occurred_at": "yesterday"}, {"occurred_at"}),
    ({"occurred_at": "2060-03-15"}, {"occurred_at"}),
    ({"occurred_at": "2060-03-15T12:00:00"}, {"occurred_at"}),
    ({"occurred_at": "2060-02-30T12:00:00Z"}, {"occurred_at"}),
    ({"occurred_at": "2060-03-15T25:00:00Z"}, {"occurred_at"}),
    ({"occurred_at": "2060-03-15T12:00:60Z"}, {"occurred_at"}),
    ({"occurred_at": "1969-12-31T23:59:59.999Z"}, {"occurred_at"}),
    ({"occurred_at": "1970-01-01T00:00:00.000Z"}, {"occurred_at"}),
    ({"occurred_at": "2100-01-01T00:00:00.000Z"}, {"occurred_at"}),
    ({"occurred_at": "0001-01-01T00:00:00+23:59"}, {"occurred_at"}),
    ({"occurred_at": "9999-12-31T23:59:59-23:59"}, {"occurred_at"}),
    ({"occurred_at": "２０60-03-15T12:00:00Z"}, {"occurred_at"}),
    ({"position": 1}, {"position"}),
    ({"position": {}}, {"position.lat", "position.lon"}),
    ({"position": {"lat": 90.1, "lon": 0}}, {"position.lat"}),
    ({"position": {"lat": "1", "lon": 0}}, {"position.lat"}),
    ({"position": {"lat": True, "lon": 0}}, {"position.lat"}),
    ({"position": {"lat": 0, "lon": -180.5}}, {"position.lon"}),
    ({"position": {"lat": 0, "lon": 0, "accuracy_m": -1}}, {"position.accuracy_m"}),
    ({"position": {"lat": 0, "lon": 0, "accuracy_m": 100_001}}, {"position.accuracy_m"}),
    ({"position": {"lat": 0, "lon": 0, "altitude": 1}}, {"position.altitude"}),
    ({"position": {"lat": 10**400, "lon": 0}}, {"position.lat"}),
    ({"position": {"lat": -(10**30), "lon": 10**30}}, {"position.lat", "position.lon"}),
    ({"device_id": ""}, {"device_id"}),
    ({"device_id": "   "}, {"device_id"}),
    ({"device_id": "till\t1"}, {"device_id"}),
    ({"device_id": "d" * 37}, {"device_id"}),
    ({"device_id": "🚩" * 10}, {"device_id"}),
    ({"device_id": 5}, {"device_id"}),
    ({"note": "hello"}, {"note"}),
    ({"idempotency_key": "k"}, {"idempotency_key"}),
    ({"program_id": 1, "location_id": 2, "extra": 3}, {"program_id", "location_id", "extra"}),
]


@pytest.mark.parametrize(("other", "fields"), CASES, ids=lambda value: str(value)[:60])
def test_every_wrong_field_is_named(
    shop: Shop, ana: Enrolled, other: dict[str, Any], fields: set[str]
) -> None:
    answer = shop.post_check_in(body_of(shop, ana, **other), by="kiosk")
    assert (answer.status, answer.code) == (422, "invalid_request")
    assert answer.fields == fields
    assert all(error["message"] for error in answer.body["errors"])
    assert shop.register(ana).accepted == ()


@pytest.mark.parametrize("key", ["", "   ", "k" * 129, "k\x01", "k\u0080"])
def test_a_key_of_no_use_is_refused(shop: Shop, ana: Enrolled, key: str) -> None:
    answer = shop.check_in(ana, key=key)
    assert (answer.status, answer.fields) == (422, {"Idempotency-Key"})


def test_a_key_of_128_characters_is_taken(shop: Shop, ana: Enrolled) -> None:
    assert shop.check_in(ana, key="k" * 128).status == 201


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"phone"}),
        ({"phone": "+12125550100", "member_id": "m_1"}, {"phone"}),
        ({"phone": 5}, {"phone"}),
        ({"phone": "12"}, {"phone"}),
        ({"member_id": ""}, {"member_id"}),
        ({"member_id": "m_\x7f"}, {"member_id"}),
        ({"member_id": "m_1", "reason": "x"}, {"reason"}),
        ({"program_id": None, "member_id": "m_1"}, {"program_id"}),
    ],
    ids=str,
)
def test_the_login_gate_names_wrong_fields_too(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    answer = shop.ask_gate(**body)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


@pytest.mark.parametrize(
    "number", ["+12125550100", "＋１２１２５５５０１００", "+1-212-555-0100 ext. 5", "+41 44 668 18 00"]
)
def test_numbers_that_somebody_could_have_are_taken_wherever_they_are_from(shop: Shop, number: str) -> None:
    assert shop.ask_gate(phone=number).status == 200


def test_a_problem_has_all_that_the_standard_asks_for(shop: Shop) -> None:
    answer = shop.post_check_in("{")
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.body) == {"type", "title", "status", "detail", "code", "request_id"}
    assert answer.body["status"] == answer.status
    assert answer.body["request_id"] == "JKJaXmPLvHcESHA="
