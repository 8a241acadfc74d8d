"""What staff do about a member: flag, verify, resolve, block, unblock, cancel a membership.

Each is one transaction of the register, the flags it changes, the block of the number, and the
audit entry that says who, why, and what it was before and after.
"""

from dataclasses import replace

from redflag import wiring
from redflag.core.flags import Action, Flag, NotAllowed, act, check_flaggable
from redflag.core.instants import Instant
from redflag.core.model import Access, Member, Membership
from redflag.core.rules import manual
from redflag.service import configuration
from redflag.service.findings import apply_findings
from redflag.service.members import enrolment
from redflag.service.refusals import Refusal, not_found
from redflag.store import audit, flags, people, register
from redflag.store.audit import Entry
from redflag.store.database import Conflict, Write, retry_on_conflict
from redflag.store.ids import encode_instant, fingerprint
from redflag.store.people import PhoneRecord, Profile


def decide_on(
    action: Action, program_id: str, member_id: str, *, by: str, reason: str, now: Instant
) -> list[str]:
    """Carry out an action on a member; returns warnings. Raises `Refusal`."""

    def attempt(_conflict: Conflict | None) -> list[str]:
        database = wiring.database()
        current = register.load(database, program_id, member_id)
        profile = people.get_profile(database, program_id, member_id)
        if current is None or profile is None:
            raise not_found("member")
        try:
            after, writes = _carry_out(action, program_id, current.member, by=by, reason=reason, now=now)
        except NotAllowed as refusal:
            raise Refusal(refusal.code, str(refusal)) from None
        entry = Entry(
            action=action,
            at=now,
            by=by,
            subject=member_id,
            reason=reason,
            before=_shown(current.member),
            after=_shown(after),
        )
        writes.append(register.save(database, replace(current, member=after)))
        writes += _block_of_number(profile, current.member, after)
        database.commit([*writes, audit.append(database, program_id, entry)])
        return _warnings(action, profile)

    return retry_on_conflict(attempt)


def _carry_out(
    action: Action, program_id: str, member: Member, *, by: str, reason: str, now: Instant
) -> tuple[Member, list[Write]]:
    database = wiring.database()
    if action is Action.FLAG:
        check_flaggable(member)
        action_id = f"a_{encode_instant(now)}{fingerprint(member.member_id, None)}"
        finding = manual.finding(action_id, now, by, reason)
        effective = configuration.settings(program_id)
        result, writes = apply_findings(program_id, member, [finding], effective, now=now)
        return result.member, writes
    known: dict[str, Flag] = {
        flag.flag_id: flag for flag in flags.of_member(database, program_id, member.member_id)
    }
    decided = act(action, member, known.values(), now=now, by=by, reason=reason)
    writes = [flags.save(database, program_id, f, known[f.flag_id]) for f in decided.changed]
    return decided.member, writes


def _block_of_number(profile: Profile, before: Member, after: Member) -> list[Write]:
    blocked = after.access is Access.BLOCKED
    if blocked is (before.access is Access.BLOCKED):
        return []
    record = PhoneRecord(profile.member_id, blocked=blocked)
    return [people.save_phone(wiring.database(), profile.program_id, profile.phone_hash, record)]


def _warnings(action: Action, profile: Profile) -> list[str]:
    if action is Action.BLOCK and profile.membership == Membership.ACTIVE:
        return ["The membership is still active and still billed. Cancel it separately."]
    return []


def _shown(member: Member) -> dict[str, object]:
    return {
        "access": member.access,
        "trusted": member.trusted,
        "open_flags": sorted(member.open_flags),
    }


def cancel_membership(program_id: str, member_id: str, *, by: str, reason: str, now: Instant) -> None:
    """Cancel an active membership. Raises `Refusal` when there is none."""

    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        if profile.membership != Membership.ACTIVE:
            raise Refusal("no_active_membership", "This member has no active membership.")
        after = replace(profile, membership=Membership.CANCELLED)
        entry = Entry(
            action="cancel_membership",
            at=now,
            by=by,
            subject=member_id,
            reason=reason,
            before={"membership": profile.membership},
            after={"membership": after.membership},
        )
        database.commit(
            [
                people.save_profile(database, after, profile),
                audit.append(database, program_id, entry),
            ]
        )

    retry_on_conflict(attempt)


def reveal_phone(program_id: str, member_id: str, *, by: str, now: Instant) -> str:
    """A member's phone number, in E.164, and an audit entry that it was shown."""

    def attempt(_conflict: Conflict | None) -> str:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        entry = Entry(action="reveal_phone", at=now, by=by, subject=member_id)
        phone = enrolment.reveal(profile)
        database.commit([audit.append(database, program_id, entry)])
        return phone

    return retry_on_conflict(attempt)
