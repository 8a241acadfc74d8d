"""Bad input gets a 4xx that names the field, on every route; nothing answers 500."""

from collections.abc import Callable, Mapping
from functools import partial
from random import Random
from typing import Any

import httpx
import pytest

from tests.e2e.answers import body_schema, operations
from tests.e2e.odd_requests import (
    NEVER_RIGHT,
    ODD_IDS,
    WHOLE_BODIES,
    example,
    fuzzed_bodies,
    fuzzed_queries,
    wrong_documents,
)
from tests.e2e.world import Caller, Program, World, at_once, code, wrong_fields

OPERATIONS = {f"{method} {path}": (method, path, operation) for method, path, operation in operations()}
WITH_BODY = [route for route, (_, _, operation) in OPERATIONS.items() if "requestBody" in operation]
WITH_ID = [route for route, (_, path, _) in OPERATIONS.items() if "{" in path]
OF_THE_APP = {"POST /v1/check-ins", "POST /v1/check-ins/batch", "POST /v1/login-gate"}
READ_ALIKE = {"POST /v1/check-ins", "PUT /v1/settings"}
A_FEW = ("half an object", "deep arrays", "a number without end", "an array", "an unknown field", "65 KB")
EXTRA_ROUNDS = 4
IDS_EACH = 3


@pytest.fixture(scope="session")
def target(world: World) -> Program:
    """A program that may be sent anything."""
    return world.program()


class Sender:
    """Sends anything to one route, as a caller who may use it."""

    def __init__(self, target: Program, route: str) -> None:
        self.method, path, self.operation = OPERATIONS[route]
        self.caller: Caller = target.kiosk if route in OF_THE_APP else target.owner
        if path.startswith("/v1/platform/"):
            self.caller = target.world.support
        self.path = path.replace("{member_id}", "m_0000000000000").replace("{location_id}", target.place)
        self.pattern = path

    def raw(self, content: bytes) -> httpx.Response:
        """Send these bytes as JSON."""
        headers = {"Content-Type": "application/json"}
        return self.caller.request(self.method, self.path, content=content, headers=headers)

    def document(self, body: Any) -> httpx.Response:
        """Send a document."""
        return self.caller.request(self.method, self.path, json=body)


@pytest.mark.parametrize("route", WITH_BODY)
def test_whole_bodies_that_are_no_request_are_refused(target: Program, route: str) -> None:
    sender = Sender(target, route)
    # A route of members and one of staff are sent all of them; the others are read in the same ways.
    names = list(WHOLE_BODIES) if route in READ_ALIKE else A_FEW
    sent = at_once(partial(sender.raw, WHOLE_BODIES[name]) for name in names)
    answers = dict(zip(names, sent, strict=True))
    for name, answer in answers.items():
        if name in NEVER_RIGHT:
            assert answer.status_code in (400, 413, 422), f"{name}: {answer.status_code} {answer.text}"
        else:
            assert answer.status_code < 500
    for name, status, why in (
        ("half an object", 400, "invalid_json"),
        ("deep arrays", 400, "invalid_json"),
        ("65 KB", 413, "payload_too_large"),
    ):
        assert (answers[name].status_code, code(answers[name])) == (status, why), name
    assert "colour" in wrong_fields(answers["an unknown field"])


@pytest.mark.parametrize("route", WITH_BODY)
def test_every_field_of_a_wrong_type_is_named(target: Program, route: str) -> None:
    sender = Sender(target, route)
    schema = body_schema(sender.operation)
    assert schema is not None
    wrong = list(wrong_documents(schema))
    answers = at_once(partial(sender.document, body) for _, body, _ in wrong)
    for (what, _, paths), answer in zip(wrong, answers, strict=True):
        assert answer.status_code == 422, f"{what}: {answer.text}"
        named = {tuple(field.split(".")) for field in wrong_fields(answer)}
        unnamed = {path for path in paths if not any(field[: len(path)] == path for field in named)}
        assert not unnamed, f"{what}: {answer.text}"


@pytest.mark.parametrize("route", list(OPERATIONS))
def test_odd_requests_are_answered(target: Program, route: str) -> None:
    sender = Sender(target, route)
    random = Random(route)  # the same in every run
    calls: list[Callable[[], httpx.Response]] = [
        partial(sender.raw, body) for body in fuzzed_bodies(random, sender.operation, EXTRA_ROUNDS)
    ]
    calls += [
        partial(sender.caller.request, sender.method, sender.path, params=query)
        for query in fuzzed_queries(random, sender.operation, EXTRA_ROUNDS)
        if sender.method == "GET"
    ]
    assert all(answer.status_code < 500 for answer in at_once(calls))


@pytest.mark.parametrize("route", WITH_ID)
def test_ids_that_cannot_be_are_not_found(target: Program, route: str) -> None:
    sender = Sender(target, route)
    schema = body_schema(sender.operation)
    body = None if schema is None else example(schema)
    parameter = sender.pattern[sender.pattern.index("{") : sender.pattern.index("}") + 1]
    random = Random(route)  # the same in every run
    odd = [*ODD_IDS[:2], *random.sample(ODD_IDS[2:], IDS_EACH)]
    answers = at_once(
        partial(sender.caller.request, sender.method, sender.pattern.replace(parameter, each), json=body)
        for each in odd
    )
    for each, answer in zip(odd, answers, strict=True):
        assert answer.status_code == 404, f"{each}: {answer.status_code} {answer.text}"


CHECK_IN: dict[str, Any] = {"member": {"member_id": "m_0000000000000"}}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"member": {}}, "member"),
        ({"member": {"phone": "+12015550100", "member_id": "m_0"}}, "member"),
        ({"member": {"phone": "12"}}, "member.phone"),
        ({"member": {"phone": "+12"}}, "member.phone"),
        ({"member": {"phone": "+1 201 555 010"}}, "member.phone"),
        ({"member": {"phone": "+999 201 555 0100"}}, "member.phone"),
        ({"member": {"phone": "call me"}}, "member.phone"),
        ({"member": {"phone": "+" + "1" * 40}}, "member.phone"),
        ({"member": {"member_id": "m" * 65}}, "member.member_id"),
        ({"member": {"member_id": "m\u0000"}}, "member.member_id"),
        ({"member": {"name": "Ada"}}, "member.name"),
        ({"location_id": ""}, "location_id"),
        ({"location_id": None}, "location_id"),
        ({"occurred_at": "1969-12-31T23:59:59.999Z"}, "occurred_at"),
        ({"occurred_at": "1970-01-01T00:00:00.000Z"}, "occurred_at"),
        ({"occurred_at": "2100-01-01T00:00:00.000Z"}, "occurred_at"),
        ({"occurred_at": "2025-02-30T00:00:00.000Z"}, "occurred_at"),
        ({"occurred_at": "2025-02-03"}, "occurred_at"),
        ({"occurred_at": "2025-02-03T10:00:00"}, "occurred_at"),
        ({"occurred_at": "2025-02-03 10:00:00Z"}, "occurred_at"),
        ({"occurred_at": "now"}, "occurred_at"),
        ({"occurred_at": 1738577000}, "occurred_at"),
        ({"position": {"lat": 90.1, "lon": 0}}, "position.lat"),
        ({"position": {"lat": 0, "lon": -180.1}}, "position.lon"),
        ({"position": {"lat": 0}}, "position.lon"),
        ({"position": {"lat": 0, "lon": 0, "accuracy_m": -1}}, "position.accuracy_m"),
        ({"position": {"lat": 0, "lon": 0, "altitude": 3}}, "position.altitude"),
        ({"position": "here"}, "position"),
        ({"device_id": "d" * 37}, "device_id"),
        ({"device_id": "\u001b[31m"}, "device_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_check_in_with_one_wrong_field_is_told_which(
    target: Program, change: dict[str, Any], field: str
) -> None:
    target.world.secrets.keep("+12015550100")
    body = {"program_id": target.program_id, "location_id": target.place} | CHECK_IN | change
    refused = target.kiosk.post("/v1/check-ins", body)
    assert (refused.status_code, code(refused), wrong_fields(refused)) == (422, "invalid_request", {field})


def test_every_wrong_field_is_told_at_once(target: Program) -> None:
    body = {"program_id": 1, "member": {"phone": 2}, "position": {"lat": "x", "lon": 0}, "colour": "red"}
    refused = target.kiosk.post("/v1/check-ins", body)
    assert wrong_fields(refused) == {"program_id", "location_id", "member.phone", "position.lat", "colour"}
    settings = {"gate": {"fail_open": 1}, "retention": {"history_days": 0}, "colour": "red"}
    assert wrong_fields(target.configure(settings)) == {"gate.fail_open", "retention.history_days", "colour"}


@pytest.mark.parametrize("key", ["", "k" * 129])
def test_idempotency_keys_of_no_use_are_refused(target: Program, key: str) -> None:
    member = target.enrol()
    assert wrong_fields(member.visit(key=key)) == {"Idempotency-Key"}
    assert {field.lower() for field in wrong_fields(member.edit_points(1, key=key))} == {"idempotency-key"}
    assert member.profile()["points"] == 0


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/v1/members", {"phone": "555"}, "phone"),
        ("/v1/members", {"phone": "+44 1"}, "phone"),
        ("/v1/members", {"phone": "+1 201 555 0100", "email": "nobody"}, "email"),
        ("/v1/members", {"phone": "+1 201 555 0100", "name": " "}, "name"),
        ("/v1/members", {"phone": "+1 201 555 0100", "name": "n" * 201}, "name"),
        ("/v1/members", {"phone": "+1 201 555 0100", "membership": {"status": "gold"}}, "membership.status"),
        ("/v1/members", {"phone": "+1 201 555 0100", "membership": {}}, "membership.status"),
        ("/v1/members", {}, "phone"),
        ("/v1/members/m_0000000000000/point-edits", {"delta": 0, "reason": "Why."}, "delta"),
        ("/v1/members/m_0000000000000/point-edits", {"delta": 1.5, "reason": "Why."}, "delta"),
        ("/v1/members/m_0000000000000/point-edits", {"delta": 10**10, "reason": "Why."}, "delta"),
        ("/v1/members/m_0000000000000/point-edits", {"delta": 1}, "reason"),
        ("/v1/members/m_0000000000000/block", {"reason": ""}, "reason"),
        ("/v1/members/m_0000000000000/block", {"reason": "r" * 1001}, "reason"),
        ("/v1/members/m_0000000000000/block", {"reason": "a\u0000b"}, "reason"),
        ("/v1/locations", {"name": "Here", "time_zone": "Mars/Olympus"}, "time_zone"),
        ("/v1/locations", {"name": "Here", "time_zone": "../UTC"}, "time_zone"),
        (
            "/v1/locations",
            {"name": "Here", "time_zone": "UTC", "position": {"lat": 91, "lon": 0}},
            "position.lat",
        ),
        ("/v1/locations", {"name": "Here", "time_zone": "UTC", "hours": {"monday": []}}, "hours.monday"),
        (
            "/v1/locations",
            {"name": "Here", "time_zone": "UTC", "hours": {"mon": [{"open": "9", "close": "17:00"}]}},
            "hours.mon.0.open",
        ),
        (
            "/v1/locations",
            {"name": "Here", "time_zone": "UTC", "hours": {"mon": [{"open": "09:00", "close": "09:00"}]}},
            "hours.mon.0",
        ),
        (
            "/v1/locations",
            {"name": "Here", "time_zone": "UTC", "hours": {"mon": [{"open": "09:00", "close": "24:01"}]}},
            "hours.mon.0.close",
        ),
        (
            "/v1/locations",
            {"name": "Here", "time_zone": "UTC", "exceptions": [{"date": "2025-02-30", "hours": []}]},
            "exceptions.0.date",
        ),
        ("/v1/staff", {"email": "a@b", "role": "viewer"}, "email"),
        ("/v1/staff", {"email": "nobody@example.com", "role": "support"}, "role"),
        ("/v1/staff", {"email": "nobody@example.com", "role": "member"}, "role"),
        ("/v1/app-clients", {"name": "Till", "kind": "member"}, "kind"),
        ("/v1/app-clients", {"name": "Till", "kind": "owner"}, "kind"),
        ("/v1/app-clients", {"name": "", "kind": "kiosk"}, "name"),
    ],
)
def test_a_staff_request_with_one_wrong_field_is_told_which(
    target: Program, path: str, body: Mapping[str, Any], field: str
) -> None:
    refused = target.owner.post(path, body)
    assert (refused.status_code, code(refused), wrong_fields(refused)) == (422, "invalid_request", {field})


def test_an_id_of_the_merchants_own_has_one_member(target: Program) -> None:
    target.enrol(external_id="CARD 1")
    second = target.owner.post("/v1/members", {"phone": target.world.new_phone(), "external_id": "CARD 1"})
    assert (second.status_code, wrong_fields(second)) == (422, {"external_id"})


def test_long_names_and_other_scripts_are_kept_as_they_are(target: Program) -> None:
    # Folding makes some letters three: such a name must not outgrow the index.
    for name in ("\u0390" * 200, "👩‍👩‍👧 Müller", "محمد الفاتح", "Ø" * 200):
        member = target.enrol(name=name)
        assert member.profile()["name"] == name
        (found,) = target.owner.get("/v1/members", query=name).json()["items"]
        assert found["member_id"] == member.member_id


def test_the_largest_body_that_is_allowed_is_read(target: Program) -> None:
    exactly = b'{"reason": "' + b"x" * (64 * 1024 - 14) + b'"}'
    assert len(exactly) == 64 * 1024
    sender = Sender(target, "POST /v1/members/{member_id}/block")
    assert code(sender.raw(exactly)) == "invalid_request"
    assert code(sender.raw(exactly + b" ")) == "payload_too_large"
    kiosk = Sender(target, "POST /v1/check-ins")
    assert code(kiosk.raw(exactly)) == "invalid_request"
    assert code(kiosk.raw(exactly + b" ")) == "payload_too_large"
