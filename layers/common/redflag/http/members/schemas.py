"""Members as routes answer them: in lists, on their own page, and with all that is kept."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from redflag.core.decide import Outcome
from redflag.core.instants import format_instant
from redflag.core.model import Access, Member, Membership
from redflag.http import fields
from redflag.http.flags.schemas import FlagView
from redflag.http.schemas import ANSWERED, TAKEN, Email, Id, Reason, Text, shown
from redflag.http.vocabulary import Rule
from redflag.store.history import PastAttempt
from redflag.store.people import Profile


class MembershipBody(BaseModel):
    """A paid membership, active or cancelled."""

    model_config = TAKEN
    status: Annotated[Membership, Field(strict=False)]


class EnrolBody(BaseModel):
    """Who is to be enrolled. Callers of the app pool name their program; staff have one."""

    model_config = TAKEN
    program_id: Id | None = None
    phone: Annotated[str, Field(min_length=1, max_length=32), AfterValidator(fields.text)]
    name: Text | None = None
    email: Email | None = None
    external_id: Id | None = None
    membership: MembershipBody | None = None
    subject: Id | None = None


class PointEditBody(BaseModel):
    """By how much to change a member's points, and why. The change is not 0."""

    model_config = TAKEN
    delta: Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000), AfterValidator(fields.change)]
    reason: Reason
    program_id: Id | None = None


class MembershipView(BaseModel):
    """A paid membership."""

    model_config = ANSWERED
    status: Membership


class _AnyMemberView(BaseModel):
    model_config = ANSWERED
    member_id: str
    name: str | None
    email: str | None
    phone_masked: str
    external_id: str | None
    access: Access
    platform_blocked: bool
    trusted: bool
    points: int
    membership: MembershipView | None
    enrolled_at: str


class MemberView(_AnyMemberView):
    """A member in a list. `red_flag` is null where settings hide it; `flags` names open ones."""

    red_flag: bool | None
    flags: list[str]
    open_rules: list[Rule]
    """The rules of the open flags, in the order of their names."""

    @classmethod
    def of(cls, profile: Profile, member: Member, *, show_flags: bool) -> "MemberView":
        """A member as the API shows them."""
        open_flags = sorted(member.open_flags.values())
        membership = profile.membership
        return cls(
            member_id=profile.member_id,
            name=profile.name,
            email=profile.email,
            phone_masked=profile.phone_masked,
            external_id=profile.external_id,
            access=member.access,
            platform_blocked=member.platform_blocked,
            trusted=member.trusted,
            red_flag=bool(open_flags) if show_flags else None,
            flags=open_flags if show_flags else [],
            open_rules=sorted(member.open_flags) if show_flags else [],
            points=profile.points,
            membership=None if membership is None else MembershipView(status=membership),
            enrolled_at=format_instant(profile.enrolled_at),
        )


class AttemptView(BaseModel):
    """An attempt to check in."""

    model_config = ANSWERED
    check_in_id: str
    location_id: str
    checked_in_at: str
    outcome: Outcome
    device_id: str | None

    @classmethod
    def of(cls, attempt: PastAttempt) -> "AttemptView":
        """An attempt as the API shows it."""
        return cls(
            check_in_id=attempt.check_in_id,
            location_id=attempt.location_id,
            checked_in_at=format_instant(attempt.at),
            outcome=attempt.outcome,
            device_id=attempt.device_id,
        )


class TimelineView(BaseModel):
    """Something that happened to a member: a flag raised, or somebody's action."""

    model_config = ANSWERED
    at: str
    what: str
    by: str | None
    by_name: str | None
    detail: str | None


class ProfileView(_AnyMemberView):
    """A member on their own page: all of the list's fields, with everything behind them."""

    red_flag: bool
    flags: list[FlagView]
    recent_attempts: list[AttemptView]
    timeline: list[TimelineView]


class DecidedView(ProfileView):
    """A member after an action, with what to warn of."""

    warnings: list[str]


class ExportedAttemptView(AttemptView):
    """An attempt with all that is kept of it: until when it was refused, and whether rules count it."""

    position: str | None
    refused_until: str | None
    counts: bool
    recorded_at: str

    @classmethod
    def of(cls, attempt: PastAttempt) -> "ExportedAttemptView":
        """An attempt as the export shows it."""
        return cls(
            **AttemptView.of(attempt).model_dump(),
            position=str(attempt.position) if attempt.position else None,
            refused_until=shown(attempt.until),
            counts=attempt.counts,
            recorded_at=format_instant(attempt.recorded_at),
        )


class PointEditView(BaseModel):
    """A change of points by hand, and the points after it."""

    model_config = ANSWERED
    edited_at: str
    delta: int
    balance: int
    by: str
    reason: str


class ShadowFindingView(BaseModel):
    """What a rule in shadow mode has found."""

    model_config = ANSWERED
    rule: Rule
    found_at: str
    sentence: str
    value: int
    limit: int


class ExportedEntryView(BaseModel):
    """An entry of the audit log about a member."""

    model_config = ANSWERED
    at: str
    action: str
    by: str
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ExportView(BaseModel):
    """Everything that is kept about a member.

    `accounts` are those of the app that act as them; `baseline` is since when their history counts.
    """

    model_config = ANSWERED
    member: ProfileView
    phone: str
    baseline: str | None
    accounts: list[str]
    attempts: list[ExportedAttemptView]
    point_edits: list[PointEditView]
    shadow_findings: list[ShadowFindingView]
    audit: list[ExportedEntryView]


class PhoneView(BaseModel):
    """A phone number in clear."""

    model_config = ANSWERED
    phone: str


class BalanceView(BaseModel):
    """A member's points after a change."""

    model_config = ANSWERED
    points: int
