"""Principals: who may act, as what, in which program.

A verified token says only who its bearer is. What they may do is stored here, by the pool of the token
and its subject (a machine client's subject is its client id). So revoking access works at once,
although tokens are still valid.

A person of the app pool who acts as a member has an item in that member's partition too, so that they
are found when the member is erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redflag.core.instants import Instant
from redflag.core.roles import ROLES, Pool, Role
from redflag.store.database import Database, Write, put, typed

PLATFORM = "PLATFORM"
"""What support has in place of a program: the partition of its people and of its log."""

_STAFF_SORT_KEY = "STAFF"
"""The sort key of staff, who have one program each. Callers of the app pool have an item for each program."""

_ACCOUNT_PREFIX = "L#"


@dataclass(frozen=True)
class Principal:
    """A caller whom the stack knows. Support acts in `PLATFORM`; only members have a `member_id`.

    `made_here` are clients whose credentials the program has made, and may delete.
    """

    subject: str
    role: Role
    program_id: str
    name: str = ""
    email: str | None = None
    member_id: str | None = None
    created_at: Instant | None = None
    made_here: bool = False

    @property
    def pool(self) -> Pool:
        """The pool whose tokens the principal bears."""
        return ROLES[self.role].pool


def get_staff(database: Database, subject: str) -> Principal | None:
    """The person at the console with this subject."""
    return _get(database, Pool.STAFF, subject, _STAFF_SORT_KEY)


def staff_names(database: Database, program_id: str, subjects: Sequence[str]) -> dict[str, str]:
    """The names of a program's staff, by subject. People who are not, or no longer, staff have none."""
    keys = [{"pk": _partition(Pool.STAFF, subject), "sk": _STAFF_SORT_KEY} for subject in subjects]
    items = database.batch(database.tables.programs, keys, consistent=False)
    return {item["subject"]: item["name"] for item in items if item["program_id"] == program_id}


def get_app_caller(database: Database, subject: str, program_id: str) -> Principal | None:
    """The member or machine client with this subject, as it is known to a program."""
    return _get(database, Pool.APP, subject, program_id)


def programs_of(database: Database, subject: str) -> list[str]:
    """The programs that know a caller of the app pool, ten at most."""
    found, _ = database.query(
        TableName=database.tables.programs,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": _partition(Pool.APP, subject)}},
        Limit=10,
    )
    return [item["program_id"] for item in found]


def save(database: Database, principal: Principal, *, new: bool = True) -> Write:
    """Save a principal. With `new`, its condition fails when there is one."""
    member = principal.role is Role.MEMBER
    return put(
        "principal",
        database.tables.programs,
        {
            **_key(principal),
            "gpk": None if member else principal.program_id,
            "gsk": None if member else f"{principal.pool}#{principal.subject}",
            "subject": principal.subject,
            "role": principal.role.value,
            "program_id": principal.program_id,
            "name": principal.name,
            "email": principal.email,
            "member_id": principal.member_id,
            "created_at": principal.created_at,
            "made_here": principal.made_here or None,
        },
        "attribute_not_exists(pk)" if new else None,
    )


def remove(database: Database, principal: Principal) -> Write:
    """Remove a principal. Its condition fails when there is none."""
    return Write(
        "principal",
        "Delete",
        {
            "TableName": database.tables.programs,
            "Key": {k: {"S": v} for k, v in _key(principal).items()},
            "ConditionExpression": "attribute_exists(pk)",
        },
    )


def save_account(database: Database, principal: Principal) -> Write:
    """Save the subject of a member's principal in the member's partition."""
    item = {
        "pk": f"{principal.program_id}#{principal.member_id}",
        "sk": _ACCOUNT_PREFIX + principal.subject,
        "linked_at": principal.created_at,
    }
    return put("account", database.tables.members, item)


def accounts_of(database: Database, program_id: str, member_id: str) -> list[str]:
    """The subjects of the people who were linked to a member. Some may act as another member by now."""
    items = database.items(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={
            ":pk": {"S": f"{program_id}#{member_id}"},
            ":prefix": {"S": _ACCOUNT_PREFIX},
        },
        ConsistentRead=True,
    )
    return [item["sk"].removeprefix(_ACCOUNT_PREFIX) for item in items]


def forget_account(database: Database, program_id: str, member_id: str, subject: str) -> Write:
    """Remove the principal of a person who acts as a member. Its condition fails when they act as another."""
    return Write(
        "principal",
        "Delete",
        {
            "TableName": database.tables.programs,
            "Key": typed({"pk": _partition(Pool.APP, subject), "sk": program_id}),
            "ConditionExpression": "member_id = :member",
            "ExpressionAttributeValues": typed({":member": member_id}),
        },
    )


def of_program(
    database: Database, program_id: str, pool: Pool, *, after: str | None, limit: int
) -> list[Principal]:
    """The staff or the machine clients of a program, by subject, after the one named."""
    items, _ = database.query(
        TableName=database.tables.programs,
        IndexName="by_program",
        KeyConditionExpression="gpk = :program AND gsk BETWEEN :low AND :high",
        ExpressionAttributeValues={
            ":program": {"S": program_id},
            ":low": {"S": f"{pool}#{after}\0" if after else f"{pool}#"},
            ":high": {"S": f"{pool}#~"},
        },
        Limit=limit,
    )
    return [_read(item) for item in items]


def _partition(pool: Pool, subject: str) -> str:
    return f"PRINCIPAL#{pool}#{subject}"


def _key(principal: Principal) -> dict[str, str]:
    staff = principal.pool is Pool.STAFF
    return {
        "pk": _partition(principal.pool, principal.subject),
        "sk": _STAFF_SORT_KEY if staff else principal.program_id,
    }


def _get(database: Database, pool: Pool, subject: str, sort_key: str) -> Principal | None:
    item = database.get(
        database.tables.programs,
        {"pk": _partition(pool, subject), "sk": sort_key},
        consistent=False,
    )
    return _read(item) if item else None


def _read(item: dict[str, Any]) -> Principal:
    return Principal(
        subject=item["subject"],
        role=Role(item["role"]),
        program_id=item["program_id"],
        name=item.get("name", ""),
        email=item.get("email"),
        member_id=item.get("member_id"),
        created_at=item.get("created_at"),
        made_here=item.get("made_here", False),
    )
