"""The member register: everything that decides about a member, in one item under 1 KB.

| attribute | holds |
|---|---|
| `s0`..`s15` | the newest accepted check-ins, newest first, as slots; empty strings where none is |
| `r0`..`r2` | the newest refused attempts, so that a repeated request is refused again |
| `a`, `pb`, `tr`, `bl` | access, platform block, trust, baseline |
| `of` | the open flags: rule to the part of the flag id that is not the member's |
| `d` | details of the attempt that was written last, for the projector |
| `v` | the version, one more with every write |

Slots compare with bounds as strings do (`slots`). The register does not say who the member is.

**The condition of the fast path.** `clean_condition` says of the current item that this
attempt is new, that nothing refuses it and that no rule can fire. DynamoDB checks it and shifts the
register in one write. It may be stricter than the rules, never looser: an attempt that passes is
one for which `decide` accepts and finds nothing. Each rule says itself when it cannot fire, in terms of
one earlier check-in. A run of `n` consecutive check-ins, for instance, spans less than `n - 1` double
cooldowns; so when the check-in `n - 1` back is older than that, no run can be that long, and no counter
is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from redflag.core.flags import own_flags
from redflag.core.instants import BEGINNING, Instant
from redflag.core.model import REGISTER_DEPTH, Access, Attempt, CheckIn, Member, code_of
from redflag.core.rules import BY_CODE, HISTORY_RULES
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from redflag.store.database import ConditionFailed, Database, Write, plain, put, typed, update
from redflag.store.ids import decode_instant, encode_instant
from redflag.store.slots import Details, Slot

LABEL = "register"
REFUSALS_KEPT = 3
_AFTER_ANY_SLOT = "~"


@dataclass(frozen=True)
class Register:
    """A member's register as it was read, and how it is written."""

    program_id: str
    member: Member
    version: int = 0
    accepted: tuple[Slot, ...] = ()
    refused: tuple[Slot, ...] = ()
    details: Details | None = None

    def remembers(self, key_fingerprint: str) -> Slot | None:
        """The attempt that came with this idempotency key, if it is among the newest."""
        slots = (*self.accepted, *self.refused)
        return next((s for s in slots if s.fingerprint == key_fingerprint), None)

    def with_accepted(self, member: Member, slot: Slot, details: Details) -> "Register":
        """After an accepted attempt; `member` holds the check-ins in their new order."""
        known = {s.check_in_id: s for s in (*self.accepted, slot)}
        accepted = tuple(known[c.check_in_id] for c in member.check_ins)
        return replace(self, member=member, accepted=accepted, details=details)

    def with_refused(self, member: Member, slot: Slot, details: Details) -> "Register":
        """After a refused attempt."""
        refused = (slot, *self.refused)[:REFUSALS_KEPT]
        return replace(self, member=member, refused=refused, details=details)

    def item(self) -> dict[str, Any]:
        """The item, one version on."""
        member = self.member
        slots = [s.encode() for s in self.accepted]
        slots += [""] * (REGISTER_DEPTH - len(slots))
        baseline = member.baseline
        return {
            **key(self.program_id, member.member_id),
            "v": self.version + 1,
            "a": member.access.value,
            "pb": member.platform_blocked or None,
            "tr": member.trusted,
            "bl": "" if baseline == BEGINNING else encode_instant(baseline) + _AFTER_ANY_SLOT,
            "of": {
                code_of(rule): flag_id.removeprefix(own_flags(member.member_id))
                for rule, flag_id in member.open_flags.items()
            },
            "d": self.details.encode() if self.details else None,
            **{f"s{i}": text for i, text in enumerate(slots)},
            **{f"r{i}": s.encode() for i, s in enumerate(self.refused)},
        }

    @classmethod
    def from_item(cls, item: dict[str, Any]) -> "Register":
        """The register of its item."""
        program_id, member_id = item["pk"].split("#")
        accepted = tuple(Slot.decode(item[f"s{i}"]) for i in range(REGISTER_DEPTH) if item.get(f"s{i}"))
        baseline = item["bl"].removesuffix(_AFTER_ANY_SLOT)
        member = Member(
            member_id=member_id,
            access=Access(item["a"]),
            platform_blocked=item.get("pb", False),
            trusted=item["tr"],
            baseline=decode_instant(baseline) if baseline else BEGINNING,
            check_ins=tuple(CheckIn(s.check_in_id, s.location_id, s.at) for s in accepted),
            open_flags={BY_CODE[code]: own_flags(member_id) + rest for code, rest in item["of"].items()},
        )
        return cls(
            program_id=program_id,
            member=member,
            version=item["v"],
            accepted=accepted,
            refused=tuple(Slot.decode(item[f"r{i}"]) for i in range(REFUSALS_KEPT) if f"r{i}" in item),
            details=Details.decode(item["d"]) if "d" in item else None,
        )


def key(program_id: str, member_id: str) -> dict[str, str]:
    """The register's key in the members table."""
    return {"pk": f"{program_id}#{member_id}", "sk": "R"}


@dataclass(frozen=True)
class Condition:
    """A condition expression with its values, plain."""

    expression: str
    values: dict[str, Any]


def clean_condition(attempt: Attempt, key_fingerprint: str, settings: Settings) -> Condition:
    """That this attempt is new, is not refused, and that no rule can fire on it."""
    cooldown, rules = settings.check_in.cooldown, settings.rules
    clauses = ["attribute_exists(pk)", "a = :active", "attribute_not_exists(pb)", "s0 < :free"]
    values: dict[str, Any] = {
        ":active": Access.ACTIVE.value,
        ":free": _after(attempt.at - cooldown),
        ":print": key_fingerprint,
    }
    none_fires = []
    for number, (name, rule) in enumerate(HISTORY_RULES.items()):
        if rules.mode(name) is Mode.OFF:
            continue
        ways = []
        for way, old in enumerate(rule.cannot_fire_when(getattr(rules, name), attempt.at, cooldown)):
            slot, bound = f"s{old.back - 1}", f":old{number}{way}"
            ways += [f"{slot} < {bound}", f"{slot} <= bl"]
            values[bound] = _after(old.instant)
        none_fires.append(f"({' OR '.join(dict.fromkeys(ways))})")
    if none_fires:
        # None around the joined: with one rule the parentheses would be double, which DynamoDB refuses.
        clauses.append(f"(tr = :true OR {' AND '.join(none_fires)})")
        values[":true"] = True
    remembered = [f"s{i}" for i in range(REGISTER_DEPTH)] + [f"r{i}" for i in range(REFUSALS_KEPT)]
    clauses += [f"NOT contains({slot}, :print)" for slot in remembered]
    return Condition(" AND ".join(clauses), values)


SHIFT = "SET v = v + :one, d = :details, s0 = :slot, " + ", ".join(
    f"s{i} = s{i - 1}" for i in range(1, REGISTER_DEPTH)
)
"""The update of the fast path: every right-hand side reads the item as it was before."""


def _after(instant: Instant) -> str:
    """A bound: slots of `instant` and earlier are less than it."""
    return encode_instant(instant + 1)


def load(database: Database, program_id: str, member_id: str) -> Register | None:
    """A member's register as it is now."""
    item = database.get(database.tables.members, key(program_id, member_id), consistent=True)
    return Register.from_item(item) if item else None


def batch(database: Database, program_id: str, member_ids: Iterable[str]) -> list[Register]:
    """The registers of members, in no order; those that are gone are left out."""
    keys = [key(program_id, member_id) for member_id in member_ids]
    items = database.batch(database.tables.members, keys, consistent=True)
    return [Register.from_item(item) for item in items]


def save(database: Database, register: Register) -> Write:
    """Write a register over the version that was read. Its condition fails when there is a newer one."""
    if register.version == 0:
        return put(LABEL, database.tables.members, register.item(), "attribute_not_exists(pk)")
    return put(LABEL, database.tables.members, register.item(), "v = :before", before=register.version)


def touch(database: Database, program_id: str, member_id: str) -> Write:
    """Increase the version and change nothing else, so that a writer who has read the one before reads again.

    Its condition fails when there is no such member.
    """
    return update(
        LABEL,
        database.tables.members,
        key(program_id, member_id),
        "SET v = v + :one",
        "attribute_exists(pk)",
        one=1,
    )


def present(database: Database, program_id: str, member_id: str) -> Write:
    """Check that the member has not been erased, and write nothing."""
    return Write(
        LABEL,
        "ConditionCheck",
        {
            "TableName": database.tables.members,
            "Key": typed(key(program_id, member_id)),
            "ConditionExpression": "attribute_exists(pk)",
        },
    )


def forget(database: Database, register: Register) -> Write:
    """Delete a register in the version that was read."""
    return Write(
        LABEL,
        "Delete",
        {
            "TableName": database.tables.members,
            "Key": typed(key(register.program_id, register.member.member_id)),
            "ConditionExpression": "v = :before",
            "ExpressionAttributeValues": typed({":before": register.version}),
        },
    )


def accept_clean(
    database: Database,
    program_id: str,
    attempt: Attempt,
    *,
    slot: Slot,
    details: Details,
    settings: Settings,
) -> Register | None:
    """The fast path: accept in one write an attempt on which no rule can fire.

    Returns `None` when it was accepted, else the current register, to decide with. Raises
    `ConditionFailed` without an item for an unknown member.
    """
    condition = clean_condition(attempt, slot.fingerprint, settings)
    values = {":one": 1, ":details": details.encode(), ":slot": slot.encode()}
    write = Write(
        LABEL,
        "Update",
        {
            "TableName": database.tables.members,
            "Key": typed(key(program_id, attempt.member_id)),
            "UpdateExpression": SHIFT,
            "ConditionExpression": condition.expression,
            "ExpressionAttributeValues": typed(condition.values | values),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
    )
    try:
        database.commit([write])
    except ConditionFailed as failed:
        if LABEL not in failed.items:
            raise
        return Register.from_item(plain(failed.items[LABEL]))
    return None
