"""The red flag report as a file for a spreadsheet: one line a flag, or one for each line of B check-ins."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from redflag.http.flags.report_schemas import BCheckInsView, NamedLocation, RedFlagView, rows_of
from redflag.http.flags.spreadsheet import BYTE_ORDER_MARK, Cell, line
from redflag.service.flags.report import Page, position_of

MOST_LINES = 5_000
MOST_BYTES = 4_000_000
"""Of the file as JSON text, which is how a function answers; Lambda takes 6 MB at most."""

COLUMNS = (
    "flag_id",
    "rule",
    "status",
    "member_id",
    "member_name",
    "member_url",
    "raised_at",
    "recorded_at",
    "last_triggered_at",
    "count",
    "location_id",
    "location_name",
    "evidence",
    "value",
    "limit",
    "first_member_id",
    "first_member_name",
    "first_member_url",
    "b_member_id",
    "b_member_name",
    "b_member_url",
    "b_location_id",
    "b_location_name",
    "b_cell",
    "b_times",
    "b_shortest_gap_seconds",
    "b_longest_gap_seconds",
    "b_last_at",
    "decided_at",
    "decided_by",
    "reason",
)


@dataclass(frozen=True)
class File:
    """A file, how many lines it has below the header, and where the next one goes on."""

    text: str
    lines: int
    more: str | None


def write(pages: Iterable[Page], console_url: str) -> File:
    """Write page after page until the file is full; all lines of a flag are in one file."""
    lines: list[str] = []
    size, more = 0, None
    for page in pages:
        for row, view in zip(page.rows, rows_of(page, console_url), strict=True):
            new = [line(cells) for cells in _lines(view)]
            size += sum(len(json.dumps(each)) for each in new)
            if lines and (len(lines) + len(new) > MOST_LINES or size > MOST_BYTES):
                return _file(lines, more)
            lines += new
            more = position_of(row)
        more = page.more
    return _file(lines, more)


def _file(lines: list[str], more: str | None) -> File:
    return File(BYTE_ORDER_MARK + line(COLUMNS) + "".join(lines), len(lines), more)


def _lines(view: RedFlagView) -> Iterable[list[Cell]]:
    for each in view.b_check_ins or (None,):
        yield [*_flag(view), *_b_check_ins(each), view.decided_at, view.decided_by, view.reason]


def _flag(view: RedFlagView) -> list[Cell]:
    member = view.member
    return [
        view.flag_id,
        view.rule,
        view.status,
        member.member_id,
        member.name,
        member.url,
        view.raised_at,
        view.recorded_at,
        view.last_triggered_at,
        view.count,
        *_location(view.location),
        view.sentence,
        view.value,
        view.limit,
    ]


def _b_check_ins(line_: BCheckInsView | None) -> list[Cell]:
    if line_ is None:
        return [None] * 13
    first, member = line_.first_member, line_.member
    return [
        first.member_id,
        first.name,
        first.url,
        member.member_id,
        member.name,
        member.url,
        *_location(line_.location),
        line_.cell,
        line_.times,
        line_.shortest_gap_seconds,
        line_.longest_gap_seconds,
        line_.last_at,
    ]


def _location(location: NamedLocation | None) -> list[Cell]:
    return [None, None] if location is None else [location.location_id, location.name]
