"""The tables' streams, played by the tests: what has changed since, as records that Lambda would send."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redflag.core.instants import SECOND, Instant
from tests.cloud.program import Shop
from tests.cloud.requests import event_of, invoke

type Items = dict[tuple[str, str], dict[str, Any]]
type Record = dict[str, Any]


def record(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, at: Instant) -> Record:
    """One change of an item at an instant, in the form of `events/members_stream.json`."""
    known = old or new
    assert known is not None
    (made,) = event_of("members_stream")["Records"]
    change = made["dynamodb"]
    change["ApproximateCreationDateTime"] = at // SECOND
    change["Keys"] = {name: known[name] for name in ("pk", "sk") if name in known}
    for image, item in (("OldImage", old), ("NewImage", new)):
        change.pop(image, None)
        if item is not None:
            change[image] = dict(item)
    made["eventName"] = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    return dict(made)


def send(shop: Shop, records: Iterable[Record], function: str = "projector") -> list[str]:
    """Have a function follow records; answers the sequence numbers of those that failed."""
    numbered = [
        each | {"dynamodb": each["dynamodb"] | {"SequenceNumber": f"{number:025d}"}}
        for number, each in enumerate(records, start=1)
    ]
    if not numbered:
        return []
    answer = invoke(shop.backend, function, {"Records": numbered})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@dataclass
class Streams:
    """Both streams of a program, from what its items were when they were last looked at.

    Every change since then counts as one of now.
    """

    shop: Shop
    _seen: Items = field(default_factory=dict)

    def look(self) -> list[Record]:
        """The changes since the last look, the members' before the places'; deletions too."""
        now = self._items()
        keys = [key for key in (*self._seen, *now) if self._seen.get(key) != now.get(key)]
        changed = [
            record(self._seen.get(key), now.get(key), self.shop.clock.now) for key in dict.fromkeys(keys)
        ]
        self._seen = now
        return changed

    def _items(self) -> Items:
        tables = self.shop.database.tables
        found: Items = {}
        for table in (tables.members, tables.places):
            for item in self.shop.backend.items(table):
                if item["pk"]["S"].startswith(self.shop.program_id):
                    found[item["pk"]["S"], item.get("sk", {}).get("S", "")] = item
        return found


def project(shop: Shop) -> None:
    """Have the projector follow everything, as if each item had come to be in one change."""
    assert send(shop, Streams(shop).look()) == []
