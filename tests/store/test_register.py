from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import event, given, settings

from redflag.core.decide import Outcome, decide
from redflag.core.hours import OpeningHours, Span
from redflag.core.instants import BEGINNING, DAY, HOUR, MINUTE, Instant
from redflag.core.model import Access, Attempt, CheckIn, Location, Member, RuleName
from redflag.core.settings import Settings
from redflag.store import register
from redflag.store.database import ConditionFailed, Database, plain, typed
from redflag.store.ids import check_in_id, decode_instant, encode_instant, new_program_id
from redflag.store.register import SHIFT, Register, accept_clean, clean_condition
from redflag.store.slots import Details, Slot
from tests.cloud.backends import Backend
from tests.cloud.program import NOON
from tests.store.conditions import may_be_clean
from tests.store.shapes import (
    MEMBER,
    Case,
    accepted_slots,
    cases,
    details,
    instants,
    refused_slots,
    registers,
)
from tests.strategies.exercise import every_rule_is_exercised

COUNTER = "l_00000001"
SHOP = Location(COUNTER, ZoneInfo("UTC"), OpeningHours.every_day(Span.parse("00:00", "24:00")))
"""Always open: that it is, a check-in sees to before its fast path."""
CLOUD = settings.get_profile("cloud")
DEFAULTS = Settings()


def store(database: Database, register: Register) -> None:
    database.client.put_item(TableName=database.tables.members, Item=typed(register.item()))


def attempt(fingerprint: str = "fingerprint", at: Instant = NOON) -> tuple[Attempt, Slot, Details]:
    slot = Slot(at, fingerprint, "body", COUNTER)
    return Attempt(slot.check_in_id, MEMBER, COUNTER, at), slot, Details(fingerprint)


def try_fast(
    database: Database, program_id: str, fingerprint: str = "fingerprint", effective: Settings = DEFAULTS
) -> Register | None:
    tried, slot, told = attempt(fingerprint)
    return accept_clean(database, program_id, tried, slot=slot, details=told, settings=effective)


# ---------------------------------------------------------------- codecs


@given(instants, instants)
@settings(CLOUD, max_examples=100)
def test_encoded_instants_sort_as_the_instants_do(one: Instant, other: Instant) -> None:
    assert (encode_instant(one) < encode_instant(other)) is (one < other)
    assert decode_instant(encode_instant(one)) == one


@given(accepted_slots | refused_slots)
@settings(CLOUD, max_examples=100)
def test_a_slot_is_read_back_from_its_text(slot: Slot) -> None:
    assert Slot.decode(slot.encode()) == slot


@given(details)
@settings(CLOUD, max_examples=100)
def test_details_are_read_back_from_their_text_whatever_the_device_is_called(told: Details) -> None:
    assert Details.decode(told.encode()) == told


@given(registers())
@settings(CLOUD, max_examples=25)
def test_a_register_of_any_shape_is_read_back_as_it_was_saved(database: Database, kept: Register) -> None:
    store(database, kept)
    assert register.load(database, kept.program_id, kept.member.member_id) == replace(kept, version=8)


# ---------------------------------------------------------------- saving


def new_register(**more: object) -> Register:
    return Register(new_program_id(), Member(MEMBER, **more))  # type: ignore[arg-type]


def test_a_register_is_created_once(database: Database) -> None:
    first = new_register()
    database.commit([register.save(database, first)])
    with pytest.raises(ConditionFailed) as conflict:
        database.commit([register.save(database, first)])
    assert Register.from_item(plain(conflict.value.items["register"])) == replace(first, version=1)


def test_a_register_replaces_only_the_version_that_was_read(database: Database) -> None:
    first = new_register()
    database.commit([register.save(database, first)])
    read = register.load(database, first.program_id, MEMBER)
    assert read is not None
    database.commit([register.save(database, replace(read, member=Member(MEMBER, trusted=True)))])
    with pytest.raises(ConditionFailed) as conflict:
        database.commit([register.save(database, read)])
    assert conflict.value.failed == {"register"}
    assert Register.from_item(plain(conflict.value.items["register"])).member.trusted
    assert (kept := register.load(database, first.program_id, MEMBER)) is not None
    assert kept.version == 2


def test_an_unknown_member_has_no_register(database: Database) -> None:
    assert register.load(database, new_program_id(), MEMBER) is None


def test_the_fast_path_tells_of_an_unknown_member_and_writes_nothing(database: Database) -> None:
    program_id = new_program_id()
    with pytest.raises(ConditionFailed) as conflict:
        try_fast(database, program_id)
    assert not conflict.value.items
    assert register.load(database, program_id, MEMBER) is None


# ---------------------------------------------------------------- the condition


def test_what_the_condition_lets_pass_is_accepted_by_the_rules_with_nothing_found(
    database: Database, backend: Backend
) -> None:
    # moto reads the expression most strictly, and most slowly.
    @given(cases())
    @settings(CLOUD, max_examples=60 if backend.name == "moto" else 200)
    def holds(case: Case) -> None:
        implies_clean(database, case)

    with every_rule_is_exercised():
        holds()


def implies_clean(database: Database, case: Case) -> None:
    store(database, case.register)
    tried, slot, told = attempt(case.fingerprint)
    standing = try_fast(database, case.register.program_id, case.fingerprint, case.settings)
    after = register.load(database, case.register.program_id, MEMBER)
    before = replace(case.register, version=8)
    event("passed" if standing is None else "decided with care")
    assert (standing is None) is (may_be_clean(case) and case.new)
    decision = decide(case.register.member, tried, case.settings, SHOP)
    if standing is not None:
        assert standing == after == before
        return
    assert decision.clean
    assert after == replace(before.with_accepted(decision.member, slot, told), version=9)


def visits(*ages: Instant, **more: object) -> Register:
    """A member with check-ins of these ages, youngest first."""
    slots = tuple(Slot(NOON - age, f"{number:011d}", "body", COUNTER) for number, age in enumerate(ages))
    check_ins = tuple(CheckIn(slot.check_in_id, COUNTER, slot.at) for slot in slots)
    member = Member(MEMBER, check_ins=check_ins, **more)  # type: ignore[arg-type]
    return Register(new_program_id(), member, version=3, accepted=slots)


def rules(**more: object) -> Settings:
    return Settings.from_document({"rules": more})


RUNS = {"mode": "on", "limit": 3}


@pytest.mark.parametrize(
    ("standing", "effective"),
    [
        pytest.param(visits(), Settings(), id="the first check-in ever"),
        pytest.param(visits(HOUR), Settings(), id="just after the cooldown"),
        pytest.param(visits(DAY, 2 * DAY, 3 * DAY), Settings(), id="the fourth in seven days"),
        pytest.param(visits(*(7 * DAY * n for n in range(1, 17))), Settings(), id="every week for months"),
        pytest.param(visits(DAY, 2 * DAY, 3 * DAY, 7 * DAY), Settings(), id="as the first leaves the window"),
        pytest.param(
            visits(*(DAY * n for n in range(1, 17)), trusted=True), Settings(), id="a trusted regular"
        ),
        pytest.param(
            visits(*(DAY * n for n in range(1, 17)), baseline=NOON - 3 * DAY),
            Settings(),
            id="verified lately",
        ),
        pytest.param(
            visits(DAY, open_flags={RuleName("manual"): "f_shapes0000000m01234567890123456789"}),
            Settings(),
            id="flagged and not suspended",
        ),
        pytest.param(visits(HOUR), rules(consecutive_check_ins=RUNS), id="the second of a run"),
        pytest.param(
            visits(2 * HOUR, 3 * HOUR, 4 * HOUR - 1), rules(consecutive_check_ins=RUNS), id="a run that ended"
        ),
        pytest.param(
            visits(HOUR, 9 * HOUR, 10 * HOUR), rules(consecutive_check_ins=RUNS), id="a run after a pause"
        ),
        pytest.param(
            visits(MINUTE, 2 * MINUTE),
            Settings.from_document(
                {"check_in": {"cooldown_minutes": 0}, "rules": {"consecutive_check_ins": RUNS}}
            ),
            id="without a cooldown nothing runs",
        ),
    ],
)
def test_an_ordinary_check_in_takes_the_fast_path(
    database: Database, standing: Register, effective: Settings
) -> None:
    store(database, standing)
    _, slot, told = attempt()
    assert try_fast(database, standing.program_id, effective=effective) is None
    after = register.load(database, standing.program_id, MEMBER)
    assert after is not None
    assert after.accepted == (slot, *standing.accepted)[:16]
    assert after.details == told
    assert after.version == standing.version + 2


RUN_OF_TWO = {"mode": "on", "limit": 2}


@pytest.mark.parametrize(
    ("standing", "effective"),
    [
        pytest.param(visits(HOUR - 1), Settings(), id="too soon"),
        pytest.param(visits(-1), Settings(), id="late"),
        pytest.param(visits(DAY, 2 * DAY, 3 * DAY, 7 * DAY - 1), Settings(), id="the fifth in seven days"),
        pytest.param(visits(HOUR), rules(consecutive_check_ins=RUN_OF_TWO), id="a run of two"),
        pytest.param(visits(2 * HOUR - 1), rules(consecutive_check_ins=RUN_OF_TWO), id="a slow run of two"),
        pytest.param(visits(HOUR, 2 * HOUR), rules(consecutive_check_ins=RUNS), id="a run of three"),
        pytest.param(
            visits(2 * HOUR - 1, 4 * HOUR - 2), rules(consecutive_check_ins=RUNS), id="a slow run of three"
        ),
        pytest.param(visits(access=Access.SUSPENDED), Settings(), id="suspended"),
        pytest.param(visits(access=Access.BLOCKED), Settings(), id="blocked"),
        pytest.param(visits(platform_blocked=True), Settings(), id="blocked on the platform"),
    ],
)
def test_what_may_be_refused_or_flagged_comes_back_as_it_stands(
    database: Database, standing: Register, effective: Settings
) -> None:
    store(database, standing)
    found = try_fast(database, standing.program_id, effective=effective)
    assert found == replace(standing, version=standing.version + 1)
    assert register.load(database, standing.program_id, MEMBER) == found


@pytest.mark.parametrize("index", range(16))
def test_the_fast_path_knows_a_repeat_wherever_it_stands_in_the_register(
    database: Database, index: int
) -> None:
    standing = visits(*(7 * DAY * n for n in range(1, 17)))
    store(database, standing)
    found = try_fast(database, standing.program_id, standing.accepted[index].fingerprint)
    assert found is not None
    assert found.remembers(standing.accepted[index].fingerprint) == standing.accepted[index]


@pytest.mark.parametrize("index", range(3))
def test_the_fast_path_knows_a_repeat_of_each_refusal_it_keeps(database: Database, index: int) -> None:
    refusals = tuple(
        Slot(NOON - DAY, f"refused{n:04d}", "body", COUNTER, Outcome.TOO_SOON, NOON - DAY + HOUR)
        for n in range(3)
    )
    standing = replace(visits(7 * DAY), refused=refusals)
    store(database, standing)
    found = try_fast(database, standing.program_id, refusals[index].fingerprint)
    assert found is not None
    assert found.remembers(refusals[index].fingerprint) == refusals[index]


def test_a_refusal_pushes_the_oldest_of_three_out() -> None:
    standing = visits()
    for number in range(5):
        slot = Slot(NOON, f"{number:011d}", "body", COUNTER, Outcome.ACCOUNT_BLOCKED)
        standing = standing.with_refused(standing.member, slot, Details(slot.fingerprint))
    assert [slot.fingerprint for slot in standing.refused] == ["00000000004", "00000000003", "00000000002"]


def test_expressions_stay_far_within_what_dynamodb_takes() -> None:
    everything = Settings.from_document(
        {"rules": {name: {"mode": "on"} for name in DEFAULTS.to_document()["rules"]}}
    )
    condition = clean_condition(attempt()[0], "fingerprint", everything)
    for expression in (condition.expression, SHIFT):
        assert len(expression.encode()) < 4096 // 2
        assert expression.count(":") + expression.count("(") < 300 // 2
        assert "((" not in expression


def test_the_register_holds_nothing_that_names_a_person(database: Database) -> None:
    standing = visits(DAY, baseline=BEGINNING)
    store(database, standing)
    assert set(standing.item()) <= {
        *("pk", "sk", "v", "a", "pb", "tr", "bl", "of", "d"),
        *(f"s{n}" for n in range(16)),
        *(f"r{n}" for n in range(3)),
    }
    assert check_in_id(NOON - DAY, "00000000000") == standing.accepted[0].check_in_id
