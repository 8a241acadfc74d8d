"""B check-ins: who followed whom, from the evidence of a `back_to_back` flag.

Occurrences with the same first member, the same following member and the same place are one line.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from redflag.core.instants import Instant, parse_instant
from redflag.core.model import Occurrence

type Pair = frozenset[str]
"""Two members, in either order."""


@dataclass(frozen=True)
class BCheckIns:
    """How often a member followed another at a place. Gaps are in milliseconds and never negative.

    The place is a location, or a geohash cell where phones report positions.
    """

    first_member_id: str
    second_member_id: str
    location_id: str | None
    cell: str | None
    times: int
    shortest_gap: Instant
    longest_gap: Instant
    last_at: Instant

    @property
    def pair(self) -> Pair:
        """Both members."""
        return frozenset((self.first_member_id, self.second_member_id))


def b_check_ins(occurrences: Iterable[Occurrence]) -> tuple[BCheckIns, ...]:
    """The lines of a flag's evidence: the most frequent first, of equals the one that happened last."""
    groups: dict[tuple[str, str, str | None, str | None], list[Occurrence]] = defaultdict(list)
    for each in occurrences:
        groups[_line_of(each)].append(each)
    lines = [_line(*key, found) for key, found in groups.items()]
    return tuple(sorted(lines, key=lambda line: (line.times, line.last_at), reverse=True))


def pairs_of(occurrences: Iterable[Occurrence]) -> set[Pair]:
    """The pairs that a flag's evidence is about."""
    return {frozenset(_line_of(each)[:2]) for each in occurrences}


def _line_of(occurrence: Occurrence) -> tuple[str, str, str | None, str | None]:
    location_id, cell = occurrence["location_id"], occurrence.get("cell")
    return (
        str(occurrence["first_member_id"]),
        str(occurrence["second_member_id"]),
        None if location_id is None else str(location_id),
        None if cell is None else str(cell),
    )


def _line(
    first: str, second: str, location_id: str | None, cell: str | None, found: list[Occurrence]
) -> BCheckIns:
    times = [(parse_instant(str(o["first_at"])), parse_instant(str(o["second_at"]))) for o in found]
    gaps = [abs(later - earlier) for earlier, later in times]
    return BCheckIns(
        first_member_id=first,
        second_member_id=second,
        location_id=location_id,
        cell=cell,
        times=len(found),
        shortest_gap=min(gaps),
        longest_gap=max(gaps),
        last_at=max(max(pair) for pair in times),
    )
