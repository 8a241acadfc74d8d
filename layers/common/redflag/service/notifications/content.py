"""The content of a digest: its flags as they are now, and what else waits."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from redflag import wiring
from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import Instant, to_datetime
from redflag.core.rules import RULES
from redflag.core.settings import Frequency
from redflag.mail.mails import DigestNews, NewFlag, RuleNews, WaitingFlag
from redflag.service import links
from redflag.store import flag_queue, flags, people, programs
from redflag.store.digests import Digest
from redflag.store.people import Profile
from redflag.words import sentence

_SHOWN = 20
"""How many flags of a rule are listed one by one."""

_OLDEST = 5
_LOOKED_THROUGH = 100


@dataclass(frozen=True)
class _Place:
    name: str
    zone: ZoneInfo


def gather(digest: Digest, *, now: Instant) -> DigestNews | None:
    """The content of a digest; none when all of its flags are gone."""
    database, program_id = wiring.database(), digest.program_id
    program = programs.get_program(database, program_id)
    new = sorted(flags.batch(database, program_id, digest.flag_ids), key=_raised, reverse=True)
    if program is None or not new:
        return None
    effective = programs.get_settings(database, program_id, consistent=True)
    zone = ZoneInfo(effective.settings.notifications.time_zone)
    shown = {rule: [f for f in new if f.rule == rule][:_SHOWN] for rule in RULES}
    oldest = _oldest(program_id, set(digest.flag_ids))
    listed = [flag for theirs in shown.values() for flag in theirs]
    known = people.profiles(database, program_id, (flag.member_id for flag in (*listed, *oldest)))
    places = _places(program_id, listed)
    counts = Counter(flag.rule for flag in new)
    start, end = _period(digest, zone)
    return DigestNews(
        program=program.name,
        start=start,
        end=end,
        rules=[
            RuleNews(
                rule=rule,
                count=counts[rule],
                before=digest.counts_before.get(rule, 0) if start else None,
                flags=[_new_flag(flag, known, places, zone) for flag in shown[rule]],
            )
            for rule in RULES
            if counts[rule] or (start and digest.counts_before.get(rule))
        ],
        waiting=flag_queue.count(database, program_id, FlagStatus.OPEN),
        oldest=[
            WaitingFlag(
                _name(known.get(flag.member_id)),
                links.member_url(wiring.console_url(), flag.member_id),
                flag.rule,
                now - (flag.recorded_at or flag.raised_at),
            )
            for flag in oldest
        ],
        report_url=links.report_url(wiring.console_url()),
    )


def _period(digest: Digest, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if digest.frequency is Frequency.EVERY_FLAG:
        return None, None
    start = None if digest.start is None else _local(digest.start, zone)
    return start, _local(digest.end, zone)


def _raised(flag: Flag) -> Instant:
    return flag.raised_at


def _oldest(program_id: str, without: set[str]) -> list[Flag]:
    """The flags that have waited longest, without those that are listed as new."""
    found, _ = flag_queue.queue(
        wiring.database(),
        program_id,
        [FlagStatus.OPEN],
        after=None,
        start=None,
        end=None,
        filters={},
        limit=_LOOKED_THROUGH,
    )
    return [flag for flag in found if flag.flag_id not in without][:_OLDEST]


def _places(program_id: str, listed: Iterable[Flag]) -> dict[str, _Place]:
    ids = {flag.location_id for flag in listed if flag.location_id is not None}
    found = {each: programs.get_location(wiring.database(), program_id, each) for each in ids}
    return {each: _Place(d["name"], ZoneInfo(d["time_zone"])) for each, d in found.items() if d is not None}


def _new_flag(
    flag: Flag, known: Mapping[str, Profile], places: Mapping[str, _Place], zone: ZoneInfo
) -> NewFlag:
    place = places.get(flag.location_id or "")
    return NewFlag(
        member=_name(known.get(flag.member_id)),
        url=links.member_url(wiring.console_url(), flag.member_id),
        sentence=flag.sentence,
        at=_local(flag.raised_at, place.zone if place else zone),
        location=place.name if place else None,
        status=flag.status,
    )


def _name(profile: Profile | None) -> str:
    if profile is None:
        return sentence("member-gone")
    return profile.name or sentence("member-unnamed", number=profile.phone_masked)


def _local(instant: Instant, zone: ZoneInfo) -> datetime:
    return to_datetime(instant).astimezone(zone)
