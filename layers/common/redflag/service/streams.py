"""Records of the tables' streams, each dispatched to what follows from it."""

from collections.abc import Mapping
from typing import Any

from redflag.core.instants import SECOND, Instant
from redflag.service.check_ins import projection
from redflag.service.flags import counting
from redflag.service.notifications import pending
from redflag.service.platform import blocks
from redflag.store import flags
from redflag.store.principals import PLATFORM


def follow_record(record: Mapping[str, Any], *, now: Instant) -> None:
    """Do what follows from one record of a register, a flag, a platform block, a place or a pair."""
    change = record["dynamodb"]
    key, before, after = change["Keys"]["pk"]["S"], change.get("OldImage"), change.get("NewImage")
    sort_key = change["Keys"].get("sk", {}).get("S", "")
    if sort_key == "R":
        if after is None:
            projection.register_gone(key)
        else:
            written = int(change["ApproximateCreationDateTime"] * SECOND)
            projection.register_changed(before, after, written=written, now=now)
    elif flag_id := flags.id_of(sort_key):
        program_id = key.partition("#")[0]
        counting.count(program_id, flag_id)
        if before is None:
            pending.flag_raised(program_id, flag_id, now=now)
    elif sort_key == PLATFORM:
        blocks.write_through(key.removeprefix("phone#"), now=now)
    elif after is not None and "#at#" in key:
        projection.place_changed(key, before, after, now=now)
    elif after is not None and "#pair#" in key:
        projection.pair_changed(key, before, after, now=now)
