"""What the demo replays: chosen the same way every time, with people who do not exist."""

import phonenumbers
import pytest
from demo_visits import Basket, choose, invent_members, moved, weeks_until

from redflag.core.instants import DAY, SECOND

WEEK = 7 * DAY


def baskets(*stores: str) -> list[Basket]:
    return [Basket(index, str(index), store, index * DAY) for index, store in enumerate(stores)]


def test_the_fewest_stores_with_enough_visits_are_chosen() -> None:
    year = baskets("a", "b", "a", "c", "a", "b", "c", "a")
    assert {basket.store for basket in choose(year, weeks=2, visits=4)} == {"a"}
    assert {basket.store for basket in choose(year, weeks=2, visits=5)} == {"a", "b"}
    assert len(choose(year, weeks=2, visits=5)) == 6


def test_only_the_last_weeks_count_and_their_order_stays() -> None:
    year = baskets(*"abcdefghijklmnopqrstuvwxyz")
    chosen = choose(year, weeks=1, visits=100)
    assert [basket.store for basket in chosen] == list("tuvwxyz")


def test_visits_move_by_whole_weeks_to_end_within_the_last_seven_days() -> None:
    year = baskets("a", "b")
    now = 100 * WEEK + 5 * DAY
    weeks = weeks_until(now, year)
    assert now - WEEK < moved(year[-1].at, weeks) <= now
    assert (moved(year[-1].at, weeks) - year[-1].at) % WEEK == 0
    assert weeks_until(year[-1].at + SECOND, year) == 0


def test_members_are_the_same_every_time_whatever_the_order() -> None:
    households = [str(number) for number in range(500)]
    members = invent_members(households)
    assert members == invent_members([*reversed(households)] * 9)
    assert [member.external_id for member in members[:3]] == ["0", "1", "2"]


def test_numbers_are_fictitious_valid_and_all_different_and_so_are_names() -> None:
    members = invent_members([str(number) for number in range(1900)])
    assert len({member.phone for member in members}) == 1900
    assert len({member.name for member in members}) == 1900
    for member in members:
        assert member.phone[5:10] == "55501"
        assert phonenumbers.is_valid_number(phonenumbers.parse(member.phone))


def test_more_members_than_fictitious_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="phone numbers"):
        invent_members([str(number) for number in range(1901)])
