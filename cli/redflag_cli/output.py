"""A replay for people and for programs: a table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from redflag.core.decide import Outcome
from redflag.core.evidence import count
from redflag.core.flags import Flag
from redflag.core.instants import format_instant, to_datetime
from redflag.core.model import RuleName
from redflag.core.rules import RULES
from redflag.core.rules.definition import Over
from redflag.core.setting_types import Mode
from redflag_cli.replay import Replay, Shadow

FIELDS = (
    "member_id",
    "rule",
    "sentence",
    "value",
    "limit",
    "count",
    "raised_at",
    "last_triggered_at",
    "location_id",
)
"""The columns of the CSV."""

WIDE = 160
"""Characters in a line of a table that goes into a file or a pipe."""

_REPLAYED = [rule.name for rule in RULES.values() if rule.over in (Over.CHECK_INS, Over.PAIRS, Over.ATTEMPTS)]


class Format(StrEnum):
    """What a replay is written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def as_json(result: Replay) -> str:
    """One document: every flag in the API's shape, and the summary."""
    flags = [_flag(flag) for flag in result.flags]
    return json.dumps({"flags": flags, "summary": summary(result)}, indent=2, ensure_ascii=False) + "\n"


def as_csv(result: Replay) -> str:
    """One line a flag."""
    text = io.StringIO()
    lines = csv.DictWriter(text, FIELDS, lineterminator="\n", extrasaction="ignore")
    lines.writeheader()
    for flag in result.flags:
        document = _flag(flag)
        lines.writerow(document | document["evidence"])
    return text.getvalue()


def as_text(result: Replay, names: Mapping[str, str]) -> str:
    """The table as plain text, for a file or a pipe."""
    text = io.StringIO()
    console = Console(file=text, width=WIDE, color_system=None)
    console.print(Group(flags_table(result, names), summary_table(result)))
    return text.getvalue()


def summary(result: Replay) -> dict[str, Any]:
    """What became of the check-ins, and of each rule that a replay can judge."""
    return {
        "attempts": result.attempts,
        "members": result.members,
        "locations": result.locations,
        "flagged_members": result.flagged_members,
        "outcomes": {outcome.value: result.outcomes.get(outcome, 0) for outcome in Outcome},
        "rules": {rule: _rule(result, rule) for rule in _REPLAYED},
    }


def flags_table(result: Replay, names: Mapping[str, str]) -> Table:
    """Who was flagged, by which rule, and why. `names` are those of locations."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Member", overflow="fold")
    table.add_column("Rule", no_wrap=True)
    table.add_column("Evidence")
    table.add_column("Count", justify="right")
    table.add_column("Raised (UTC)", no_wrap=True)
    table.add_column("Location", overflow="fold")
    for flag in result.flags:
        place = flag.location_id or ""
        raised = f"{to_datetime(flag.raised_at):%Y-%m-%d %H:%M}"
        cells = (flag.member_id, flag.rule, flag.sentence, flag.count, raised)
        # Text: what looks like markup in a file's ids is no markup.
        table.add_row(*(Text(str(cell)) for cell in (*cells, names.get(place, place))))
    return table


def summary_table(result: Replay) -> Group:
    """The summary in a sentence and a small table."""
    outcomes = ", ".join(
        f"{result.outcomes.get(outcome, 0):,} {outcome.value.replace('_', ' ')}"
        for outcome in Outcome
        if outcome is Outcome.ACCEPTED or result.outcomes.get(outcome)
    )
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("Rule", no_wrap=True)
    table.add_column("Mode")
    for column in ("Flags", "Triggers", "Shadow findings", "Shadow members"):
        table.add_column(column, justify="right")
    for name, rule in summary(result)["rules"].items():
        counts = [rule[key] for key in ("flags", "triggers", "shadow_findings", "shadow_members")]
        table.add_row(name, rule["mode"], *(f"{number:,}" for number in counts))
    return Group(
        Text(
            f"{count(result.attempts, 'check-in')} of {count(result.members, 'member')} "
            f"at {count(result.locations, 'location')}: {outcomes}."
        ),
        Text(f"{count(result.flagged_members, 'member')} flagged, {count(len(result.flags), 'flag')}."),
        table,
    )


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "member_id": flag.member_id,
        "rule": flag.rule,
        "status": flag.status.value,
        "raised_at": format_instant(flag.raised_at),
        "last_triggered_at": format_instant(flag.last_triggered_at),
        "count": flag.count,
        "location_id": flag.location_id,
        "evidence": {
            "sentence": flag.sentence,
            "value": flag.value,
            "limit": flag.limit,
            "occurrences": [dict(o) for o in flag.occurrences],
        },
    }


def _rule(result: Replay, rule: RuleName) -> dict[str, Any]:
    mine = [flag for flag in result.flags if flag.rule == rule]
    shadow = result.shadow.get(rule, Shadow())
    mode: Mode = result.settings.rules.mode(rule)
    return {
        "mode": mode.value,
        "flags": len(mine),
        "triggers": sum(flag.count for flag in mine),
        "shadow_findings": shadow.findings,
        "shadow_members": shadow.members,
    }
