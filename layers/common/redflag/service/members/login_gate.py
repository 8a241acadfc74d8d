"""The login gate: whether a member may log in.

Unknown numbers and unknown members are allowed, by the same two reads that a known member takes, so
neither the answer nor its timing shows who is enrolled. When the data cannot be read, the gate refuses,
unless the program's settings allow logins then. Such a refusal is never called a block.
"""

from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from redflag import wiring
from redflag.core.model import Access
from redflag.phones import Phone
from redflag.service import configuration
from redflag.service.refusals import account_blocked, unavailable
from redflag.store import people, register

_NOBODY = "m_0000000000000"
"""Read in place of a member who does not exist."""


@dataclass(frozen=True)
class Passed:
    """The member who has passed the gate; `member_id` is none when the number is nobody's."""

    member_id: str | None


def pass_gate(program_id: str, *, phone: Phone | None, member_id: str | None) -> Passed:
    """Allow a login. Raises `Refusal`, `account_blocked` or `temporarily_unavailable`."""
    try:
        found, blocked = _look_up(program_id, phone, member_id)
    except (ClientError, BotoCoreError) as error:
        if _fails_open(program_id):
            return Passed(member_id)
        raise unavailable() from error
    if blocked:
        raise account_blocked(configuration.settings(program_id).settings.contact_us)
    return Passed(found)


def _look_up(program_id: str, phone: Phone | None, member_id: str | None) -> tuple[str | None, bool]:
    database, number_blocked = wiring.database(), False
    if phone is not None:
        record = people.find_phone(database, program_id, phone.hashed(wiring.lookup_secret()))
        member_id, number_blocked = record.member_id, record.blocked
    found = register.load(database, program_id, member_id or _NOBODY)
    if found is None:
        return None, number_blocked
    barred = found.member.access is not Access.ACTIVE or found.member.platform_blocked
    return found.member.member_id, barred or number_blocked


def _fails_open(program_id: str) -> bool:
    try:
        return configuration.settings(program_id).settings.gate.fail_open
    except (ClientError, BotoCoreError):
        return False
