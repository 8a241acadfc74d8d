"""What evidence is made of: occurrences in the words of the API, and numbers with their nouns."""

from redflag.core.instants import format_instant
from redflag.core.model import Attempt, CheckIn, Following, Occurrence, PointEdit


def check_in_occurrence(check_in: CheckIn | Attempt) -> Occurrence:
    """A check-in or an attempt: when, where, on which device."""
    return {
        "id": check_in.check_in_id,
        "check_in_id": check_in.check_in_id,
        "location_id": check_in.location_id,
        "checked_in_at": format_instant(check_in.at),
        "device_id": check_in.device_id,
    }


def following_occurrence(following: Following) -> Occurrence:
    """Two members directly after one another: who, when, where."""
    cell = following.place.removeprefix("cell:") if following.place.startswith("cell:") else None
    return {
        "id": f"{following.first.check_in_id}+{following.second.check_in_id}",
        "first_member_id": following.first.member_id,
        "second_member_id": following.second.member_id,
        "location_id": None if cell else following.place,
        "cell": cell,
        "first_at": format_instant(following.first.at),
        "second_at": format_instant(following.second.at),
    }


def edit_occurrence(edit: PointEdit) -> Occurrence:
    """A change of points: how much, by whom, why."""
    return {
        "id": edit.edit_id,
        "edited_at": format_instant(edit.at),
        "delta": edit.delta,
        "by": edit.by,
        "reason": edit.reason,
    }


def occurred_at(occurrence: Occurrence) -> str:
    """When it happened, as text that sorts by time; of two check-ins the later one counts."""
    return max(str(value) for name, value in occurrence.items() if name.endswith("_at"))


def count(number: int, thing: str) -> str:
    """`1 day`, `7 days`: a number with its noun, for sentences."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
