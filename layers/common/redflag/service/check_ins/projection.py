"""What follows from the tables' streams: the history, and what a crash left out.

The members' stream shows every new attempt in a register. The projection adds it to the history, and
records its arrival at the place if the request has not. The places' stream shows every new arrival and
every new occurrence of a pair; they are counted and judged again. All of it is idempotent, so a record
that comes twice, or late, changes nothing.

Places, pairs and flags remember a limited number. What one of them may have forgotten is not repeated:
an arrival, when sixteen others have come since; an occurrence, when the pair remembers sixteen and one
of them is later; evidence, when the flag holds twenty later occurrences.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from redflag import wiring
from redflag.core.decide import Outcome
from redflag.core.instants import Instant
from redflag.core.model import REGISTER_DEPTH, Arrival, Attempt, Following
from redflag.core.places import following, place_of
from redflag.core.setting_types import Mode
from redflag.service import configuration
from redflag.service.check_ins import pairs
from redflag.store import history, partition, places
from redflag.store.database import plain
from redflag.store.register import Register
from redflag.store.slots import Slot

type Image = Mapping[str, Any]


def register_changed(before: Image | None, after: Image, *, written: Instant, now: Instant) -> None:
    """A member's register has changed: save its new attempts, and make sure that places have them."""
    new = Register.from_item(plain(after))
    old = Register.from_item(plain(before)) if before else None
    known = {(s.at, s.fingerprint) for s in (*old.accepted, *old.refused)} if old else set()
    effective = configuration.settings(new.program_id)
    key = f"{new.program_id}#{new.member.member_id}"
    for slot in (*new.accepted, *new.refused):
        if (slot.at, slot.fingerprint) in known:
            continue
        write = history.past_attempt(
            wiring.database(),
            key,
            slot,
            new.details,
            now=now,
            days=effective.settings.retention.history_days,
        )
        wiring.database().commit([write])
        if slot.outcome is Outcome.ACCEPTED:
            _repair_arrival(new, slot, written=written, now=now)


def register_gone(key: str) -> None:
    """A member was erased: delete what the stream added to the history after the erasure began."""
    partition.sweep(wiring.database(), wiring.database().tables.history, key)


def _repair_arrival(register: Register, slot: Slot, *, written: Instant, now: Instant) -> None:
    details = register.details
    position = details.position if details and details.fingerprint == slot.fingerprint else None
    attempt = Attempt(
        slot.check_in_id, register.member.member_id, slot.location_id, slot.at, position=position
    )
    effective = configuration.settings(register.program_id)
    place = place_of(attempt, effective.settings.rules.back_to_back)
    if place is None:
        return
    arrival = Arrival(attempt.check_in_id, attempt.member_id, attempt.at)
    if places.missed(wiring.database(), register.program_id, place, arrival, since=written):
        pairs.arrive(register.program_id, attempt, effective, now=now, again=True)


def place_changed(key: str, before: Image | None, after: Image, *, now: Instant) -> None:
    """A place has a new arrival: make sure that the pair it makes is counted."""
    program_id, _, place = key.split("#", 2)
    effective = configuration.settings(program_id)
    rule = effective.settings.rules.back_to_back
    if rule.mode is Mode.OFF:
        return
    known = set(places.arrivals_of_image(dict(before or {})))
    arrivals = places.arrivals_of_image(dict(after))
    for arrival, previous in pairwise(arrivals):
        pair = following(previous, arrival, place, rule.max_gap)
        if arrival not in known and pair is not None and _uncounted(program_id, pair):
            pairs.count(program_id, pair, effective, now=now, again=True)


def _uncounted(program_id: str, pair: Following) -> bool:
    known = places.followings(wiring.database(), program_id, pair)
    forgotten = len(known) == REGISTER_DEPTH and pair.at <= max(each.at for each in known)
    return pair not in known and not forgotten


def pair_changed(key: str, before: Image | None, after: Image, *, now: Instant) -> None:
    """A pair has a new occurrence: make sure that both members are judged."""
    program_id = key.partition("#")[0]
    known = places.followings_of_image(key, dict(before or {}))
    followings = places.followings_of_image(key, dict(after))
    if followings != known:
        pairs.judge(program_id, followings, configuration.settings(program_id), now=now, new=False)
