"""The programs of the platform."""

from redflag import wiring
from redflag.store import programs
from redflag.store.programs import Program


def all_programs(*, after: str | None, limit: int) -> list[Program]:
    """All programs, closed ones too, in the order of their ids."""
    return programs.all_programs(wiring.database(), after=after, limit=limit)
