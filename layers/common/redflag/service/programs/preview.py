"""What a change of the settings would have done with the last weeks' check-ins. Nothing is written.

Members are read in the order of their names, a hundred registers at once. The register of most members
holds all of their attempts in the period. The attempts of the others are read from the history, one query
for each member. Point edits are read from the audit log.

**Bounds.** The caller waits, and API Gateway waits thirty seconds. So a preview reads for a limited time,
and a limited number of members and attempts. It judges what it has read, and says what it left out. With
members left out nobody knows who followed whom, so then `back_to_back` is not judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from zoneinfo import ZoneInfo

from redflag import wiring
from redflag.core.decide import Outcome
from redflag.core.hours import OpeningHours, Span
from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import (
    REGISTER_DEPTH,
    Attempt,
    Location,
    Member,
    PointEdit,
    RuleName,
)
from redflag.core.preview import Past, Preview, preview, reach
from redflag.core.rules import back_to_back, point_edits
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from redflag.store import audit_search, history, people, programs, register
from redflag.store.audit import Logged
from redflag.store.history import PastAttempt
from redflag.store.register import REFUSALS_KEPT, Register

_BATCH = 100
"""How many registers are read at once."""

_DAYS = 30
"""How long the period is, unless attempts are kept for less."""

_READING: Instant = 10 * SECOND
_MEMBERS = 5_000
_ATTEMPTS = 30_000
"""How long is read, and of how many members and attempts; whichever comes first ends the reading."""

_OF_ONE_MEMBER = 1_000
"""How many attempts of one member are read."""

_SEARCHES = 5
_EDITS = 1_000
"""How often the audit log is searched for point edits, some thousand entries each time, and for how many."""

_ALWAYS_OPEN = OpeningHours.every_day(Span.parse("00:00", "24:00"))
"""The hours of a location that was deleted: nobody knows when it was closed."""


@dataclass(frozen=True)
class Looked:
    """A preview with its period, the names of the members by id, and the number of attempts in the period."""

    preview: Preview
    start: Instant
    end: Instant
    names: dict[str, str | None]
    attempts: int
    explanation: str | None
    """What was looked at, when that is not all."""
    left_out: dict[RuleName, str]
    """The rules that were not judged, each with a sentence that says why."""


@dataclass
class _Read:
    """What has been read of a program's members so far."""

    names: dict[str, str | None] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    explanation: str | None = None


def look(program_id: str, proposed: Settings, *, now: Instant) -> Looked:
    """Judge the program's recent check-ins by the effective settings and by others."""
    current = programs.get_settings(wiring.database(), program_id, consistent=True).settings
    both = (current, proposed)
    days = current.retention.history_days
    start = now - min(_DAYS, days) * DAY
    earliest = start - max(map(reach, both))
    read = _members(program_id, earliest, now=now, days=days, positions=any(map(_wants_positions, both)))
    edits = _edits(program_id, earliest, read) if any(map(_judges_edits, both)) else []
    left_out = {}
    if edits is None:
        left_out[point_edits.NAME] = "The audit log of that time is longer than one preview reads."
    if read.explanation:
        left_out[back_to_back.NAME] = "Not all check-ins were looked at, so nobody knows who followed whom."
    past = Past(
        members=read.members,
        locations=_locations(program_id, read.attempts),
        attempts=sorted(read.attempts, key=lambda each: (each.at, each.check_in_id)),
        edits=edits or [],
    )
    return Looked(
        preview=preview(past, *both, start),
        start=start,
        end=now,
        names=read.names,
        attempts=sum(each.at >= start for each in read.attempts),
        explanation=read.explanation,
        left_out=left_out,
    )


def _wants_positions(settings: Settings) -> bool:
    rule = settings.rules.back_to_back
    return rule.mode is not Mode.OFF and rule.match_on == "position"


def _judges_edits(settings: Settings) -> bool:
    return settings.rules.point_edits.mode is not Mode.OFF


def _members(program_id: str, after: Instant, *, now: Instant, days: int, positions: bool) -> _Read:
    database, read = wiring.database(), _Read()
    for name, found in _registers(program_id):
        enough = len(read.members) >= _MEMBERS or len(read.attempts) >= _ATTEMPTS
        if enough or wiring.now() - now > _READING:
            read.explanation = (
                "There are more members or check-ins than a preview reads. "
                f"It looked at the first {len(read.members):,} members by name."
            )
            break
        member_id = found.member.member_id
        read.names[member_id], read.members[member_id] = name, found.member
        attempts = {each.check_in_id: each for each in _of_register(found, after)}
        if (attempts and positions) or not _is_complete(found, after):
            key = register.key(program_id, member_id)["pk"]
            past = history.since(database, key, after, now=now, days=days, limit=_OF_ONE_MEMBER)
            if len(past) == _OF_ONE_MEMBER:
                read.explanation = f"Of some members it looked at the newest {len(past):,} check-ins."
            attempts |= {each.check_in_id: each for each in _of_history(found, past)}
        read.attempts += attempts.values()
    return read


def _registers(program_id: str) -> Iterator[tuple[str | None, Register]]:
    """Every member's name and register, in the order of the names, read as they are needed."""
    database = wiring.database()
    for page in batched(people.names(database, program_id), _BATCH, strict=False):
        found = {each.member.member_id: each for each in register.batch(database, program_id, dict(page))}
        yield from ((name, found[member_id]) for member_id, name in page if member_id in found)


def _is_complete(found: Register, after: Instant) -> bool:
    """Whether a register has no room for an attempt after an instant that it has forgotten."""
    accepted, refused = found.accepted, found.refused
    return (len(accepted) < REGISTER_DEPTH or accepted[-1].at <= after) and (
        len(refused) < REFUSALS_KEPT or refused[-1].at <= after
    )


def _of_register(found: Register, after: Instant) -> Iterator[Attempt]:
    for slot in (*found.accepted, *found.refused):
        if slot.at > after and _depends(slot.outcome):
            yield Attempt(slot.check_in_id, found.member.member_id, slot.location_id, slot.at)


def _of_history(found: Register, past: list[PastAttempt]) -> Iterator[Attempt]:
    for each in past:
        if each.counts and _depends(each.outcome):
            yield Attempt(
                each.check_in_id, found.member.member_id, each.location_id, each.at, position=each.position
            )


def _depends(outcome: Outcome) -> bool:
    """Whether what became of an attempt depends on settings, not on what people have decided."""
    return outcome is not Outcome.ACCOUNT_BLOCKED


def _edits(program_id: str, after: Instant, read: _Read) -> list[tuple[str, PointEdit]] | None:
    """The point edits of the members that were read, oldest first; `None` when the log is too long."""
    query = audit_search.AuditQuery(action="edit_points", start=after)
    found: list[Logged] = []
    before = None
    for _ in range(_SEARCHES):
        page, before = audit_search.newest(wiring.database(), program_id, query, before=before, limit=_EDITS)
        found += page
        if before is None:
            break
    else:
        return None
    edits = []
    for logged in reversed(found):
        entry = logged.entry
        if entry.subject in read.members and entry.before and entry.after:
            delta = entry.after["points"] - entry.before["points"]
            edit = PointEdit(f"e_{logged.number}", entry.at, delta, entry.by, entry.reason or "")
            edits.append((entry.subject, edit))
    return edits


def _locations(program_id: str, attempts: list[Attempt]) -> dict[str, Location]:
    """The program's locations, and those that attempts name and that were deleted."""
    documents = programs.all_locations(wiring.database(), program_id)
    known = {each.location_id: each for each in map(programs.read_location, documents)}
    gone = {each.location_id for each in attempts} - known.keys()
    return known | {each: Location(each, ZoneInfo("UTC"), _ALWAYS_OPEN) for each in gone}
