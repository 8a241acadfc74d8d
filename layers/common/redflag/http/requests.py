"""The bodies of the routes that members wait for: check-in and login gate.

They are msgspec structs, because importing pydantic would cost these two functions most of their
start (docs/adr). Every field that is wrong is named, not only the first.
"""

from collections.abc import Iterator
from typing import Annotated, Any, get_args

import msgspec

from redflag.http import fields
from redflag.http.edge import read_json
from redflag.problems import FieldError, invalid

BATCH_LENGTH = 100
"""How many check-ins a batch may hold."""

_ID = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


_Problem = Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": "#/components/schemas/Problem"})]


class MemberReference(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A member, by phone or by id; one of the two."""

    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    member_id: _ID | None = None

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
    """A member's wish to check in."""

    program_id: _ID
    location_id: _ID
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


class LoginGateBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Whose login to allow or refuse: by phone or by member id; one of the two."""

    program_id: _ID
    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    member_id: _ID | None = None


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


class LoginGateAnswer(msgspec.Struct, kw_only=True):
    """The member may log in."""

    allowed: bool = True


class ContactAnswer(msgspec.Struct, kw_only=True):
    """Whom a refused member can ask."""

    phone: str | None
    email: str | None
    url: str | None


class PlaceAnswer(msgspec.Struct, kw_only=True):
    """A location, as everybody may know it. Its zone tells members from when on they can check in again."""

    location_id: str
    name: str
    time_zone: str


class PlacesAnswer(msgspec.Struct, kw_only=True):
    """Where members check in, by name."""

    locations: list[PlaceAnswer]


def parse[T: msgspec.Struct](body: bytes, shape: type[T]) -> T:
    """A request's body as its struct. Raises `Problem` naming every field that is wrong."""
    return read(read_json(body), shape)


def read[T: msgspec.Struct](document: Any, shape: type[T]) -> T:
    """A document as its struct. Raises `Problem` naming every field that is wrong."""
    if not isinstance(document, dict):
        raise invalid(("", "Send a JSON object."))
    errors = list(_errors(document, shape, ""))
    if errors:
        raise invalid(*errors)
    return msgspec.convert(document, shape)


def _errors(document: dict[str, Any], shape: type[msgspec.Struct], path: str) -> Iterator[FieldError]:
    known = {field.name: field for field in msgspec.structs.fields(shape)}
    for name in document:
        if name not in known:
            yield f"{path}{name}", "There is no such field."
    for name, field in known.items():
        if name not in document:
            if field.required:
                yield f"{path}{name}", "This field is required."
            continue
        value, nested = document[name], _struct_of(field.type)
        if nested is not None and isinstance(value, dict):
            inner = list(_errors(value, nested, f"{path}{name}."))
            yield from inner
            if inner:
                continue
        try:
            msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            yield f"{path}{name}", f"{str(error).partition(' - at ')[0].removesuffix('.')}."
        else:
            yield from _control_characters(value, f"{path}{name}")


def _struct_of(annotation: Any) -> type[msgspec.Struct] | None:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return kind
    return None


def _control_characters(value: Any, path: str) -> Iterator[FieldError]:
    if isinstance(value, str):
        try:
            fields.text(value)
        except ValueError as error:
            yield path, str(error)
