"""Importing members and check-ins from files: each row is answered once, across interruptions.

A row that cannot be read is refused as the API refuses, and does not stop the rest. Check-ins go in
the order of their instants, ties by row.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from redflag.core.evidence import count
from redflag.core.roles import SCOPES, Permission
from redflag_cli import batch_client, import_file
from redflag_cli.api import Api
from redflag_cli.batch_client import CheckInToSend
from redflag_cli.import_access import Access
from redflag_cli.import_client import ACCEPTED, Enrolled, ImportClient
from redflag_cli.import_file import BadRow, CheckInRow, MemberRow, Sheet
from redflag_cli.import_record import Answered, Record, listed, recorded
from redflag_cli.progress import progress
from redflag_cli.refusals import Refusal

ENROLLED, KNOWN = "enrolled", "known already"
_DONE = {ACCEPTED, ENROLLED, KNOWN}
_UNREADABLE = "invalid_request"
_ENROLLED_COLUMNS = ("line", "phone", "external_id", "member_id")

type Send[T] = Callable[[Api, Sequence[T]], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """An import of a file. `state` is where its progress is kept, if not beside the file."""

    file: Path
    program_id: str
    access: Access
    messages: Console
    state: Path | None = None


def import_members(job: Job) -> str:
    """Enrol members; answers what became of the rows. Raises `BadFile`, `NoAnswer` or `Refused`."""
    sheet = import_file.read_members(job.file)
    with _record_of(job, sheet, "members") as record, _enrolled_listed(sheet, record):

        def enrolled(row: MemberRow, member: Enrolled) -> None:
            record.add(Answered(row.line, ENROLLED if member.new else KNOWN, member_id=member.member_id))

        def refused(row: MemberRow, refusal: Refusal) -> None:
            record.add(Answered(row.line, refusal.code, refusal.detail))

        async def send(api: Api, rows: Sequence[MemberRow]) -> None:
            await ImportClient(api, job.program_id).enrol(rows, enrolled, refused)

        rows = _left(sheet, record, lambda line: import_file.member_row(sheet, line))
        _run(job, record, rows, send, doing="Enrolling", permission=Permission.ENROL)
    return _told(job, sheet, record)


def import_check_ins(job: Job, members: Path | None) -> str:
    """Check members in; answers what became of the rows. `members` is what importing members wrote.

    Raises `BadFile`, `NoAnswer` or `Refused`.
    """
    sheet = import_file.read_check_ins(job.file, external_ids=members is not None)
    known: Mapping[str, str] = {} if members is None else import_file.read_enrolled(members)
    with _record_of(job, sheet, "check-ins") as record:

        async def send(api: Api, rows: Sequence[CheckInRow]) -> None:
            lines = {row.key: row.line for row in rows}

            def answered(check_in: CheckInToSend, refusal: Refusal | None) -> None:
                outcome, detail = (ACCEPTED, "") if refusal is None else (refusal.code, refusal.detail)
                record.add(Answered(lines[check_in.key], outcome, detail))

            in_time = sorted(rows, key=lambda row: (row.at, row.line))
            await batch_client.check_in(api, job.program_id, in_time, answered)

        rows = _left(sheet, record, lambda line: import_file.check_in_row(sheet, line, known))
        _run(job, record, rows, send, doing="Checking in", permission=Permission.IMPORT)
    return _told(job, sheet, record)


@contextmanager
def _record_of(job: Job, sheet: Sheet, what: str) -> Iterator[Record]:
    """The record of this import. Refused rows, with the reasons, are listed in a file beside it."""

    def refused(row: Answered) -> Sequence[str] | None:
        if row.outcome in _DONE:
            return None
        width = len(sheet.columns)
        values = (sheet.rows[row.line] + [""] * width)[:width]
        return [*values, str(row.line), row.outcome, row.detail]

    about = {"import": what, "content": sheet.content, "program": job.program_id, "api": job.access.api_url}
    header = [*sheet.columns, "line", "code", "detail"]
    with (
        recorded(job.state or _beside(job.file, "progress"), about) as record,
        listed(_beside(job.file, "refused.csv"), header, record, refused),
    ):
        yield record


@contextmanager
def _enrolled_listed(sheet: Sheet, record: Record) -> Iterator[None]:
    """List members with their ids beside the file, for the import of their check-ins."""

    def enrolled(row: Answered) -> Sequence[str] | None:
        if row.member_id is None:
            return None
        cells = sheet.cells(row.line)
        return [str(row.line), cells["phone"], cells.get("external_id", ""), row.member_id]

    with listed(_beside(sheet.path, "enrolled.csv"), _ENROLLED_COLUMNS, record, enrolled):
        yield


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}.{what}")


def _left[T](sheet: Sheet, record: Record, read: Callable[[int], T]) -> list[T]:
    """The rows that are not answered yet. Those that cannot be read are refused here."""
    rows: list[T] = []
    for line in sheet.rows:
        if line in record.answered:
            continue
        try:
            rows.append(read(line))
        except BadRow as error:
            record.add(Answered(line, _UNREADABLE, str(error)))
    return rows


def _run[T](
    job: Job, record: Record, rows: Sequence[T], send: Send[T], *, doing: str, permission: Permission
) -> None:
    if not rows:
        return

    async def run() -> None:
        async with job.access.open(SCOPES[permission]) as api:
            await send(api, rows)

    with progress(job.messages) as step:
        advance = step(doing, len(rows))
        record.listeners.append(lambda _row: advance())
        asyncio.run(run())


def _told(job: Job, sheet: Sheet, record: Record) -> str:
    outcomes = record.outcomes()
    in_order = sorted(outcomes.items(), key=lambda each: (each[0] not in _DONE, -each[1], each[0]))
    parts = [f"{number:,} {outcome.replace('_', ' ')}" for outcome, number in in_order]
    lines = [f"{count(len(sheet.rows), 'row')}: {', '.join(parts) or 'nothing to do'}."]
    refused = sum(number for outcome, number in outcomes.items() if outcome not in _DONE)
    if refused:
        lines.append(f"{refused:,} refused, and why: {_beside(job.file, 'refused.csv')}")
    return "\n".join(lines)
