"""Members as staff see them, gathered and shaped."""

from redflag import wiring
from redflag.core.instants import format_instant
from redflag.core.model import Member
from redflag.http.models import (
    AttemptView,
    FlagView,
    MembershipView,
    MemberView,
    ProfileView,
    TimelineView,
)
from redflag.service.members import page_of
from redflag.store import register
from redflag.store.people import Profile


def member_view(profile: Profile) -> MemberView:
    """A member who was just enrolled or found; whoever enrols is not told of flags."""
    state = register.load(wiring.database(), profile.program_id, profile.member_id)
    member = state.member if state else Member(profile.member_id)
    return MemberView.of(profile, member, show_flags=False)


def profile_view(program_id: str, member_id: str) -> ProfileView:
    """A member's own page. Raises `Problem` when there is no such member."""
    page = page_of(program_id, member_id, now=wiring.now())
    profile, membership = page.profile, page.profile.membership
    return ProfileView(
        member_id=profile.member_id,
        name=profile.name,
        email=profile.email,
        phone_masked=profile.phone_masked,
        external_id=profile.external_id,
        access=page.member.access,
        platform_blocked=page.member.platform_blocked,
        trusted=page.member.trusted,
        red_flag=bool(page.member.open_flags),
        flags=[FlagView.of(flag) for flag in page.flags],
        points=profile.points,
        membership=None if membership is None else MembershipView(status=membership),
        enrolled_at=format_instant(profile.enrolled_at),
        recent_attempts=[AttemptView.of(attempt) for attempt in page.attempts],
        timeline=[TimelineView(at=e.at, what=e.what, by=e.by, detail=e.detail) for e in page.timeline],
    )
