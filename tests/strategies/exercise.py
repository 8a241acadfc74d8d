"""Whether a run has exercised every rule of the list, and the list itself with other rules in it.

While a run is watched, every evaluation of a rule over the history is held against what the rule says of
itself: when it cannot fire, and how far it looks back.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from redflag.core import rules as listed
from redflag.core.instants import Instant
from redflag.core.model import CheckIn, Finding, RuleName, code_of
from redflag.core.rules.definition import HistoryRule, NotAfter
from redflag.core.setting_types import Mode


@dataclass
class Exercised:
    """What a run has drawn of the rules, and what they have said."""

    drawn: set[tuple[RuleName, Mode]] = field(default_factory=set)
    fired: set[RuleName] = field(default_factory=set)
    could_not_fire: set[RuleName] = field(default_factory=set)

    def check(self, names: Sequence[RuleName]) -> None:
        """Every rule was drawn in every mode; each over the history has fired, and was once unable to."""
        configurable = [rule.name for rule in listed.RULES.values() if rule.settings is not None]
        missing = {(name, mode) for name in configurable for mode in Mode} - self.drawn
        assert not missing, f"never drawn: {sorted(missing)}"
        assert self.fired == set(names), f"of {names} these have fired: {self.fired}"
        assert self.could_not_fire == set(names), f"of {names} these once could not: {self.could_not_fire}"


_runs: list[Exercised] = []


def drawn(modes: Mapping[RuleName, Mode]) -> None:
    """Settings were drawn with rules in these modes."""
    for run in _runs:
        run.drawn |= set(modes.items())


def holds(condition: NotAfter, earlier: Sequence[CheckIn]) -> bool:
    """Whether a condition holds of the counted check-ins before the judged one, newest first."""
    return len(earlier) < condition.back or earlier[condition.back - 1].at <= condition.instant


def cannot_fire(
    rule: HistoryRule, earlier: Sequence[CheckIn], its: object, at: Instant, cooldown: Instant
) -> bool:
    """Whether a rule says that it cannot fire at an instant, after these counted check-ins."""
    return any(holds(condition, earlier) for condition in rule.cannot_fire_when(its, at, cooldown))


def _watched(rule: HistoryRule, run: Exercised) -> HistoryRule:
    def evaluate(history: Sequence[CheckIn], its: Any, cooldown: Instant) -> Finding | None:
        finding = rule.evaluate(history, its, cooldown)
        judged, *earlier = history
        if finding is not None:
            run.fired.add(rule.name)
        # What is no cooldown away from the one before would not have been accepted.
        if not earlier or earlier[0].at <= judged.at - cooldown:
            unable = cannot_fire(rule, earlier, its, judged.at, cooldown)
            if unable:
                run.could_not_fire.add(rule.name)
            assert finding is None or not unable, f"{rule.name} fires when it says that it cannot"
        nearest = rule.evaluate(history[: rule.looks_back], its, cooldown)
        assert (finding is None) is (nearest is None), f"{rule.name} looks back further than it says"
        return finding

    return dataclasses.replace(rule, evaluate=evaluate)


@contextmanager
def every_rule_is_exercised() -> Iterator[Exercised]:
    """Watch a run, and find at its end that no rule was left out."""
    run = Exercised()
    watched = {name: _watched(rule, run) for name, rule in listed.HISTORY_RULES.items()}
    _runs.append(run)
    try:
        with patch.dict(listed.HISTORY_RULES, watched):
            yield run
    finally:
        _runs.remove(run)
    run.check(list(watched))


@contextmanager
def registered(rule: HistoryRule) -> Iterator[None]:
    """Have a rule in the list, in the place of the one with its name, or as a new one."""
    rules = {**listed.RULES, rule.name: rule}
    kinds = [
        (name, each.settings, field(default_factory=each.settings))
        for name, each in rules.items()
        if each.settings is not None
    ]
    more = dataclasses.make_dataclass("Rules", kinds, bases=(listed.Rules,), frozen=True)
    with (
        patch.dict(listed.RULES, {rule.name: rule}),
        patch.dict(listed.HISTORY_RULES, {rule.name: rule}),
        patch.dict(listed.BY_CODE, {code_of(rule.name): rule.name}),
        patch.object(listed, "Rules", more),
    ):
        yield
