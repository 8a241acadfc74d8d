"""Registers, attempts and settings of every shape, crowded around the instants at which rules turn."""

from dataclasses import dataclass, replace
from itertools import accumulate

from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.flags import flag_id_for
from redflag.core.instants import BEGINNING, DAY, MINUTE, Instant
from redflag.core.model import REGISTER_DEPTH, Access, CheckIn, Finding, Member, Position, RuleName
from redflag.core.settings import Settings
from redflag.store.ids import (
    DIGEST_LENGTH,
    FINGERPRINT_LENGTH,
    LOCATION_LENGTH,
    MEMBER_LENGTH,
)
from redflag.store.register import REFUSALS_KEPT, Details, Register, Slot
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
    return st.dictionaries(st.sampled_from(RuleName), triggers, max_size=6).map(
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
        baseline=draw(st.just(BEGINNING) | st.sampled_from([*baselines, NOON - 1, NOON, NOON + 1])),
        open_flags=draw(st.just({}) | open_flags(MEMBER)),
    )
    known = [slot.fingerprint for slot in (*slots, *refused)]
    fingerprint = draw(st.sampled_from(known)) if obstacle == "known" and known else "fingerprint"
    return Case(_register(member, slots, refused, None), settings, fingerprint)
