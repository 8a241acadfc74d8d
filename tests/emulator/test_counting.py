"""The counts of flags, with many who count at once."""

from collections import Counter
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from redflag.core.counted import Numbers
from redflag.core.flags import Action, FlagStatus
from redflag.core.instants import MINUTE
from redflag.service.flags import counting, decisions, recount
from redflag.store import counts, flags
from tests.cloud.faults import crashing_before, writes_to
from tests.cloud.program import Shop
from tests.cloud.streams import Streams, send
from tests.emulator.threads import at_once

OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}


@pytest.fixture
def streams(shop: Shop) -> Streams:
    return Streams(shop)


def numbers(shop: Shop) -> dict[tuple[str, str], int]:
    """How many flags are counted, by rule and status."""
    found: Numbers = Counter()
    for tally in counts.tallies(shop.database, shop.program_id).values():
        found.update(tally.numbers)
    return {(str(each.rule), str(each.status)): number for each, number in found.items()}


def decide(shop: Shop, number: int, action: Action) -> None:
    member_id = shop.enrolled[number].member_id
    decisions.decide_on(action, shop.program_id, member_id, by="owner", reason="Seen.", now=shop.clock.now)


def test_the_counts_follow_from_check_ins_and_decisions(shop: Shop, streams: Streams) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for minutes in range(2):
        for member in (ana, ben):
            shop.clock.now += (61 if member is ana else 1 + minutes) * MINUTE
            shop.check_in(member)
    assert send(shop, streams.look()) == []
    assert numbers(shop) == {("back_to_back", "open"): 2}
    decide(shop, 0, Action.BLOCK)
    decide(shop, 1, Action.VERIFY)
    assert send(shop, streams.look()) == []
    assert numbers(shop) == {("back_to_back", "confirmed"): 1, ("back_to_back", "verified"): 1}
    decide(shop, 0, Action.UNBLOCK)
    records = streams.look()
    for order in (records, records[::-1], Random(7).sample(records, len(records))):
        assert send(shop, order) == []
        assert numbers(shop) == {("back_to_back", "overturned"): 1, ("back_to_back", "verified"): 1}
    assert recount.recount(shop.program_id).right


def test_a_projector_that_ends_before_it_has_counted_counts_when_it_is_called_again(
    shop: Shop, streams: Streams
) -> None:
    shop.enrol()
    decide(shop, 0, Action.FLAG)
    records = streams.look()
    with crashing_before(shop, writes_to("HistoryTable", "#counts")):
        send(shop, records)
    assert numbers(shop) == {}
    assert send(shop, records) == []
    assert numbers(shop) == {("manual", "open"): 1}


def test_flags_are_counted_once_by_as_many_as_count_them(shop: Shop) -> None:
    for number in range(3):
        shop.enrol()
        decide(shop, number, Action.FLAG)
    ids = [flag.flag_id for member in shop.enrolled for flag in shop.flags(member)]
    jobs = [partial(counting.count, shop.program_id, flag_id) for flag_id in ids for _ in range(2)]
    at_once(shop.backend, "projector", jobs)
    assert numbers(shop) == {("manual", "open"): 3}


def test_flags_that_change_while_they_are_counted_and_mended_end_as_what_they_are(shop: Shop) -> None:
    for number in range(3):
        shop.enrol()
        decide(shop, number, Action.FLAG)
    standing = [flag for member in shop.enrolled for flag in shop.flags(member)]

    def change(number: int) -> None:
        before = standing[number]
        after = replace(before, status=FlagStatus.RESOLVED, decided_at=shop.clock.now)
        shop.database.commit([flags.save(shop.database, shop.program_id, after, before)])
        counting.count(shop.program_id, before.flag_id)

    jobs = [partial(counting.count, shop.program_id, flag.flag_id) for flag in standing]
    jobs += [partial(change, number) for number in range(3)]
    at_once(shop.backend, None, [*jobs, partial(recount.fix, shop.program_id)])
    assert numbers(shop) == {("manual", "resolved"): 3}
    assert recount.recount(shop.program_id).right
