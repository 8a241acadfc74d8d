"""Many at once: nothing is lost, nothing is doubled."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from redflag.core.flags import Action
from redflag.core.instants import DAY, HOUR, MINUTE
from redflag.core.model import Location
from redflag.service import configuration
from redflag.service.check_ins import check_in as service
from redflag.service.check_ins.check_in import CheckedIn, Request
from redflag.service.flags import decisions
from redflag.service.members import enrolment, point_edits
from redflag.service.members.enrolment import Enrolment
from redflag.service.refusals import Refusal
from redflag.store import places, points
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import Answer
from tests.emulator.threads import at_once

OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 10, "max_gap_minutes": 60}


def check_in(shop: Shop, member: Enrolled, key: str | None = None) -> Callable[[], Answer]:
    """A check-in to be made, now, at a kiosk."""
    return lambda: shop.check_in(member, key=key, by="kiosk", device_id="till-1")


def many(shop: Shop, jobs: list[Callable[[], Answer]]) -> list[Answer]:
    """Check-ins at once, on a function that is warm: its memory is not made for threads."""
    assert shop.check_in({"member_id": "m_0000000000000"}, by="kiosk").code == "not_found"
    return at_once(shop.backend, "check_in", jobs)


def request(shop: Shop, member: Enrolled, key: str) -> Request:
    """The same check-in as the service takes it, for tests in which another function acts besides."""
    place = Location(shop.counter, ZoneInfo("America/New_York"))
    return Request(shop.program_id, place, member.member_id, idempotency_key=key)


def decide(shop: Shop, member: Enrolled, action: Action) -> str:
    """The code of the refusal, if it was refused."""
    try:
        decisions.decide_on(
            action, shop.program_id, member.member_id, by="owner", reason="Why not.", now=shop.clock.now
        )
    except Refusal as problem:
        return problem.code
    return ""


@pytest.mark.parametrize("flagged", [False, True], ids=["on the fast path", "when it raises a flag"])
def test_one_request_twenty_times_at_once_is_one_check_in_with_twenty_equal_answers(
    shop: Shop, *, flagged: bool
) -> None:
    shop.configure(
        visit_frequency={"mode": "on" if flagged else "off", "limit": 2}, automatically_suspend=True
    )
    ana = shop.enrol()
    shop.check_in(ana, NOON - DAY)
    answers = many(shop, [check_in(shop, ana, "k1")] * 20)
    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert [slot.at for slot in shop.register(ana).accepted] == [NOON, NOON - DAY]
    assert shop.arrivals().count(answers[0].body["check_in_id"]) == 1
    assert [flag.count for flag in shop.flags(ana)] == ([1] if flagged else [])
    assert [entry["action"] for entry in shop.audit()] == (["suspend"] if flagged else [])


def test_one_refused_request_twenty_times_at_once_is_refused_once(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana, NOON - MINUTE)
    answers = many(shop, [check_in(shop, ana, "k1")] * 20)
    assert {(answer.status, answer.body["retry_at"]) for answer in answers} == {
        (409, answers[0].body["retry_at"])
    }
    kept = shop.register(ana)
    assert (len(kept.accepted), len(kept.refused)) == (1, 1)


def test_fifty_members_at_one_place_at_once_are_all_kept_and_the_pairs_are_exact(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    members = [shop.enrol() for _ in range(50)]
    answers = many(shop, [check_in(shop, member) for member in members])
    assert {answer.status for answer in answers} == {201}
    assert all(len(shop.register(member).accepted) == 1 for member in members)
    arrived = places.arrivals(shop.database, shop.program_id, shop.counter)
    assert len(arrived) == len({a.check_in_id for a in arrived}) == 16
    known = {answer.body["check_in_id"] for answer in answers}
    assert {a.check_in_id for a in arrived} <= known
    # Every one but the first follows exactly one other, and all are followed once but the last.
    followings = [
        f
        for item in shop.backend.items(shop.database.tables.places)
        if item["pk"]["S"].startswith(f"{shop.program_id}#pair#")
        for f in places.followings_of_image(item["pk"]["S"], item)
    ]
    followers = Counter(f.second.check_in_id for f in followings)
    followed = Counter(f.first.check_in_id for f in followings)
    assert len(followings) == 49
    assert set(followers.values()) == set(followed.values()) == {1}
    assert len(known - set(followers)) == len(known - set(followed)) == 1
    adjacent = {(later.check_in_id, earlier.check_in_id) for later, earlier in pairwise(arrived)}
    assert adjacent <= {(f.second.check_in_id, f.first.check_in_id) for f in followings}


def test_one_member_twenty_times_at_once_without_a_cooldown_loses_none(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency={"mode": "on", "limit": 5}, back_to_back=PAIRS)
    ana = shop.enrol()
    answers = many(shop, [check_in(shop, ana, f"k{n}") for n in range(20)])
    assert {answer.status for answer in answers} == {201}
    ids = {answer.body["check_in_id"] for answer in answers}
    kept = {slot.check_in_id for slot in shop.register(ana).accepted}
    assert (len(ids), len(kept), kept <= ids) == (20, 16, True)
    assert len(set(shop.arrivals())) == 16
    (flag,) = shop.flags(ana)
    # The fifth has raised it, and each of the fifteen after it has added itself.
    assert flag.count == 16
    assert len(flag.occurrences) == 20
    assert shop.register(ana).version == 21


def test_with_a_cooldown_one_of_twenty_at_once_is_accepted(shop: Shop) -> None:
    ana = shop.enrol()
    answers = many(shop, [check_in(shop, ana, f"k{n}") for n in range(20)])
    assert Counter(answer.status for answer in answers) == {201: 1, 409: 19}
    assert {answer.code for answer in answers if answer.status == 409} == {"too_soon"}
    assert len(shop.register(ana).accepted) == 1


def test_a_pair_that_races_is_flagged_once_each(shop: Shop) -> None:
    shop.configure(
        cooldown_minutes=0, visit_frequency=OFF, back_to_back=PAIRS | {"limit": 2}, automatically_suspend=True
    )
    ana, ben = shop.enrol(), shop.enrol()
    # One occurrence before the race: whoever wins it then, there is a second one.
    assert [shop.check_in(member).status for member in (ana, ben)] == [201, 201]
    answers = many(shop, [check_in(shop, member, f"k{n}") for n in range(6) for member in (ana, ben)])
    assert {answer.status for answer in answers} <= {201, 403}
    assert len(shop.pair(ana, ben)) >= 2
    for member in (ana, ben):
        assert shop.rules(member) == {"back_to_back"}
        assert len(shop.flags(member)) == 1
        assert shop.register(member).member.access == "suspended"
    assert sorted(entry["subject"] for entry in shop.audit()) == sorted(m.member_id for m in (ana, ben))


def test_suspensions_of_many_members_at_once_leave_the_audit_log_whole(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2}, automatically_suspend=True)
    members = [shop.enrol() for _ in range(12)]
    for member in members:
        shop.check_in(member, NOON - DAY)
    answers = many(shop, [check_in(shop, member) for member in members])
    assert {answer.status for answer in answers} == {201}
    entries = shop.audit()
    assert sorted(entry["subject"] for entry in entries) == sorted(member.member_id for member in members)
    assert all(shop.rules(member) == {"visit_frequency"} for member in members)


def test_staff_who_verify_while_check_ins_arrive_lose_none_and_leave_no_half_states(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency={"mode": "on", "limit": 2})
    ana = shop.enrol()
    for hour in (3, 2):
        shop.check_in(ana, NOON - hour * HOUR)
    many(shop, [check_in(shop, shop.enrol())])
    checking: list[Callable[[], CheckedIn | str]] = [
        partial(service.check_in, request(shop, ana, f"k{n}"), now=NOON) for n in range(8)
    ]
    verifying: list[Callable[[], CheckedIn | str]] = [partial(decide, shop, ana, Action.VERIFY)] * 4
    done = at_once(shop.backend, None, [*checking, *verifying])
    codes = done[8:]
    assert all(isinstance(each, CheckedIn) for each in done[:8])
    assert set(codes) <= {"", "not_flagged"}
    assert "" in codes
    kept = shop.register(ana)
    assert len(kept.accepted) == 10
    assert kept.member.baseline == NOON
    # Whatever came first: the register and the flags say the same, and no flag was decided on twice.
    shop.rules(ana)
    assert len([e for e in shop.audit() if e["action"] == "verify"]) == codes.count("")
    assert Counter(flag.status.value for flag in shop.flags(ana))["verified"] == codes.count("")


def test_of_two_who_block_at_once_one_does(shop: Shop) -> None:
    ana = shop.enrol()
    decide(shop, ana, Action.FLAG)
    codes = at_once(shop.backend, "admin", [partial(decide, shop, ana, Action.BLOCK)] * 8)
    assert Counter(codes) == {"": 1, "already_blocked": 7}
    assert [entry["action"] for entry in shop.audit()] == ["flag", "block"]
    assert shop.ask_gate(phone=ana.phone).code == "account_blocked"


def test_enrolling_one_number_ten_times_at_once_makes_one_member(shop: Shop) -> None:
    shop.enrol()
    phone = enrolment.read_phone(shop.program_id, "+12125550177", "phone")
    wanted = Enrolment(shop.program_id, phone, name="Zelda Quince", external_id="crm-1")
    made = at_once(shop.backend, "admin", [lambda: enrolment.enrol(wanted, now=NOON)] * 10)
    assert len({profile.member_id for profile, _ in made}) == 1
    assert sorted(new for _, new in made) == [False] * 9 + [True]


def test_point_edits_at_once_add_up_and_a_repeated_one_counts_once(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, point_edits={"mode": "on", "amount_limit": 500, "count_limit": 3})
    ana = shop.enrol()

    def edit(key: str) -> int:
        return point_edits.edit_points(
            shop.program_id, ana.member_id, 10, by="eve", reason="Gift", idempotency_key=key, now=NOON
        )

    configuration.settings(shop.program_id)
    balances = at_once(shop.backend, "admin", [partial(edit, f"k{n % 6}") for n in range(12)])
    assert Counter(balances) == {10 * n: 2 for n in range(1, 7)}
    edits = points.since(shop.database, shop.program_id, ana.member_id, 0)
    assert sorted(balance for _, balance in edits) == [10, 20, 30, 40, 50, 60]
    (flag,) = shop.flags(ana)
    assert (flag.rule, flag.count) == ("point_edits", 4)
    assert len(shop.audit()) == 6
