"""Enrolling members, and finding them by phone."""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.model import Access, Member, Membership
from redflag.core.roles import Role
from redflag.phones import Phone
from redflag.service import configuration
from redflag.service.platform.blocks import entry_of
from redflag.service.refusals import forbidden, invalid, not_found
from redflag.store import audit, people, platform_blocks, principals, register
from redflag.store.audit import Entry
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.ids import new_member_id
from redflag.store.people import PhoneRecord, Profile
from redflag.store.principals import Principal
from redflag.store.register import Register


@dataclass(frozen=True)
class Enrolment:
    """Who is to be enrolled. `subject` lets a person of the app pool act as this member.

    `by` is who enrols at the console: what they do is audited. The app's callers, who enrol at a rate that
    one log could not keep up with, are not.
    """

    program_id: str
    phone: Phone
    name: str | None = None
    email: str | None = None
    external_id: str | None = None
    membership: Membership | None = None
    subject: str | None = None
    by: str | None = None


def read_phone(program_id: str, text: str, field: str) -> Phone:
    """A phone number as the program's region reads it. Raises `Refusal` naming the field."""
    region = configuration.known_program(program_id).region
    try:
        return Phone.parse(text, region)
    except ValueError as error:
        raise invalid((field, str(error))) from None


def check_self(principal: Principal, subject: str | None) -> None:
    """Only backends and staff may say whose subject a member has, and members enrol nobody."""
    if principal.role is Role.MEMBER:
        raise forbidden("You are enrolled already. Others enrol themselves.")
    if subject is not None and principal.role is Role.KIOSK:
        raise forbidden("A kiosk cannot say whose account this is. Let a backend enrol the member.")


def check_own(principal: Principal, member_id: str | None) -> None:
    """Members act for themselves only. Raises `Refusal` for every other member."""
    if principal.role is Role.MEMBER and member_id != principal.member_id:
        raise forbidden("Members check in, and ask about, only themselves.")


def find_member(program_id: str, phone: Phone) -> str | None:
    """The member with this number. A miss is read again, in case the first read was too early."""
    database, phone_hash = wiring.database(), phone.hashed(wiring.lookup_secret())
    found = people.find_phone(database, program_id, phone_hash).member_id
    if found is None:
        found = people.find_phone(database, program_id, phone_hash, consistent=True).member_id
    return found


def enrol(enrolment: Enrolment, *, now: Instant) -> tuple[Profile, bool]:
    """Enrol a member, or find the one who has this number. Returns also whether the member is new.

    A number that is blocked in this program, or on the whole platform, enrols a blocked member. Raises
    `Refusal` when the merchant's own id is another member's.
    """
    profile, new = retry_on_conflict(lambda conflict: _enrol(enrolment, conflict, now=now))
    if enrolment.subject is not None:
        link(enrolment.subject, profile.program_id, profile.member_id, now=now, by=enrolment.by)
    return profile, new


def _enrol(enrolment: Enrolment, conflict: Conflict | None, *, now: Instant) -> tuple[Profile, bool]:
    if conflict is not None and "external id" in conflict.failed and "phone" not in conflict.failed:
        raise invalid(("external_id", "Another member has this id. Give each member their own."))
    database, program_id = wiring.database(), enrolment.program_id
    phone_hash = enrolment.phone.hashed(wiring.lookup_secret())
    record = people.find_phone(database, program_id, phone_hash, consistent=True)
    if record.member_id is not None:
        known = people.get_profile(database, program_id, record.member_id)
        if known is not None:
            return known, False
    member_id = new_member_id()
    profile = Profile(
        program_id=program_id,
        member_id=member_id,
        phone_hash=phone_hash,
        phone_sealed=seal(program_id, member_id, enrolment.phone),
        phone_masked=enrolment.phone.masked,
        enrolled_at=now,
        name=enrolment.name,
        email=enrolment.email,
        external_id=enrolment.external_id,
        membership=enrolment.membership,
    )
    access = Access.BLOCKED if record.blocked else Access.ACTIVE
    phone_record = PhoneRecord(member_id, blocked=record.blocked)
    block = platform_blocks.of_number(database, phone_hash)
    member = Member(member_id, access=access, platform_blocked=block is not None)
    writes = [
        people.save_phone(database, program_id, phone_hash, phone_record, new=True),
        people.save_profile(database, profile, None),
        register.save(database, Register(program_id, member)),
        platform_blocks.still(database, phone_hash, block),
    ]
    if profile.external_id is not None:
        writes.append(people.save_external(database, profile, profile.external_id))
    entries = list(_entries(enrolment, member, now=now))
    if entries:
        writes += audit.append_all(database, program_id, entries)
    database.commit(writes)
    return profile, True


def _entries(enrolment: Enrolment, member: Member, *, now: Instant) -> Iterator[Entry]:
    """The audit entries of an enrolment: that staff have enrolled a member, and a platform block."""
    if enrolment.by is not None:
        after = {"access": member.access, "membership": enrolment.membership}
        yield Entry("enrol", now, enrolment.by, member.member_id, after=after)
    if member.platform_blocked:
        yield entry_of(member.member_id, blocked=True, now=now)


def link(subject: str, program_id: str, member_id: str, *, now: Instant, by: str | None = None) -> None:
    """Link a person of the app pool to a member: they act as that member, and as no other of this program.

    The version of the register increases, so that an erasure at the same time conflicts and sees the link.
    Nobody is linked to an erased member. `by` is the person at the console who links, if it is one; that
    is audited.
    """

    def attempt(conflict: Conflict | None) -> None:
        database = wiring.database()
        if conflict is not None and register.load(database, program_id, member_id) is None:
            return
        known = principals.get_app_caller(database, subject, program_id)
        if known is not None and known.member_id == member_id:
            return
        if known is not None and known.role is not Role.MEMBER:
            raise forbidden("This subject is a machine client, not a person.")
        principal = Principal(subject, Role.MEMBER, program_id, member_id=member_id, created_at=now)
        writes = [
            principals.save(database, principal, new=False),
            principals.save_account(database, principal),
            register.touch(database, program_id, member_id),
        ]
        if by is not None:
            # The entry does not name the subject: the log is kept for longer than the member's data.
            before = None if known is None else {"member_id": known.member_id}
            entry = Entry("link", now, by, member_id, before=before, after={"member_id": member_id})
            writes.append(audit.append(database, program_id, entry))
        database.commit(writes)

    retry_on_conflict(attempt)


def seal(program_id: str, member_id: str, phone: Phone) -> str:
    """A phone number encrypted for one member's profile and no other place."""
    answer = wiring.kms().encrypt(
        KeyId=wiring.data_key(),
        Plaintext=phone.e164.encode(),
        EncryptionContext={"program": program_id, "member": member_id},
    )
    return answer["CiphertextBlob"].hex()


def reveal(profile: Profile) -> str:
    """The phone number of a profile, in E.164."""
    answer = wiring.kms().decrypt(
        KeyId=wiring.data_key(),
        CiphertextBlob=bytes.fromhex(profile.phone_sealed),
        EncryptionContext={"program": profile.program_id, "member": profile.member_id},
    )
    return answer["Plaintext"].decode()


def get_profile(program_id: str, member_id: str) -> Profile:
    """A member's profile. Raises `Refusal` when there is no such member."""
    profile = people.get_profile(wiring.database(), program_id, member_id)
    if profile is None:
        raise not_found("member")
    return profile
