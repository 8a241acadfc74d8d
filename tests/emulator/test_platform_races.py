"""Blocks of numbers at the same instant as all that they must not miss."""

from collections.abc import Callable
from functools import partial
from itertools import count

import pytest

from redflag import wiring
from redflag.core.flags import Action
from redflag.phones import Phone
from redflag.service.check_ins import check_in as service
from redflag.service.flags import decisions
from redflag.service.members import enrolment, personal_data
from redflag.service.members.enrolment import Enrolment
from redflag.service.platform import blocks
from redflag.service.programs import closing
from redflag.service.refusals import Refusal
from redflag.store import people, platform_blocks, register
from redflag.store.principals import PLATFORM
from redflag.store.programs import Program
from tests.cloud.program import NOON, Enrolled, Shop, check_chain
from tests.emulator.test_races import request
from tests.emulator.threads import at_once

_NUMBERS = count()
ROUNDS = range(6)

type Job = Callable[[], object]


@pytest.fixture
def phone() -> Phone:
    """A number of its own: on this backend all tests share the numbers' partitions."""
    return Phone(f"+1646555{next(_NUMBERS):04d}")


@pytest.fixture
def shops(shop: Shop) -> list[Shop]:
    return [shop, *(Shop.open(shop.backend, shop.database, shop.clock) for _ in range(3))]


def enrol(shop: Shop, phone: Phone) -> Job:
    return lambda: enrolment.enrol(Enrolment(shop.program_id, phone), now=NOON)


def block(phone: Phone) -> Job:
    return lambda: blocks.block(phone, by="eve", reason="Resells rewards.", now=NOON)


def lift(phone: Phone) -> Job:
    return lambda: code_of(lambda: blocks.lift_number(phone, by="eve", reason="A mistake.", now=NOON))


def code_of(job: Job) -> str:
    """The code of the refusal, if it was refused."""
    try:
        job()
    except Refusal as problem:
        return problem.code
    return ""


def blocked(shop: Shop, phone: Phone) -> bool | None:
    """What the register of the member with the number says; none when there is no member."""
    phone_hash = phone.hashed(wiring.lookup_secret())
    member_id = people.find_phone(shop.database, shop.program_id, phone_hash, consistent=True).member_id
    found = register.load(shop.database, shop.program_id, member_id) if member_id else None
    return found.member.platform_blocked if found else None


def logged(shop: Shop) -> list[str]:
    """What the program's log says of the platform, in order; the chain is whole."""
    return [e["action"] for e in shop.audit() if e["action"].startswith("platform_")]


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_block_misses_no_enrolment_of_the_same_instant(
    shops: list[Shop], phone: Phone, _round: int
) -> None:
    at_once(shops[0].backend, None, [*(enrol(shop, phone) for shop in shops), block(phone)])
    for shop in shops:
        assert blocked(shop, phone) is True
        assert logged(shop) == ["platform_block"]


@pytest.mark.parametrize("_round", ROUNDS)
def test_nor_does_the_lifting_of_one(shops: list[Shop], phone: Phone, _round: int) -> None:
    enrol(shops[0], phone)()
    block(phone)()
    at_once(shops[0].backend, None, [*(enrol(shop, phone) for shop in shops), lift(phone)])
    for shop in shops:
        assert blocked(shop, phone) is False
        assert logged(shop) in ([], ["platform_block", "platform_unblock"])


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_blocks_and_liftings_at_once_the_registers_say_what_stands_in_the_end(
    shops: list[Shop], phone: Phone, _round: int
) -> None:
    enrol(shops[0], phone)()
    jobs: list[Job] = [block(phone)] * 3 + [lift(phone)] * 3
    at_once(shops[0].backend, None, [*jobs, *(enrol(shop, phone) for shop in shops[1:])])
    phone_hash = phone.hashed(wiring.lookup_secret())
    stands = platform_blocks.of_number(shops[0].database, phone_hash) is not None
    for shop in shops:
        assert blocked(shop, phone) is stands
        # Block and lifting take turns, and the last of them is what is so now.
        entries = logged(shop)
        assert entries == ["platform_block", "platform_unblock"] * (len(entries) // 2) + (
            ["platform_block"] if stands else []
        )
    check_chain(shops[0].partition("audit", PLATFORM))


def test_of_many_who_block_at_once_one_makes_the_block(shop: Shop, phone: Phone) -> None:
    enrol(shop, phone)()
    made = at_once(
        shop.backend,
        "platform",
        [lambda: blocks.block(phone, by="eve", reason="Resells rewards.", now=NOON)] * 8,
    )
    assert len({standing.block_id for standing, _ in made}) == 1
    assert sorted(new for _, new in made) == [False] * 7 + [True]
    assert logged(shop) == ["platform_block"]


def test_of_many_who_lift_at_once_one_does(shop: Shop, phone: Phone) -> None:
    enrol(shop, phone)()
    block(phone)()
    codes = at_once(shop.backend, "platform", [lift(phone)] * 8)
    assert sorted(map(str, codes)) == [""] + ["not_found"] * 7
    assert blocked(shop, phone) is False
    assert logged(shop) == ["platform_block", "platform_unblock"]


def test_a_block_beside_check_ins_and_decisions_loses_none_of_them(shop: Shop, phone: Phone) -> None:
    shop.configure(cooldown_minutes=0, visit_frequency={"mode": "off"})
    ana = Enrolled(shop.enrol_number(phone.e164).member_id, phone.e164)
    shop.check_in(ana)

    def visit(key: str) -> str:
        return code_of(lambda: service.check_in(request(shop, ana, key), now=NOON))

    def flag() -> object:
        return decisions.decide_on(
            Action.FLAG, shop.program_id, ana.member_id, by="owner", reason="Why not.", now=NOON
        )

    visits: list[Job] = [partial(visit, f"k{n}") for n in range(8)]
    codes = at_once(shop.backend, None, [*visits, flag, block(phone)])[:8]
    kept = shop.register(ana)
    assert set(codes) <= {"", "account_blocked"}
    assert len(kept.accepted) == 1 + codes.count("")
    assert kept.member.platform_blocked
    assert shop.rules(ana) == {"manual"}
    assert visit("after") == "account_blocked"


def test_a_block_and_the_erasure_of_its_member_at_once_leave_neither_half_done(
    shop: Shop, phone: Phone
) -> None:
    ana = shop.enrol_number(phone.e164)

    def erase() -> object:
        personal_data.erase(shop.program_id, ana.member_id, by="owner", reason=None, now=NOON)
        return None

    at_once(shop.backend, None, [erase, block(phone)])
    assert blocked(shop, phone) is None
    assert register.load(shop.database, shop.program_id, ana.member_id) is None
    enrol(shop, phone)()
    assert blocked(shop, phone) is True


def test_closing_and_opening_at_once_leave_the_program_as_the_log_says(shop: Shop) -> None:

    def change(to: Callable[..., Program]) -> Callable[[], Program]:
        return lambda: to(shop.program_id, by="eve", reason="Why not.", now=NOON)

    close, reopen = change(closing.close_program), change(closing.reopen_program)
    at_once(shop.backend, "platform", [close, reopen] * 4)
    actions = [entry["action"] for entry in shop.audit()]
    assert actions == ["close_program", "reopen_program"] * (len(actions) // 2) + (
        ["close_program"] if len(actions) % 2 else []
    )
    assert reopen().closed_at is None
    assert len(shop.audit()) == len(actions) + len(actions) % 2
