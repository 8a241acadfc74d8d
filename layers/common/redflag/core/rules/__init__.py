"""The list of rules, one module each: its settings, its function, its sentence.

A new rule is imported here, named in `Rules` when it has settings, and added to `RULES`; no other code names
it. `docs/adding-a-rule.md` says how.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from redflag.core.model import REGISTER_DEPTH, RuleName, code_of
from redflag.core.rules import (
    back_to_back,
    consecutive_check_ins,
    manual,
    outside_hours,
    point_edits,
    visit_frequency,
)
from redflag.core.rules.back_to_back import BackToBack
from redflag.core.rules.consecutive_check_ins import ConsecutiveCheckIns
from redflag.core.rules.definition import HistoryRule, Over, Rule
from redflag.core.rules.outside_hours import OutsideHours
from redflag.core.rules.point_edits import PointEdits
from redflag.core.rules.visit_frequency import VisitFrequency
from redflag.core.setting_types import Mode


@dataclass(frozen=True)
class Rules:
    """The settings of all rules. Fields carry the rules' names."""

    visit_frequency: VisitFrequency = field(default_factory=VisitFrequency)
    consecutive_check_ins: ConsecutiveCheckIns = field(default_factory=ConsecutiveCheckIns)
    back_to_back: BackToBack = field(default_factory=BackToBack)
    point_edits: PointEdits = field(default_factory=PointEdits)
    outside_hours: OutsideHours = field(default_factory=OutsideHours)

    def mode(self, rule: RuleName) -> Mode:
        """The mode of a rule; a rule without settings is always on."""
        return Mode.ON if RULES[rule].settings is None else Mode(getattr(self, rule).mode)


RULES: Mapping[RuleName, Rule] = {
    module.RULE.name: module.RULE
    for module in (
        visit_frequency,
        consecutive_check_ins,
        back_to_back,
        point_edits,
        outside_hours,
        manual,
    )
}
"""Every rule by its name, in the order in which people see them."""

CONFIGURABLE = tuple(rule.name for rule in RULES.values() if rule.settings is not None)
"""The rules that settings decide about."""

HISTORY_RULES: Mapping[RuleName, HistoryRule] = {
    rule.name: rule for rule in RULES.values() if isinstance(rule, HistoryRule)
}
"""The rules over one member's history."""

BY_CODE: Mapping[str, RuleName] = {code_of(name): name for name in RULES}
"""Every rule by its code."""


def _check() -> None:
    """Refuse to start with a list of rules that does not hold together."""
    if {item.name: item.type for item in fields(Rules)} != {n: RULES[n].settings for n in CONFIGURABLE}:
        raise TypeError("Rules and RULES name different rules, or different settings.")
    if len(BY_CODE) != len(RULES):
        raise TypeError("Two rules have the same code: the first two letters of a name must be new.")
    for each in RULES.values():
        if each.over in (Over.PAIRS, Over.POINT_EDITS) and not (each.chart and each.chart.days):
            raise TypeError(f"{each.name} does not say in its chart how many days it looks back.")
    for rule in HISTORY_RULES.values():
        if not 1 < rule.looks_back <= REGISTER_DEPTH:
            raise TypeError(f"{rule.name} looks back further than the register's {REGISTER_DEPTH} check-ins.")


_check()
