"""What a clean check-in may cost: calls counted at the client, units computed from what was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from redflag.core.decide import Outcome
from redflag.core.flags import flag_id_for
from redflag.core.instants import DAY, HOUR, MINUTE
from redflag.core.model import Access, CheckIn, Finding, Member, Position
from redflag.core.rules import RULES
from redflag.store.database import typed
from redflag.store.ids import check_in_id, new_location_id, new_member_id, new_program_id
from redflag.store.places import place_key
from redflag.store.register import REFUSALS_KEPT, Register
from redflag.store.slots import Details, Slot
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.sizes import KB, size_of, write_units
from tests.cloud.streams import Streams, send

LONGEST_DEVICE = "d" * 36
FARTHEST = Position(-89.123456, -179.123456, 99_999.9)
PAIRS = {"mode": "on", "limit": 10, "max_gap_minutes": 60}


@contextmanager
def counted(shop: Shop) -> Iterator[list[tuple[str, str]]]:
    """The calls that leave botocore: operation and table."""
    calls: list[tuple[str, str]] = []

    def count(model: Any, params: dict[str, Any], **_: Any) -> None:
        calls.append((model.name, _table(params)))

    events = shop.backend.dynamodb.meta.events
    events.register("before-call.dynamodb", count)
    try:
        yield calls
    finally:
        events.unregister("before-call.dynamodb", count)


def _table(params: dict[str, Any]) -> str:
    return next(
        name for name in ("Members", "Places", "Programs", "History", "Audit") if name in str(params["body"])
    )


@pytest.fixture
def ana(shop: Shop) -> Enrolled:
    """A member who has been here before, on a function that is warm."""
    ana = shop.enrol()
    shop.check_in({"phone": ana.phone}, NOON - DAY)
    return ana


def test_a_clean_check_in_by_member_id_makes_two_writes_and_reads_nothing(shop: Shop, ana: Enrolled) -> None:
    with counted(shop) as calls:
        assert shop.check_in(ana, key="k1", device_id="till-1", position={"lat": 1, "lon": 2}).status == 201
    assert calls == [("UpdateItem", "Members"), ("UpdateItem", "Places")]


def test_one_by_phone_looks_the_number_up_first(shop: Shop, ana: Enrolled) -> None:
    reads: list[dict[str, Any]] = []
    shop.backend.dynamodb.meta.events.register(
        "provide-client-params.dynamodb.GetItem", lambda params, **_: reads.append(params), unique_id="reads"
    )
    with counted(shop) as calls:
        assert shop.check_in({"phone": ana.phone}).status == 201
    shop.backend.dynamodb.meta.events.unregister("provide-client-params.dynamodb.GetItem", unique_id="reads")
    assert calls == [("GetItem", "Members"), ("UpdateItem", "Members"), ("UpdateItem", "Places")]
    assert [read["ConsistentRead"] for read in reads] == [False]


def test_following_another_member_costs_one_write_more(shop: Shop, ana: Enrolled) -> None:
    shop.configure(back_to_back=PAIRS)
    ben = shop.enrol()
    shop.check_in(ben, NOON - MINUTE)
    with counted(shop) as calls:
        assert shop.check_in(ana).status == 201
    assert calls == [("UpdateItem", "Members"), ("UpdateItem", "Places"), ("UpdateItem", "Places")]


def test_with_every_rule_on_a_clean_check_in_costs_the_same(shop: Shop, ana: Enrolled) -> None:
    shop.configure(
        visit_frequency={"mode": "shadow", "limit": 15, "window_days": 90},
        consecutive_check_ins={"mode": "on", "limit": 10},
        back_to_back=PAIRS,
        point_edits={"mode": "on"},
        outside_hours={"mode": "on", "override_open": "00:00", "override_close": "24:00"},
        automatically_suspend=True,
    )
    shop.check_in(shop.enrol(), NOON - 10 * HOUR)
    with counted(shop) as calls:
        assert shop.check_in(ana).status == 201
    assert calls == [("UpdateItem", "Members"), ("UpdateItem", "Places")]


def test_the_fortieth_check_in_costs_what_the_second_does(shop: Shop, ana: Enrolled) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 5, "window_days": 1})
    shop.check_in(shop.enrol(), NOON - HOUR)
    sizes = []
    for number in range(40):
        shop.clock.now = NOON + number * DAY
        with counted(shop) as calls:
            assert shop.check_in(ana, device_id=LONGEST_DEVICE).status == 201
        assert calls == [("UpdateItem", "Members"), ("UpdateItem", "Places")]
        sizes.append(size_of(shop.register_item(ana)))
    assert max(sizes) == sizes[20] < KB


def test_a_clean_check_in_takes_two_write_units_and_one_more_for_the_history(
    shop: Shop, ana: Enrolled
) -> None:
    shop.check_in(ana)
    place = shop.item("places", {"pk": place_key(shop.program_id, shop.counter)})
    assert place is not None
    assert write_units(shop.register_item(ana)) + write_units(place) == 2
    records = [r for r in Streams(shop).look() if r["dynamodb"]["Keys"].get("sk") == {"S": "R"}]
    with counted(shop) as calls:
        send(shop, records)
    written = [table for operation, table in calls if operation != "GetItem"]
    assert written == ["History"] * 2
    assert [write_units(typed(item)) for item in shop.history(ana)] == [1, 1]


# ---------------------------------------------------------------- the heaviest items there can be


def heaviest_register() -> Register:
    """Every slot taken, every flag open, everything as long as it can be."""
    member_id, location_id = new_member_id(), new_location_id()
    latest = 2**45 - 1
    slots = tuple(Slot(latest, f"{n:011d}", "dgst", location_id) for n in range(16))
    refused = tuple(
        Slot(latest, f"r{n:010d}", "dgst", location_id, Outcome.OUTSIDE_BUSINESS_HOURS, latest)
        for n in range(REFUSALS_KEPT)
    )
    flags = {
        rule: flag_id_for(member_id, Finding(rule, check_in_id(latest, "0" * 11), 0, "", 0, 0, ()))
        for rule in RULES
    }
    member = Member(
        member_id,
        access=max(Access, key=len),
        platform_blocked=True,
        trusted=True,
        baseline=latest,
        check_ins=tuple(CheckIn(s.check_in_id, location_id, latest) for s in slots),
        open_flags=flags,
    )
    details = Details("0" * 11, LONGEST_DEVICE, FARTHEST)
    return Register(new_program_id(), member, 999_999_998, slots, refused, details)


def test_the_heaviest_register_takes_one_write_unit() -> None:
    item = typed(heaviest_register().item())
    assert len(item["of"]["M"]) == len(RULES)
    assert size_of(item) < KB


@pytest.mark.parametrize("device", ["ü" * 18, "🚩" * 9, "d" * 36])
def test_no_device_makes_a_register_heavier_whatever_its_letters(shop: Shop, device: str) -> None:
    ana = shop.enrol()
    assert shop.check_in(ana, device_id=device).status == 201
    assert shop.check_in(shop.enrol(), device_id=device + "d").fields == {"device_id"}
    details = shop.register_item(ana)["d"]["S"]
    assert len(details.encode()) == 11 + 2 + 36


@pytest.mark.parametrize("match_on", ["location", "position"])
def test_full_places_and_pairs_take_one_write_unit(shop: Shop, match_on: str) -> None:
    shop.configure(
        cooldown_minutes=0, visit_frequency={"mode": "off"}, back_to_back=PAIRS | {"match_on": match_on}
    )
    ana, ben = shop.enrol(), shop.enrol()
    position = {"lat": FARTHEST.lat, "lon": FARTHEST.lon}
    for _ in range(9):
        for member in (ana, ben):
            shop.clock.now += 1
            assert shop.check_in(member, position=position, device_id=LONGEST_DEVICE).status == 201
    items = {item["pk"]["S"]: item for item in shop.backend.items(shop.database.tables.places)}
    assert len(items) == 2
    for key, item in items.items():
        assert item["s15"]["S"]
        assert size_of(item) < KB, key
    assert any("cell:" in key for key in items) is (match_on == "position")


def test_sizes_are_counted_by_the_documented_rules() -> None:
    assert size_of({"a": {"S": ""}}) == 1
    assert size_of({"ab": {"S": "ü"}}) == 4
    assert size_of({"n": {"N": "0"}}) == 3
    assert size_of({"n": {"N": "-12345"}}) == 5
    assert size_of({"n": {"N": "1200"}}) == 3
    assert size_of({"b": {"BOOL": True}}) == 2
    assert size_of({"m": {"M": {"k": {"S": "v"}, "l": {"S": "w"}}}}) == 1 + 3 + 2 + 4
    assert (write_units({"a": {"S": "x" * 1023}}), write_units({"a": {"S": "x" * 1024}})) == (1, 2)
