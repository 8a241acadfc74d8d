"""The same request again, with the same Idempotency-Key: the first answer, and nothing changes."""

import pytest

from redflag.core.flags import Action
from redflag.core.instants import DAY, HOUR, MINUTE
from redflag.service.flags import decisions
from redflag.store.ids import new_location_id
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import project

OFF = {"mode": "off"}


def decide(shop: Shop, member: Enrolled, *actions: Action) -> None:
    for action in actions:
        decisions.decide_on(
            action, shop.program_id, member.member_id, by="owner", reason="Seen twice.", now=shop.clock.now
        )


def test_a_repeat_is_answered_as_the_first_time_and_changes_nothing(shop: Shop) -> None:
    ana = shop.enrol()
    first = shop.check_in(ana, key="k1", device_id="till-1")
    before = shop.register_item(ana)
    shop.clock.now += 5
    again = shop.check_in(ana, key="k1", device_id="till-1")
    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert shop.register_item(ana) == before
    assert len(shop.arrivals()) == 1


def test_a_repeat_is_known_after_the_cooldown_and_after_other_check_ins(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    first = shop.check_in(ana, key="k1")
    for number in range(1, 6):
        shop.clock.now = NOON + number * DAY
        shop.check_in(ben, key=f"b{number}")
        assert shop.check_in(ana, key=f"a{number}").status == 201
    before = shop.register_item(ana)
    assert shop.check_in(ana, key="k1").body == first.body
    assert shop.register_item(ana) == before


def test_a_member_who_was_blocked_since_still_gets_the_first_answer(shop: Shop) -> None:
    ana = shop.enrol()
    first = shop.check_in(ana, key="k1")
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    assert shop.check_in(ana, key="k1").body == first.body
    assert shop.check_in(ana, key="k2").code == "account_blocked"


def test_a_repeat_by_phone_of_a_request_by_id_is_the_same_request(shop: Shop) -> None:
    ana = shop.enrol()
    first = shop.check_in(ana, key="k1")
    assert shop.check_in({"phone": ana.phone}, key="k1").body == first.body


def test_a_repeat_that_once_was_too_soon_is_so_again_when_it_no_longer_would_be(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, key="k1")
    shop.clock.now += MINUTE
    first = shop.check_in(ana, key="k2")
    shop.clock.now = NOON + 3 * HOUR
    before = shop.register_item(ana)
    again = shop.check_in(ana, key="k2")
    assert (again.status, again.body) == (first.status, first.body) == (409, first.body)
    assert again.headers["retry-after"] == "1"
    assert shop.register_item(ana) == before
    assert shop.check_in(ana, key="k3").status == 201


def test_a_refusal_for_a_block_is_repeated_after_the_block_is_lifted(shop: Shop) -> None:
    ana = shop.enrol()
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    first = shop.check_in(ana, key="k1")
    decide(shop, ana, Action.UNBLOCK)
    assert shop.check_in(ana, key="k1").body == first.body
    assert shop.check_in(ana, key="k2").status == 201


def test_a_refusal_outside_hours_is_repeated_when_open_and_flags_once(shop: Shop) -> None:
    place = shop.place(new_location_id(), {"mon": [{"open": "09:00", "close": "17:00"}]})
    shop.configure(outside_hours={"mode": "on"})
    ana = shop.enrol()
    first = shop.check_in(ana, key="k1", place=place)
    shop.clock.now += 2 * HOUR
    assert shop.check_in(ana, key="k1", place=place).body == first.body
    assert [flag.count for flag in shop.flags(ana)] == [1]
    assert shop.check_in(ana, key="k2", place=place).status == 201


def test_the_check_in_that_raised_a_flag_repeats_without_another_trigger(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2}, automatically_suspend=True)
    ana = shop.enrol()
    shop.check_in(ana, NOON - DAY, key="k1")
    first = shop.check_in(ana, NOON, key="k2")
    assert shop.check_in(ana, NOON, key="k2").body == first.body
    assert [flag.count for flag in shop.flags(ana)] == [1]
    assert len(shop.audit()) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"device_id": "till-2"}, id="another device"),
        pytest.param({"position": {"lat": 1, "lon": 2}}, id="a position"),
        pytest.param({"occurred_at": "2060-03-15T11:59:59.999Z"}, id="another time"),
        pytest.param({"location_id": "annex"}, id="another place"),
    ],
)
def test_a_key_that_came_with_another_request_is_refused(shop: Shop, other: dict[str, str]) -> None:
    ana = shop.enrol()
    body = {
        "program_id": shop.program_id,
        "location_id": shop.counter,
        "member": {"member_id": ana.member_id},
        "device_id": "till-1",
        "occurred_at": "2060-03-15T12:00:00.000Z",
    }
    assert shop.post_check_in(body, key="k1").status == 201
    before = shop.register_item(ana)
    if "location_id" in other:
        other = {"location_id": shop.annex}
    answer = shop.post_check_in(body | other, key="k1")
    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert shop.register_item(ana) == before


def test_a_key_that_came_with_a_refused_request_is_refused_for_another_too(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, key="k1")
    shop.check_in(ana, key="k2")
    assert shop.check_in(ana, key="k2", place=shop.annex).code == "idempotency_key_reused"


def test_two_members_may_use_the_same_key(shop: Shop) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    one, other = shop.check_in(ana, key="1"), shop.check_in(ben, key="1")
    assert (one.status, other.status) == (201, 201)
    assert one.body["check_in_id"] != other.body["check_in_id"]


def test_without_a_key_every_request_is_a_new_one(shop: Shop) -> None:
    ana = shop.enrol()
    assert shop.check_in(ana).status == 201
    assert shop.check_in(ana).code == "too_soon"


# ---------------------------------------------------------------- late


def full(shop: Shop) -> Enrolled:
    """A member with sixteen check-ins, a day apart, the newest a day ago."""
    shop.configure(visit_frequency=OFF)
    ana = shop.enrol()
    for day in range(16, 0, -1):
        assert shop.check_in(ana, NOON - day * DAY, key=f"day {day}").status == 201
    return ana


def test_what_is_older_than_the_newest_sixteen_is_kept_in_the_history_and_repeats(shop: Shop) -> None:
    ana = full(shop)
    before = shop.register(ana).accepted
    arrived = shop.arrivals()
    first = shop.check_in(ana, NOON - 30 * DAY, key="old", device_id="till-9")
    assert first.status == 201
    assert shop.register(ana).accepted == before
    assert shop.arrivals() == arrived
    (kept,) = shop.history(ana)
    assert (kept["outcome"], kept["device_id"]) == ("accepted", "till-9")
    again = shop.check_in(ana, NOON - 30 * DAY, key="old", device_id="till-9")
    assert (again.status, again.body) == (201, first.body)
    assert shop.history(ana) == [kept]
    assert shop.check_in(ana, NOON - 30 * DAY, key="old").code == "idempotency_key_reused"


def test_what_has_left_the_register_repeats_from_the_history(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF)
    ana = shop.enrol()
    first = shop.check_in(ana, NOON - 17 * DAY, key="first")
    project(shop)
    for day in range(16, 0, -1):
        shop.check_in(ana, NOON - day * DAY, key=f"day {day}")
    before = shop.register_item(ana)
    assert shop.check_in(ana, NOON - 17 * DAY, key="first").body == first.body
    assert shop.register_item(ana) == before


def test_a_refusal_that_has_left_the_register_repeats_from_the_history(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF)
    ana = shop.enrol()
    shop.check_in(ana, NOON - 20 * DAY)
    refused = []
    for number in range(5):
        refused.append(shop.check_in(ana, NOON - 20 * DAY + number * MINUTE, key=f"soon {number}"))
        project(shop)
    assert {answer.code for answer in refused} == {"too_soon"}
    for day in range(16, 0, -1):
        shop.check_in(ana, NOON - day * DAY)
    before = shop.register_item(ana)
    for number, first in enumerate(refused):
        again = shop.check_in(ana, NOON - 20 * DAY + number * MINUTE, key=f"soon {number}")
        assert (again.status, again.body) == (first.status, first.body)
    assert shop.register_item(ana) == before
