"""One member's page: state, flags, attempts and what has happened to them."""

from dataclasses import dataclass

from redflag import wiring
from redflag.core.flags import Flag
from redflag.core.instants import Instant, format_instant
from redflag.core.model import Member
from redflag.service import configuration
from redflag.service.members import enrolment
from redflag.service.refusals import not_found
from redflag.store import audit, flags, history, register
from redflag.store.history import PastAttempt
from redflag.store.people import Profile

_RECENT = 20


@dataclass(frozen=True)
class Event:
    """Something that happened to a member."""

    at: str
    what: str
    by: str | None
    detail: str | None


@dataclass(frozen=True)
class Page:
    """Everything that a member's own page shows."""

    profile: Profile
    member: Member
    flags: list[Flag]
    attempts: list[PastAttempt]
    timeline: list[Event]


def page_of(program_id: str, member_id: str, *, now: Instant, newest: int | None = _RECENT) -> Page:
    """One member's page, with the newest of what has happened; with all of it when that is `None`.

    Raises `Refusal` when there is no such member.
    """
    database = wiring.database()
    profile = enrolment.get_profile(program_id, member_id)
    state = register.load(database, program_id, member_id)
    if state is None:
        raise not_found("member")
    key = register.key(program_id, member_id)["pk"]
    theirs = sorted(flags.of_member(database, program_id, member_id), key=lambda f: f.raised_at, reverse=True)
    return Page(
        profile=profile,
        member=state.member,
        flags=theirs,
        attempts=history.recent(database, key, now=now, days=history_days(program_id), limit=_RECENT),
        timeline=_timeline(program_id, profile, theirs, newest),
    )


def history_days(program_id: str) -> int:
    """How many days a program keeps its history."""
    return configuration.settings(program_id).settings.retention.history_days


def _timeline(program_id: str, profile: Profile, theirs: list[Flag], newest: int | None) -> list[Event]:
    entries = audit.about(wiring.database(), program_id, profile.member_id, newest)
    events = [Event(e["at"], e["action"], e["by"], e.get("reason")) for e in entries]
    events += [Event(format_instant(f.raised_at), f"flag:{f.rule}", None, f.sentence) for f in theirs]
    # Enrolments at the console are in the audit log, with who it was.
    if all(event.what != "enrol" for event in events):
        events.append(Event(format_instant(profile.enrolled_at), "enrol", None, None))
    return sorted(events, key=lambda event: event.at, reverse=True)
