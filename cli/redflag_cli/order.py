"""In which order check-ins may be sent when many are under way at once.

Redflag decides from what it already knows, so what is sent in another order can be decided in
another way. A visit therefore waits for

* the visit before it at the same location: `back_to_back` asks who came directly before,
* the visit before it that concerns the same member: the cooldown and the rules look back.

A visit concerns its own member, and those who were at its location shortly before: as followers of
one another they can be flagged by it. So whatever may change a member is sent in the order of the
file, and every flag is raised by the check-in that raises it when visits are sent one by one.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redflag.core.instants import HOUR, Instant

NEAR: Instant = HOUR
"""How shortly before is near. No less than the gap of `back_to_back`, which is ten minutes by default."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A check-in to send. `key` is its Idempotency-Key: the same for every attempt to send it."""

    key: str
    member_id: str
    location_id: str
    at: Instant


class Order:
    """Hands out the indexes of visits, each as soon as all it waits for has been answered."""

    def __init__(self, visits: Sequence[Visit], near: Instant = NEAR) -> None:
        self._left = len(visits)
        self._waits_for = [0] * len(visits)
        self._followers: dict[int, list[int]] = defaultdict(list)
        newest: dict[tuple[str, str], int] = {}
        for index, lanes in enumerate(_lanes(visits, near)):
            for before in {newest[lane] for lane in lanes if lane in newest}:
                self._followers[before].append(index)
                self._waits_for[index] += 1
            newest |= dict.fromkeys(lanes, index)
        self._ready = [index for index, waits in enumerate(self._waits_for) if not waits]

    @property
    def done(self) -> bool:
        """Whether every visit has been answered."""
        return not self._left

    def take(self) -> int | None:
        """The next visit to send; `None` while all that are left have to wait."""
        return heapq.heappop(self._ready) if self._ready else None

    def answered(self, index: int) -> None:
        """Release the visits that have waited for this one."""
        self._left -= 1
        for follower in self._followers.pop(index, ()):
            self._waits_for[follower] -= 1
            if not self._waits_for[follower]:
                heapq.heappush(self._ready, follower)


def _lanes(visits: Sequence[Visit], near: Instant) -> Iterator[set[tuple[str, str]]]:
    """The location and the members that each visit concerns."""
    recent: dict[str, deque[Visit]] = defaultdict(deque)
    for visit in visits:
        here = recent[visit.location_id]
        while here and visit.at - here[0].at > near:
            here.popleft()
        here.append(visit)
        yield {("location", visit.location_id), *(("member", other.member_id) for other in here)}
