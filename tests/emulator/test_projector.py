"""What follows from the tables' streams: the history, and what a crash left out, exactly once."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from redflag.core.flags import Action
from redflag.core.instants import DAY, MINUTE, SECOND
from redflag.service.flags import decisions
from redflag.store import history
from tests.cloud.faults import Which, crashing_before, failing, writes_to
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import event_of, invoke
from tests.cloud.streams import Record, Streams, project, record, send

OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}
AT_A_PLACE = writes_to("PlacesTable", "#at#")
OF_A_PAIR = writes_to("PlacesTable", "#pair#")


@pytest.fixture
def streams(shop: Shop) -> Streams:
    return Streams(shop)


def everything(shop: Shop) -> dict[str, Any]:
    """All that is stored of a program."""
    tables = shop.database.tables
    return {
        f"{table} {item['pk']['S']} {item.get('sk', {}).get('S')}": item
        for table in (tables.members, tables.places, tables.history, tables.audit)
        for item in shop.backend.items(table)
        if item["pk"]["S"].startswith(shop.program_id)
    }


# ---------------------------------------------------------------- the history


def test_every_attempt_goes_into_the_history_with_how_it_ended(shop: Shop, streams: Streams) -> None:
    ana = shop.enrol()
    position = {"lat": 40.7, "lon": -73.9}
    accepted = shop.check_in(ana, device_id="till-1", position=position).body["check_in_id"]
    send(shop, streams.look())
    shop.clock.now += 7 * MINUTE
    assert shop.check_in(ana, device_id="till-2").code == "too_soon"
    send(shop, streams.look())
    first, second = shop.history(ana)
    assert (f"c_{first['sk']}", first["outcome"]) == (accepted, "accepted")
    assert (first["location_id"], first["device_id"]) == (shop.counter, "till-1")
    assert first["position"] == "40.70000,-73.90000"
    assert first["expires_at"] == (NOON + 400 * DAY) // SECOND
    assert (second["outcome"], second["device_id"]) == ("too_soon", "till-2")
    key = f"{shop.program_id}#{ana.member_id}"
    assert [a.outcome for a in history.recent(shop.database, key, now=NOON, days=400, limit=9)] == [
        "too_soon",
        "accepted",
    ]


def test_attempts_are_kept_for_as_long_as_the_settings_say(shop: Shop, streams: Streams) -> None:
    shop.configure(retention={"history_days": 30})
    ana = shop.enrol()
    shop.check_in(ana)
    send(shop, streams.look())
    (kept,) = shop.history(ana)
    assert kept["expires_at"] == (NOON + 30 * DAY) // SECOND


def test_the_events_in_the_repository_are_followed(shop: Shop) -> None:
    for name in ("members_stream", "places_stream"):
        assert invoke(shop.backend, "projector", event_of(name)) == {"batchItemFailures": []}
    items = shop.partition("history", "p_00000001#m_0000000000001")
    assert [item["outcome"] for item in items] == ["accepted"]


def test_what_is_no_register_place_or_pair_leads_to_nothing(shop: Shop, streams: Streams) -> None:
    shop.enrol(external_id="x#at#y")
    shop.enrol(external_id="x#pair#y")
    records = streams.look()
    before = everything(shop)
    assert send(shop, records) == []
    assert everything(shop) == before


def test_an_erased_members_history_is_swept_again(shop: Shop, streams: Streams) -> None:
    ana, ben = shop.enrol(), shop.enrol()
    for member in (ana, ben):
        shop.check_in(member)
    records = streams.look()
    gone = shop.register_item(ana)
    shop.database.client.delete_item(
        TableName=shop.database.tables.members, Key={name: gone[name] for name in ("pk", "sk")}
    )
    assert send(shop, [*records, record(gone, None, NOON)]) == []
    assert shop.history(ana) == []
    assert len(shop.history(ben)) == 1


def test_a_record_that_fails_is_told_of_and_those_before_it_are_done(shop: Shop, streams: Streams) -> None:
    members = [shop.enrol() for _ in range(3)]
    streams.look()
    for member in members:
        shop.check_in(member)
    records = [r for r in streams.look() if "sk" in r["dynamodb"]["Keys"]]
    unlucky = records[1]["dynamodb"]["Keys"]["pk"]["S"]
    with failing(
        shop, lambda call: "HistoryTable" in call.tables and unlucky in call.keys, "ThrottlingException"
    ):
        failed = send(shop, records)
    assert failed == [f"{2:025d}"]
    assert send(shop, records[1:]) == []
    assert [len(shop.history(member)) for member in members] == [1, 1, 1]


# ---------------------------------------------------------------- the same records again


def busy(shop: Shop, streams: Streams) -> list[Record]:
    """An afternoon with pairs, runs, refusals, a suspension and a verification; all its records."""
    shop.configure(
        visit_frequency={"mode": "on", "limit": 4},
        consecutive_check_ins={"mode": "on", "limit": 3},
        back_to_back=PAIRS,
    )
    members = [shop.enrol() for _ in range(3)]
    records = streams.look()
    for hour in range(4):
        for minute, member in enumerate(members):
            shop.clock.now = NOON + hour * 60 * MINUTE + minute * MINUTE
            shop.check_in(member)
            shop.check_in(member)
            records += streams.look()
        if hour == 1:
            decisions.decide_on(
                Action.VERIFY,
                shop.program_id,
                members[0].member_id,
                by="owner",
                reason="Works here.",
                now=shop.clock.now,
            )
            records += streams.look()
    return records


def test_records_that_come_twice_or_out_of_order_change_nothing(shop: Shop, streams: Streams) -> None:
    records = busy(shop, streams)
    assert send(shop, records) == []
    streams.look()
    after = everything(shop)
    assert len([key for key in after if "-HistoryTable" in key and "#counts" not in key]) == 24
    for order in (records, records[::-1], random.Random(5).sample(records, len(records))):
        assert send(shop, order) == []
        assert everything(shop) == after
    shop.audit()


# ---------------------------------------------------------------- crashes


def pairs_of_visits(shop: Shop, ana: Enrolled, ben: Enrolled, *, crash: Which | None) -> None:
    """Two days on which one follows the other; the process ends on the second."""
    for day in (2, 1):
        shop.check_in(ana, NOON - day * DAY, key=f"ana {day}")
        if day == 1 and crash is not None:
            with crashing_before(shop, crash):
                shop.check_in(ben, NOON - day * DAY + MINUTE, key=f"ben {day}")
        else:
            shop.check_in(ben, NOON - day * DAY + MINUTE, key=f"ben {day}")


def of_member(which: Callable[[Shop], Enrolled]) -> Callable[[Shop], Which]:
    """Transactions that flag a member."""

    def crash(shop: Shop) -> Which:
        part = which(shop).member_id
        return lambda call: call.operation == "TransactWriteItems" and any(part in key for key in call.keys)

    return crash


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(lambda _: AT_A_PLACE, id="before the place is told"),
        pytest.param(lambda _: OF_A_PAIR, id="before the pair is counted"),
        pytest.param(of_member(lambda shop: shop.enrolled[0]), id="before the first is flagged"),
        pytest.param(of_member(lambda shop: shop.enrolled[1]), id="before the second is flagged"),
    ],
)
def test_what_a_crash_left_out_is_made_good_once(
    shop: Shop, streams: Streams, point: Callable[[Shop], Which]
) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    pairs_of_visits(shop, ana, ben, crash=point(shop))
    assert shop.rules(ana) == set() or shop.rules(ben) == set()
    for _ in range(4):
        # What repairs makes records too.
        records = streams.look()
        assert send(shop, records) == []
        assert send(shop, records) == []
    assert len(shop.arrivals()) == 4
    assert len(shop.pair(ana, ben)) == 2
    for member in (ana, ben):
        assert shop.rules(member) == {"back_to_back"}
        assert [flag.count for flag in shop.flags(member)] == [1]


def test_repaired_or_not_all_stands_as_if_nothing_had_crashed(shop: Shop) -> None:
    states = []
    for crash in (None, AT_A_PLACE, OF_A_PAIR):
        twin = Shop.open(shop.backend, shop.database, shop.clock)
        twin.configure(visit_frequency=OFF, back_to_back=PAIRS, automatically_suspend=True)
        ana, ben = twin.enrol(), twin.enrol()
        streams = Streams(twin)
        streams.look()
        pairs_of_visits(twin, ana, ben, crash=crash)
        for _ in range(4):
            send(twin, streams.look())
        states.append(
            [
                [(f.rule, f.raised_at, f.count, f.sentence, len(f.occurrences)) for f in twin.flags(member)]
                + [twin.register(member).member.access, len(twin.history(member))]
                for member in (ana, ben)
            ]
            + [len(twin.arrivals()), len(twin.pair(ana, ben)), [e["action"] for e in twin.audit()]]
        )
    assert states[0] == states[1] == states[2]
    assert states[0][-1] == ["suspend", "suspend"]


def test_the_caller_is_answered_when_only_the_place_is_out_of_reach(shop: Shop, streams: Streams) -> None:
    ana = shop.enrol()
    with failing(shop, AT_A_PLACE, "ProvisionedThroughputExceededException"):
        answer = shop.check_in(ana)
    assert answer.status == 201
    assert shop.arrivals() == []
    send(shop, streams.look())
    assert shop.arrivals() == [answer.body["check_in_id"]]


# ---------------------------------------------------------------- when the stream lags behind


def test_a_place_that_has_forgotten_an_arrival_is_not_told_of_it_again(shop: Shop, streams: Streams) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana = shop.enrol()
    streams.look()
    shop.check_in(ana, NOON - DAY)
    lagging = streams.look()
    # An import goes on, not in the order of time, until the place has forgotten.
    for number in range(17):
        minutes = -30 if number == 1 else number
        shop.check_in(shop.enrol(), NOON - DAY + minutes * MINUTE)
    before = shop.arrivals()
    assert send(shop, lagging) == []
    assert shop.arrivals() == before


def test_a_busy_place_is_told_of_what_a_crash_kept_from_it(shop: Shop, streams: Streams) -> None:
    ana = shop.enrol()
    for _ in range(16):
        assert shop.check_in(shop.enrol()).status == 201
    shop.clock.now += MINUTE
    streams.look()
    with crashing_before(shop, AT_A_PLACE):
        shop.check_in(ana)
    records = streams.look()
    for _ in range(15):
        assert shop.check_in(shop.enrol()).status == 201
    for _ in range(2):
        assert send(shop, records) == []
        assert shop.arrivals()[0] == shop.register(ana).accepted[0].check_in_id


def test_a_pair_that_has_forgotten_an_occurrence_does_not_count_it_again(
    shop: Shop, streams: Streams
) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    streams.look()
    shop.check_in(ana, NOON)
    shop.check_in(ben, NOON)
    shop.clock.now += 1
    lagging = streams.look()
    for _ in range(9):
        for member in (ana, ben):
            shop.clock.now += MINUTE
            shop.check_in(member)
    before = everything(shop)
    assert send(shop, lagging) == []
    after = everything(shop)
    assert {k: v for k, v in after.items() if "History" not in k} == {
        k: v for k, v in before.items() if "History" not in k
    }


def test_a_flag_whose_evidence_is_full_is_not_added_to_by_what_it_has_let_go(
    shop: Shop, streams: Streams
) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF, back_to_back=PAIRS)
    ana, others = shop.enrol(), [shop.enrol() for _ in range(6)]
    streams.look()
    records: list[Record] = []
    for other in others:
        for _ in range(2):
            for member in (ana, other):
                shop.clock.now += MINUTE
                shop.check_in(member)
        records += streams.look()
    before = {key: item for key, item in everything(shop).items() if "History" not in key}
    (flag,) = shop.flags(ana)
    assert len(flag.occurrences) == 20
    assert flag.count > 5
    assert send(shop, records) == []
    assert {key: item for key, item in everything(shop).items() if "History" not in key} == before


def test_what_staff_have_decided_on_is_not_flagged_again_when_records_come_late(
    shop: Shop, streams: Streams
) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    streams.look()
    records: list[Record] = []
    for _ in range(3):
        for member in (ana, ben):
            shop.clock.now += MINUTE
            shop.check_in(member)
            records += streams.look()
    for member in (ana, ben):
        decisions.decide_on(
            Action.BLOCK, shop.program_id, member.member_id, by="owner", reason="Seen.", now=shop.clock.now
        )
    before = {key: item for key, item in everything(shop).items() if "History" not in key}
    for order in (records, records[::-1]):
        assert send(shop, order) == []
        assert {key: item for key, item in everything(shop).items() if "History" not in key} == before
    assert [flag.status for flag in shop.flags(ana)] == ["confirmed"]


def test_following_a_whole_program_afresh_changes_only_the_history(shop: Shop, streams: Streams) -> None:
    busy(shop, streams)
    before = {key: item for key, item in everything(shop).items() if "History" not in key}
    project(shop)
    assert {key: item for key, item in everything(shop).items() if "History" not in key} == before
