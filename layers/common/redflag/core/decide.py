"""Deciding one attempt to check in: gather, decide, apply. This is the middle part.

The order is fixed: access first, then opening hours, then the cooldown. An attempt that passes all
three is accepted, and only then do the other rules look at the member's history. A refused attempt
changes no history and counts in no rule.

**Late events.** Kiosks that were offline and imports send check-ins after the fact. A late check-in
is put where it belongs in time, and every later check-in is judged again, with it and without it.
What fires only with it was caused by the late check-in. So the same accepted check-ins give
the same flags in whichever order they arrive.

**What the register cannot show.** It remembers the newest 16 accepted check-ins. An event older
than all of them is accepted, kept in the history, and counts in no rule. What else a late event needs
comes in `older`: `needed_history` says which check-ins the caller must read from the history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from redflag.core.instants import BEGINNING, Instant
from redflag.core.model import (
    REGISTER_DEPTH,
    Access,
    Attempt,
    CheckIn,
    Finding,
    Location,
    Member,
)
from redflag.core.rules import HISTORY_RULES, outside_hours
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings

OLDER_JUDGED = max(rule.looks_back for rule in HISTORY_RULES.values())
"""How many check-ins beyond the register a late event may need: as many as a rule looks back."""


class Outcome(StrEnum):
    """What became of an attempt; refusals carry the API's error codes."""

    ACCEPTED = "accepted"
    ACCOUNT_BLOCKED = "account_blocked"
    OUTSIDE_BUSINESS_HOURS = "outside_business_hours"
    TOO_SOON = "too_soon"


@dataclass(frozen=True)
class Decision:
    """What becomes of an attempt, and everything the rules have found.

    `member` is the member after the check-in and before `flags.apply_findings`. `findings` are to be
    applied, `shadow` only to be recorded. `counts` is false for an event too old for the register.
    """

    outcome: Outcome
    member: Member
    findings: tuple[Finding, ...] = ()
    shadow: tuple[Finding, ...] = ()
    retry_at: Instant | None = None
    opens_at: Instant | None = None
    counts: bool = True

    @property
    def accepted(self) -> bool:
        """Whether the member has checked in."""
        return self.outcome is Outcome.ACCEPTED

    @property
    def clean(self) -> bool:
        """Accepted in time, and no rule has found anything, not even in shadow mode."""
        return self.accepted and self.counts and not self.findings and not self.shadow


@dataclass(frozen=True)
class NeededHistory:
    """Accepted check-ins after `start` and before `end`; `counted` leaves out what counts in no rule."""

    start: Instant
    end: Instant
    counted: bool
    limit: int = OLDER_JUDGED + REGISTER_DEPTH
    """How many to read, the newest first. Those that the register holds too are among them."""


def needed_history(member: Member, at: Instant, cooldown: Instant) -> NeededHistory | None:
    """Which check-ins of the history an event needs beside the register: none, unless it is late.

    An event older than the register needs its neighbours, for the cooldown; any other late event needs
    as many as the highest limit of a rule may look back. The range includes the oldest
    instant of the register, because another check-in of that instant may have left the register.
    """
    if len(member.check_ins) < REGISTER_DEPTH or at >= member.check_ins[0].at:
        return None
    oldest = member.check_ins[-1].at
    if at < oldest:
        return NeededHistory(at - cooldown, min(at + cooldown, oldest + 1), counted=False)
    return NeededHistory(BEGINNING, oldest + 1, counted=True)


def decide(
    member: Member,
    attempt: Attempt,
    settings: Settings,
    location: Location,
    older: Sequence[CheckIn] = (),
) -> Decision:
    """Decide an attempt of a known member at a known location."""
    known = {check_in.check_in_id for check_in in member.check_ins}
    older = [check_in for check_in in older if check_in.check_in_id not in known]
    if member.access is not Access.ACTIVE or member.platform_blocked:
        return Decision(Outcome.ACCOUNT_BLOCKED, member)

    closed = _closed(member, attempt, settings, location)
    if settings.rules.outside_hours.mode is Mode.ON and closed.outside:
        hours = settings.rules.outside_hours.hours(location)
        return Decision(
            Outcome.OUTSIDE_BUSINESS_HOURS,
            member,
            findings=closed.findings,
            opens_at=hours.next_opening(attempt.at, location.zone) if hours else None,
        )

    cooldown = settings.check_in.cooldown
    retry_at = earliest((*member.check_ins, *older), attempt.at, cooldown)
    if retry_at > attempt.at:
        return Decision(Outcome.TOO_SOON, member, shadow=closed.findings, retry_at=retry_at)
    return _accept(member, attempt, settings, older[:OLDER_JUDGED], closed.findings)


@dataclass(frozen=True)
class _Closed:
    outside: bool
    findings: tuple[Finding, ...]


def _closed(member: Member, attempt: Attempt, settings: Settings, location: Location) -> _Closed:
    rule = settings.rules.outside_hours
    found = None if rule.mode is Mode.OFF else outside_hours.evaluate(attempt, location, rule)
    counted = found is not None and attempt.at > member.baseline and not member.trusted
    return _Closed(found is not None, (found,) if found and counted else ())


def earliest(check_ins: Sequence[CheckIn], at: Instant, cooldown: Instant) -> Instant:
    """The first instant from `at` on that is a cooldown away from every accepted check-in."""
    for check_in in reversed(check_ins):
        if abs(check_in.at - at) < cooldown:
            at = check_in.at + cooldown
    return at


def _accept(
    member: Member,
    attempt: Attempt,
    settings: Settings,
    older: Sequence[CheckIn],
    shadow: tuple[Finding, ...],
) -> Decision:
    index = sum(c.at > attempt.at for c in member.check_ins)
    if index == REGISTER_DEPTH:
        return Decision(Outcome.ACCEPTED, member, shadow=shadow, counts=False)
    known = member.check_ins
    history = (*known[:index], attempt.accepted(), *known[index:])
    after = replace(member, check_ins=history[:REGISTER_DEPTH])
    if member.trusted:
        return Decision(Outcome.ACCEPTED, after, shadow=shadow)

    without = {(f.rule, f.trigger_id) for f in _fired(member, (*known, *older), index - 1, settings)}
    found = [
        f
        for f in _fired(member, (*history, *older), index, settings)
        if (f.rule, f.trigger_id) not in without
    ]
    return Decision(
        Outcome.ACCEPTED,
        after,
        findings=tuple(f for f in found if settings.rules.mode(f.rule) is Mode.ON),
        shadow=shadow + tuple(f for f in found if settings.rules.mode(f.rule) is Mode.SHADOW),
    )


def _fired(member: Member, history: Sequence[CheckIn], oldest: int, settings: Settings) -> Iterator[Finding]:
    """What the history rules find at each check-in from index `oldest` to the newest."""
    cooldown = settings.check_in.cooldown
    for index in range(oldest, -1, -1):
        counted = [c for c in history[index:] if c.at > member.baseline]
        if history[index].at <= member.baseline:
            continue
        for name, rule in HISTORY_RULES.items():
            if settings.rules.mode(name) is not Mode.OFF:
                finding = rule.evaluate(counted, getattr(settings.rules, name), cooldown)
                if finding is not None:
                    yield finding
