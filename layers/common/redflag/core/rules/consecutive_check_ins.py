"""`consecutive_check_ins`: a run of check-ins, each as soon as the cooldown allows.

A check-in is consecutive when its gap from the one before is at least the cooldown and less than
twice the cooldown. The run then grows by one; else it restarts at 1. Source: RoboRewards'
"consecutive check-ins" red flag.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from redflag.core.evidence import check_in_occurrence, count
from redflag.core.instants import MINUTE, Instant
from redflag.core.model import CheckIn, Finding, RuleName
from redflag.core.rules.definition import Chart, HistoryRule, NotAfter, Over
from redflag.core.setting_types import Mode, Range

NAME = RuleName("consecutive_check_ins")


@dataclass(frozen=True)
class ConsecutiveCheckIns:
    """Settings: a run of `limit` check-ins."""

    mode: Mode = Mode.OFF
    limit: Annotated[int, Range(2, 10, "check-in")] = 3


def run_length(history: Sequence[CheckIn], cooldown: Instant) -> int:
    """How many check-ins, counted back from the newest, follow each other consecutively."""
    run = 1
    for later, earlier in pairwise(history):
        if not cooldown <= later.at - earlier.at < 2 * cooldown:
            break
        run += 1
    return run


def cannot_fire_when(rule: ConsecutiveCheckIns, at: Instant, cooldown: Instant) -> Sequence[NotAfter]:
    """The rule cannot fire when the last gap is too long, or when all gaps together are."""
    if cooldown == 0:
        return [NotAfter(1, at)]
    gaps = rule.limit - 1
    return [NotAfter(1, at - 2 * cooldown), NotAfter(gaps, at - gaps * 2 * cooldown)]


def evaluate(history: Sequence[CheckIn], rule: ConsecutiveCheckIns, cooldown: Instant) -> Finding | None:
    """Judge the newest check-in of a counted history."""
    run = run_length(history, cooldown)
    if run < rule.limit:
        return None
    minutes = cooldown // MINUTE
    return Finding(
        rule=NAME,
        trigger_id=history[0].check_in_id,
        at=history[0].at,
        sentence=f"{count(run, 'check-in')} in a row, each {minutes} to {2 * minutes} minutes "
        f"after the one before; limit {rule.limit}",
        value=run,
        limit=rule.limit,
        occurrences=tuple(check_in_occurrence(c) for c in history[:run]),
        location_id=history[0].location_id,
    )


RULE = HistoryRule(
    name=NAME,
    over=Over.CHECK_INS,
    settings=ConsecutiveCheckIns,
    sentences=("limit",),
    chart=Chart("run", Over.CHECK_INS),
    evaluate=evaluate,
    cannot_fire_when=cannot_fire_when,
    looks_back=10,
)
