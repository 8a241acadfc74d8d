"""`POST /v1/check-ins` from the event to the tables: every outcome, and what each leaves behind."""

from typing import Any

import pytest

from redflag.core.flags import Action
from redflag.core.geohash import geohash
from redflag.core.instants import DAY, HOUR, MINUTE, SECOND, Instant, format_instant
from redflag.core.model import Position
from redflag.service.flags import decisions
from redflag.store.ids import new_location_id, new_member_id, new_program_id
from tests.cloud.program import NOON, Enrolled, Shop

OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}
HERE = {"lat": 40.74112, "lon": -73.98971, "accuracy_m": 12.0}
NEAR = {"lat": 40.74113, "lon": -73.98970}
FAR = {"lat": 40.75, "lon": -73.9}


def test_an_accepted_check_in_says_when_it_was_and_when_the_next_may_be(shop: Shop) -> None:
    answer = shop.check_in(shop.enrol(), by="kiosk")
    assert answer.status == 201
    assert answer.headers == {"content-type": "application/json", "cache-control": "no-store"}
    assert set(answer.body) == {"check_in_id", "checked_in_at", "next_check_in_at"}
    assert answer.body["checked_in_at"] == format_instant(NOON)
    assert answer.body["next_check_in_at"] == format_instant(NOON + HOUR)


def test_the_register_and_the_place_remember_it(shop: Shop) -> None:
    ana = shop.enrol()
    body = shop.check_in(ana, NOON - MINUTE, device_id="till-1", position=HERE).body
    kept = shop.register(ana)
    assert [slot.check_in_id for slot in kept.accepted] == [body["check_in_id"]]
    assert kept.accepted[0].at == NOON - MINUTE
    assert kept.details is not None
    assert (kept.details.device_id, kept.details.position) == ("till-1", Position(**HERE))
    assert shop.arrivals() == [body["check_in_id"]]
    assert shop.arrivals(shop.annex) == []


@pytest.mark.parametrize(
    "number",
    [
        "{}",
        "+1 (212) 555-0100",
        "(212) 555-0100",
        "212.555.0100",
        "011 1 212 555 0100",
        "tel:+1-212-555-0100",
    ],
)
def test_a_member_is_found_by_phone_however_it_is_written(shop: Shop, number: str) -> None:
    ana = shop.enrol()
    assert shop.check_in({"phone": number.format(ana.phone)}).status == 201
    assert len(shop.register(ana).accepted) == 1


@pytest.mark.parametrize(
    ("gap", "accepted"),
    [
        pytest.param(HOUR - 1, False, id="59:59.999"),
        pytest.param(HOUR, True, id="60:00.000"),
        pytest.param(0, False, id="the same instant"),
        pytest.param(-HOUR + 1, False, id="59:59.999 before"),
        pytest.param(-HOUR, True, id="60:00.000 before"),
    ],
)
def test_the_cooldown_holds_to_the_millisecond_on_either_side(
    shop: Shop, gap: Instant, *, accepted: bool
) -> None:
    ana, first = shop.enrol(), NOON - 5 * HOUR
    shop.check_in(ana, first)
    answer = shop.check_in(ana, first + gap, place=shop.annex)
    assert answer.status == (201 if accepted else 409)
    if not accepted:
        assert answer.code == "too_soon"
        assert answer.body["retry_at"] == format_instant(first + HOUR)


def test_too_soon_says_how_long_to_wait_and_changes_no_history(shop: Shop) -> None:
    ana = shop.enrol()
    shop.check_in(ana)
    shop.clock.now += 10 * MINUTE + 1
    answer = shop.check_in(ana)
    assert (answer.status, answer.code) == (409, "too_soon")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"] == str(50 * MINUTE // SECOND)
    assert answer.body["retry_at"] == format_instant(NOON + HOUR)
    assert len(shop.register(ana).accepted) == 1
    assert len(shop.arrivals()) == 1
    shop.clock.now = NOON + HOUR
    assert shop.check_in(ana).status == 201


def test_a_cooldown_of_nothing_makes_nothing_too_soon(shop: Shop) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency=OFF, consecutive_check_ins={"mode": "on", "limit": 2})
    ana = shop.enrol()
    for _ in range(4):
        answer = shop.check_in(ana)
        assert answer.status == 201
        assert answer.body["next_check_in_at"] == format_instant(NOON)
    assert len(shop.register(ana).accepted) == 4
    assert shop.rules(ana) == set()


# ---------------------------------------------------------------- not found


def body_of(shop: Shop, ana: Enrolled, **other: Any) -> dict[str, Any]:
    body = {
        "program_id": shop.program_id,
        "location_id": shop.counter,
        "member": {"member_id": ana.member_id},
    }
    return body | other


@pytest.mark.parametrize("what", ["program", "location", "member", "phone"])
def test_what_is_unknown_is_not_found(shop: Shop, what: str) -> None:
    others: dict[str, dict[str, Any]] = {
        "program": {"program_id": new_program_id()},
        "location": {"location_id": new_location_id()},
        "member": {"member": {"member_id": new_member_id()}},
        "phone": {"member": {"phone": "+12125550199"}},
    }
    answer = shop.post_check_in(body_of(shop, shop.enrol(), **others[what]))
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("what", ["program", "location", "member", "phone"])
def test_what_is_another_programs_is_answered_exactly_as_what_does_not_exist(shop: Shop, what: str) -> None:
    theirs = Shop.open(shop.backend, shop.database, shop.clock)
    theirs.enrol()
    cyd = theirs.enrol()
    ana = shop.enrol()
    pairs: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "program": ({"program_id": theirs.program_id}, {"program_id": new_program_id()}),
        "location": ({"location_id": theirs.counter}, {"location_id": new_location_id()}),
        "member": ({"member": {"member_id": cyd.member_id}}, {"member": {"member_id": new_member_id()}}),
        "phone": ({"member": {"phone": cyd.phone}}, {"member": {"phone": "+12125550199"}}),
    }
    known, unknown = pairs[what]
    one, other = (shop.post_check_in(body_of(shop, ana, **more)) for more in (known, unknown))
    assert (one.status, one.body) == (other.status, other.body)
    assert one.status == 404
    assert shop.arrivals() == theirs.arrivals() == []


# ---------------------------------------------------------------- blocked


CONTACT = {"phone": "+1 800 555 0199", "email": "help@example.com", "url": "https://example.com/help"}


def block(shop: Shop, member: Enrolled) -> None:
    for action in (Action.FLAG, Action.BLOCK):
        decisions.decide_on(
            action, shop.program_id, member.member_id, by="owner", reason="Seen twice.", now=shop.clock.now
        )


def test_a_blocked_member_is_refused_with_whom_to_contact_and_no_word_of_flags(shop: Shop) -> None:
    shop.configure(contact_us=CONTACT)
    ana = shop.enrol()
    block(shop, ana)
    answer = shop.check_in(ana)
    assert (answer.status, answer.code) == (403, "account_blocked")
    assert answer.body["contact"] == CONTACT
    assert answer.body["detail"] == "Your account has been blocked due to suspicious activity."
    assert "flag" not in answer.text.replace("urn:redflag:", "")
    assert shop.register(ana).accepted == ()


def test_a_suspended_member_is_told_the_same_as_a_blocked_one(shop: Shop) -> None:
    shop.configure(automatically_suspend=True, visit_frequency={"mode": "on", "limit": 2}, contact_us=CONTACT)
    ana, ben = shop.enrol(), shop.enrol()
    block(shop, ben)
    for hours in (9, 5):
        assert shop.check_in(ana, NOON - hours * HOUR).status == 201
    suspended, blocked = shop.check_in(ana), shop.check_in(ben)
    assert shop.register(ana).member.access == "suspended"
    assert (suspended.status, suspended.body) == (blocked.status, blocked.body)


def test_access_is_asked_before_hours_and_hours_before_the_cooldown(shop: Shop) -> None:
    shop.configure(outside_hours={"mode": "on", "override_open": "09:00", "override_close": "17:00"})
    ana = shop.enrol()
    shop.check_in(ana, NOON + HOUR - DAY)
    assert shop.check_in(ana, NOON + HOUR - DAY - 1).code == "outside_business_hours"
    assert shop.check_in(ana, NOON + HOUR - DAY + 1).code == "too_soon"
    block(shop, ana)
    assert shop.check_in(ana, NOON + HOUR - DAY - 1).code == "account_blocked"


# ---------------------------------------------------------------- rules


def test_the_fifth_check_in_of_seven_days_is_accepted_and_flagged_with_all_that_decides(shop: Shop) -> None:
    version = shop.configure().version
    ana = shop.enrol()
    visits = [NOON - day * DAY for day in (6, 4, 3, 2, 0)]
    answers = [shop.check_in(ana, at, device_id="till-1") for at in visits]
    assert [answer.status for answer in answers] == [201] * 5
    assert "flag" not in answers[-1].text
    (flag,) = shop.flags(ana)
    assert (flag.rule, flag.status, flag.count) == ("visit_frequency", "open", 1)
    assert (flag.raised_at, flag.last_triggered_at) == (NOON, NOON)
    assert (flag.sentence, flag.value, flag.limit) == ("5 check-ins in 7 days; limit 5", 5, 5)
    assert (flag.settings_version, flag.location_id) == (version, shop.counter)
    assert [o["check_in_id"] for o in flag.occurrences] == [
        answer.body["check_in_id"] for answer in reversed(answers)
    ]
    assert [o["checked_in_at"] for o in flag.occurrences] == [format_instant(at) for at in reversed(visits)]
    assert flag.occurrences[0]["device_id"] == "till-1"
    assert shop.rules(ana) == {"visit_frequency"}
    assert shop.register(ana).member.access == "active"
    assert shop.audit() == []


def test_a_later_trigger_adds_to_the_open_flag_and_its_sentence_stays(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "on", "limit": 2})
    ana = shop.enrol()
    for hours in (9, 7, 5, 3):
        shop.check_in(ana, NOON - hours * HOUR)
    (flag,) = shop.flags(ana)
    assert (flag.count, flag.sentence) == (3, "2 check-ins in 7 days; limit 2")
    assert (flag.raised_at, flag.last_triggered_at) == (NOON - 7 * HOUR, NOON - 3 * HOUR)
    assert len(flag.occurrences) == 4


def test_a_run_of_check_ins_is_flagged(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, consecutive_check_ins={"mode": "on", "limit": 3})
    ana = shop.enrol()
    for at in (NOON - 5 * HOUR, NOON - 4 * HOUR, NOON - 2 * HOUR - 1):
        shop.check_in(ana, at)
    (flag,) = shop.flags(ana)
    assert flag.sentence == "3 check-ins in a row, each 60 to 120 minutes after the one before; limit 3"


def test_a_gap_of_twice_the_cooldown_ends_the_run(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, consecutive_check_ins={"mode": "on", "limit": 3})
    ana = shop.enrol()
    for at in (NOON - 5 * HOUR, NOON - 4 * HOUR, NOON - 2 * HOUR):
        shop.check_in(ana, at)
    assert shop.flags(ana) == []


def test_suspension_comes_with_the_flag_and_an_entry_in_the_audit_log(shop: Shop) -> None:
    shop.configure(automatically_suspend=True, visit_frequency={"mode": "on", "limit": 2})
    ana = shop.enrol()
    for hours in (3, 1):
        assert shop.check_in(ana, NOON - hours * HOUR).status == 201
    assert shop.register(ana).member.access == "suspended"
    (entry,) = shop.audit()
    assert (entry["action"], entry["by"], entry["subject"]) == ("suspend", "redflag", ana.member_id)
    assert entry["reason"] == "2 check-ins in 7 days; limit 2"
    assert (entry["before"], entry["after"]) == ('{"access": "active"}', '{"access": "suspended"}')


def test_two_members_who_keep_following_each_other_are_both_flagged(shop: Shop) -> None:
    shop.configure(back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    ids = []
    for day in (2, 1):
        for minutes, member in ((0, ana), (10, ben)):
            ids.append(shop.check_in(member, NOON - day * DAY + minutes * MINUTE).body["check_in_id"])
    assert shop.pair(ana, ben) == [(ids[2], ids[3]), (ids[0], ids[1])]
    for member in (ana, ben):
        (flag,) = shop.flags(member)
        assert (flag.rule, flag.count, flag.value, flag.limit) == ("back_to_back", 1, 2, 2)
        newest = flag.occurrences[0]
        assert newest["first_member_id"] == ana.member_id
        assert newest["second_member_id"] == ben.member_id
        assert newest["first_at"] == format_instant(NOON - DAY)
        assert newest["second_at"] == format_instant(NOON - DAY + 10 * MINUTE)
        assert newest["location_id"] == shop.counter


def test_a_gap_longer_than_the_limit_makes_no_pair(shop: Shop) -> None:
    shop.configure(back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for day in (3, 2, 1):
        shop.check_in(ana, NOON - day * DAY)
        shop.check_in(ben, NOON - day * DAY + 10 * MINUTE + 1)
    assert shop.pair(ana, ben) == []


def test_someone_refused_in_between_does_not_come_between(shop: Shop) -> None:
    shop.configure(back_to_back=PAIRS)
    ana, ben, cyd = shop.enrol(), shop.enrol(), shop.enrol()
    block(shop, ben)
    for day in (2, 1):
        shop.check_in(ana, NOON - day * DAY)
        assert shop.check_in(ben, NOON - day * DAY + MINUTE).code == "account_blocked"
        shop.check_in(cyd, NOON - day * DAY + 2 * MINUTE)
    assert len(shop.pair(ana, cyd)) == 2
    assert shop.rules(ana) == shop.rules(cyd) == {"back_to_back"}


def test_a_trusted_member_of_a_pair_is_not_flagged_and_the_other_is(shop: Shop) -> None:
    shop.configure(back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for action in (Action.FLAG, Action.RESOLVE):
        decisions.decide_on(action, shop.program_id, ana.member_id, by="owner", reason="Twins.", now=NOON)
    for day in (2, 1):
        shop.check_in(ana, NOON - day * DAY)
        shop.check_in(ben, NOON - day * DAY + MINUTE)
    assert shop.rules(ana) == set()
    assert shop.rules(ben) == {"back_to_back"}


def test_position_mode_pairs_phones_in_one_cell_whichever_the_location(shop: Shop) -> None:
    shop.configure(back_to_back=PAIRS | {"match_on": "position"})
    ana, ben, cyd = shop.enrol(), shop.enrol(), shop.enrol()
    for day in (2, 1):
        shop.check_in(ana, NOON - day * DAY, position=HERE)
        shop.check_in(cyd, NOON - day * DAY + MINUTE)
        shop.check_in(cyd, NOON - day * DAY + 2 * HOUR, position=FAR)
        shop.check_in(ben, NOON - day * DAY + 2 * MINUTE, position=NEAR, place=shop.annex)
    (flag,) = shop.flags(ben)
    cell = geohash(HERE["lat"], HERE["lon"])
    assert (flag.location_id, flag.occurrences[0]["cell"], len(cell)) == (None, cell, 8)
    assert flag.occurrences[0]["location_id"] is None
    assert shop.rules(ana) == {"back_to_back"}
    assert shop.flags(cyd) == []
    assert len(shop.arrivals(f"cell:{cell}")) == 4


def test_a_rule_in_shadow_mode_raises_nothing_and_is_recorded(shop: Shop) -> None:
    shadow = {"mode": "shadow", "limit": 2}
    shop.configure(automatically_suspend=True, visit_frequency=shadow, back_to_back=shadow)
    ana, ben = shop.enrol(), shop.enrol()
    for day in (2, 1):
        for minutes, member in ((0, ana), (1, ben)):
            assert shop.check_in(member, NOON - day * DAY + minutes * MINUTE).status == 201
    for member in (ana, ben):
        assert shop.flags(member) == []
        assert shop.register(member).member.access == "active"
        items = shop.partition("members", f"{shop.program_id}#{member.member_id}")
        found = [i["rule"] for i in items if i["sk"].startswith("S#")]
        assert sorted(found) == ["back_to_back", "visit_frequency"]
    assert shop.audit() == []


def test_an_attempt_outside_hours_is_refused_and_flagged_with_the_next_opening(shop: Shop) -> None:
    hours = {"mon": [{"open": "09:00", "close": "17:00"}]}
    place = shop.place(new_location_id(), hours)
    shop.configure(outside_hours={"mode": "on"})
    ana = shop.enrol()
    answer = shop.check_in(ana, place=place)
    assert (answer.status, answer.code) == (403, "outside_business_hours")
    assert answer.body["opens_at"] == format_instant(NOON + HOUR)
    (flag,) = shop.flags(ana)
    assert flag.rule == "outside_hours"
    assert flag.sentence == (
        "Tried to check in at 08:00 on Monday 15 March 2060, when the location was closed; "
        "hours of that day: 09:00-17:00"
    )
    assert (flag.location_id, shop.arrivals(place), shop.register(ana).accepted) == (place, [], ())
    shop.clock.now = NOON + HOUR
    assert shop.check_in(ana, place=place).status == 201


def test_a_place_without_hours_is_never_closed_by_itself(shop: Shop) -> None:
    shop.configure(outside_hours={"mode": "on"})
    assert shop.check_in(shop.enrol()).status == 201


def test_after_a_verification_only_later_check_ins_count(shop: Shop) -> None:
    ana = shop.enrol()
    for day in (5, 4, 3, 2, 1):
        shop.check_in(ana, NOON - day * DAY)
    decisions.decide_on(
        Action.VERIFY, shop.program_id, ana.member_id, by="owner", reason="Works here.", now=NOON - HOUR
    )
    for number in range(4):
        shop.clock.now = NOON + number * HOUR
        assert shop.check_in(ana).status == 201
        assert shop.rules(ana) == set()
    shop.clock.now += HOUR
    shop.check_in(ana)
    assert shop.rules(ana) == {"visit_frequency"}
    assert {flag.status for flag in shop.flags(ana)} == {"verified", "open"}
