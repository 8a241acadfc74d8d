"""Counting a program's flags anew, and finding where the counts differ.

What is wrong is corrected flag by flag, by the step that follows every change of a flag. Numbers that
still differ then are explained by no flag: a person or a restored table left them. They are replaced,
under the condition that no flag has moved since they were read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from redflag import wiring
from redflag.core.counted import Counted, Numbers
from redflag.service.flags import counting
from redflag.store import counts, flag_queue, flags
from redflag.store.counts import Key, Tally
from redflag.store.database import Conflict, retry_on_conflict


@dataclass(frozen=True)
class Difference:
    """A number that is not what the flags say."""

    what: Counted
    counted: int
    should_be: int


@dataclass(frozen=True)
class Recount:
    """What is wrong: numbers, and the ids of flags whose markers are wrong."""

    differences: list[Difference]
    flags: list[str]

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.differences and not self.flags


def recount(program_id: str) -> Recount:
    """Compare the counts with the flags, by day, location, rule and status.

    What has changed within the last seconds may seem wrong: the projector has yet to follow.
    """
    counted: Numbers = Counter()
    for tally in counts.tallies(wiring.database(), program_id).values():
        counted.update(tally.numbers)
    due, marked = _due(program_id), counts.markers(wiring.database(), program_id)
    should_be = Counter(due.values())
    found = [
        Difference(each, counted[each], should_be[each])
        for each in counted.keys() | should_be.keys()
        if counted[each] != should_be[each]
    ]
    return Recount(sorted(found, key=lambda d: _order(d.what)), _marked_otherwise(due, marked))


def fix(program_id: str) -> None:
    """Correct the counts. Flags may change meanwhile."""
    due, marked = _due(program_id), counts.markers(wiring.database(), program_id)
    for flag_id in _marked_otherwise(due, marked):
        counting.count(program_id, flag_id)
    for key in sorted(_unexplained(program_id), key=_key_order):
        _explain(program_id, key)


def _due(program_id: str) -> dict[str, Counted]:
    """What each flag should be counted as.

    The index may be a moment old. So a flag that differs from its marker there, or is missing there, is
    read itself.
    """
    database = wiring.database()
    due = {f.flag_id: counting.due(program_id, f) for f in flag_queue.everything(database, program_id)}
    marked = counts.markers(database, program_id)
    for flag_id in _marked_otherwise(due, marked):
        flag = flags.get(database, program_id, flag_id)
        if flag is None:
            due.pop(flag_id, None)
        else:
            due[flag_id] = counting.due(program_id, flag)
    return due


def _marked_otherwise(due: dict[str, Counted], marked: dict[str, Counted]) -> list[str]:
    return sorted(f for f in due.keys() | marked.keys() if due.get(f) != marked.get(f))


def _unexplained(program_id: str) -> Iterable[Key]:
    tallies, marked = _read(program_id)
    keys = tallies.keys() | {(c.day, c.location_id) for c in marked}
    return [key for key in keys if _wrong(key, tallies, marked)]


def _explain(program_id: str, key: Key) -> None:
    def attempt(_conflict: Conflict | None) -> None:
        tallies, marked = _read(program_id)
        if _wrong(key, tallies, marked):
            tally = tallies.get(key) or Tally(key, 0, Counter())
            write = counts.correct(wiring.database(), program_id, tally, _of(key, marked))
            wiring.database().commit([write])

    retry_on_conflict(attempt)


def _read(program_id: str) -> tuple[dict[Key, Tally], Numbers]:
    """The tallies, and after them the markers: what moves in between changes a tally's version."""
    database = wiring.database()
    tallies = counts.tallies(database, program_id)
    return tallies, Counter(counts.markers(database, program_id).values())


def _wrong(key: Key, tallies: dict[Key, Tally], marked: Numbers) -> bool:
    tally = tallies.get(key)
    return dict(tally.numbers if tally else {}) != dict(_of(key, marked))


def _of(key: Key, marked: Numbers) -> Numbers:
    return Counter({c: number for c, number in marked.items() if (c.day, c.location_id) == key})


def _order(what: Counted) -> tuple[str, ...]:
    return str(what.day), what.location_id or "", what.rule, what.status


def _key_order(key: Key) -> tuple[str, str]:
    return str(key[0]), key[1] or ""
