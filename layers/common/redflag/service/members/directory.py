"""The list of members: searched and filtered."""

from collections.abc import Iterator
from dataclasses import dataclass

from redflag import wiring
from redflag.core.model import Access, Member, Membership, RuleName
from redflag.phones import Phone
from redflag.service.members import enrolment
from redflag.store import people, register
from redflag.store.people import Profile
from redflag.store.programs import Program

_PAGES_READ = 10
"""How many pages of names one request looks through; a longer search goes on with the cursor."""

_PAGE = 100
"""How many names a page of the search has."""


@dataclass(frozen=True)
class MemberQuery:
    """The filters of a list of members; a member must fit all of them."""

    text: str | None = None
    flagged: bool | None = None
    rule: RuleName | None = None
    access: Access | None = None
    trusted: bool | None = None
    membership: Membership | None = None
    no_membership: bool = False

    def fits(self, profile: Profile, member: Member) -> bool:
        """Whether a member fits the filters; the text was searched for before."""
        return (
            self.flagged in (None, bool(member.open_flags))
            and (self.rule is None or self.rule in member.open_flags)
            and self.access in (None, member.access)
            and self.trusted in (None, member.trusted)
            and self.membership in (None, profile.membership)
            and not (self.no_membership and profile.membership)
        )


def list_members(
    program: Program, query: MemberQuery, *, after: str | None, limit: int
) -> tuple[list[tuple[Profile, Member]], str | None]:
    """Members by name, and where the next page starts. A phone or the merchant's own id is exact."""
    exact = _exact(program, query.text) if query.text and after is None else None
    if exact is not None:
        return [pair for pair in _with_state(program.program_id, [exact]) if query.fits(*pair)], None
    found: list[tuple[Profile, Member]] = []
    for _ in range(_PAGES_READ):
        profiles, after = people.by_name(
            wiring.database(), program.program_id, query.text or "", after=after, limit=_PAGE
        )
        found += [pair for pair in _with_state(program.program_id, profiles) if query.fits(*pair)]
        if len(found) > limit:
            return found[:limit], people.name_position(found[limit - 1][0])
        if after is None:
            break
    return found, after


def _exact(program: Program, text: str) -> Profile | None:
    database, program_id = wiring.database(), program.program_id
    member_id = people.find_external(database, program_id, text)
    if member_id is None:
        try:
            phone = Phone.parse(text, program.region)
        except ValueError:
            return None
        member_id = enrolment.find_member(program_id, phone)
    return people.get_profile(database, program_id, member_id) if member_id else None


def _with_state(program_id: str, profiles: list[Profile]) -> Iterator[tuple[Profile, Member]]:
    """Profiles, each with what decides about the member."""
    member_ids = [profile.member_id for profile in profiles]
    states = {s.member.member_id: s.member for s in register.batch(wiring.database(), program_id, member_ids)}
    for profile in profiles:
        if profile.member_id in states:
            yield profile, states[profile.member_id]


def state_of(profile: Profile) -> Member:
    """The state that decides about a member; the initial state when the register is missing."""
    found = register.load(wiring.database(), profile.program_id, profile.member_id)
    return found.member if found else Member(profile.member_id)
