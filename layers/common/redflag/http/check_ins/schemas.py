"""What the routes of check-ins take and answer.

They are msgspec structs: importing pydantic would cost the functions that members wait for most of their
start (docs/adr).
"""

from typing import Annotated, Any

import msgspec

from redflag.http import fields

BATCH_LENGTH = 100
"""How many check-ins a batch may hold."""

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


_Problem = Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": "#/components/schemas/Problem"})]


class MemberReference(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A member, by phone or by id; one of the two."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    member_id: Id | None = None

    def __post_init__(self) -> None:
        """Refuse none and both."""
        if (self.phone is None) is (self.member_id is None):
            raise ValueError("Give either phone or member_id.")


class Position(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where a phone says it is: degrees, and metres of accuracy."""

    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=100_000)] | None = None


class CheckInBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A member's attempt to check in."""

    program_id: Id
    location_id: Id
    member: MemberReference
    occurred_at: str | None = None
    position: Position | None = None
    device_id: Annotated[str, msgspec.Meta(min_length=1, max_length=fields.DEVICE_LENGTH)] | None = None


class CheckInItem(CheckInBody, forbid_unknown_fields=True, kw_only=True):
    """One check-in of a batch, with the key under which a repetition changes nothing."""

    idempotency_key: Annotated[str, msgspec.Meta(min_length=1, max_length=fields.KEY_LENGTH)]


class CheckInBatchBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Check-ins to be decided one by one, in their order. Each is validated by itself."""

    check_ins: Annotated[list[CheckInItem], msgspec.Meta(min_length=1, max_length=BATCH_LENGTH)]


class UnreadBatchBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The same before its items are looked at: a bad item is no reason to refuse the others."""

    check_ins: Annotated[list[Any], msgspec.Meta(min_length=1, max_length=BATCH_LENGTH)]


class CheckInAnswer(msgspec.Struct, kw_only=True):
    """An accepted check-in, and the earliest instant of the next."""

    check_in_id: str
    checked_in_at: str
    next_check_in_at: str


class CheckInResult(msgspec.Struct, kw_only=True):
    """What became of one check-in of a batch: the check-in, or the problem that refused it."""

    status: int
    check_in: CheckInAnswer | msgspec.UnsetType = msgspec.UNSET
    problem: _Problem | msgspec.UnsetType = msgspec.UNSET


class CheckInBatchAnswer(msgspec.Struct, kw_only=True):
    """What became of each check-in of a batch, in their order."""

    results: list[CheckInResult]
