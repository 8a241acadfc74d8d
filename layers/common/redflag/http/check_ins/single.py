"""From the request of a check-in to its decision: who, where, when, and the answer."""

from redflag.core.instants import DAY, MINUTE, Instant, format_instant, parse_instant
from redflag.core.model import Position
from redflag.core.roles import Permission, Role, may
from redflag.http.check_ins.schemas import CheckInAnswer, CheckInBody
from redflag.http.fields import DEVICE_LENGTH
from redflag.service import configuration
from redflag.service.authorization import Caller, permit
from redflag.service.check_ins.check_in import Request, check_in
from redflag.service.members.enrolment import check_own, find_member, read_phone
from redflag.service.refusals import invalid, not_found
from redflag.store.principals import Principal

FARTHEST_AHEAD: Instant = 5 * MINUTE
FARTHEST_BACK: Instant = DAY
"""How far a kiosk's clock may say that a check-in lies ahead or back; imports have no limit back."""


def decide_check_in(
    body: CheckInBody, key: str | None, caller: Caller, permission: Permission, *, now: Instant
) -> CheckInAnswer:
    """Decide a check-in that a caller with this permission requests. Raises `Refusal`."""
    principal = permit(caller, permission, body.program_id)
    imports = may(principal.role, Permission.IMPORT, caller.scopes)
    done = check_in(_request(body, key, principal, now, imports=imports), now=now)
    return CheckInAnswer(
        check_in_id=done.check_in_id,
        checked_in_at=format_instant(done.checked_in_at),
        next_check_in_at=format_instant(done.next_check_in_at),
    )


def _request(
    body: CheckInBody, key: str | None, principal: Principal, now: Instant, *, imports: bool
) -> Request:
    occurred_at = _occurred_at(body.occurred_at, principal, now, imports=imports)
    location = configuration.location(body.program_id, body.location_id)
    if location is None:
        raise not_found("location")
    position = body.position
    return Request(
        program_id=body.program_id,
        location=location,
        member_id=_member(body, principal),
        occurred_at=occurred_at,
        position=None if position is None else Position(position.lat, position.lon, position.accuracy_m),
        device_id=_device_id(body.device_id),
        idempotency_key=key,
    )


def _device_id(text: str | None) -> str | None:
    """A device's name, which the register holds: limited in bytes, not in characters."""
    if text is not None and len(text.encode()) > DEVICE_LENGTH:
        raise invalid(("device_id", f"Use at most {DEVICE_LENGTH} bytes."))
    return text


def _member(body: CheckInBody, principal: Principal) -> str:
    member_id = body.member.member_id
    if body.member.phone is not None:
        phone = read_phone(body.program_id, body.member.phone, "member.phone")
        member_id = find_member(body.program_id, phone)
    check_own(principal, member_id)
    if member_id is None:
        raise not_found("member")
    return member_id


def _occurred_at(text: str | None, principal: Principal, now: Instant, *, imports: bool) -> Instant | None:
    if text is None:
        return None
    try:
        at = parse_instant(text)
        if principal.role is Role.MEMBER:
            raise ValueError("Only kiosks and imports may say when a check-in was.")
        if at > now + FARTHEST_AHEAD:
            raise ValueError("This is more than 5 minutes ahead. Correct the device's clock.")
        if not imports and at < now - FARTHEST_BACK:
            earliest = format_instant(now - FARTHEST_BACK)
            raise ValueError(f"This is more than 24 hours back (before {earliest}). Import it.")
    except ValueError as error:
        raise invalid(("occurred_at", str(error))) from None
    return at
