"""Places and pairs, after a check-in was accepted; and the same steps again, to repair a crash.

Each step is idempotent. Recording an arrival twice changes nothing, nor does counting an occurrence
twice, nor judging a pair again: a flag's id follows from the check-in that fired it, so the second flag
has the id of the first.
"""

from dataclasses import replace

from redflag import wiring
from redflag.core.evidence import following_occurrence, occurred_at
from redflag.core.flags import Flag
from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import (
    OCCURRENCES_KEPT,
    Arrival,
    Attempt,
    Following,
    Member,
    Occurrence,
)
from redflag.core.places import following, place_of
from redflag.core.rules import back_to_back
from redflag.core.setting_types import Mode
from redflag.service.findings import apply_findings
from redflag.store import flags, places, register
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.programs import SettingsVersion


def arrive(
    program_id: str, attempt: Attempt, effective: SettingsVersion, *, now: Instant, again: bool = False
) -> None:
    """Record the arrival of an accepted check-in, and count and judge the pair it makes, if any.

    `again` is true when the request itself may have done some of it.
    """
    rule = effective.settings.rules.back_to_back
    place = place_of(attempt, rule)
    if place is None:
        return
    arrival = Arrival(attempt.check_in_id, attempt.member_id, attempt.at)
    previous = places.arrive(wiring.database(), program_id, place, arrival, now=now)
    pair = following(previous, arrival, place, rule.max_gap)
    if pair is not None and rule.mode is not Mode.OFF:
        count(program_id, pair, effective, now=now, again=again)


def count(program_id: str, pair: Following, effective: SettingsVersion, *, now: Instant, again: bool) -> None:
    """Count an occurrence of a pair and judge both members."""
    followings, new = places.follow(wiring.database(), program_id, pair, now=now)
    judge(program_id, followings, effective, now=now, new=new or not again)


def judge(
    program_id: str, followings: list[Following], effective: SettingsVersion, *, now: Instant, new: bool
) -> None:
    """Judge the newest occurrence of a pair for each of its members; again, when it is not `new`."""
    rule = effective.settings.rules.back_to_back
    if rule.mode is Mode.OFF or len(followings) < rule.limit:
        return
    newest = followings[0]
    for member_id in (newest.first.member_id, newest.second.member_id):
        _judge_member(program_id, member_id, followings, effective, now=now, new=new)


def _judge_member(
    program_id: str,
    member_id: str,
    followings: list[Following],
    effective: SettingsVersion,
    *,
    now: Instant,
    new: bool,
) -> None:
    database, rule = wiring.database(), effective.settings.rules.back_to_back

    def attempt(_conflict: Conflict | None) -> None:
        current = register.load(database, program_id, member_id)
        if current is None or current.member.trusted:
            return
        finding = back_to_back.evaluate(followings, current.member, rule)
        if finding is None:
            return
        if rule.mode is Mode.SHADOW:
            expires_at = (now + effective.settings.retention.history_days * DAY) // SECOND
            shadow = flags.record_shadow(database, program_id, member_id, finding, expires_at)
            # Nothing is saved about a member who was erased meanwhile.
            database.commit([register.present(database, program_id, member_id), shadow])
            return
        if not _known(program_id, current.member, followings[0], new=new):
            result, writes = apply_findings(program_id, current.member, [finding], effective, now=now)
            if writes:
                after = replace(current, member=result.member)
                database.commit([register.save(database, after), *writes])

    retry_on_conflict(attempt)


def _known(program_id: str, member: Member, judged: Following, *, new: bool) -> bool:
    """Whether a flag has this occurrence in its evidence already, or may once have had it.

    A new occurrence can only be in the open flag; another may be in a flag that was decided on.
    """
    database, occurrence = wiring.database(), following_occurrence(judged)
    if new:
        open_flag = member.open_flags.get(back_to_back.NAME)
        known = [flags.get(database, program_id, open_flag)] if open_flag else []
    else:
        theirs = flags.of_member(database, program_id, member.member_id)
        known = [flag for flag in theirs if flag.rule == back_to_back.NAME]
    return any(
        flag is not None and (_holds(flag, occurrence) or (not new and _may_have_dropped(flag, occurrence)))
        for flag in known
    )


def _holds(flag: Flag, occurrence: Occurrence) -> bool:
    return any(each["id"] == occurrence["id"] for each in flag.occurrences)


def _may_have_dropped(flag: Flag, occurrence: Occurrence) -> bool:
    full = len(flag.occurrences) == OCCURRENCES_KEPT
    return full and occurred_at(occurrence) <= min(map(occurred_at, flag.occurrences))
