"""A whole program in memory: the rules without a cloud.

The same functions that serve live decisions run here over plain dictionaries. Replays of a file of
check-ins and previews of a settings change use it. Tests compare the stored program with it.
"""

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from redflag.core.decide import Decision, decide, needed_history
from redflag.core.flags import Action, Decided, Flag, act, apply_findings, check_flaggable, flag_id_for
from redflag.core.instants import Instant
from redflag.core.model import (
    Arrival,
    Attempt,
    CheckIn,
    Finding,
    Following,
    Location,
    Member,
    PointEdit,
)
from redflag.core.places import following, place_of, remember
from redflag.core.rules import back_to_back, manual, point_edits
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings


@dataclass(slots=True)
class Engine:
    """One program's members, places, pairs and flags."""

    settings: Settings
    locations: Mapping[str, Location]
    settings_version: int = 0
    members: dict[str, Member] = field(default_factory=dict)
    flags: dict[str, Flag] = field(default_factory=dict)
    shadow: list[tuple[str, Finding]] = field(default_factory=list)
    _history: dict[str, list[CheckIn]] = field(default_factory=dict)
    _uncounted: set[str] = field(default_factory=set)
    _arrivals: dict[str, Arrival] = field(default_factory=dict)
    _pairs: dict[frozenset[str], tuple[Following, ...]] = field(default_factory=dict)
    _edits: dict[str, tuple[PointEdit, ...]] = field(default_factory=dict)

    def check_in(self, attempt: Attempt) -> Decision:
        """Decide an attempt and apply what follows from it. Unknown members are enrolled.

        Raises `KeyError` for an unknown location.
        """
        before = self.member(attempt.member_id)
        older = self._older(before, attempt)
        decision = decide(before, attempt, self.settings, self.locations[attempt.location_id], older)
        self.members[before.member_id] = decision.member
        self._apply(before.member_id, decision.findings)
        self.shadow += [(before.member_id, finding) for finding in decision.shadow]
        if decision.accepted:
            insort(self._history.setdefault(before.member_id, []), attempt.accepted(), key=_instant)
            if decision.counts:
                self._arrive(attempt)
            else:
                self._uncounted.add(attempt.check_in_id)
        return decision

    def edit_points(self, member_id: str, edit: PointEdit) -> None:
        """Judge a change of points by hand."""
        member, rule = self.member(member_id), self.settings.rules.point_edits
        edits = (edit, *self._edits.get(member_id, ()))
        self._edits[member_id] = edits
        if rule.mode is Mode.OFF or member.trusted:
            return
        counted = [e for e in edits if e.at > member.baseline]
        finding = point_edits.evaluate(counted, rule) if edit in counted else None
        self._found(member_id, finding, rule.mode)

    def act(self, action: Action, member_id: str, *, now: Instant, by: str, reason: str) -> Decided:
        """Carry out a person's action. Raises `NotAllowed`."""
        member = self.member(member_id)
        if action is Action.FLAG:
            check_flaggable(member)
            finding = manual.finding(f"a_{now}", now, by, reason)
            changed = self._apply(member_id, [finding])
            return Decided(self.members[member_id], changed)
        mine = [f for f in self.flags.values() if f.member_id == member_id]
        decided = act(action, member, mine, now=now, by=by, reason=reason)
        self.members[member_id] = decided.member
        self.flags |= {f.flag_id: f for f in decided.changed}
        return decided

    def member(self, member_id: str) -> Member:
        """The member as they are now; a new one when they are unknown."""
        return self.members.setdefault(member_id, Member(member_id))

    def _older(self, member: Member, attempt: Attempt) -> list[CheckIn]:
        needed = needed_history(member, attempt.at, self.settings.check_in.cooldown)
        if needed is None:
            return []
        history = reversed(self._history[member.member_id])
        found = (
            c
            for c in history
            if needed.start < c.at < needed.end and not (needed.counted and c.check_in_id in self._uncounted)
        )
        return list(islice(found, needed.limit))

    def _arrive(self, attempt: Attempt) -> None:
        rule = self.settings.rules.back_to_back
        place = place_of(attempt, rule)
        if place is None:
            return
        arrival = Arrival(attempt.check_in_id, attempt.member_id, attempt.at)
        pair = following(self._arrivals.get(place), arrival, place, rule.max_gap)
        self._arrivals[place] = arrival
        if pair is None or rule.mode is Mode.OFF:
            return
        both = frozenset((pair.first.member_id, pair.second.member_id))
        self._pairs[both] = remember(self._pairs.get(both, ()), pair)
        for member_id in (pair.first.member_id, pair.second.member_id):
            member = self.member(member_id)
            if not member.trusted:
                finding = back_to_back.evaluate(self._pairs[both], member, rule)
                self._found(member_id, finding, rule.mode)

    def _found(self, member_id: str, finding: Finding | None, mode: Mode) -> None:
        if finding is None:
            return
        if mode is Mode.SHADOW:
            self.shadow.append((member_id, finding))
        else:
            self._apply(member_id, [finding])

    def _apply(self, member_id: str, findings: Iterable[Finding]) -> tuple[Flag, ...]:
        member = self.member(member_id)
        open_flags = {rule: self.flags[flag_id] for rule, flag_id in member.open_flags.items()}
        findings = [
            f for f in findings if f.rule in open_flags or flag_id_for(member_id, f) not in self.flags
        ]
        applied = apply_findings(member, open_flags, findings, self.settings, self.settings_version)
        self.members[member_id] = applied.member
        self.flags |= {f.flag_id: f for f in applied.flags}
        return applied.flags


def _instant(check_in: CheckIn) -> Instant:
    return check_in.at
