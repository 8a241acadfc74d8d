"""Places and pairs: who checked in directly after whom, and how often.

A place is a location, or a geohash cell when phones report positions. Its item holds the newest
arrivals as slots `s0`..`s15` in the order in which they were recorded; one write shifts the slots and
returns the arrival before. `t0`..`t15` say when each was recorded. A pair's item holds its occurrences
in the same way, without those times. The condition of both writes is that the new slot is not there
yet, so repeating them changes nothing.
"""

from typing import Any

from botocore.exceptions import ClientError

from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import REGISTER_DEPTH, Arrival, Following
from redflag.store.database import Database, Item, plain, typed
from redflag.store.ids import INSTANT_LENGTH, decode_instant

_CLOCKS_DIFFER: Instant = 15 * SECOND
"""How long before a write its `now` may be: the time of a request, and the difference of clocks."""

_KEPT_DAYS = 91
"""How long cells and pairs are kept: a day more than the longest window of a rule."""

_CHECK_IN_LENGTH = 20
_SLOTS = range(REGISTER_DEPTH)
_SHIFT = "SET s0 = :slot, " + ", ".join(f"s{i} = if_not_exists(s{i - 1}, :no)" for i in _SLOTS[1:])
_TIMES = ", t0 = :now, " + ", ".join(f"t{i} = if_not_exists(t{i - 1}, :zero)" for i in _SLOTS[1:])
_NEW = " AND ".join(f"s{i} <> :slot" for i in _SLOTS)


def arrive(
    database: Database, program_id: str, place: str, arrival: Arrival, *, now: Instant
) -> Arrival | None:
    """Record an arrival at a place; returns the arrival directly before.

    Recording it twice returns the same for as long as the place remembers the arrival.
    """
    slot = _encode_arrival(arrival)
    expires = place.startswith("cell:")
    before, _ = _shift(database, place_key(program_id, place), slot, expires=expires, times=True, now=now)
    slots = _read_slots(before)
    index = slots.index(slot) + 1 if slot in slots else 0
    return _decode_arrival(slots[index]) if index < len(slots) else None


def arrivals(database: Database, program_id: str, place: str) -> list[Arrival]:
    """The newest arrivals of a place, newest first; they may be a moment old."""
    item = database.get(database.tables.places, {"pk": place_key(program_id, place)}, consistent=False)
    return [_decode_arrival(slot) for slot in _read_slots(typed(item or {}))]


def missed(database: Database, program_id: str, place: str, arrival: Arrival, *, since: Instant) -> bool:
    """Whether an arrival was surely not recorded at a place. If it was, then not before `since`.

    A place that does not remember the arrival may have forgotten it, unless the oldest arrival that it
    remembers was recorded before `since`.
    """
    item = database.get(database.tables.places, {"pk": place_key(program_id, place)}, consistent=False)
    slots = _read_slots(typed(item or {}))
    if _encode_arrival(arrival) in slots:
        return False
    return len(slots) < REGISTER_DEPTH or (item or {})[f"t{_SLOTS[-1]}"] < since - _CLOCKS_DIFFER


def follow(
    database: Database, program_id: str, following: Following, *, now: Instant
) -> tuple[list[Following], bool]:
    """Count an occurrence of a pair; returns all that it remembers, newest first, and if this is new."""
    key = pair_key(program_id, following)
    slot = _encode_following(following)
    before, after = _shift(database, key, slot, expires=True, times=False, now=now)
    return [_decode_following(key, slot) for slot in _read_slots(after or before)], bool(after)


def followings(database: Database, program_id: str, following: Following) -> list[Following]:
    """The occurrences that a pair remembers, newest first; they may be a moment old."""
    key = pair_key(program_id, following)
    item = database.get(database.tables.places, {"pk": key}, consistent=False)
    return [_decode_following(key, slot) for slot in _read_slots(typed(item or {}))]


def arrivals_of_image(image: Item) -> list[Arrival]:
    """The arrivals of a place's item in the stream."""
    return [_decode_arrival(slot) for slot in _read_slots(image)]


def followings_of_image(key: str, image: Item) -> list[Following]:
    """The occurrences of a pair's item in the stream."""
    return [_decode_following(key, slot) for slot in _read_slots(image)]


def place_key(program_id: str, place: str) -> str:
    """The partition key of a location or cell."""
    return f"{program_id}#at#{place}"


def pair_key(program_id: str, following: Following) -> str:
    """The partition key of a pair: the same in either order of its members."""
    one, other = sorted((following.first.member_id, following.second.member_id))
    return f"{program_id}#pair#{one}#{other}"


def _shift(
    database: Database, key: str, slot: str, *, expires: bool, times: bool, now: Instant
) -> tuple[Item, Item]:
    """Shift a slot in; returns the item before and the item after.

    When the item has the slot already, nothing is written: the first is the item as it is, the second empty.
    """
    values: dict[str, Any] = {":slot": slot, ":no": ""}
    expression = _SHIFT
    if times:
        expression += _TIMES
        values |= {":now": now, ":zero": 0}
    if expires:
        expression += ", expires_at = :expires"
        values[":expires"] = now // SECOND + _KEPT_DAYS * DAY // SECOND
    try:
        answer = database.client.update_item(
            TableName=database.tables.places,
            Key=typed({"pk": key}),
            UpdateExpression=expression,
            ConditionExpression=_NEW,
            ExpressionAttributeValues=typed(values),
            ReturnValues="ALL_NEW",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        return error.response["Item"], {}  # type: ignore[typeddict-item]  # asked for above
    after = answer["Attributes"]
    before = {f"s{i - 1}": after[f"s{i}"] for i in _SLOTS[1:] if f"s{i}" in after}
    return before, after


def _read_slots(item: Item) -> list[str]:
    values = plain(item)
    return [values[f"s{i}"] for i in _SLOTS if values.get(f"s{i}")]


def _encode_arrival(arrival: Arrival) -> str:
    return arrival.check_in_id[2:] + arrival.member_id[2:]


def _decode_arrival(slot: str) -> Arrival:
    return Arrival(
        check_in_id=f"c_{slot[:_CHECK_IN_LENGTH]}",
        member_id=f"m_{slot[_CHECK_IN_LENGTH:]}",
        at=decode_instant(slot[:INSTANT_LENGTH]),
    )


def _encode_following(following: Following) -> str:
    first, second = following.first, following.second
    order = "<" if first.member_id < second.member_id else ">"
    return f"{first.check_in_id[2:]}{second.check_in_id[2:]}{order}{following.place}"


def _decode_following(key: str, slot: str) -> Following:
    one, other = key.split("#")[-2:]
    rest = slot[2 * _CHECK_IN_LENGTH :]
    if rest[0] == ">":
        one, other = other, one
    first, second = (
        Arrival(f"c_{tail}", member_id, decode_instant(tail[:INSTANT_LENGTH]))
        for tail, member_id in (
            (slot[:_CHECK_IN_LENGTH], one),
            (slot[_CHECK_IN_LENGTH : 2 * _CHECK_IN_LENGTH], other),
        )
    )
    return Following(first, second, rest[1:])
