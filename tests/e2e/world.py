"""The nouns of the end-to-end tests: a deployed stack, programs on it, their callers and their members.

Everything is asked over HTTP. Only what no route makes yet, a program with its first owner, is written
through the layer's own code, as the local cloud's demo program is.
"""

import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import httpx
from botocore.config import Config

from local_cloud.stack import Client, Stack, User
from redflag.core.roles import Role
from redflag.store import principals, programs
from redflag.store.database import Database, Tables
from redflag.store.ids import new_program_id
from redflag.store.principals import Principal
from redflag.store.programs import Program as StoredProgram
from tests.e2e import answers
from tests.e2e.secrecy import Secrets

MONDAY = datetime(2025, 2, 3, 15, tzinfo=UTC)
"""Ten in the morning in New York, long past; most tests begin their history here."""

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=s) for s in (1, 60, 3600, 86400))
MILLISECOND = timedelta(milliseconds=1)

_NEW_YORK = "America/New_York"
_MACHINES = (Role.KIOSK, Role.BACKEND, Role.IMPORTER)
_AREAS = (201, 202, 203, 205, 206, 207, 208, 209, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231)
_THREADS = 2
_SETTLING = 10 * SECOND
_LOOK_AGAIN_SECONDS = 0.05


def text(instant: datetime) -> str:
    """An instant as the API writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def now() -> datetime:
    """The instant of the call, in whole milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def at_once[T](calls: Iterable[Callable[[], T]], threads: int = _THREADS) -> list[T]:
    """Make calls in parallel; answers in their order."""
    with ThreadPoolExecutor(threads) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def eventually[T](look: Callable[[], T], wanted: Callable[[T], bool], within: timedelta = _SETTLING) -> T:
    """What is seen once it is as wanted, or at the end of the time."""
    deadline = time.monotonic() + within.total_seconds()
    while not wanted(seen := look()) and time.monotonic() < deadline:
        time.sleep(_LOOK_AGAIN_SECONDS)
    return seen


def code(response: httpx.Response) -> str:
    """The code of a problem; `ok` of a success, the status of the gateway's own refusals."""
    if response.is_success:
        return "ok"
    if not response.headers.get("content-type", "").endswith("json"):
        # A page for people.
        return str(response.status_code)
    return str(response.json().get("code", response.status_code))


def wrong_fields(response: httpx.Response) -> set[str]:
    """The fields that a refused request is told of."""
    return {error["field"] for error in response.json().get("errors", [])}


@dataclass(frozen=True)
class Caller:
    """Somebody who asks, with a token or without."""

    http: httpx.Client = field(repr=False)
    token: str | None = field(repr=False)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask; the answer has been held against `openapi.json`."""
        headers = dict(options.pop("headers", None) or {})
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        return self.http.request(method, path, headers=headers, **options)

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Look; `from_` is the query's `from`."""
        params = {name.rstrip("_"): value for name, value in query.items() if value is not None}
        return self.request("GET", path, params=params)

    def post(self, path: str, body: object, **options: Any) -> httpx.Response:
        """Send a document."""
        return self.request("POST", path, json=body, **options)

    def put(self, path: str, body: object, **options: Any) -> httpx.Response:
        """Replace a document."""
        return self.request("PUT", path, json=body, **options)

    def delete(self, path: str, **query: Any) -> httpx.Response:
        """Delete something."""
        return self.request("DELETE", path, params=query)

    def everything(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """All items of a list, page by page."""
        found: list[dict[str, Any]] = []
        cursor = None
        while True:
            page = self.get(path, **query, cursor=cursor).json()
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found


class World:
    """A deployed stack, and who is on it."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.secrets = Secrets()
        self.http = httpx.Client(
            base_url=stack.api_url,
            timeout=60,
            # Let go of idle connections before the gateway does.
            limits=httpx.Limits(keepalive_expiry=2),
            event_hooks={"response": [answers.check]},
        )
        self.cognito: Any = boto3.client(
            "cognito-idp",
            endpoint_url=stack.endpoint_url,
            region_name=stack.region,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            # A refused token is refused again.
            config=Config(retries={"total_max_attempts": 1}),
        )
        self.dynamodb = stack.client("dynamodb")
        self._database = Database(self.dynamodb, Tables(**stack.tables))
        self._numbers = itertools.count()
        self._shared: dict[str, Program] = {}
        for user in stack.users.values():
            self.secrets.keep(user.password, user.username if user.pool == "app" else None)
        self.secrets.keep(*(client.client_secret for client in stack.clients.values()))
        self.nobody = self.caller(None)
        self.machines = {role.value: self.machine(stack.clients[role]) for role in _MACHINES}
        self.support = self.user(stack.users["support"])
        self.demo = Program(self, stack.program_id, self.user(stack.users["owner"]), stack.location_ids[1])

    def close(self) -> None:
        """Let go of all connections."""
        self.http.close()
        self.cognito.close()
        self.dynamodb.close()

    def caller(self, token: str | None) -> Caller:
        """Somebody with this token."""
        self.secrets.keep(token)
        return Caller(self.http, token)

    def user(self, user: User) -> Caller:
        """A person, signed in."""
        return self.caller(self.sign_in(user)["AccessToken"])

    def sign_in(self, user: User, client_id: str | None = None) -> dict[str, str]:
        """A person's tokens, got as `make token` gets them; of another app when it is named."""
        pool = self.stack.staff if user.pool == "staff" else self.stack.app
        tokens: dict[str, str] = self.cognito.initiate_auth(
            ClientId=client_id or pool.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user.username, "PASSWORD": user.password},
        )["AuthenticationResult"]
        self.secrets.keep(tokens["AccessToken"], tokens.get("IdToken"), tokens.get("RefreshToken"))
        return tokens

    def refresh(self, refresh_token: str) -> str:
        """A new access token of a member for an old refresh token."""
        answer = self.cognito.initiate_auth(
            ClientId=self.stack.app.client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh_token},
        )
        return str(answer["AuthenticationResult"]["AccessToken"])

    def machine(self, client: Client, *scopes: str) -> Caller:
        """A machine client, with all of its scopes or only those named."""
        answer = httpx.post(
            self.stack.token_url,
            auth=(client.client_id, client.client_secret),
            data={"grant_type": "client_credentials"} | ({"scope": " ".join(scopes)} if scopes else {}),
            timeout=30,
        )
        answer.raise_for_status()
        self.secrets.keep(client.client_secret)
        return self.caller(answer.json()["access_token"])

    def new_phone(self) -> str:
        """A number kept for fiction that nobody has yet."""
        area, line = divmod(next(self._numbers), 100)
        phone = f"+1{_AREAS[area]}55501{line:02d}"
        self.secrets.keep(phone)
        return phone

    def new_name(self) -> str:
        """A name that nobody has yet, and that no log holds by chance."""
        name = f"Thessaly Brackwater{next(self._numbers):04d}"
        self.secrets.keep(name)
        return name

    def new_email(self) -> str:
        """An address that nobody has yet."""
        email = f"brackwater.{next(self._numbers):04d}@example.com"
        self.secrets.keep(email)
        return email

    def account(self, pool: str, username: str) -> User:
        """A person with a password in a pool, who may be known there already."""
        pool_id = (self.stack.staff if pool == "staff" else self.stack.app).pool_id
        name = "email" if pool == "staff" else "phone_number"
        password = secrets.token_urlsafe(12) + "aA1"
        self.secrets.keep(password)
        known = self.cognito.exceptions.UsernameExistsException
        try:
            found = self.cognito.admin_create_user(
                UserPoolId=pool_id,
                Username=username,
                UserAttributes=[
                    {"Name": name, "Value": username},
                    {"Name": f"{name}_verified", "Value": "true"},
                ],
                MessageAction="SUPPRESS",
            )["User"]["Attributes"]
        except known:
            found = self.cognito.admin_get_user(UserPoolId=pool_id, Username=username)["UserAttributes"]
        self.cognito.admin_set_user_password(
            UserPoolId=pool_id, Username=username, Password=password, Permanent=True
        )
        (subject,) = (each["Value"] for each in found if each["Name"] == "sub")
        return User(pool, username, password, subject)

    def program(self, settings: Mapping[str, Any] | None = None) -> "Program":
        """A new program: an owner of its own, a place that never closes, and the demo's machines."""
        program_id, owner = new_program_id(), self.account("staff", self.new_email())
        known = [
            Principal(self.stack.clients[role].client_id, role, program_id, name=f"A {role}")
            for role in _MACHINES
        ]
        known.append(Principal(owner.subject, Role.OWNER, program_id, name="The owner", email=owner.username))
        self._database.commit(
            [
                programs.save_program(self._database, StoredProgram(program_id, "Brackwater's", "US")),
                *(principals.save(self._database, principal) for principal in known),
            ]
        )
        made = Program(self, program_id, self.user(owner), "")
        if settings is not None:
            assert code(made.configure(settings)) == "ok"
        return Program(self, program_id, made.owner, made.new_place())

    def program_with(self, settings: Mapping[str, Any]) -> "Program":
        """A program with these settings, shared by the tests that want the same."""
        key = json.dumps(settings, sort_keys=True)
        if key not in self._shared:
            self._shared[key] = self.program(settings)
        return self._shared[key]

    def partition(self, table: str, key: str) -> list[dict[str, Any]]:
        """What a table holds under one partition key, by sort key."""
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.stack.tables[table],
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": key}},
            ConsistentRead=True,
        )
        return [_plain(item) for page in pages for item in page["Items"]]

    def scan(self, table: str, prefix: str) -> list[dict[str, Any]]:
        """What a table holds under partition keys that begin like this; it looks at every item."""
        pages = self.dynamodb.get_paginator("scan").paginate(
            TableName=self.stack.tables[table],
            FilterExpression="begins_with(pk, :prefix)",
            ExpressionAttributeValues={":prefix": {"S": prefix}},
            ConsistentRead=True,
        )
        return [_plain(item) for page in pages for item in page["Items"]]


def _plain(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: next(iter(value.values())) for name, value in item.items()}


@dataclass(frozen=True)
class Program:
    """A program, its owner, and a place of it."""

    world: World = field(repr=False)
    program_id: str
    owner: Caller = field(repr=False)
    place: str

    @property
    def kiosk(self) -> Caller:
        """A machine at the counter."""
        return self.world.machines["kiosk"]

    @property
    def importer(self) -> Caller:
        """A machine that knows of the past."""
        return self.world.machines["importer"]

    @property
    def backend(self) -> Caller:
        """The merchant's own system."""
        return self.world.machines["backend"]

    def configure(self, settings: Mapping[str, Any], **options: Any) -> httpx.Response:
        """Put settings in effect."""
        return self.owner.put("/v1/settings", settings, **options)

    def new_place(self, zone: str = _NEW_YORK, **fields: Any) -> str:
        """Another place."""
        made = self.owner.post("/v1/locations", {"name": "A place", "time_zone": zone} | fields)
        assert code(made) == "ok", made.text
        return str(made.json()["location_id"])

    def new_user(self, role: str) -> User:
        """Somebody for the console, let in by the owner."""
        email = self.world.new_email()
        made = self.owner.post("/v1/staff", {"email": email, "role": role})
        assert code(made) == "ok", made.text
        return self.world.account("staff", email)

    def new_person(self, role: str) -> Caller:
        """Somebody at the console, signed in."""
        return self.world.user(self.new_user(role))

    def enrol(self, phone: str | None = None, **fields: Any) -> "Member":
        """A new member."""
        phone, name = phone or self.world.new_phone(), self.world.new_name()
        body = {"program_id": self.program_id, "phone": phone, "name": name} | fields
        self.world.secrets.keep(fields.get("name"), fields.get("email"))
        made = self.kiosk.post("/v1/members", body)
        assert made.status_code == httpx.codes.CREATED, made.text
        return Member(self, made.json()["member_id"], phone)

    def logged_about(self, subject: str) -> list[str]:
        """The actions in the audit log about somebody or something, in order."""
        entries = self.world.partition("audit", self.program_id)
        return [str(entry["action"]) for entry in entries if entry["subject"] == subject]

    def gate(self, **who: str) -> httpx.Response:
        """Ask whether somebody may log in."""
        return self.kiosk.post("/v1/login-gate", {"program_id": self.program_id} | who)


@dataclass(frozen=True)
class Member:
    """A member of a program."""

    program: Program
    member_id: str
    phone: str = field(repr=False)

    @property
    def path(self) -> str:
        """Where the member's routes begin."""
        return f"/v1/members/{self.member_id}"

    def visit(
        self,
        at: datetime | None = None,
        *,
        place: str | None = None,
        by: Caller | None = None,
        key: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Check in, now or at an instant; the importer says so unless somebody else is named."""
        body: dict[str, Any] = {
            "program_id": self.program.program_id,
            "location_id": place or self.program.place,
            "member": {"member_id": self.member_id},
        }
        if at is not None:
            body["occurred_at"] = text(at)
        headers = {} if key is None else {"Idempotency-Key": key}
        return (by or self.program.importer).post("/v1/check-ins", body | more, headers=headers)

    def visits(self, *instants: datetime, **options: Any) -> None:
        """Check in at each of these instants, which must be accepted."""
        for instant in instants:
            done = self.visit(instant, **options)
            assert code(done) == "ok", done.text

    def profile(self) -> dict[str, Any]:
        """The member's own page."""
        shown: dict[str, Any] = self.program.owner.get(self.path).json()
        return shown

    def flags(self) -> list[dict[str, Any]]:
        """The member's flags, the newest first."""
        found: list[dict[str, Any]] = self.profile()["flags"]
        return found

    def open_rules(self) -> set[str]:
        """The rules with an open flag."""
        return {flag["rule"] for flag in self.flags() if flag["status"] == "open"}

    def flag_of(self, rule: str) -> dict[str, Any]:
        """The only flag of a rule."""
        (found,) = (flag for flag in self.flags() if flag["rule"] == rule)
        return found

    def act(
        self, action: str, reason: str = "Seen by the manager.", *, by: Caller | None = None
    ) -> httpx.Response:
        """Decide something about the member."""
        return (by or self.program.owner).post(f"{self.path}/{action}", {"reason": reason})

    def edit_points(self, delta: int, *, key: str | None = None) -> httpx.Response:
        """Change points by hand."""
        headers = {} if key is None else {"Idempotency-Key": key}
        body = {"delta": delta, "reason": "A correction."}
        return self.program.owner.post(f"{self.path}/point-edits", body, headers=headers)
