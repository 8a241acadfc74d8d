"""`point_edits`: points changed by hand, by too much at once or too often.

Source: RoboRewards' "manual point edits" red flag. A single edit fires above `amount_limit`,
whichever its sign; with `count_limit` set, that many edits in the window fire too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from redflag.core.evidence import count, edit_occurrence
from redflag.core.instants import DAY
from redflag.core.model import Finding, PointEdit, RuleName
from redflag.core.rules.definition import Chart, Over, Rule
from redflag.core.setting_types import Mode, Range

NAME = RuleName("point_edits")


@dataclass(frozen=True)
class PointEdits:
    """Settings: `amount_limit` points in one edit, `count_limit` edits in `window_days` days."""

    mode: Mode = Mode.OFF
    amount_limit: Annotated[int, Range(1, 1_000_000, "point")] = 500
    count_limit: Annotated[int, Range(2, 100, "edit")] | None = None
    window_days: Annotated[int, Range(1, 90, "day")] = 7


def evaluate(edits: Sequence[PointEdit], rule: PointEdits) -> Finding | None:
    """Judge the newest edit of a counted history of edits."""
    judged = edits[0]
    start = judged.at - rule.window_days * DAY
    inside = [e for e in edits if e.at > start]
    if abs(judged.delta) > rule.amount_limit:
        sentence = f"Points changed by {judged.delta:+,} in one edit; limit {rule.amount_limit:,}"
        value, limit, behind = abs(judged.delta), rule.amount_limit, [judged]
    elif rule.count_limit is not None and len(inside) >= rule.count_limit:
        sentence = (
            f"{count(len(inside), 'point edit')} in {count(rule.window_days, 'day')}; "
            f"limit {rule.count_limit}"
        )
        value, limit, behind = len(inside), rule.count_limit, inside
    else:
        return None
    return Finding(
        rule=NAME,
        trigger_id=judged.edit_id,
        at=judged.at,
        sentence=sentence,
        value=value,
        limit=limit,
        occurrences=tuple(edit_occurrence(e) for e in behind),
    )


RULE = Rule(
    name=NAME,
    over=Over.POINT_EDITS,
    settings=PointEdits,
    sentences=("amount", "count"),
    chart=Chart("amounts", Over.POINT_EDITS, days="window_days"),
)
