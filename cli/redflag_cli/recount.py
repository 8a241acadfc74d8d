"""Counting flags anew in a deployed stack."""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag import wiring
from redflag.service import configuration
from redflag.service.flags import recount
from redflag.service.flags.recount import Recount
from redflag.store import programs
from redflag_cli.stack import NotDone, acting_in


@dataclass(frozen=True)
class Recounted:
    """Where a program's counts differ from its flags, and whether that was corrected."""

    program_id: str
    found: Recount
    fixed: bool


def recounted(stack: str, program_id: str | None, *, fix: bool) -> Iterator[Recounted]:
    """Count the flags of a program, or of each, and with `fix` put the counts right. Raises `NotDone`."""
    with acting_in(stack):
        for each in _programs(program_id):
            found = recount.recount(each)
            if fix and not found.right:
                recount.fix(each)
            yield Recounted(each, found, fixed=fix)


def _programs(program_id: str | None) -> list[str]:
    if program_id is None:
        return programs.program_ids(wiring.database())
    if configuration.program(program_id) is None:
        raise NotDone(f"There is no program {program_id} in this stack.")
    return [program_id]
