"""What staff routes take. `docs/api.md` has a heading for each route."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from redflag.http import fields
from redflag.http.shapes import TAKEN, Email, Id, Reason, Text

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
