"""A cache in memory of what rarely changes: programs, settings, locations, principals.

Only what was found is kept. What was not is looked up again, so that something new works at once.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from cachetools import TTLCache

from redflag import wiring
from redflag.core.model import Location
from redflag.service.refusals import no_program
from redflag.store import principals, programs
from redflag.store.principals import Principal
from redflag.store.programs import Program, SettingsVersion

_KEPT = 10_000


@cache
def _memory() -> TTLCache[tuple[str, ...], Any]:
    return TTLCache(maxsize=_KEPT, ttl=wiring.cache_seconds())


def _remembered[T](key: tuple[str, ...], read: Callable[[], T | None]) -> T | None:
    memory = _memory()
    found: T | None = memory.get(key)
    if found is None:
        found = read()
        if found is not None:
            memory[key] = found
    return found


def program(program_id: str) -> Program | None:
    """The program with this id."""
    return _remembered(("program", program_id), lambda: programs.get_program(wiring.database(), program_id))


def known_program(program_id: str) -> Program:
    """The program with this id. Raises `Refusal` when there is none, or it is closed."""
    found = program(program_id)
    if found is None or found.closed_at is not None:
        raise no_program()
    return found


def settings(program_id: str) -> SettingsVersion:
    """The settings of a program."""
    read = partial(programs.get_settings, wiring.database(), program_id)
    return _remembered(("settings", program_id), read) or read()


def location(program_id: str, location_id: str) -> Location | None:
    """A location of a program, as the rules see it."""

    def read() -> Location | None:
        document = programs.get_location(wiring.database(), program_id, location_id)
        return programs.read_location(document) if document else None

    return _remembered(("location", program_id, location_id), read)


def locations(program_id: str) -> list[dict[str, Any]]:
    """The documents of all locations of a program."""
    read = partial(programs.all_locations, wiring.database(), program_id)
    # A program without locations is looked up again, so that its first one works at once.
    return _remembered(("locations", program_id), lambda: read() or None) or []


def staff(subject: str) -> Principal | None:
    """The person at the console with this subject."""
    return _remembered(("staff", subject), lambda: principals.get_staff(wiring.database(), subject))


def app_caller(subject: str, program_id: str) -> Principal | None:
    """The member or machine client with this subject, as a program knows it."""
    return _remembered(
        ("app", subject, program_id),
        lambda: principals.get_app_caller(wiring.database(), subject, program_id),
    )


def reset() -> None:
    """Forget everything, and read again for how long to keep things."""
    _memory.cache_clear()
