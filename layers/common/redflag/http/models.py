"""What staff routes take and answer. `docs/api.md` has a heading for each route."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from redflag.core.flags import Flag
from redflag.core.instants import Instant, format_instant
from redflag.core.model import Member
from redflag.http import fields
from redflag.http.documents import Coordinates, HoursException, WeeklyHours
from redflag.store.history import PastAttempt
from redflag.store.people import Profile
from redflag.store.principals import Principal

# Values stay out of error messages, and so out of logs.
TAKEN = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
ANSWERED = ConfigDict(frozen=True, hide_input_in_errors=True)

Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(fields.text)]
Reason = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(fields.text)]
Email = Annotated[str, AfterValidator(fields.email)]
Id = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(fields.text)]
MachineKind = Literal["kiosk", "backend", "importer", "app"]
StaffRole = Literal["viewer", "staff", "manager", "owner"]


class MembershipBody(BaseModel):
    """A paid membership, active or cancelled."""

    model_config = TAKEN
    status: Literal["active", "cancelled"]


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


class ReasonBody(BaseModel):
    """Why; it is kept in the audit log."""

    model_config = TAKEN
    reason: Reason


class PointEditBody(BaseModel):
    """By how much to change a member's points, and why. Not nothing."""

    model_config = TAKEN
    delta: Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000), AfterValidator(fields.change)]
    reason: Reason
    program_id: Id | None = None


class StaffBody(BaseModel):
    """A person for the console. `subject` names one of another identity provider."""

    model_config = TAKEN
    email: Email
    role: StaffRole
    name: Text | None = None
    subject: Id | None = None


class AppClientBody(BaseModel):
    """A client for the app API. `client_id` names one of another identity provider."""

    model_config = TAKEN
    name: Text
    kind: MachineKind
    client_id: Id | None = None


class EvidenceView(BaseModel):
    """Why a flag was raised, frozen then; later occurrences are added in front."""

    model_config = ANSWERED
    sentence: str
    value: int
    limit: int
    settings_version: int
    occurrences: list[dict[str, Any]]


class FlagView(BaseModel):
    """A red flag: `raised_at` is when it happened, `recorded_at` when Redflag learned of it."""

    model_config = ANSWERED
    flag_id: str
    member_id: str
    rule: str
    status: str
    raised_at: str
    recorded_at: str | None
    last_triggered_at: str
    count: int
    location_id: str | None
    evidence: EvidenceView
    decided_at: str | None
    decided_by: str | None
    reason: str | None

    @classmethod
    def of(cls, flag: Flag) -> "FlagView":
        """A flag as the API shows it."""
        evidence = EvidenceView(
            sentence=flag.sentence,
            value=flag.value,
            limit=flag.limit,
            settings_version=flag.settings_version,
            occurrences=[dict(o) for o in flag.occurrences],
        )
        return cls(
            flag_id=flag.flag_id,
            member_id=flag.member_id,
            rule=flag.rule,
            status=flag.status,
            raised_at=format_instant(flag.raised_at),
            recorded_at=shown(flag.recorded_at),
            last_triggered_at=format_instant(flag.last_triggered_at),
            count=flag.count,
            location_id=flag.location_id,
            evidence=evidence,
            decided_at=shown(flag.decided_at),
            decided_by=flag.decided_by,
            reason=flag.reason,
        )


class QueuedFlagView(FlagView):
    """A flag in the queue, with its member's name."""

    member_name: str | None


class MembershipView(BaseModel):
    """A paid membership."""

    model_config = ANSWERED
    status: str


class _AnyMemberView(BaseModel):
    model_config = ANSWERED
    member_id: str
    name: str | None
    email: str | None
    phone_masked: str
    external_id: str | None
    access: str
    platform_blocked: bool
    trusted: bool
    points: int
    membership: MembershipView | None
    enrolled_at: str


class MemberView(_AnyMemberView):
    """A member in a list. `red_flag` is null where settings hide it; `flags` names open ones."""

    red_flag: bool | None
    flags: list[str]
    open_rules: list[str]
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
    outcome: str
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
            position=attempt.position,
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
    rule: str
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


class LocationView(BaseModel):
    """A location."""

    model_config = ANSWERED
    location_id: str
    name: str
    time_zone: str
    position: Coordinates | None
    hours: WeeklyHours | None
    exceptions: list[HoursException]


class SettingsVersionView(BaseModel):
    """A saved version of the settings: who saved it, when."""

    model_config = ANSWERED
    version: int
    saved_at: str | None
    saved_by: str | None
    settings: dict[str, Any]


class StaffView(BaseModel):
    """A person at the console."""

    model_config = ANSWERED
    subject: str
    email: str | None
    name: str
    role: str
    created_at: str | None

    @classmethod
    def of(cls, principal: Principal) -> "StaffView":
        """A person as the API shows them."""
        return cls(
            subject=principal.subject,
            email=principal.email,
            name=principal.name,
            role=principal.role,
            created_at=shown(principal.created_at),
        )


class MeView(BaseModel):
    """Who is signed in. `permissions` are those of the role; support acts in no program."""

    model_config = ANSWERED
    subject: str
    name: str
    email: str | None
    role: str
    permissions: list[str]
    program_id: str | None
    program_name: str | None


class AppClientView(BaseModel):
    """A client of the app API."""

    model_config = ANSWERED
    client_id: str
    name: str
    kind: str
    scopes: list[str]
    created_at: str | None


class NewAppClientView(AppClientView):
    """A new client. Its secret is shown this once."""

    client_secret: str | None


class Page[T](BaseModel):
    """One page of a list, and where the next one starts."""

    model_config = ANSWERED
    items: list[T]
    next_cursor: str | None


def shown(instant: Instant | None) -> str | None:
    """An instant that may be missing."""
    return None if instant is None else format_instant(instant)
