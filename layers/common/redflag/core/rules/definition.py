"""What a rule's module states beside its function and its sentence.

Settings, their validation, the API document, the console's forms and charts, filters, reports and the
replay are made from this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from redflag.core.instants import Instant
from redflag.core.model import CheckIn, Finding, RuleName


class Over(StrEnum):
    """What a rule judges."""

    CHECK_INS = "check_ins"
    PAIRS = "pairs"
    POINT_EDITS = "point_edits"
    ATTEMPTS = "attempts"
    NOTHING = "nothing"
    """It is raised by a person."""


@dataclass(frozen=True)
class Chart:
    """How the evidence of a flag is counted over time, to be drawn with the limit.

    - `window`: the items within so many days, as the setting `days` says
    - `run`: the items that followed each other, each after the cooldown and before twice as long
    - `amounts`: each item's amount when one was too large, else as `window`
    """

    kind: Literal["window", "run", "amounts"]
    items: Over
    days: str | None = None


@dataclass(frozen=True)
class Rule:
    """A rule: its settings' dataclass, and how people are shown it.

    `sentences` are the keys under which the catalogue of words has what the settings say, in order.
    `together` names settings that are given both or not at all.
    """

    name: RuleName
    over: Over
    settings: type | None = None
    sentences: tuple[str, ...] = ()
    chart: Chart | None = None
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotAfter:
    """That the check-in `back` before the new one is not after an instant.

    `back` is 1 for the one directly before. A check-in that does not exist is not after anything.
    """

    back: int
    instant: Instant


@dataclass(frozen=True, kw_only=True)
class HistoryRule(Rule):
    """A rule over one member's history.

    `evaluate(history, settings, cooldown)` judges the newest check-in of a counted history, newest first.
    `cannot_fire_when(settings, at, cooldown)` says of a check-in at an instant when the rule cannot fire:
    when any one of the conditions that it answers holds. `looks_back` is how many check-ins, the judged one
    included, decide at most whether it fires, whatever the settings.
    """

    evaluate: Callable[[Sequence[CheckIn], Any, Instant], Finding | None]
    cannot_fire_when: Callable[[Any, Instant, Instant], Sequence[NotAfter]]
    looks_back: int
