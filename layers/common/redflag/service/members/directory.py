"""Looking at members: the list, one member's page, everything about one member, and nothing any more."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redflag import config, wiring
from redflag.core.flags import Flag
from redflag.core.instants import BEGINNING, Instant, format_instant
from redflag.core.model import Access, Member, PointEdit, RuleName
from redflag.phones import Phone
from redflag.problems import not_found
from redflag.service.findings import until_won
from redflag.service.members import enrolment
from redflag.store import audit, flags, history, partition, people, points, principals, register
from redflag.store.audit import Entry
from redflag.store.database import Lost
from redflag.store.flags import ShadowFinding
from redflag.store.history import PastAttempt
from redflag.store.people import Profile
from redflag.store.programs import Program

_PAGES_READ = 10
"""How many pages of names one request looks through; a longer search goes on with the cursor."""

_PAGE = 100
"""How many names a page of the search has."""

_RECENT = 20

NO_MEMBERSHIP = "none"
"""What those are looked for by who have never had a paid membership."""


@dataclass(frozen=True)
class Wanted:
    """Which members a list is to show."""

    query: str | None = None
    flagged: bool | None = None
    rule: RuleName | None = None
    access: Access | None = None
    trusted: bool | None = None
    membership: str | None = None

    def fits(self, profile: Profile, member: Member) -> bool:
        """Whether this is a member who is wanted; the query has been answered before."""
        return (
            self.flagged in (None, bool(member.open_flags))
            and (self.rule is None or self.rule in member.open_flags)
            and self.access in (None, member.access)
            and self.trusted in (None, member.trusted)
            and self.membership in (None, profile.membership or NO_MEMBERSHIP)
        )


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


def list_members(
    program: Program, wanted: Wanted, *, after: str | None, limit: int
) -> tuple[list[tuple[Profile, Member]], str | None]:
    """Members by name, and where the next page starts. A phone or the merchant's own id is exact."""
    exact = _exact(program, wanted.query) if wanted.query and after is None else None
    if exact is not None:
        return [pair for pair in _with_state(program.program_id, [exact]) if wanted.fits(*pair)], None
    found: list[tuple[Profile, Member]] = []
    for _ in range(_PAGES_READ):
        profiles, after = people.by_name(
            wiring.database(), program.program_id, wanted.query or "", after=after, limit=_PAGE
        )
        found += [pair for pair in _with_state(program.program_id, profiles) if wanted.fits(*pair)]
        if len(found) > limit:
            return found[:limit], people.name_position(found[limit - 1][0])
        if after is None:
            break
    return found, after


def _exact(program: Program, query: str) -> Profile | None:
    database, program_id = wiring.database(), program.program_id
    member_id = people.find_external(database, program_id, query)
    if member_id is None:
        try:
            phone = Phone.parse(query, program.region)
        except ValueError:
            return None
        member_id = enrolment.find_member(program_id, phone)
    return people.get_profile(database, program_id, member_id) if member_id else None


def _with_state(program_id: str, profiles: list[Profile]) -> Iterator[tuple[Profile, Member]]:
    """Profiles, each with what decides about the member."""
    member_ids = [profile.member_id for profile in profiles]
    states = {s.member.member_id: s.member for s in register.batch(wiring.database(), program_id, member_ids)}
    for profile in profiles:
        if profile.member_id in states:
            yield profile, states[profile.member_id]


def page_of(program_id: str, member_id: str, *, now: Instant, newest: int | None = _RECENT) -> Page:
    """One member's page, with the newest of what has happened; with all of it when that is `None`.

    Raises `Problem` when there is no such member.
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
        attempts=history.recent(database, key, now=now, days=_days(program_id), limit=_RECENT),
        timeline=_timeline(program_id, profile, theirs, newest),
    )


def _days(program_id: str) -> int:
    return config.settings(program_id).settings.retention.history_days


def _timeline(program_id: str, profile: Profile, theirs: list[Flag], newest: int | None) -> list[Event]:
    entries = audit.about(wiring.database(), program_id, profile.member_id, newest)
    events = [Event(e["at"], e["action"], e["by"], e.get("reason")) for e in entries]
    events += [Event(format_instant(f.raised_at), f"flag:{f.rule}", None, f.sentence) for f in theirs]
    # Enrolments at the console are in the audit log, with who it was.
    if all(event.what != "enrol" for event in events):
        events.append(Event(format_instant(profile.enrolled_at), "enrol", None, None))
    return sorted(events, key=lambda event: event.at, reverse=True)


@dataclass(frozen=True)
class Export:
    """What is kept about a member beyond their page. `entries` are those of the audit log, newest first."""

    phone: str
    accounts: list[str]
    attempts: list[PastAttempt]
    point_edits: list[tuple[PointEdit, int]]
    shadow_findings: list[ShadowFinding]
    entries: list[dict[str, Any]]


def export(program_id: str, member_id: str, *, by: str, now: Instant) -> Export:
    """All that is kept about a member, for the member; that it was exported is audited."""

    def attempt(_lost: Lost | None) -> Export:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        key = register.key(program_id, member_id)["pk"]
        exported = Export(
            phone=enrolment.reveal(profile),
            accounts=principals.accounts_of(database, program_id, member_id),
            attempts=history.everything(database, key, now=now, days=_days(program_id)),
            point_edits=points.since(database, program_id, member_id, BEGINNING),
            shadow_findings=flags.shadow_findings(database, program_id, member_id, now=now),
            entries=audit.about(database, program_id, member_id, None),
        )
        entry = Entry(action="export", at=now, by=by, subject=member_id)
        database.commit([audit.append(database, program_id, entry)])
        return exported

    return until_won(attempt)


def erase(program_id: str, member_id: str, *, by: str, reason: str | None, now: Instant) -> None:
    """Forget a member. The block of their number stays, known only by its HMAC.

    Who may act as the member goes before what names them, and the profile goes last, so that whoever
    is interrupted can ask again. Whatever is added to the member meanwhile changes the register, and
    then all of it is done again. What the stream still brings to the history afterwards is swept when
    the stream shows that the register is gone.
    """

    def attempt(_lost: Lost | None) -> None:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        current = register.load(database, program_id, member_id)
        if current is None:
            raise not_found("member")
        _forget_accounts(program_id, member_id)
        key = register.key(program_id, member_id)["pk"]
        partition.sweep(database, database.tables.history, key)
        partition.sweep(database, database.tables.members, key, keep=people.ESSENTIAL)
        record = people.find_phone(database, program_id, profile.phone_hash, consistent=True)
        entry = Entry(action="erase", at=now, by=by, subject=member_id, reason=reason)
        writes = [
            people.forget_phone(database, profile, record),
            people.forget_profile(database, profile),
            register.forget(database, current),
            audit.append(database, program_id, entry),
        ]
        if profile.external_id is not None:
            writes.append(people.forget_external(database, program_id, profile.external_id))
        database.commit(writes)

    until_won(attempt)


def _forget_accounts(program_id: str, member_id: str) -> None:
    database = wiring.database()
    for subject in principals.accounts_of(database, program_id, member_id):
        # Lost when the person acts as another member by now, or was forgotten before.
        with suppress(Lost):
            database.commit([principals.forget_account(database, program_id, member_id, subject)])
