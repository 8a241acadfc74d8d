"""Closing a program, and opening it again. Nothing of it is deleted meanwhile.

A closed program serves nobody: `authorization.permit` and the login gate refuse.
"""

from collections.abc import Callable
from dataclasses import replace

from redflag import wiring
from redflag.core.instants import Instant, format_instant
from redflag.service.refusals import no_program
from redflag.store import audit, programs
from redflag.store.audit import Entry
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.principals import PLATFORM
from redflag.store.programs import Program


def close_program(program_id: str, *, by: str, reason: str, now: Instant) -> Program:
    """Close a program; one that is closed stays as it is. Raises `Refusal` when there is none."""
    return _change(
        program_id,
        lambda known: known if known.closed_at is not None else replace(known, closed_at=now),
        Entry("close_program", now, by, program_id, reason),
    )


def reopen_program(program_id: str, *, by: str, reason: str, now: Instant) -> Program:
    """Open a program again; one that is open stays as it is. Raises `Refusal` when there is none."""
    return _change(
        program_id,
        lambda known: replace(known, closed_at=None),
        Entry("reopen_program", now, by, program_id, reason),
    )


def _change(program_id: str, change: Callable[[Program], Program], entry: Entry) -> Program:
    def attempt(_conflict: Conflict | None) -> Program:
        database = wiring.database()
        known = programs.get_program(database, program_id, consistent=True)
        if known is None:
            raise no_program()
        after = change(known)
        if after != known:
            logged = replace(entry, before=_shown(known), after=_shown(after))
            database.commit(
                [
                    programs.save_program(database, after, known),
                    audit.append(database, program_id, logged),
                    audit.append(database, PLATFORM, logged),
                ]
            )
        return after

    return retry_on_conflict(attempt)


def _shown(program: Program) -> dict[str, object]:
    return {"closed_at": None if program.closed_at is None else format_instant(program.closed_at)}
