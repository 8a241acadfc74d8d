"""The people at the console, as routes take and answer them."""

from typing import Annotated

from pydantic import BaseModel, Field

from redflag.core.roles import Permission, Role
from redflag.http.schemas import ANSWERED, TAKEN, Email, Id, Text, shown
from redflag.http.vocabulary import StaffRole
from redflag.store.principals import Principal


class StaffBody(BaseModel):
    """A person for the console. `subject` names one of another identity provider."""

    model_config = TAKEN
    email: Email
    role: Annotated[StaffRole, Field(strict=False)]
    name: Text | None = None
    subject: Id | None = None


class StaffView(BaseModel):
    """A person at the console."""

    model_config = ANSWERED
    subject: str
    email: str | None
    name: str
    role: Role
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
    role: Role
    permissions: list[Permission]
    program_id: str | None
    program_name: str | None
