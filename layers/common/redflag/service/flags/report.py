"""The red flag report: flags with everything that a manager needs to decide on them.

A page is read from the queue's index, newest first; then the names of all members that it mentions,
in batches, the names of the locations, and for pairs the flag of the other member.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from redflag import wiring
from redflag.core.b_check_ins import BCheckIns, Pair, b_check_ins, pairs_of
from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import SECOND, Instant, format_instant
from redflag.core.model import RuleName
from redflag.core.rules import RULES
from redflag.core.rules.definition import Over
from redflag.service.programs.staff_names import Names, names_of
from redflag.store import audit, flag_queue, flags, people, programs
from redflag.store.audit import Entry
from redflag.store.database import Conflict, retry_on_conflict

_ROWS = 500
"""How many flags an export reads at once."""

_LONGEST: Instant = 12 * SECOND
"""How long an export begins further pages, because the gateway waits for thirty seconds only."""


@dataclass(frozen=True)
class ReportQuery:
    """Which flags the report is to show: raised from `start` on, before `end`."""

    rule: RuleName | None = None
    status: FlagStatus | None = None
    location_id: str | None = None
    start: Instant | None = None
    end: Instant | None = None

    @property
    def filters(self) -> dict[str, str]:
        """The filters in use, as the route's query has them."""
        given = {
            "rule": self.rule,
            "status": self.status,
            "location_id": self.location_id,
            "from": None if self.start is None else format_instant(self.start),
            "to": None if self.end is None else format_instant(self.end),
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True)
class Row:
    """A flag, and when it is about pairs, who followed whom."""

    flag: Flag
    b_check_ins: tuple[BCheckIns, ...] = ()


@dataclass(frozen=True)
class Known:
    """What rows mention by id: names of members and locations, the flags of pairs, and names of staff."""

    members: Mapping[str, str | None]
    locations: Mapping[str, str]
    of_pairs: Mapping[tuple[str, Pair, str], str] = field(default_factory=dict)
    """By the row's flag, the pair, and the member: the member's own flag on the pair."""
    staff: Names = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Rows, what they mention, and where the next page starts."""

    rows: list[Row]
    known: Known
    more: str | None
    full: bool


def page(
    program_id: str, query: ReportQuery, *, after: str | None, limit: int, for_file: bool = False
) -> Page:
    """One page of the report. A file has no links to the flags of pairs, and no names of the staff."""
    database = wiring.database()
    found, more = flag_queue.queue(
        database,
        program_id,
        [query.status] if query.status else list(FlagStatus),
        after=after,
        start=query.start,
        end=query.end,
        filters={k: v for k, v in query.filters.items() if k in ("rule", "location_id")},
        limit=limit,
        newest_first=True,
    )
    rows = [Row(flag, _lines(flag)) for flag in found]
    known = Known(
        members=_names(program_id, rows),
        locations=programs.location_names(database, program_id) if rows else {},
        of_pairs={} if for_file else _of_pairs(program_id, rows),
        staff={} if for_file else names_of(program_id, (flag.decided_by for flag in found)),
    )
    return Page(rows, known, more, len(found) == limit)


def pages(program_id: str, query: ReportQuery, *, after: str | None) -> Iterator[Page]:
    """Page after page for an export, until a page finds few flags among many, or time runs out."""
    began = wiring.now()
    while True:
        found = page(program_id, query, after=after, limit=_ROWS, for_file=True)
        yield found
        after = found.more
        if after is None or not found.full or wiring.now() - began > _LONGEST:
            return


def log_export(program_id: str, query: ReportQuery, *, lines: int, by: str, now: Instant) -> None:
    """Record in the audit log who has exported which flags."""

    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        exported = {"filters": query.filters, "lines": lines}
        entry = Entry(action="export_report", at=now, by=by, subject="red-flags", after=exported)
        database.commit([audit.append(database, program_id, entry)])

    retry_on_conflict(attempt)


def _lines(flag: Flag) -> tuple[BCheckIns, ...]:
    return b_check_ins(flag.occurrences) if RULES[flag.rule].over is Over.PAIRS else ()


def _names(program_id: str, rows: Iterable[Row]) -> dict[str, str | None]:
    mentioned = {row.flag.member_id for row in rows}
    mentioned |= {member_id for row in rows for line in row.b_check_ins for member_id in line.pair}
    found = people.profiles(wiring.database(), program_id, mentioned)
    return {member_id: profile.name for member_id, profile in found.items()}


def _of_pairs(program_id: str, rows: Iterable[Row]) -> dict[tuple[str, Pair, str], str]:
    """The flags that link the rows of a pair: the row's own, and the other member's nearest to it."""
    theirs: dict[str, list[Flag]] = {}
    linked: dict[tuple[str, Pair, str], str] = {}
    for row in rows:
        mine = row.flag
        for pair in {line.pair for line in row.b_check_ins}:
            linked[mine.flag_id, pair, mine.member_id] = mine.flag_id
            for member_id in pair - {mine.member_id}:
                if member_id not in theirs:
                    theirs[member_id] = flags.of_member(wiring.database(), program_id, member_id, mine.rule)
                nearest = _nearest(mine, pair, theirs[member_id])
                if nearest is not None:
                    linked[mine.flag_id, pair, member_id] = nearest.flag_id
    return linked


def _nearest(mine: Flag, pair: Pair, theirs: Iterable[Flag]) -> Flag | None:
    """Of the other member's flags on a pair the one with the most evidence in common, then the newest."""
    evidence = {occurrence["id"] for occurrence in mine.occurrences}
    about = [flag for flag in theirs if pair in pairs_of(flag.occurrences)]

    def nearness(flag: Flag) -> tuple[int, Instant]:
        return sum(occurrence["id"] in evidence for occurrence in flag.occurrences), flag.raised_at

    return max(about, key=nearness, default=None)


def position_of(row: Row) -> str:
    """Where a page starts that goes on after a row."""
    return flags.position(row.flag)
