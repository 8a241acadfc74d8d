"""Platform blocks: the platform's support blocks a phone number in every program at once.

Neither check-in nor gate looks for one: a block is written through to the register of every member
with the number. The block itself comes first, with its audit entry. Then each program's member
follows in a transaction of its own, under the condition that the block is still there, or still not
there, as it was read. An enrolment has the same condition. So in whichever order such transactions run,
the registers end up with what the number's partition says. After an interruption the projector does the
rest, when the stream shows that the block was added or lifted.
"""

from collections.abc import Callable
from dataclasses import replace

from redflag import wiring
from redflag.core.instants import Instant
from redflag.phones import Phone
from redflag.service.refusals import invalid, not_found
from redflag.store import audit, people, platform_blocks, register
from redflag.store.audit import Entry
from redflag.store.database import Conflict, Database, retry_on_conflict
from redflag.store.ids import new_block_id
from redflag.store.platform_blocks import Block
from redflag.store.principals import PLATFORM

BY = "platform support"
"""Who blocks, in a program's own log: not a person whom the program knows, and without their reason."""

_NO_REGION = "ZZ"


def read_number(text: str) -> Phone:
    """A number of the whole world, in E.164. Raises `Refusal`."""
    if not text.startswith("+"):
        raise invalid(("phone", "Write the number with its country code, such as +12025550123."))
    try:
        return Phone.parse(text, _NO_REGION)
    except ValueError as error:
        raise invalid(("phone", str(error))) from None


def block(phone: Phone, *, by: str, reason: str, now: Instant) -> tuple[Block, bool]:
    """Block a number in every program; the block, and whether it is new.

    An existing block is left as it is, and written through again.
    """
    phone_hash = phone.hashed(wiring.lookup_secret())

    def attempt(_conflict: Conflict | None) -> tuple[Block, bool]:
        database = wiring.database()
        known = platform_blocks.of_number(database, phone_hash)
        if known is not None:
            return known, False
        made = Block(new_block_id(now), phone_hash, phone.masked, reason, now, by)
        entry = Entry("block_number", now, by, made.block_id, reason, after={"phone": phone.masked})
        database.commit([*platform_blocks.save(database, made), audit.append(database, PLATFORM, entry)])
        return made, True

    made, new = retry_on_conflict(attempt)
    write_through(phone_hash, now=now)
    return made, new


def lift_number(phone: Phone, *, by: str, reason: str, now: Instant) -> None:
    """Lift the block of a number. Raises `Refusal` when there is none."""
    phone_hash = phone.hashed(wiring.lookup_secret())
    _lift(lambda database: platform_blocks.of_number(database, phone_hash), by=by, reason=reason, now=now)


def lift_block(block_id: str, *, by: str, reason: str, now: Instant) -> None:
    """Lift the block with this id. Raises `Refusal` when there is none."""
    _lift(lambda database: platform_blocks.get(database, block_id), by=by, reason=reason, now=now)


def _lift(find: Callable[[Database], Block | None], *, by: str, reason: str, now: Instant) -> None:
    def attempt(_conflict: Conflict | None) -> Block:
        database = wiring.database()
        found = find(database)
        if found is None:
            raise not_found("platform block", where="")
        before = {"phone": found.phone_masked}
        entry = Entry("unblock_number", now, by, found.block_id, reason, before=before)
        database.commit([*platform_blocks.lift(database, found), audit.append(database, PLATFORM, entry)])
        return found

    write_through(retry_on_conflict(attempt).phone_hash, now=now)


def write_through(phone_hash: str, *, now: Instant) -> None:
    """Write the block of a number, or its absence, through to every program's member with the number."""
    for program_id in platform_blocks.programs_that_know(wiring.database(), phone_hash):
        _follow(program_id, phone_hash, now=now)


def _follow(program_id: str, phone_hash: str, *, now: Instant) -> None:
    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        known = platform_blocks.of_number(database, phone_hash)
        member_id = people.find_phone(database, program_id, phone_hash, consistent=True).member_id
        current = register.load(database, program_id, member_id) if member_id else None
        if current is None or current.member.platform_blocked is (known is not None):
            return
        after = replace(current.member, platform_blocked=known is not None)
        entry = entry_of(after.member_id, blocked=after.platform_blocked, now=now)
        database.commit(
            [
                register.save(database, replace(current, member=after)),
                platform_blocks.still(database, phone_hash, known),
                audit.append(database, program_id, entry),
            ]
        )

    retry_on_conflict(attempt)


def entry_of(member_id: str, *, blocked: bool, now: Instant) -> Entry:
    """The entry in a program's own log, which the member's timeline shows."""
    return Entry(
        action="platform_block" if blocked else "platform_unblock",
        at=now,
        by=BY,
        subject=member_id,
        reason="The platform has blocked this number." if blocked else "The platform has lifted its block.",
        before={"platform_blocked": not blocked},
        after={"platform_blocked": blocked},
    )


def newest(*, before: str | None, limit: int) -> list[Block]:
    """The current blocks, newest first, from before the one with this id."""
    return platform_blocks.newest(wiring.database(), before=before, limit=limit)
