"""Registers, attempts and settings of every shape, crowded around the instants at which rules turn."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.flags import flag_id_for
from redflag.core.instants import BEGINNING, MINUTE
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
from tests.strategies.histories import baselines, check_ins
from tests.strategies.rulebooks import one_of, rulebooks

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

    @property
    def new(self) -> bool:
        """Whether the register knows of no attempt with this fingerprint."""
        return self.register.remembers(self.fingerprint) is None


PLACES = [f"l_{number:08d}" for number in range(1, REGISTER_DEPTH + 2)]
"""The attempt is at the first."""

_IN_THE_WAY = [None] * 12 + ["suspended", "blocked", "platform", "trusted", "known"]
"""What decides beside the rules; mostly nothing, so that the rules are asked."""


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """An attempt that may be clean: most are close to one that is not."""
    settings = draw(rulebooks())
    before = draw(check_ins(settings, NOON, PLACES))
    slots = [Slot(each.at, f"{n:011d}", "body", each.location_id) for n, each in enumerate(before)]
    obstacle = one_of(draw, _IN_THE_WAY)
    refused = [
        Slot(NOON - MINUTE, f"r{number:010d}", "body", PLACES[0], Outcome.ACCOUNT_BLOCKED)
        for number in range(draw(st.integers(0, REFUSALS_KEPT)) if obstacle == "known" else 0)
    ]
    member = Member(
        MEMBER,
        access=Access(obstacle) if obstacle in ("suspended", "blocked") else Access.ACTIVE,
        platform_blocked=obstacle == "platform",
        trusted=obstacle == "trusted",
        baseline=draw(baselines(before, NOON)),
        open_flags=draw(open_flags(MEMBER)) if obstacle else {},
    )
    known = [slot.fingerprint for slot in (*slots, *refused)]
    fingerprint = draw(st.sampled_from(known)) if obstacle == "known" and known else "fingerprint"
    return Case(_register(member, slots, refused, None), settings, fingerprint)
