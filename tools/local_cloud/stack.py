"""A deployed stack: where it is, who its demo users are, and how to get their tokens."""

import base64
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx

from local_cloud.emulator import DIRECTORY, REGION, LocalCloudError

STACK_FILE = "stack.json"


@dataclass(frozen=True)
class Pool:
    """A user pool, as its callers need it."""

    pool_id: str
    issuer: str
    client_id: str
    """Of the console, or of the mobile app."""


@dataclass(frozen=True)
class User:
    """A person with a password."""

    pool: str
    username: str
    password: str
    subject: str


@dataclass(frozen=True)
class Client:
    """A machine client."""

    client_id: str
    client_secret: str
    scopes: list[str]


@dataclass(frozen=True)
class Stack:
    """What `stack.json` says of a running stack."""

    stack_name: str
    region: str
    endpoint_url: str
    """Of all AWS services."""
    api_id: str
    api_url: str
    """Of the HTTP API, for browsers and for programs alike."""
    api_host_url: str
    """The same API under a host name of its own, as on AWS; not every resolver knows `*.localhost`."""
    console_url: str
    """Where the console is served."""
    token_url: str
    """Where machine clients get their tokens."""
    staff: Pool
    app: Pool
    tables: dict[str, str]
    lookup_secret_arn: str
    data_key_arn: str
    program_id: str
    location_ids: list[str]
    users: dict[str, User]
    clients: dict[str, Client]

    @classmethod
    def load(cls, directory: Path = DIRECTORY) -> "Stack":
        """The stack of a directory. Raises `LocalCloudError` when none was deployed there."""
        try:
            document = json.loads((directory / STACK_FILE).read_text())
        except FileNotFoundError:
            raise LocalCloudError("There is no local cloud yet: run `make up`.") from None
        return cls(
            **document
            | {
                "staff": Pool(**document["staff"]),
                "app": Pool(**document["app"]),
                "users": {role: User(**user) for role, user in document["users"].items()},
                "clients": {role: Client(**client) for role, client in document["clients"].items()},
            }
        )

    def save(self, directory: Path) -> None:
        """Write `stack.json`, for its owner's eyes: it holds passwords."""
        path = directory / STACK_FILE
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    def client(self, service: str) -> Any:
        """A boto3 client of this stack's account."""
        return aws_client(service, self.endpoint_url)

    def token(self, role: str) -> str:
        """An access token of a demo user or machine client. Raises `LocalCloudError` for an unknown role."""
        if user := self.users.get(role):
            pool = self.staff if user.pool == "staff" else self.app
            answer = self.client("cognito-idp").initiate_auth(
                ClientId=pool.client_id,
                AuthFlow="USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
            )
            return str(answer["AuthenticationResult"]["AccessToken"])
        if machine := self.clients.get(role):
            answer = httpx.post(
                self.token_url,
                auth=(machine.client_id, machine.client_secret),
                data={"grant_type": "client_credentials"},
                timeout=30,
            )
            answer.raise_for_status()
            return str(answer.json()["access_token"])
        known = ", ".join([*self.users, *self.clients])
        raise LocalCloudError(f"There is no role {role or 'without a name'}. Known are: {known}.")

    def subject(self, role: str) -> str:
        """The subject in the tokens of a role."""
        payload = self.token(role).split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(payload + "=="))["sub"])

    def http(self, role: str | None = None, **options: Any) -> httpx.Client:
        """An HTTP client of the API, with a role's token."""
        headers = {"Authorization": f"Bearer {self.token(role)}"} if role else {}
        return httpx.Client(base_url=self.api_url, headers=headers, timeout=60, **options)


def aws_client(service: str, endpoint_url: str) -> Any:
    """A boto3 client of the emulator at an address."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint_url,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106  (the emulator's root user)
    )
