"""Records of the tables' streams, each to what follows from it."""

from collections.abc import Mapping
from typing import Any

from redflag.core.instants import SECOND, Instant
from redflag.service import counting, repair
from redflag.store import flags


def follow_record(record: Mapping[str, Any], *, now: Instant) -> None:
    """Do what follows from one record of a register, a flag, a place or a pair."""
    change = record["dynamodb"]
    key, before, after = change["Keys"]["pk"]["S"], change.get("OldImage"), change.get("NewImage")
    sort_key = change["Keys"].get("sk", {}).get("S", "")
    if flag_id := flags.id_of(sort_key):
        counting.count(key.partition("#")[0], flag_id)
    elif sort_key == "R":
        if after is None:
            repair.register_gone(key)
        else:
            written = int(change["ApproximateCreationDateTime"] * SECOND)
            repair.register_changed(before, after, written=written, now=now)
    elif after is not None and "#at#" in key:
        repair.place_changed(key, before, after, now=now)
    elif after is not None and "#pair#" in key:
        repair.pair_changed(key, before, after, now=now)
