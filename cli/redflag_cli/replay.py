"""Redflag's rules over a list of check-ins, without a cloud.

The engine is the one that serves live decisions. Members are enrolled as they come, nobody acts on
a flag, and the check-ins are judged in the order of their instants, ties by row.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from redflag.core.decide import Outcome
from redflag.core.engine import Engine
from redflag.core.flags import Flag
from redflag.core.model import Attempt, Location, Occurrence, RuleName
from redflag.core.settings import Settings
from redflag_cli.check_in_file import Row

_MEMBER = "m_"
"""In front of a file's member ids, as in front of stored ones: flags' ids are made of what follows."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """What a rule in mode `shadow` has found, and on how many members."""

    findings: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of the check-ins. Flags are in the order in which they were raised."""

    settings: Settings
    flags: tuple[Flag, ...] = ()
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    shadow: Mapping[RuleName, Shadow] = field(default_factory=dict)
    members: int = 0
    locations: int = 0

    @property
    def attempts(self) -> int:
        """How many check-ins were tried."""
        return sum(self.outcomes.values())

    @property
    def flagged_members(self) -> int:
        """How many members have a flag."""
        return len({flag.member_id for flag in self.flags})


def replay(
    rows: Sequence[Row],
    settings: Settings,
    locations: Mapping[str, Location],
    zone: ZoneInfo,
    on_row: Callable[[], None] = lambda: None,
) -> Replay:
    """Judge all rows. Locations that are not in `locations` are in `zone` and have no hours."""
    places = {row.location_id: Location(row.location_id, zone) for row in rows} | dict(locations)
    engine = Engine(settings, places)
    outcomes: Counter[Outcome] = Counter()
    for row in sorted(rows, key=lambda row: row.at):
        attempt = Attempt(
            check_in_id=f"c_{row.line}",
            member_id=f"{_MEMBER}{row.member_id}",
            location_id=row.location_id,
            at=row.at,
            position=row.position,
        )
        outcomes[engine.check_in(attempt).outcome] += 1
        on_row()
    return Replay(
        settings=settings,
        flags=tuple(_as_in_file(flag) for flag in engine.flags.values()),
        outcomes=outcomes,
        shadow=_shadow(engine),
        members=len(engine.members),
        locations=len({row.location_id for row in rows}),
    )


def _shadow(engine: Engine) -> dict[RuleName, Shadow]:
    findings: dict[RuleName, list[str]] = defaultdict(list)
    for member_id, finding in engine.shadow:
        findings[finding.rule].append(member_id)
    return {rule: Shadow(len(members), len(set(members))) for rule, members in findings.items()}


def _as_in_file(flag: Flag) -> Flag:
    return replace(
        flag,
        member_id=flag.member_id.removeprefix(_MEMBER),
        occurrences=tuple(_occurrence(o) for o in flag.occurrences),
    )


def _occurrence(occurrence: Occurrence) -> Occurrence:
    return {
        name: value.removeprefix(_MEMBER) if name.endswith("_member_id") and isinstance(value, str) else value
        for name, value in occurrence.items()
    }
