"""The app's clients, as routes take and answer them."""

from typing import Annotated

from pydantic import BaseModel, Field

from redflag.http.schemas import ANSWERED, TAKEN, Id, Text
from redflag.http.vocabulary import ClientKind


class AppClientBody(BaseModel):
    """A client for the app API. `client_id` names one of another identity provider."""

    model_config = TAKEN
    name: Text
    kind: Annotated[ClientKind, Field(strict=False)]
    client_id: Id | None = None


class AppClientView(BaseModel):
    """A client of the app API."""

    model_config = ANSWERED
    client_id: str
    name: str
    kind: ClientKind
    scopes: list[str]
    created_at: str | None


class NewAppClientView(AppClientView):
    """A new client. Its secret is shown only here."""

    client_secret: str | None
