"""The app's clients, as routes take and answer them."""

from typing import Literal

from pydantic import BaseModel

from redflag.http.schemas import ANSWERED, TAKEN, Id, Text

MachineKind = Literal["kiosk", "backend", "importer", "app"]


class AppClientBody(BaseModel):
    """A client for the app API. `client_id` names one of another identity provider."""

    model_config = TAKEN
    name: Text
    kind: MachineKind
    client_id: Id | None = None


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
