"""`POST /v1/check-ins/batch`: many check-ins, each decided as if it had come alone."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, MINUTE, format_instant
from redflag.core.roles import SCOPES, Permission
from redflag.http.fields import MAX_BODY_BYTES
from tests.cloud.faults import failing, writes_to
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import CONTEXT, Answer, answer_of, handler_of, http_event, invoke, jwt

ROUTE = "POST /v1/check-ins/batch"
OFF = {"mode": "off"}


def item(shop: Shop, who: Enrolled | dict[str, Any], key: str, at: int | None = None, **more: Any) -> Any:
    """A check-in of a batch, as it is sent."""
    member = {"member_id": who.member_id} if isinstance(who, Enrolled) else who
    body = {"program_id": shop.program_id, "location_id": shop.counter, "member": member}
    body |= {"idempotency_key": key} | more
    return body if at is None else body | {"occurred_at": format_instant(at)}


def event_of(shop: Shop, body: object, by: str | dict[str, Any] = "importer") -> dict[str, Any]:
    authorizer = shop.caller(by) if isinstance(by, str) else by
    return http_event("check_in", route=ROUTE, authorizer=authorizer, body=body)


def post(shop: Shop, body: object, by: str | dict[str, Any] = "importer") -> Answer:
    return answer_of(invoke(shop.backend, "check_in", event_of(shop, body, by)))


def batch(shop: Shop, *items: Any) -> list[dict[str, Any]]:
    """What became of each item."""
    answer = post(shop, {"check_ins": list(items)})
    assert answer.status == 200, answer.text
    results: list[dict[str, Any]] = answer.body["results"]
    assert len(results) == len(items)
    return results


def codes(results: list[dict[str, Any]]) -> list[str]:
    return [result["problem"]["code"] if "problem" in result else "accepted" for result in results]


# ---------------------------------------------------------------- one by one, in order


def test_each_is_answered_in_order_as_it_would_have_been_alone(shop: Shop) -> None:
    shop.configure(outside_hours={"mode": "on", "override_open": "09:00", "override_close": "17:00"})
    ana, ben = shop.enrol(), shop.enrol()
    shop.of("POST flag", ben, body={"reason": "Seen."})
    shop.of("POST block", ben, body={"reason": "Seen."})
    first = NOON - 3 * HOUR + 5 * HOUR - DAY
    results = batch(
        shop,
        item(shop, ana, "1", first),
        item(shop, ana, "2", first + MINUTE),
        item(shop, ben, "3", first),
        item(shop, {"phone": "+12125550199"}, "4", first),
        item(shop, {"phone": ana.phone}, "5", first + HOUR, device_id="till-1"),
        item(shop, ana, "6", first + 12 * HOUR),
    )
    assert codes(results) == [
        "accepted",
        "too_soon",
        "account_blocked",
        "not_found",
        "accepted",
        "outside_business_hours",
    ]
    assert [result["status"] for result in results] == [201, 409, 403, 404, 201, 403]
    assert results[1]["problem"]["retry_at"] == format_instant(first + HOUR)
    assert results[4]["check_in"]["next_check_in_at"] == format_instant(first + 2 * HOUR)
    assert [set(result) for result in results] == [
        {"status", "check_in" if result["status"] == 201 else "problem"} for result in results
    ]
    assert [slot.check_in_id for slot in reversed(shop.register(ana).accepted)] == [
        results[index]["check_in"]["check_in_id"] for index in (0, 4)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"occurred_at": "2060-03-15T11:59:59.999Z", "device_id": "till-1"},
        {"member": {}},
        {"member": {"phone": "12"}, "colour": "red"},
        {"member": {"member_id": "m_0000000000000"}},
        {"location_id": "l_00000000"},
        {"program_id": "p_00000000"},
        {"program_id": 7, "position": {"lat": 91}},
        {"occurred_at": "2060-03-15T12:05:00.001Z"},
        {"device_id": "🚩" * 10},
    ],
    ids=str,
)
def test_a_check_in_gets_the_very_answer_of_the_single_route(shop: Shop, change: dict[str, Any]) -> None:
    ana = shop.enrol()
    body = item(shop, ana, "k1", NOON) | change
    (result,) = batch(shop, body)
    del body["idempotency_key"]
    alone = shop.post_check_in(body, key="k1")
    assert result == {"status": alone.status, "check_in" if alone.status == 201 else "problem": alone.body}


def test_a_batch_raises_the_flags_that_check_ins_one_by_one_raise(shop: Shop) -> None:
    flags = []
    for together in (True, False):
        twin = Shop.open(shop.backend, shop.database, shop.clock)
        rules: dict[str, Any] = {
            "visit_frequency": {"mode": "on", "limit": 3},
            "back_to_back": {"mode": "on"},
        }
        twin.configure(automatically_suspend=True, **rules)
        members = [twin.enrol() for _ in range(2)]
        items = [
            item(twin, member, f"{day} {n}", NOON - day * DAY + n * MINUTE)
            for day in range(6, 0, -1)
            for n, member in enumerate(members)
        ]
        outcomes = codes(batch(twin, *items)) if together else [codes(batch(twin, each))[0] for each in items]
        flags.append(
            [outcomes]
            + [[(f.rule, f.raised_at, f.count, f.value) for f in twin.flags(member)] for member in members]
        )
    assert flags[0] == flags[1]
    assert all(flags[0])
    assert "account_blocked" in flags[0][0]


# ---------------------------------------------------------------- bad items


def test_a_bad_item_gets_its_own_problem_and_harms_no_other(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF)
    ana = shop.enrol()
    bad: list[tuple[Any, set[str]]] = [
        (None, {""}),
        ([], {""}),
        ("check-in", {""}),
        ({}, {"program_id", "location_id", "member", "idempotency_key"}),
        (item(shop, ana, ""), {"idempotency_key"}),
        (item(shop, ana, "k" * 129), {"idempotency_key"}),
        (item(shop, ana, "k\x01"), {"idempotency_key"}),
        (item(shop, ana, "k", colour="red"), {"colour"}),
        (item(shop, {"phone": "call me"}, "k"), {"member.phone"}),
        (item(shop, ana, "k", occurred_at="yesterday"), {"occurred_at"}),
        (item(shop, ana, "k", position={"lat": 91, "lon": 0}), {"position.lat"}),
    ]
    mixed = [each for n, (one, _) in enumerate(bad) for each in (one, item(shop, ana, f"good {n}"))]
    results = batch(shop, *mixed)
    for (_, fields), result in zip(bad, results[::2], strict=True):
        assert (result["status"], result["problem"]["code"]) == (422, "invalid_request")
        assert {error["field"] for error in result["problem"]["errors"]} == fields
    assert codes(results[1::2]) == ["accepted"] * len(bad)
    assert len(shop.register(ana).accepted) == len(bad)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 422),
        ({}, 422),
        ({"check_ins": None}, 422),
        ({"check_ins": {}}, 422),
        ({"check_ins": "all"}, 422),
        ({"check_ins": []}, 422),
        ({"check_ins": [{}] * 101}, 422),
        ({"check_ins": [{}], "colour": "red"}, 422),
        (" " * (MAX_BODY_BYTES + 1), 413),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_that_is_no_list_of_check_ins_is_refused_whole(shop: Shop, body: object, status: int) -> None:
    answer = post(shop, body)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_problems_carry_the_request_id_of_the_batch(shop: Shop) -> None:
    (result,) = batch(shop, {})
    assert result["problem"]["request_id"] == event_of(shop, {})["requestContext"]["requestId"]


def test_a_hundred_check_ins_with_all_that_they_may_say_fit_into_one_body(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF)
    ana = shop.enrol()
    full = {
        "device_id": "b6f0a3f4-1c1e-4a53-9e0a-0c3c7d2f8a11",
        "position": {"lat": 40.7411234, "lon": -73.9897123, "accuracy_m": 12.5},
    }
    items = [
        item(shop, {"phone": ana.phone}, f"3f8a9c0d1e2b4a5f-{1_000_000 + n}", NOON - n * MINUTE, **full)
        for n in range(100)
    ]
    size = len(json.dumps({"check_ins": items}).encode())
    assert size < MAX_BODY_BYTES * 2 // 3
    assert codes(batch(shop, *items)) == ["accepted"] * 100


# ---------------------------------------------------------------- again


def test_the_same_keys_again_give_the_same_answers_and_change_nothing(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    items = [
        item(shop, ana, "1", NOON - 2 * HOUR),
        item(shop, ana, "2", NOON - 2 * HOUR + 1),
        item(shop, ben, "1", NOON - HOUR),
        item(shop, ana, "1", NOON - 2 * HOUR),
    ]
    first = batch(shop, *items)
    assert codes(first) == ["accepted", "too_soon", "accepted", "accepted"]
    assert first[3] == first[0]
    before = [shop.register_item(member) for member in (ana, ben)]
    assert batch(shop, *items) == first
    assert [shop.register_item(member) for member in (ana, ben)] == before
    alone = shop.check_in(ana, NOON - 2 * HOUR, key="1")
    assert alone.body == first[0]["check_in"]


def test_a_key_that_came_with_another_check_in_is_refused(shop: Shop) -> None:
    ana = shop.enrol()
    results = batch(shop, item(shop, ana, "1", NOON), item(shop, ana, "1", NOON - DAY))
    assert codes(results) == ["accepted", "idempotency_key_reused"]


# ---------------------------------------------------------------- what cannot be decided now


def test_from_the_first_that_cannot_be_decided_on_none_is_begun_and_a_repetition_ends_it(shop: Shop) -> None:
    members = [shop.enrol() for _ in range(4)]
    items = [item(shop, member, f"k{n}", NOON) for n, member in enumerate(members)]
    with failing(shop, writes_to("MembersTable", members[1].member_id), "ThrottlingException"):
        results = batch(shop, *items)
    assert codes(results) == ["accepted"] + ["temporarily_unavailable"] * 3
    assert [result["status"] for result in results] == [201, 503, 503, 503]
    assert [len(shop.register(member).accepted) for member in members] == [1, 0, 0, 0]
    again = batch(shop, *items)
    assert codes(again) == ["accepted"] * 4
    assert again[0] == results[0]


def test_a_defect_in_one_is_told_of_and_the_others_are_decided(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    with failing(shop, writes_to("MembersTable", ana.member_id), "ValidationException"):
        results = batch(shop, item(shop, ana, "1"), item(shop, ben, "2"))
    assert codes(results) == ["internal_error", "accepted"]


def test_what_can_no_longer_be_begun_in_time_is_left_to_a_repetition(shop: Shop) -> None:
    members = [shop.enrol() for _ in range(4)]
    items = [item(shop, member, f"k{n}") for n, member in enumerate(members)]
    clock = iter([10_000, 3_000, 2_999])
    context = SimpleNamespace(**vars(CONTEXT) | {"get_remaining_time_in_millis": lambda: next(clock)})
    event = event_of(shop, {"check_ins": items})
    with shop.backend.acting("check_in"):
        answer = answer_of(handler_of("check_in")(event, context))
    assert codes(answer.body["results"]) == ["accepted"] * 2 + ["temporarily_unavailable"] * 2
    assert [len(shop.register(member).accepted) for member in members] == [1, 1, 0, 0]
    again = batch(shop, *items)
    assert codes(again) == ["accepted"] * 4
    assert again[:2] == answer.body["results"][:2]


# ---------------------------------------------------------------- who may


def test_only_a_token_with_the_importers_scope_opens_it(shop: Shop) -> None:
    ana = shop.enrol()
    body = {"check_ins": [item(shop, ana, "1", 0)]}
    scope = SCOPES[Permission.IMPORT]
    for by, status in (
        (shop.caller("importer", scopes=scope), 200),
        (shop.caller("importer", scopes="redflag/check-ins.write"), 403),
        (shop.caller("importer", scopes=f"x{scope}"), 403),
        (jwt(shop.link(ana, f"ana-{shop.program_id}")), 403),
        (jwt("nobody", "redflag/check-ins.write"), 403),
    ):
        assert post(shop, body, by).status == status
    assert len(shop.register(ana).accepted) == 1


@pytest.mark.parametrize("role", ["kiosk", "backend"])
def test_another_client_may_not_import_whatever_its_token_says(shop: Shop, role: str) -> None:
    ana = shop.enrol()
    answer = post(shop, {"check_ins": [item(shop, ana, "1")]}, role)
    assert (answer.status, codes(answer.body["results"])) == (200, ["forbidden"])
    assert shop.register(ana).accepted == ()


def test_each_item_is_of_the_program_that_it_names(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    ana, cyd = shop.enrol(), other.enrol()
    results = batch(shop, item(shop, ana, "1"), item(other, cyd, "2"), item(shop, cyd, "3"))
    assert codes(results) == ["accepted", "not_found", "not_found"]
    assert other.register(cyd).accepted == ()
