"""Check-ins that arrive after the fact, or out of order, through the whole program."""

import random
from itertools import islice, permutations

from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.streams import project

OFF = {"mode": "off"}


def test_a_kiosk_may_be_a_day_late_and_five_minutes_ahead(shop: Shop) -> None:
    for at, fields in (
        (NOON - DAY, set()),
        (NOON - DAY - 1, {"occurred_at"}),
        (NOON + 5 * MINUTE, set()),
        (NOON + 5 * MINUTE + 1, {"occurred_at"}),
    ):
        answer = shop.check_in(shop.enrol(), at, by="kiosk")
        assert answer.status == (422 if fields else 201)
        assert answer.fields == fields


def test_an_import_may_be_any_time_late_and_five_minutes_ahead(shop: Shop) -> None:
    assert shop.check_in(shop.enrol(), 0).status == 201
    assert shop.check_in(shop.enrol(), NOON + 5 * MINUTE).status == 201
    assert shop.check_in(shop.enrol(), NOON + 5 * MINUTE + 1).fields == {"occurred_at"}


def test_a_member_says_nothing_of_when(shop: Shop) -> None:
    ana = shop.enrol()
    shop.link(ana, "ana's phone")
    answer = shop.check_in(ana, NOON, by={"jwt": {"claims": {"sub": "ana's phone"}}})
    assert (answer.status, answer.fields) == (422, {"occurred_at"})


def test_a_check_in_ahead_of_the_clock_holds_the_next_back(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, NOON + 5 * MINUTE, by="kiosk")
    answer = shop.check_in(ana, by="kiosk")
    assert answer.code == "too_soon"
    assert answer.headers["retry-after"] == str(65 * 60)


def test_a_late_check_in_takes_its_place_in_time(shop: Shop) -> None:
    ana = shop.enrol()
    order = [NOON, NOON - 3 * HOUR, NOON - 6 * HOUR, NOON - HOUR]
    for at in order:
        assert shop.check_in(ana, at).status == 201
    assert [slot.at for slot in shop.register(ana).accepted] == sorted(order, reverse=True)


def test_in_whichever_order_they_come_the_flags_are_the_same(shop: Shop) -> None:
    shop.configure(
        visit_frequency={"mode": "on", "limit": 4, "window_days": 1},
        consecutive_check_ins={"mode": "on", "limit": 3},
    )
    instants = [NOON - 9 * HOUR, NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - HOUR]
    for order in islice(permutations(instants), 0, None, 5):
        ana = shop.enrol()
        for at in order:
            assert shop.check_in(ana, at).status == 201
        assert {(f.rule, f.raised_at, f.value, f.count) for f in shop.flags(ana)} == {
            ("visit_frequency", NOON - HOUR, 4, 1),
            ("consecutive_check_ins", NOON - HOUR, 3, 1),
        }


def regular(shop: Shop, days: int = 16) -> Enrolled:
    """A member who came once a day, the last time a day ago."""
    ana = shop.enrol()
    for day in range(days, 0, -1):
        assert shop.check_in(ana, NOON - day * DAY, key=f"day {day}").status == 201
    return ana


def test_what_is_older_than_the_newest_sixteen_counts_in_no_rule_now_or_later(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF)
    ana = regular(shop)
    shop.configure(visit_frequency={"mode": "on", "limit": 4, "window_days": 1})
    oldest = NOON - 16 * DAY
    # None of these is in the register, though together with the oldest they would be four in a day.
    for hours in (2, 4, 6, 8):
        assert shop.check_in(ana, oldest - hours * HOUR).status == 201
    # This one is, and is judged with what is older.
    assert shop.check_in(ana, oldest + 2 * HOUR).status == 201
    assert shop.flags(ana) == []


def test_a_late_check_in_is_judged_with_those_that_the_register_has_let_go(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF)
    ana = shop.enrol()
    for hours in range(40, 0, -2):
        shop.check_in(ana, NOON - hours * HOUR)
        project(shop)
    assert len(shop.history(ana)) == 20
    shop.configure(visit_frequency={"mode": "on", "limit": 6, "window_days": 1})
    # The register goes back 32 hours; of the five that came in the day before this one it knows none.
    assert shop.check_in(ana, NOON - 31 * HOUR).status == 201
    (flag,) = shop.flags(ana)
    assert (flag.raised_at, flag.value, flag.count) == (NOON - 31 * HOUR, 6, 1)


def test_check_ins_at_one_instant_that_the_register_has_let_go_still_count(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF)
    ana = shop.enrol()
    for at in [NOON - 20 * HOUR] * 3 + [NOON - 10 * HOUR + number for number in range(15)]:
        shop.check_in(ana, at)
        project(shop)
    shop.configure(cooldown_minutes=0, visit_frequency={"mode": "on", "limit": 4, "window_days": 1})
    assert shop.check_in(ana, NOON - 15 * HOUR).status == 201
    assert any(f.raised_at == NOON - 15 * HOUR and f.value == 4 for f in shop.flags(ana))


def test_a_bulk_import_in_any_order_accepts_what_an_import_in_order_does(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 6, "window_days": 2})
    instants: list[Instant] = [NOON - n * 7 * HOUR for n in range(12)]
    flagged = []
    for seed in (None, 1, 2):
        order = list(instants)
        if seed is not None:
            random.Random(seed).shuffle(order)
        else:
            order.reverse()
        ana = shop.enrol()
        for at in order:
            assert shop.check_in(ana, at, key=str(at)).status == 201
        flagged.append({(f.rule, f.status) for f in shop.flags(ana)})
    assert flagged == [{("visit_frequency", "open")}] * 3
