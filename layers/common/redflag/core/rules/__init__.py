"""The rules, one module each: its settings, its function, its sentence.

The list of rules that see one member's history stands here; a new such rule is added to it and to
`Rules`, and nowhere else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from redflag.core.instants import Instant
from redflag.core.model import CheckIn, Finding, Quiet, RuleName
from redflag.core.ranges import Mode
from redflag.core.rules import consecutive_check_ins, visit_frequency
from redflag.core.rules.back_to_back import BackToBack
from redflag.core.rules.consecutive_check_ins import ConsecutiveCheckIns
from redflag.core.rules.outside_hours import OutsideHours
from redflag.core.rules.point_edits import PointEdits
from redflag.core.rules.visit_frequency import VisitFrequency


@dataclass(frozen=True)
class HistoryRule:
    """A rule over one member's history.

    `evaluate` judges the newest check-in of a history. `quiet` says, of a check-in at an instant, when
    the rule cannot fire: when any one of the conditions that it answers holds.
    """

    evaluate: Callable[[Sequence[CheckIn], Any, Instant], Finding | None]
    quiet: Callable[[Any, Instant, Instant], Sequence[Quiet]]


HISTORY_RULES: dict[RuleName, HistoryRule] = {
    module.NAME: HistoryRule(module.evaluate, module.quiet)
    for module in (visit_frequency, consecutive_check_ins)
}


@dataclass(frozen=True)
class Rules:
    """The settings of all rules. Fields carry the rules' names."""

    visit_frequency: VisitFrequency = field(default_factory=VisitFrequency)
    consecutive_check_ins: ConsecutiveCheckIns = field(default_factory=ConsecutiveCheckIns)
    back_to_back: BackToBack = field(default_factory=BackToBack)
    point_edits: PointEdits = field(default_factory=PointEdits)
    outside_hours: OutsideHours = field(default_factory=OutsideHours)

    def mode(self, rule: RuleName) -> Mode:
        """The mode of a rule; flags by staff are always on."""
        return Mode.ON if rule is RuleName.MANUAL else Mode(getattr(self, rule).mode)
