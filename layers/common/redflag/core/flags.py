"""Flags, and what people do about them: the state machine.

    (a rule fires)         -> open
    open      -- verify    -> verified      the member's baseline moves to now
    open      -- resolve   -> resolved      the member is trusted from now on
    open      -- block     -> confirmed     the member's access becomes blocked
    confirmed -- unblock   -> overturned    access becomes active, the baseline moves to now

A flag's evidence is frozen when it is raised. While the flag is open, later triggers add their
occurrences and count; the sentence stays what it was. The functions here take the state and answer
the new state; nothing is changed in place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from redflag.core.evidence import occurred_at
from redflag.core.instants import Instant
from redflag.core.model import OCCURRENCES_KEPT, Access, Finding, Member, Occurrence, RuleName, code_of
from redflag.core.rules import manual
from redflag.core.settings import Settings


class FlagStatus(StrEnum):
    """The status of a flag."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    VERIFIED = "verified"
    RESOLVED = "resolved"
    OVERTURNED = "overturned"


class Action(StrEnum):
    """What a person can do about a member's flags."""

    FLAG = "flag"
    VERIFY = "verify"
    RESOLVE = "resolve"
    BLOCK = "block"
    UNBLOCK = "unblock"


class NotAllowed(Exception):
    """The state machine refuses an action. `code` is the API's error code."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Flag:
    """A red flag on one member by one rule.

    `raised_at` is when what it is about took place; `recorded_at` is when Redflag learned of it, which
    for a late event is later. Replays, which learn of everything afterwards, leave it out.
    """

    flag_id: str
    member_id: str
    rule: RuleName
    status: FlagStatus
    raised_at: Instant
    last_triggered_at: Instant
    count: int
    location_id: str | None
    sentence: str
    value: int
    limit: int
    settings_version: int
    occurrences: tuple[Occurrence, ...]
    recorded_at: Instant | None = None
    decided_at: Instant | None = None
    decided_by: str | None = None
    reason: str | None = None


def own_flags(member_id: str) -> str:
    """How the ids of all of a member's flags begin."""
    return f"f_{member_id.partition('_')[2]}"


def flag_id_for(member_id: str, finding: Finding) -> str:
    """A flag's id follows from the member, the rule and what fired it: nothing is raised twice."""
    trigger = finding.trigger_id.partition("_")[2]
    return f"{own_flags(member_id)}{code_of(finding.rule)}{trigger}"


def raise_flag(member: Member, finding: Finding, settings_version: int) -> Flag:
    """A new open flag, its evidence frozen."""
    return Flag(
        flag_id=flag_id_for(member.member_id, finding),
        member_id=member.member_id,
        rule=finding.rule,
        status=FlagStatus.OPEN,
        raised_at=finding.at,
        last_triggered_at=finding.at,
        count=1,
        location_id=finding.location_id,
        sentence=finding.sentence,
        value=finding.value,
        limit=finding.limit,
        settings_version=settings_version,
        occurrences=_newest(finding.occurrences),
    )


def add_trigger(flag: Flag, finding: Finding) -> Flag:
    """The open flag with a later trigger added to its evidence and its count."""
    known = {o["id"] for o in flag.occurrences}
    new = tuple(o for o in finding.occurrences if o["id"] not in known)
    return replace(
        flag,
        count=flag.count + 1,
        last_triggered_at=max(flag.last_triggered_at, finding.at),
        occurrences=_newest(new + flag.occurrences),
    )


def _newest(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    return tuple(sorted(occurrences, key=occurred_at, reverse=True)[:OCCURRENCES_KEPT])


@dataclass(frozen=True)
class Applied:
    """A member after findings were applied, with the flags that are new or have changed."""

    member: Member
    flags: tuple[Flag, ...]

    def suspends(self, before: Member) -> bool:
        """Whether the findings have suspended a member who was active."""
        return before.access is Access.ACTIVE and self.member.access is Access.SUSPENDED


def apply_findings(
    member: Member,
    open_flags: Mapping[RuleName, Flag],
    findings: Iterable[Finding],
    settings: Settings,
    settings_version: int,
) -> Applied:
    """Turn findings into flags: one open flag a rule and member, later findings added to it.

    `open_flags` holds the member's open flags of the rules that found something. Flags that staff
    raises remove trust and never suspend.
    """
    flags = dict(open_flags)
    changed: dict[RuleName, Flag] = {}
    for finding in findings:
        if member.trusted and finding.rule != manual.NAME:
            continue
        flag = flags.get(finding.rule)
        flag = raise_flag(member, finding, settings_version) if flag is None else add_trigger(flag, finding)
        flags[finding.rule] = changed[finding.rule] = flag
        member = replace(member, open_flags={**member.open_flags, finding.rule: flag.flag_id})
        if finding.rule == manual.NAME:
            member = replace(member, trusted=False)
        elif settings.automatically_suspend and member.access is Access.ACTIVE:
            member = replace(member, access=Access.SUSPENDED)
    return Applied(member, tuple(changed.values()))


@dataclass(frozen=True)
class Decided:
    """What an action has done: the member, and the flags that changed."""

    member: Member
    changed: tuple[Flag, ...]


def act(
    action: Action, member: Member, flags: Iterable[Flag], *, now: Instant, by: str, reason: str
) -> Decided:
    """Carry out `verify`, `resolve`, `block` or `unblock` on a member and all of their flags.

    Raises `NotAllowed`. `flag` is `raise_flag` with a finding of the rule `manual`.
    """
    check, source, target, effect = _TRANSITIONS[action]
    check(member)
    changed = tuple(
        replace(f, status=target, decided_at=now, decided_by=by, reason=reason)
        for f in flags
        if f.status is source
    )
    if source is FlagStatus.OPEN:
        member = replace(member, open_flags={})
    return Decided(effect(member, now), changed)


def _needs_open_flag(member: Member) -> None:
    if not member.open_flags:
        raise NotAllowed("not_flagged", "This member has no open flag. Flag the member first.")


def _needs_blockable(member: Member) -> None:
    if member.access is Access.BLOCKED:
        raise NotAllowed("already_blocked", "This member is blocked already.")
    _needs_open_flag(member)


def _needs_barred(member: Member) -> None:
    if member.access is Access.ACTIVE:
        raise NotAllowed("not_blocked", "This member is neither blocked nor suspended.")


def check_flaggable(member: Member) -> None:
    """Refuse a second open flag by staff."""
    if manual.NAME in member.open_flags:
        raise NotAllowed("already_flagged", "Staff has flagged this member already.")


def _released(member: Member) -> Access:
    return Access.ACTIVE if member.access is Access.SUSPENDED else member.access


def _verify(member: Member, now: Instant) -> Member:
    return replace(member, access=_released(member), baseline=now)


def _resolve(member: Member, _now: Instant) -> Member:
    return replace(member, access=_released(member), trusted=True)


def _block(member: Member, _now: Instant) -> Member:
    return replace(member, access=Access.BLOCKED)


def _unblock(member: Member, now: Instant) -> Member:
    return replace(member, access=Access.ACTIVE, baseline=now)


type _Check = Callable[[Member], None]
type _Effect = Callable[[Member, Instant], Member]

_TRANSITIONS: dict[Action, tuple[_Check, FlagStatus, FlagStatus, _Effect]] = {
    Action.VERIFY: (_needs_open_flag, FlagStatus.OPEN, FlagStatus.VERIFIED, _verify),
    Action.RESOLVE: (_needs_open_flag, FlagStatus.OPEN, FlagStatus.RESOLVED, _resolve),
    Action.BLOCK: (_needs_blockable, FlagStatus.OPEN, FlagStatus.CONFIRMED, _block),
    Action.UNBLOCK: (_needs_barred, FlagStatus.CONFIRMED, FlagStatus.OVERTURNED, _unblock),
}
