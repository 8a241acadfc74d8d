"""The queue of flags: by when they were raised, oldest first; and one flag by its id."""

from collections.abc import Mapping
from dataclasses import dataclass

from redflag import wiring
from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import Instant
from redflag.core.model import RuleName
from redflag.service.programs.staff_names import Names, mentioned, names_of
from redflag.service.refusals import not_found
from redflag.store import flag_queue, flags, people


@dataclass(frozen=True)
class QueueQuery:
    """Which flags the queue is to show: raised from `start` on, before `end`."""

    status: FlagStatus | None = None
    rule: RuleName | None = None
    location_id: str | None = None
    start: Instant | None = None
    end: Instant | None = None


@dataclass(frozen=True)
class QueuePage:
    """Flags with the names of their members and of the staff they mention, and where the next page starts."""

    flags: list[Flag]
    members: Mapping[str, str | None]
    staff: Names
    more: str | None


def page(program_id: str, query: QueueQuery, *, after: str | None, limit: int) -> QueuePage:
    """One page of the queue."""
    filters = {"rule": query.rule, "location_id": query.location_id}
    found, more = flag_queue.queue(
        wiring.database(),
        program_id,
        [query.status] if query.status else list(FlagStatus),
        after=after,
        start=query.start,
        end=query.end,
        filters={name: value for name, value in filters.items() if value is not None},
        limit=limit,
    )
    profiles = people.profiles(wiring.database(), program_id, (flag.member_id for flag in found))
    return QueuePage(
        flags=found,
        members={member_id: profile.name for member_id, profile in profiles.items()},
        staff=names_of(program_id, mentioned(found)),
        more=more,
    )


def get(program_id: str, flag_id: str) -> tuple[Flag, Names]:
    """A flag, with the names of the staff whom it mentions. Raises `Refusal` when there is none."""
    flag = flags.get(wiring.database(), program_id, flag_id)
    if flag is None:
        raise not_found("flag")
    return flag, names_of(program_id, mentioned([flag]))
