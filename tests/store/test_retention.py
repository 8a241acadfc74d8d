"""What the history holds already follows the settings, step by step."""

from itertools import chain, count
from unittest.mock import patch

import pytest

from redflag.core.instants import DAY, HOUR, SECOND
from redflag.service.members import retention
from tests.cloud.faults import crashing_before, watching, writes_to
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import Streams, project, send

OFF = {"mode": "off"}


def busy(shop: Shop) -> list[Enrolled]:
    """Three members with one, five and no attempts; another program has one too."""
    shop.configure(visit_frequency=OFF)
    members = [shop.enrol(name=name) for name in ("Bea|1", "Cy", "Dee")]
    streams = Streams(shop)
    for hours in (1, 3, 5, 7, 9):
        shop.check_in(members[1], NOON - hours * HOUR)
        if hours == 1:
            shop.check_in(members[0], NOON - 900 * DAY)
        send(shop, streams.look())
    return members


def keep_for(shop: Shop, days: int) -> None:
    shop.configure(visit_frequency=OFF, retention={"history_days": days})


def expiries(shop: Shop, members: list[Enrolled]) -> list[list[int]]:
    """For how many days from now each attempt of each member is kept."""
    return [[(i["expires_at"] * SECOND - NOON) // DAY for i in shop.history(m)] for m in members]


def apply(shop: Shop) -> int:
    """All steps; answers how many there were."""
    after, steps = None, 0
    while True:
        steps += 1
        assert steps < 50
        after = retention.apply(shop.program_id, after)
        if after is None:
            return steps


def attempts(shop: Shop, member: Enrolled) -> int:
    return len(shop.of("GET export", member).body["attempts"])


def test_a_shorter_time_holds_for_what_stands_already_and_a_longer_one_gives_it_back(shop: Shop) -> None:
    members = busy(shop)
    assert expiries(shop, members) == [[400], [400] * 5, []]
    for days in (30, 1, 500, 400):
        keep_for(shop, days)
        assert apply(shop) == 1
        assert expiries(shop, members) == [[days], [days] * 5, []]


def test_readers_follow_at_once_and_what_the_steps_have_not_reached_is_not_shown(shop: Shop) -> None:
    bea, cy, _ = busy(shop)
    shop.clock.now = NOON + 40 * DAY
    assert [attempts(shop, bea), attempts(shop, cy)] == [1, 5]
    keep_for(shop, 30)
    assert [attempts(shop, bea), attempts(shop, cy)] == [0, 0]
    assert shop.of("GET", cy).body["recent_attempts"] == []
    assert expiries(shop, [cy]) == [[400] * 5]
    keep_for(shop, 41)
    assert [attempts(shop, bea), attempts(shop, cy)] == [1, 5]


def test_doing_it_again_writes_nothing(shop: Shop) -> None:
    busy(shop)
    keep_for(shop, 30)
    apply(shop)
    with watching(shop) as calls:
        apply(shop)
    assert {call.operation for call in calls} == {"GetItem", "Query"}


@pytest.mark.parametrize(("members", "items"), [(1, 200), (25, 1), (1, 1), (2, 2), (25, 3), (25, 5)])
def test_each_step_is_bounded_and_together_they_leave_nothing_out(
    shop: Shop, members: int, items: int
) -> None:
    everyone = busy(shop)
    keep_for(shop, 30)
    after, most = None, 0
    with patch.multiple(retention, _MEMBERS=members, _ITEMS=items):
        for _ in range(50):
            with watching(shop) as calls:
                after = retention.apply(shop.program_id, after)
            most = max(most, sum(call.operation == "UpdateItem" for call in calls))
            if after is None:
                break
    assert after is None
    assert most < 2 * items
    assert expiries(shop, everyone) == [[30], [30] * 5, []]


def test_a_step_that_was_broken_off_is_done_again(shop: Shop) -> None:
    members = busy(shop)
    keep_for(shop, 30)
    writes, number = writes_to("HistoryTable"), count(1)
    with crashing_before(shop, lambda call: writes(call) and next(number) == 3):
        retention.apply(shop.program_id, None)
    assert sorted(chain(*expiries(shop, members))) == [30] * 2 + [400] * 4
    apply(shop)
    assert expiries(shop, members) == [[30], [30] * 5, []]


def test_another_program_keeps_what_it_has(shop: Shop) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    cyd = other.enrol()
    other.check_in(cyd)
    project(other)
    busy(shop)
    keep_for(shop, 1)
    apply(shop)
    assert [item["expires_at"] for item in other.history(cyd)] == [(NOON + 400 * DAY) // SECOND]
