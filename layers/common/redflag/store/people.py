"""Who members are: profiles, and the numbers by which they are found.

A profile holds the personal data, apart from the register, which holds none. A phone number is
never a key and never in clear: its items are keyed by an HMAC of the number, and the profile keeps
the number encrypted under the stack's key. A number has one partition for the whole stack, with an
item for each program that knows it; the item also carries the program's block of the number, which
outlives the member.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from redflag.core.instants import Instant
from redflag.core.model import Membership
from redflag.store.database import Database, Write, delete, put

_PROFILE = "P"
ESSENTIAL = frozenset({_PROFILE, "R"})
"""Sort keys of what makes a member a member: the profile and the register."""

_LOOKUP = "N"
_LOOKED_THROUGH = 1000
_SORTED_BY = 200
"""How many characters of a name sort it; folding makes some names longer than a sort key may be."""


@dataclass(frozen=True)
class Profile:
    """A member's personal data, membership and points."""

    program_id: str
    member_id: str
    phone_hash: str
    phone_sealed: str
    phone_masked: str
    enrolled_at: Instant
    name: str | None = None
    email: str | None = None
    external_id: str | None = None
    membership: Membership | None = None
    points: int = 0


@dataclass(frozen=True)
class PhoneRecord:
    """What the program knows of a phone number: whose it is, and whether it is blocked."""

    member_id: str | None = None
    blocked: bool = False


def find_phone(
    database: Database, program_id: str, phone_hash: str, *, consistent: bool = False
) -> PhoneRecord:
    """What is known of a number; an empty record when nothing is."""
    item = database.get(database.tables.members, phone_key(program_id, phone_hash), consistent=consistent)
    return PhoneRecord(item.get("member_id"), item.get("blocked", False)) if item else PhoneRecord()


def save_phone(
    database: Database, program_id: str, phone_hash: str, record: PhoneRecord, *, new: bool = False
) -> Write:
    """Save what is known of a number. With `new`, its condition fails when the number has a member."""
    return put(
        "phone",
        database.tables.members,
        {
            **phone_key(program_id, phone_hash),
            "member_id": record.member_id,
            "blocked": record.blocked or None,
        },
        "attribute_not_exists(member_id)" if new else None,
    )


def forget_phone(database: Database, profile: Profile, record: PhoneRecord) -> Write:
    """Remove the member from a number. The block of the number, if any, stays."""
    if record.blocked:
        kept = replace(record, member_id=None)
        return save_phone(database, profile.program_id, profile.phone_hash, kept)
    key = phone_key(profile.program_id, profile.phone_hash)
    return delete("phone", database.tables.members, key)


def find_external(database: Database, program_id: str, external_id: str) -> str | None:
    """The member with this external id: the merchant's own id."""
    item = database.get(database.tables.members, _external_key(program_id, external_id), consistent=False)
    return item["member_id"] if item else None


def save_external(database: Database, profile: Profile, external_id: str) -> Write:
    """Make a member findable by the merchant's own id; its condition fails when another member has it."""
    return put(
        "external id",
        database.tables.members,
        _external_key(profile.program_id, external_id) | {"member_id": profile.member_id},
        "attribute_not_exists(pk)",
    )


def forget_external(database: Database, program_id: str, external_id: str) -> Write:
    """Release the merchant's own id of a member."""
    return delete("external id", database.tables.members, _external_key(program_id, external_id))


def get_profile(database: Database, program_id: str, member_id: str) -> Profile | None:
    """A member's profile, as it is now."""
    item = database.get(database.tables.members, _key(program_id, member_id), consistent=True)
    return _read(item) if item else None


def save_profile(database: Database, profile: Profile, known: Profile | None) -> Write:
    """Write a profile over the one that was read, or a new one where there is none yet."""
    item = {
        **_key(profile.program_id, profile.member_id),
        "npk": profile.program_id,
        "nsk": name_position(profile),
        "member_id": profile.member_id,
        "phone_hash": profile.phone_hash,
        "phone_sealed": profile.phone_sealed,
        "phone_masked": profile.phone_masked,
        "enrolled_at": profile.enrolled_at,
        "name": profile.name,
        "folded": profile.name and profile.name.casefold(),
        "email": profile.email,
        "external_id": profile.external_id,
        "membership": profile.membership,
        "points": profile.points,
    }
    table = database.tables.members
    if known is None:
        return put("profile", table, item, "attribute_not_exists(pk)")
    same = "attribute_not_exists(membership)" if known.membership is None else "membership = :membership"
    return put(
        "profile",
        table,
        item,
        f"points = :points AND {same}",
        points=known.points,
        membership=known.membership,
    )


def forget_profile(database: Database, profile: Profile) -> Write:
    """Delete a profile."""
    return delete("profile", database.tables.members, _key(profile.program_id, profile.member_id))


def name_position(profile: Profile) -> str:
    """A profile's position among the names of its program."""
    return f"{(profile.name or '').casefold()[:_SORTED_BY]}#{profile.member_id}"


def by_name(
    database: Database, program_id: str, part: str, *, after: str | None, limit: int
) -> tuple[list[Profile], str | None]:
    """Profiles whose name has this part, by name, and where the next page starts.

    A page may hold fewer than `limit`, even none, and still not be the last.
    """
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "IndexName": "by_name",
        "KeyConditionExpression": "npk = :npk AND nsk > :after",
        "ExpressionAttributeValues": {":npk": {"S": program_id}, ":after": {"S": after or " "}},
        "Limit": limit,
    }
    if part:
        request["FilterExpression"] = "contains(folded, :part)"
        request["ExpressionAttributeValues"][":part"] = {"S": part.casefold()}
        request["Limit"] = _LOOKED_THROUGH
    items, more = database.query(**request)
    return [_read(item) for item in items], more["nsk"]["S"] if more else None


def names(database: Database, program_id: str) -> Iterator[tuple[str, str | None]]:
    """All members of a program in the order of their names, read as they are needed: id and name."""
    items = database.items(
        TableName=database.tables.members,
        IndexName="by_name",
        KeyConditionExpression="npk = :npk",
        ExpressionAttributeValues={":npk": {"S": program_id}},
        ProjectionExpression="member_id, #name",
        ExpressionAttributeNames={"#name": "name"},
    )
    return ((item["member_id"], item.get("name")) for item in items)


def profiles(database: Database, program_id: str, member_ids: Iterable[str]) -> dict[str, Profile]:
    """The profiles of members, by member id; those that are gone are left out."""
    keys = [_key(program_id, member_id) for member_id in dict.fromkeys(member_ids)]
    items = database.batch(database.tables.members, keys, consistent=True)
    return {item["member_id"]: _read(item) for item in items}


def phone_key(program_id: str, phone_hash: str) -> dict[str, str]:
    """The key of what a program knows of a number. The items of all programs are one partition."""
    return {"pk": f"phone#{phone_hash}", "sk": program_id}


def _key(program_id: str, member_id: str) -> dict[str, str]:
    return {"pk": f"{program_id}#{member_id}", "sk": _PROFILE}


def _external_key(program_id: str, external_id: str) -> dict[str, str]:
    return {"pk": f"{program_id}#external#{external_id}", "sk": _LOOKUP}


def _read(item: dict[str, Any]) -> Profile:
    return Profile(
        program_id=item["pk"].partition("#")[0],
        member_id=item["member_id"],
        phone_hash=item["phone_hash"],
        phone_sealed=item["phone_sealed"],
        phone_masked=item["phone_masked"],
        enrolled_at=item["enrolled_at"],
        name=item.get("name"),
        email=item.get("email"),
        external_id=item.get("external_id"),
        membership=Membership(item["membership"]) if "membership" in item else None,
        points=item["points"],
    )
