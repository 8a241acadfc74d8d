"""What is announced on the stack's event bus: one class for each event, which is its `detail`.

`docs/events.md` has a heading for each, and `docs/events/` the JSON Schemas that are made from here.
A member that is null is left out. Nothing here names a person: ids, and what staff wrote as reason.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from redflag.core.model import Access, Membership

SOURCE = "redflag"

Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""RFC 3339 in UTC, with milliseconds and `Z`."""


class Part(BaseModel):
    """What events are made of."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class State(Part):
    """A member's access and trust, and the rules by which flags are open."""

    access: Access
    trusted: bool
    open_flags: list[str]


class AccessState(Part):
    """A member's access alone."""

    access: Access


class MembershipState(Part):
    """A paid membership."""

    membership: Membership


class Version(Part):
    """The version of the effective settings; 0 are the defaults."""

    version: int


class Evidence(Part):
    """Why a flag was raised, for people, and the number behind it. The flag itself has the occurrences."""

    sentence: str
    value: int
    limit: int
    settings_version: int


def _as_sent(schema: dict[str, Any]) -> None:
    """A member that is null is left out when an event is sent, and the type never is."""
    schema["required"] = ["type", *schema["required"]]
    for member in schema["properties"].values():
        if "anyOf" in member:
            (shape,) = (each for each in member.pop("anyOf") if each["type"] != "null")
            member.update(shape)
            del member["default"]


class Event(Part):
    """What every event says. What is announced again has the same `event_id`."""

    model_config = ConfigDict(json_schema_extra=_as_sent)
    event_id: str = Field(description="The same whenever this is announced again.")
    occurred_at: Moment
    program_id: str
    timestamp: int | None = Field(
        default=None, description="When it was signed, in seconds since 1970; only on signed events."
    )
    signature: str | None = Field(
        default=None, description="Over event_id, timestamp and the rest; only on signed events."
    )


class MemberFlagged(Event):
    """A rule, or a person of the staff, has raised a new flag. It happened at `raised_at`."""

    type: Literal["redflag.member.flagged.v1"] = "redflag.member.flagged.v1"
    member_id: str
    flag_id: str
    rule: str
    raised_at: Moment
    location_id: str | None = None
    evidence: Evidence


class MemberSuspended(Event):
    """A rule has suspended a member. `reason` is the evidence in sentences."""

    type: Literal["redflag.member.suspended.v1"] = "redflag.member.suspended.v1"
    member_id: str
    by: str
    reason: str
    before: AccessState
    after: AccessState


class Decision(Event):
    """What a person of the staff has decided about a member, and why."""

    member_id: str
    by: str
    reason: str
    before: State
    after: State


class MemberBlocked(Decision):
    """A person of the staff has blocked a member, and their number."""

    type: Literal["redflag.member.blocked.v1"] = "redflag.member.blocked.v1"


class MemberUnblocked(Decision):
    """A person of the staff has unblocked a blocked or suspended member."""

    type: Literal["redflag.member.unblocked.v1"] = "redflag.member.unblocked.v1"


class MemberVerified(Decision):
    """A person of the staff has found nothing wrong; counting starts anew."""

    type: Literal["redflag.member.verified.v1"] = "redflag.member.verified.v1"


class MemberResolved(Decision):
    """A person of the staff trusts a member from now on."""

    type: Literal["redflag.member.resolved.v1"] = "redflag.member.resolved.v1"


class MembershipCancelled(Event):
    """A membership is to be billed no longer."""

    type: Literal["redflag.membership.cancelled.v1"] = "redflag.membership.cancelled.v1"
    member_id: str
    by: str
    reason: str
    before: MembershipState
    after: MembershipState


class SettingsChanged(Event):
    """A new version of the settings is effective. `sections` names what differs, and not how."""

    type: Literal["redflag.settings.changed.v1"] = "redflag.settings.changed.v1"
    by: str
    before: Version
    after: Version
    sections: list[str]


type Announcement = (
    MemberFlagged
    | MemberSuspended
    | MemberBlocked
    | MemberUnblocked
    | MemberVerified
    | MemberResolved
    | MembershipCancelled
    | SettingsChanged
)

EVENTS: dict[str, type[Event]] = {
    shape.model_fields["type"].default: shape for shape in Announcement.__value__.__args__
}
"""Every event by its name."""
