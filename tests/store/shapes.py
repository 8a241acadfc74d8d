"""Registers, attempts and settings of every shape, crowded around the instants at which rules turn."""

from dataclasses import dataclass, replace
from itertools import accumulate

from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.flags import flag_id_for
from redflag.core.instants import BEGINNING, DAY, MINUTE, Instant
from redflag.core.model import REGISTER_DEPTH, Access, CheckIn, Finding, Member, Position, RuleName
from redflag.core.rules import RULES
from redflag.core.settings import Settings
from redflag.store.ids import (
    DIGEST_LENGTH,
    FINGERPRINT_LENGTH,
    LOCATION_LENGTH,
    MEMBER_LENGTH,
)
from redflag.store.register import REFUSALS_KEPT, Register
from redflag.store.slots import Details, Slot
from tests.cloud.program import NOON

_BASE32 = "0123456789abcdefghijklmnopqrstuv"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LATEST = 2**45 - 1
"""The last instant that nine characters can hold."""

MEMBER = "m_shapes0000000"


def _word(alphabet: str, length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


fingerprints = _word(_BASE64, FINGERPRINT_LENGTH)
digests = _word(_BASE64, DIGEST_LENGTH)
locations = _word(_BASE32, LOCATION_LENGTH).map(lambda text: f"l_{text}")
members = _word(_BASE32, MEMBER_LENGTH).map(lambda text: f"m_{text}")
instants = st.integers(0, _LATEST)
devices = st.text(min_size=1, max_size=36)
positions = st.builds(
    Position,
    # To five places, about a metre: what the register keeps.
    lat=st.integers(-9_000_000, 9_000_000).map(lambda n: n / 100_000),
    lon=st.integers(-18_000_000, 18_000_000).map(lambda n: n / 100_000),
    accuracy_m=st.none() | st.integers(0, 100_000).map(float),
)
details = st.builds(Details, fingerprints, st.none() | devices, st.none() | positions)
accepted_slots = st.builds(Slot, instants, fingerprints, digests, locations)
refused_slots = st.builds(
    Slot,
    instants,
    fingerprints,
    digests,
    locations,
    st.sampled_from([o for o in Outcome if o is not Outcome.ACCEPTED]),
    st.none() | instants,
)


def open_flags(member_id: str) -> st.SearchStrategy[dict[RuleName, str]]:
    """Open flags of some rules, with ids as rules and people give them."""

    def flag_id(rule: RuleName, trigger: str) -> str:
        return flag_id_for(member_id, Finding(rule, f"c_{trigger}", 0, "", 0, 0, ()))

    triggers = _word(_BASE32, 20)
    return st.dictionaries(st.sampled_from(list(RULES)), triggers, max_size=6).map(
        lambda chosen: {rule: flag_id(rule, trigger) for rule, trigger in chosen.items()}
    )


def _register(member: Member, slots: list[Slot], refused: list[Slot], last: Details | None) -> Register:
    ordered = tuple(sorted(slots, key=lambda slot: slot.at, reverse=True))
    check_ins = tuple(CheckIn(s.check_in_id, s.location_id, s.at) for s in ordered)
    return Register(
        program_id="p_shapes00",
        member=replace(member, check_ins=check_ins),
        version=7,
        accepted=ordered,
        refused=tuple(refused),
        details=last,
    )


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Any register that can be stored."""
    member_id = draw(members)
    member = Member(
        member_id,
        access=draw(st.sampled_from(Access)),
        platform_blocked=draw(st.booleans()),
        trusted=draw(st.booleans()),
        baseline=draw(st.just(BEGINNING) | instants),
        open_flags=draw(open_flags(member_id)),
    )
    return _register(
        member,
        draw(st.lists(accepted_slots, max_size=REGISTER_DEPTH)),
        draw(st.lists(refused_slots, max_size=REFUSALS_KEPT)),
        draw(st.none() | details),
    )


@dataclass(frozen=True)
class Case:
    """A register, the settings in force, and an attempt at `NOON` with this fingerprint."""

    register: Register
    settings: Settings
    fingerprint: str


@st.composite
def _settings(draw: st.DrawFn, aim: str) -> Settings:
    """Settings in which the rule that is aimed at is asked, and the other mostly not."""
    asked, other = st.sampled_from(["on", "shadow"]), st.sampled_from(["off", "off", "on"])
    return Settings.from_document(
        {
            "check_in": {"cooldown_minutes": draw(st.sampled_from([0, 1, 60, 1440]))},
            "automatically_suspend": draw(st.booleans()),
            "rules": {
                "visit_frequency": {
                    "mode": draw(other if aim == "running" else asked),
                    "limit": draw(st.sampled_from([2, 3, 5, 15]) | st.integers(2, 15)),
                    "window_days": draw(st.sampled_from([1, 7, 90])),
                },
                "consecutive_check_ins": {
                    "mode": draw(asked if aim == "running" else other),
                    "limit": draw(st.sampled_from([2, 2, 3, 3, 10]) | st.integers(2, 10)),
                },
            },
        }
    )


def _around(*turns: Instant) -> st.SearchStrategy[Instant]:
    """The instants at which something turns, and a millisecond to either side."""
    return st.sampled_from([turn + off for turn in turns for off in (-1, 0, 1) if turn + off >= 0])


def _anyhow(settings: Settings) -> st.SearchStrategy[list[Instant]]:
    """Ages of check-ins at any gaps from each other, the newest perhaps later than the attempt."""
    cooldown = settings.check_in.cooldown
    gaps = _around(0, cooldown, 2 * cooldown) | st.integers(0, 3 * DAY)
    newest = gaps.flatmap(lambda gap: st.sampled_from([gap, gap, gap, -gap]))
    return st.tuples(newest, st.lists(gaps, max_size=REGISTER_DEPTH - 1)).map(
        lambda drawn: list(accumulate((drawn[0], *drawn[1])))
    )


def _crowded(settings: Settings) -> st.SearchStrategy[list[Instant]]:
    """As many check-ins as the window may hold, the oldest of them about where the window begins."""
    cooldown, rule = settings.check_in.cooldown, settings.rules.visit_frequency
    earlier = rule.limit - 1
    step = rule.window_days * DAY // (earlier + 1)
    return _around(rule.window_days * DAY).flatmap(
        lambda oldest: st.tuples(
            st.just([max(cooldown, step * number) for number in range(1, earlier)]),
            st.lists(st.integers(oldest + cooldown, oldest + 90 * DAY), max_size=2),
        ).map(lambda drawn: [*drawn[0], oldest, *sorted(drawn[1])])
    )


def _running(settings: Settings) -> st.SearchStrategy[list[Instant]]:
    """Check-ins each about a cooldown, or about two, after the one before."""
    cooldown = settings.check_in.cooldown
    within = st.sampled_from([cooldown, max(2 * cooldown - 1, 0)])
    gaps = st.lists(within | within | _around(cooldown, 2 * cooldown), min_size=1, max_size=REGISTER_DEPTH)
    return gaps.map(lambda drawn: list(accumulate(drawn)))


_IN_THE_WAY = [None] * 8 + ["suspended", "blocked", "platform", "trusted", "known"]
"""What decides beside the rules; mostly nothing, so that the rules are asked."""


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """An attempt that may be clean: most are close to one that is not."""
    aim = draw(st.sampled_from(["running", "crowded", "anyhow"]))
    settings = draw(_settings(aim))
    ages = draw({"running": _running, "crowded": _crowded, "anyhow": _anyhow}[aim](settings))
    slots = [
        Slot(NOON - age, f"{number:011d}", "body", "l_00000001")
        for number, age in enumerate(ages[:REGISTER_DEPTH])
    ]
    refused = [
        Slot(NOON - MINUTE, f"r{number:010d}", "body", "l_00000001", Outcome.ACCOUNT_BLOCKED)
        for number in range(draw(st.integers(0, REFUSALS_KEPT)))
    ]
    obstacle = draw(st.sampled_from(_IN_THE_WAY))
    baselines = [slot.at + off for slot in slots for off in (-1, 0, 1)]
    member = Member(
        MEMBER,
        access=Access(obstacle) if obstacle in ("suspended", "blocked") else Access.ACTIVE,
        platform_blocked=obstacle == "platform",
        trusted=obstacle == "trusted",
        baseline=draw(st.just(BEGINNING) | st.sampled_from([*baselines, NOON - 1, NOON, NOON + 1])),
        open_flags=draw(st.just({}) | open_flags(MEMBER)),
    )
    known = [slot.fingerprint for slot in (*slots, *refused)]
    fingerprint = draw(st.sampled_from(known)) if obstacle == "known" and known else "fingerprint"
    return Case(_register(member, slots, refused, None), settings, fingerprint)
