"""The names of colleagues: who may see that something was done may see who did it.

Only owners see the list of the staff. Everybody at the console sees the name that belongs to a subject:
of people who have access to this program now, not of Redflag or of clients.
"""

from collections.abc import Iterable, Iterator, Mapping

from redflag import wiring
from redflag.core.flags import Flag
from redflag.service.findings import SYSTEM
from redflag.store import principals

type Names = Mapping[str, str]
"""Names of the staff, by subject."""


def names_of(program_id: str, subjects: Iterable[str | None]) -> Names:
    """The names of those of a program's staff who have one of these subjects."""
    people = dict.fromkeys(each for each in subjects if each is not None and each != SYSTEM)
    return principals.staff_names(wiring.database(), program_id, list(people))


def mentioned(flags: Iterable[Flag]) -> Iterator[str | None]:
    """The subjects that flags mention: who has decided, and whom the evidence names."""
    for flag in flags:
        yield flag.decided_by
        yield from evidence_of(flag)


def evidence_of(flag: Flag) -> Iterator[str]:
    """The subjects that a flag's evidence names: who has edited points, or flagged by hand."""
    return (str(line["by"]) for line in flag.occurrences if "by" in line)
