"""The counts of flags, as the projector keeps them: whatever comes twice, late or in any order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redflag.core.counted import Counted, Numbers
from redflag.core.flags import Flag, FlagStatus, raise_flag
from redflag.core.instants import DAY, HOUR, parse_instant
from redflag.core.model import Finding, Member, RuleName
from redflag.core.rules import RULES
from redflag.service.flags import counting, recount
from redflag.store import counts, flags
from redflag.store.ids import check_in_id
from tests.cloud.faults import Call, between, failing
from tests.cloud.program import NOON, Shop
from tests.cloud.streams import Record, Streams, record, send

CLOUD = settings.get_profile("cloud")
NIGHT = parse_instant("2060-03-15T03:30:00.000Z")
"""Still the 14th in New York, where the shop's places are."""

OPEN = FlagStatus.OPEN
AFTER = {
    FlagStatus.OPEN: [FlagStatus.CONFIRMED, FlagStatus.VERIFIED, FlagStatus.RESOLVED],
    FlagStatus.CONFIRMED: [FlagStatus.OVERTURNED],
}


def new_flag(shop: Shop, number: int = 0, **more: Any) -> Flag:
    """A flag of a member of its own, that is in no table yet."""
    place = more.pop("place", shop.counter)
    rule = more.pop("rule", RuleName("visit_frequency"))
    at = more.pop("at", NOON)
    finding = Finding(rule, check_in_id(at, f"{number:011d}"), at, "Seen.", 5, 5, (), place)
    return raise_flag(Member(f"m_{number:013d}"), finding, 1)


class Ledger:
    """The flags of a program, and the records that their changes make."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.flags: dict[int, Flag] = {}
        self.records: list[Record] = []

    def write(self, number: int, flag: Flag) -> None:
        """Raise a flag, or write it in place of the one that stands."""
        database, known = self.shop.database, self.flags.get(number)
        database.commit([flags.save(database, self.shop.program_id, flag, known)])
        self.flags[number] = flag
        self._changed(flag)

    def erase(self, number: int) -> None:
        """Take a flag away, as erasing its member does."""
        flag = self.flags.pop(number, None)
        if flag is not None:
            self.shop.database.client.delete_item(
                TableName=self.shop.database.tables.members, Key=self._key(flag)
            )
            self._changed(flag)

    def _key(self, flag: Flag) -> dict[str, dict[str, str]]:
        return {
            "pk": {"S": f"{self.shop.program_id}#{flag.member_id}"},
            "sk": {"S": f"F#{flag.flag_id}"},
        }

    def _changed(self, flag: Flag) -> None:
        self.records.append(record(None, self._key(flag), NOON))


def numbers(shop: Shop) -> dict[Counted, int]:
    """What is counted, and that no number is below 0."""
    found: Numbers = Counter()
    for tally in counts.tallies(shop.database, shop.program_id).values():
        found.update(tally.numbers)
    assert all(number > 0 for number in found.values()), found
    return dict(found)


def expected(shop: Shop, *standing: Flag) -> dict[Counted, int]:
    return dict(Counter(counting.due(shop.program_id, flag) for flag in standing))


# ---------------------------------------------------------------- what a flag is counted as


@pytest.mark.parametrize(
    ("place", "zone", "day"),
    [
        pytest.param("counter", "UTC", date(2060, 3, 14), id="the location's own"),
        pytest.param("elsewhere", "UTC", date(2060, 3, 15), id="another location's"),
        pytest.param(None, "UTC", date(2060, 3, 15), id="nowhere: that of the notifications"),
        pytest.param(None, "America/New_York", date(2060, 3, 14), id="nowhere, in New York"),
        pytest.param("l_gone0000", "America/New_York", date(2060, 3, 14), id="a location that was deleted"),
    ],
)
def test_a_flag_is_counted_on_the_day_of_its_location(
    shop: Shop, place: str | None, zone: str, day: date
) -> None:
    shop.configure(notifications={"time_zone": zone})
    known = {"counter": shop.counter, "elsewhere": shop.place("l_elsewher", zone="Asia/Tokyo")}
    ledger = Ledger(shop)
    ledger.write(0, new_flag(shop, at=NIGHT, place=known.get(place, place) if place else None))
    assert send(shop, ledger.records) == []
    assert [each.day for each in numbers(shop)] == [day]


def test_a_flag_moves_with_every_decision_and_ends_with_its_member(shop: Shop) -> None:
    streams = Streams(shop)
    ana = shop.enrol()
    for action, status in (("flag", OPEN), ("block", "confirmed"), ("unblock", "overturned")):
        assert shop.of(f"POST {action}", ana, body={"reason": "Seen."}).status == 200
        assert send(shop, streams.look()) == []
        assert [(each.rule, each.status) for each in numbers(shop)] == [("manual", status)]
    assert shop.of("DELETE", ana).status == 204
    assert send(shop, streams.look()) == []
    assert numbers(shop) == {}
    assert counts.markers(shop.database, shop.program_id) == {}


def test_what_changes_nothing_about_where_a_flag_stands_writes_nothing(shop: Shop) -> None:
    ledger = Ledger(shop)
    ledger.write(0, new_flag(shop))
    assert send(shop, ledger.records) == []
    before = shop.partition("history", f"{shop.program_id}#counts")
    ledger.write(0, replace(ledger.flags[0], count=2, last_triggered_at=NOON + HOUR))
    assert send(shop, ledger.records) == []
    assert shop.partition("history", f"{shop.program_id}#counts") == before


STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["decide", "decide", "again", "erase", "follow"]),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=14,
)
KINDS = st.lists(
    st.tuples(
        st.sampled_from(list(RULES)),
        st.sampled_from(["counter", "annex", None]),
        st.sampled_from([NIGHT, NOON, NOON + HOUR]),
    ),
    min_size=4,
    max_size=4,
)


def _decided(flag: Flag, choice: int) -> Flag:
    ways = AFTER.get(flag.status)
    return replace(flag, status=ways[choice % len(ways)]) if ways else flag


@given(st.data(), STEPS, KINDS)
@settings(CLOUD, max_examples=60)
def test_records_in_any_order_and_number_end_in_the_same_counts(
    shop: Shop, data: st.DataObject, steps: list[tuple[int, str, int]], kinds: list[Any]
) -> None:
    mine = Shop.open(shop.backend, shop.database, shop.clock)
    ledger = Ledger(mine)
    for number, step, choice in steps:
        flag = ledger.flags.get(number)
        if step == "follow" and ledger.records:
            # Not all, and not in order: some of what has happened is followed before the rest happens.
            some = data.draw(st.lists(st.sampled_from(ledger.records), max_size=3))
            assert send(mine, some) == []
        elif step == "erase":
            ledger.erase(number)
        elif flag is None:
            rule, place, at = kinds[number]
            where = {"counter": mine.counter, "annex": mine.annex}.get(place)
            ledger.write(number, new_flag(mine, number, rule=rule, place=where, at=at))
        elif step == "decide":
            ledger.write(number, _decided(flag, choice))
        else:
            ledger.write(number, replace(flag, count=flag.count + 1))
    all_of_them = data.draw(st.permutations(ledger.records))
    again = data.draw(st.lists(st.sampled_from(ledger.records), max_size=6)) if ledger.records else []
    assert send(mine, [*all_of_them, *again]) == []
    assert numbers(mine) == expected(mine, *ledger.flags.values())
    assert recount.recount(mine.program_id).right


# ---------------------------------------------------------------- races and failures


def before_call(number: int, meanwhile: Callable[[], None]) -> Callable[[Call, Callable[[], Any]], Any]:
    """Let something happen before one of the calls, the first being 0."""
    calls = count()

    def around(_: Call, make: Callable[[], Any]) -> Any:
        if next(calls) == number:
            meanwhile()
        return make()

    return around


@pytest.mark.parametrize("number", [0, 1, 2, 3])
@pytest.mark.parametrize("counted_before", [True, False])
def test_a_flag_that_changes_at_any_point_of_a_count_ends_as_what_it_is(
    shop: Shop, number: int, *, counted_before: bool
) -> None:
    ledger = Ledger(shop)
    ledger.write(0, new_flag(shop))
    if counted_before:
        counting.count(shop.program_id, ledger.flags[0].flag_id)
        ledger.write(0, replace(ledger.flags[0], status=FlagStatus.CONFIRMED))
    after = replace(ledger.flags[0], status=AFTER[ledger.flags[0].status][0])
    happening = False

    def meanwhile() -> None:
        nonlocal happening
        if not happening:
            happening = True
            ledger.write(0, after)
            counting.count(shop.program_id, after.flag_id)

    with between(shop, before_call(number, meanwhile)):
        counting.count(shop.program_id, after.flag_id)
    meanwhile()
    assert numbers(shop) == expected(shop, after)


def test_a_record_that_cannot_be_followed_is_sent_again(shop: Shop) -> None:
    ledger = Ledger(shop)
    for number in (0, 1):
        ledger.write(number, new_flag(shop, number))
    unlucky = ledger.flags[1].flag_id
    with failing(
        shop,
        lambda call: call.operation == "TransactWriteItems" and unlucky in str(call.params),
        "ThrottlingException",
    ):
        assert send(shop, ledger.records) == [f"{2:025d}"]
    assert numbers(shop) == expected(shop, ledger.flags[0])
    assert send(shop, ledger.records) == []
    assert numbers(shop) == expected(shop, *ledger.flags.values())


# ---------------------------------------------------------------- counting anew


def counted(shop: Shop) -> Ledger:
    ledger = Ledger(shop)
    for number in range(3):
        ledger.write(number, new_flag(shop, number, at=NOON + number * DAY))
    assert send(shop, ledger.records) == []
    return ledger


def test_right_counts_are_left_alone(shop: Shop) -> None:
    counted(shop)
    before = shop.partition("history", f"{shop.program_id}#counts")
    assert recount.recount(shop.program_id).right
    recount.fix(shop.program_id)
    assert shop.partition("history", f"{shop.program_id}#counts") == before


def never_followed(shop: Shop, ledger: Ledger) -> None:
    ledger.write(7, new_flag(shop, 7))


def decided_unseen(_: Shop, ledger: Ledger) -> None:
    ledger.write(0, replace(ledger.flags[0], status=FlagStatus.RESOLVED))


def erased_unseen(_: Shop, ledger: Ledger) -> None:
    ledger.erase(0)


def wrong_number(shop: Shop, _: Ledger) -> None:
    _set(shop, "vi_open", 42)


def below_nothing(shop: Shop, _: Ledger) -> None:
    _set(shop, "ma_verified", -3)


def no_marker(shop: Shop, ledger: Ledger) -> None:
    _delete(shop, f"F#{ledger.flags[0].flag_id}")


def no_numbers(shop: Shop, _: Ledger) -> None:
    _delete(shop, f"D#2060-03-15#{shop.counter}")


def moved_by_hand(shop: Shop, ledger: Ledger) -> None:
    """A marker without its numbers: as many flags as before, of which one is marked otherwise."""
    key = {"pk": f"{shop.program_id}#counts", "sk": f"F#{ledger.flags[1].flag_id}"}
    _put(shop, key | {"counted": f"2060-03-15#vi#resolved#{shop.counter}"})


def made_up(shop: Shop, _: Ledger) -> None:
    key = {"pk": f"{shop.program_id}#counts", "sk": "D#2059-01-01#l_nowhere0"}
    shop.database.client.put_item(
        TableName=shop.database.tables.history,
        Item={k: {"S": v} for k, v in key.items()} | {"ba_open": {"N": "5"}},
    )


def _set(shop: Shop, name: str, number: int) -> None:
    shop.database.client.update_item(
        TableName=shop.database.tables.history,
        Key={"pk": {"S": f"{shop.program_id}#counts"}, "sk": {"S": f"D#2060-03-15#{shop.counter}"}},
        UpdateExpression=f"SET {name} = :n",
        ExpressionAttributeValues={":n": {"N": str(number)}},
    )


def _delete(shop: Shop, sort_key: str) -> None:
    shop.database.client.delete_item(
        TableName=shop.database.tables.history,
        Key={"pk": {"S": f"{shop.program_id}#counts"}, "sk": {"S": sort_key}},
    )


def _put(shop: Shop, item: dict[str, str]) -> None:
    shop.database.client.put_item(
        TableName=shop.database.tables.history, Item={k: {"S": v} for k, v in item.items()}
    )


WRONGS = [
    never_followed,
    decided_unseen,
    erased_unseen,
    wrong_number,
    below_nothing,
    no_marker,
    no_numbers,
    moved_by_hand,
    made_up,
]


@pytest.mark.parametrize("damage", WRONGS, ids=lambda each: each.__name__)
def test_whatever_is_wrong_is_found_and_put_right(shop: Shop, damage: Callable[[Shop, Ledger], None]) -> None:
    ledger = counted(shop)
    damage(shop, ledger)
    assert not recount.recount(shop.program_id).right
    recount.fix(shop.program_id)
    assert recount.recount(shop.program_id).right
    assert numbers(shop) == expected(shop, *ledger.flags.values())
    assert counts.markers(shop.database, shop.program_id).keys() == {f.flag_id for f in ledger.flags.values()}


def test_all_of_it_at_once_is_put_right(shop: Shop) -> None:
    ledger = counted(shop)
    for damage in WRONGS:
        if damage is not erased_unseen:
            damage(shop, ledger)
    erased_unseen(shop, ledger)
    recount.fix(shop.program_id)
    assert numbers(shop) == expected(shop, *ledger.flags.values())
    assert recount.recount(shop.program_id).right


def test_a_difference_says_what_is_counted_and_what_should_be(shop: Shop) -> None:
    ledger = counted(shop)
    decided_unseen(shop, ledger)
    found = recount.recount(shop.program_id)
    what = Counted(date(2060, 3, 15), shop.counter, RuleName("visit_frequency"), OPEN)
    assert found.differences == [
        recount.Difference(what, 1, 0),
        recount.Difference(replace(what, status=FlagStatus.RESOLVED), 0, 1),
    ]
    assert found.flags == [ledger.flags[0].flag_id]


def test_flags_that_move_while_counts_are_put_right_are_counted_once(shop: Shop) -> None:
    ledger = counted(shop)
    wrong_number(shop, ledger)
    made_up(shop, ledger)
    busy = False

    def around(call: Call, make: Callable[[], Any]) -> Any:
        nonlocal busy
        if not busy and call.operation == "UpdateItem" and ledger.flags[1].status is OPEN:
            busy = True
            for number in (0, 1, 2):
                ledger.write(number, replace(ledger.flags[number], status=FlagStatus.VERIFIED))
                counting.count(shop.program_id, ledger.flags[number].flag_id)
            busy = False
        return make()

    with between(shop, around):
        recount.fix(shop.program_id)
    assert {flag.status for flag in ledger.flags.values()} == {FlagStatus.VERIFIED}
    assert numbers(shop) == expected(shop, *ledger.flags.values())
    assert recount.recount(shop.program_id).right
