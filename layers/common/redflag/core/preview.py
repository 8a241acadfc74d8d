"""What other settings would have done: one past, judged by two rulebooks side by side.

Both are judged by the engine that replays use, from a member's first check-in that was read. What
fires before the period is not counted: a rule that looks back a month needs a month to look at.

Nobody acts on a flag during a preview. So a flag stays open, a rule has at most one flag on a member,
and the preview counts members. For the same reason it suspends nobody: nobody would ever lift the
suspension. Trust and baselines are the current ones: trusted members are skipped, and what was verified
does not count again.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from redflag.core.decide import Outcome
from redflag.core.engine import Engine
from redflag.core.instants import DAY, Instant
from redflag.core.model import Attempt, Location, Member, PointEdit, RuleName
from redflag.core.rules import CONFIGURABLE, RULES
from redflag.core.rules.definition import HistoryRule
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings

REFUSALS = (Outcome.TOO_SOON, Outcome.OUTSIDE_BUSINESS_HOURS)
"""The refusals that settings decide about."""

_EXTENT = {Mode.OFF: 0, Mode.SHADOW: 1, Mode.ON: 2}


@dataclass(frozen=True)
class Past:
    """What has happened in a program: its members as they are now, and the rest in order of time."""

    members: Mapping[str, Member]
    locations: Mapping[str, Location]
    attempts: Sequence[Attempt]
    edits: Sequence[tuple[str, PointEdit]] = ()
    """Point edits, each after the id of the member whose points they changed."""


@dataclass(frozen=True)
class Judged:
    """The members that each rule found, flagged or in shadow mode, and how many attempts were refused."""

    found: Mapping[RuleName, frozenset[str]]
    refused: Mapping[Outcome, int]


@dataclass(frozen=True)
class Side:
    """A rule in one of the two rulebooks. In mode `shadow` its members are recorded, not flagged."""

    mode: Mode
    members: frozenset[str]

    def beyond(self, other: "Side") -> frozenset[str]:
        """The members to whom this side does more than the other."""
        return self.members if _EXTENT[self.mode] > _EXTENT[other.mode] else self.members - other.members


@dataclass(frozen=True)
class Difference:
    """What a rule does under the effective settings, and what it would do under the proposed ones."""

    rule: RuleName
    current: Side
    proposed: Side

    @property
    def added(self) -> frozenset[str]:
        """Who would be flagged or recorded in addition."""
        return self.proposed.beyond(self.current)

    @property
    def removed(self) -> frozenset[str]:
        """Who would no longer be."""
        return self.current.beyond(self.proposed)


@dataclass(frozen=True)
class Preview:
    """All rules, and the refused attempts, under the effective and under the proposed settings."""

    rules: tuple[Difference, ...]
    refused: Mapping[Outcome, tuple[int, int]]


def reach(settings: Settings) -> Instant:
    """How far before a check-in the rules look for others."""
    rules, cooldown = settings.rules, settings.check_in.cooldown
    spans = [cooldown]
    for name in CONFIGURABLE:
        rule, its = RULES[name], getattr(rules, name)
        if rules.mode(name) is Mode.OFF:
            continue
        if isinstance(rule, HistoryRule):
            spans += [-each.instant for each in rule.cannot_fire_when(its, 0, cooldown)]
        elif rule.chart is not None and rule.chart.days is not None:
            spans.append(getattr(its, rule.chart.days) * DAY)
    return max(spans)


def judge(past: Past, settings: Settings, since: Instant) -> Judged:
    """The members that the rules find from an instant on."""
    fresh = {each.member_id: _fresh(each) for each in past.members.values()}
    engine = Engine(replace(settings, automatically_suspend=False), past.locations, members=fresh)
    refused: Counter[Outcome] = Counter()
    for attempt in past.attempts:
        decision = engine.check_in(attempt)
        if not decision.accepted and attempt.at >= since:
            refused[decision.outcome] += 1
    for member_id, edit in past.edits:
        engine.edit_points(member_id, edit)
    found = defaultdict(set)
    for flag in engine.flags.values():
        if flag.last_triggered_at >= since:
            found[flag.rule].add(flag.member_id)
    for member_id, finding in engine.shadow:
        if finding.at >= since:
            found[finding.rule].add(member_id)
    return Judged({rule: frozenset(members) for rule, members in found.items()}, refused)


def _fresh(member: Member) -> Member:
    """A member before anything has happened, but for what people have decided."""
    return Member(member.member_id, trusted=member.trusted, baseline=member.baseline)


def preview(past: Past, current: Settings, proposed: Settings, since: Instant) -> Preview:
    """Judge a past under both settings, and compare."""
    now, then = judge(past, current, since), judge(past, proposed, since)
    return Preview(
        rules=tuple(
            Difference(
                rule,
                Side(current.rules.mode(rule), now.found.get(rule, frozenset())),
                Side(proposed.rules.mode(rule), then.found.get(rule, frozenset())),
            )
            for rule in CONFIGURABLE
        ),
        refused={each: (now.refused.get(each, 0), then.refused.get(each, 0)) for each in REFUSALS},
    )
