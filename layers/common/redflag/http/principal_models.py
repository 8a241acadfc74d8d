"""The people at the console and the app's clients, as routes answer them."""

from pydantic import BaseModel

from redflag.http.shapes import ANSWERED, shown
from redflag.store.principals import Principal


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
