"""Who follows whom at a place: a location, or a geohash cell when phones report positions.

Adjacent means adjacent in the order in which the place learned of its accepted check-ins, which
is not always the order of their instants. A refused attempt never reaches the place.
"""

from collections.abc import Sequence

from redflag.core.geohash import geohash
from redflag.core.instants import Instant
from redflag.core.model import REGISTER_DEPTH, Arrival, Attempt, Following
from redflag.core.rules.back_to_back import BackToBack, MatchOn


def place_of(attempt: Attempt, rule: BackToBack) -> str | None:
    """Where adjacency is counted: the location's id, `cell:` and a geohash, or nowhere."""
    if rule.match_on == MatchOn.LOCATION:
        return attempt.location_id
    if attempt.position is None:
        return None
    return f"cell:{geohash(attempt.position.lat, attempt.position.lon)}"


def following(previous: Arrival | None, arrival: Arrival, place: str, max_gap: Instant) -> Following | None:
    """What an arrival makes of the one directly before it: an occurrence of a pair, or nothing."""
    if previous is None or previous.member_id == arrival.member_id:
        return None
    if abs(arrival.at - previous.at) > max_gap:
        return None
    return Following(previous, arrival, place)


def remember(known: Sequence[Following], new: Following) -> tuple[Following, ...]:
    """A pair's occurrences with one more, newest first; unchanged when it is known already."""
    if any(f.second.check_in_id == new.second.check_in_id for f in known):
        return tuple(known)
    return (new, *known)[:REGISTER_DEPTH]
