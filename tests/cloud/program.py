"""The nouns of the tests: a program with two places, its members, its callers, and a clock that stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from redflag.core.flags import Flag
from redflag.core.instants import HOUR, Instant, format_instant, parse_instant
from redflag.core.roles import ROLES, SCOPES, Pool, Role
from redflag.core.rules import RULES
from redflag.core.settings import Settings
from redflag.service import configuration
from redflag.service.members import enrolment
from redflag.service.members.enrolment import Enrolment
from redflag.store import audit, flags, places, principals, programs, register
from redflag.store.database import Database
from redflag.store.ids import new_location_id, new_program_id
from redflag.store.principals import PLATFORM, Principal
from redflag.store.programs import Program, SettingsVersion
from redflag.store.register import Register
from tests.cloud.backends import Backend
from tests.cloud.requests import Answer, answer_of, either, http_event, invoke, jwt
from tests.cloud.template import routes

NOON = parse_instant("2060-03-15T12:00:00.000Z")
"""A Monday noon, ahead of any real clock: a backend that sweeps expired items finds none of the tests'."""

ALL_SCOPES = " ".join(sorted(set(SCOPES.values())))
NAMES = ("Zelda Quince", "Yorick Pemberly", "Xanthe Oduya", "Wystan Ferrow")


@dataclass
class Clock:
    """What `now` is."""

    now: Instant = NOON

    def __call__(self) -> Instant:
        """The instant that was set last."""
        return self.now


@dataclass(frozen=True)
class Enrolled:
    """A member, with the number they are known by."""

    member_id: str
    phone: str


@dataclass
class Shop:
    """A program of its own, so that tests do not see each other."""

    backend: Backend
    database: Database
    clock: Clock
    program_id: str = field(default_factory=new_program_id)
    counter: str = field(default_factory=new_location_id)
    """Where check-ins happen unless another place is named."""
    annex: str = field(default_factory=new_location_id)
    version: int = 0
    enrolled: list[Enrolled] = field(default_factory=list)
    _callers: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, backend: Backend, database: Database, clock: Clock, hours: Any = None) -> "Shop":
        """Set a program up, with the default settings."""
        shop = cls(backend, database, clock)
        database.commit([programs.save_program(database, Program(shop.program_id, "Quince & Co", "US"))])
        for location_id in (shop.counter, shop.annex):
            shop.place(location_id, hours if location_id == shop.counter else None)
        return shop

    def place(self, location_id: str, hours: Any = None, zone: str = "America/New_York") -> str:
        """A location, which has hours or not."""
        document = {"location_id": location_id, "name": "A place", "time_zone": zone, "hours": hours}
        document |= {"position": None, "exceptions": []}
        self.database.commit([programs.save_location(self.database, self.program_id, document, new=True)])
        configuration.reset()
        return location_id

    def forget(self) -> None:
        """Let the functions forget what they keep in memory, as they do after half a minute."""
        configuration.reset()

    def subject(self, role: str) -> str:
        """The subject of the program's caller in a role, who is let in when first spoken of."""
        subject = f"{role}-{self.program_id}"
        if role not in self._callers:
            self._callers.add(role)
            program_id = PLATFORM if role == Role.SUPPORT else self.program_id
            principal = Principal(subject, Role(role), program_id, name=f"The {role}")
            self.database.commit([principals.save(self.database, principal)])
        return subject

    def configure(
        self, *, cooldown_minutes: int = 60, automatically_suspend: bool = False, **more: Any
    ) -> SettingsVersion:
        """Put settings in effect: rules by their names, and other parts by theirs."""
        rules = {name: more.pop(name) for name in list(more) if name in RULES}
        document = {
            "check_in": {"cooldown_minutes": cooldown_minutes},
            "automatically_suspend": automatically_suspend,
            "rules": rules,
            **more,
        }
        return self.put(Settings.from_document(document))

    def put(self, settings: Settings) -> SettingsVersion:
        """Put settings in effect, whole."""
        self.version += 1
        new = SettingsVersion(settings, self.version, self.clock.now, "owner")
        self.database.commit(programs.save_settings(self.database, self.program_id, new))
        configuration.reset()
        return new

    def enrol(self, **more: Any) -> Enrolled:
        """One more member, with a number of their own."""
        phone = f"+1212555{100 + len(self.enrolled):04d}"
        member = self.enrol_number(phone, **{"name": NAMES[len(self.enrolled) % len(NAMES)], **more})
        self.enrolled.append(member)
        return member

    def enrol_number(self, number: str, **more: Any) -> Enrolled:
        """A member with this number."""
        phone = enrolment.read_phone(self.program_id, number, "phone")
        profile, _ = enrolment.enrol(Enrolment(self.program_id, phone, **more), now=self.clock.now)
        return Enrolled(profile.member_id, number)

    def link(self, member: Enrolled, subject: str) -> str:
        """Let a person act as a member; answers their subject."""
        enrolment.link(subject, self.program_id, member.member_id, now=self.clock.now)
        return subject

    # ---------------------------------------------------------------- requests

    def caller(self, role: str, *, either_pool: bool = False, scopes: str = ALL_SCOPES) -> dict[str, Any]:
        """What the route's authorizer says of the program's caller in a role."""
        pool = ROLES[Role(role)].pool
        scope = scopes if pool is Pool.APP else "openid email"
        return either(pool, self.subject(role), scope) if either_pool else jwt(self.subject(role), scope)

    def check_in(
        self,
        member: Enrolled | dict[str, Any],
        at: Instant | None = None,
        *,
        key: str | None = None,
        by: str | dict[str, Any] = "importer",
        place: str | None = None,
        **more: Any,
    ) -> Answer:
        """Post a check-in; `at` as the time that the caller says it was."""
        who = {"member_id": member.member_id} if isinstance(member, Enrolled) else member
        body = {"program_id": self.program_id, "location_id": place or self.counter, "member": who} | more
        if at is not None:
            body["occurred_at"] = format_instant(at)
        return self.post_check_in(body, key=key, by=by)

    def post_check_in(
        self, body: object, *, key: str | None = None, by: str | dict[str, Any] = "importer"
    ) -> Answer:
        """Post any body to the check-in route."""
        event = http_event(
            "check_in",
            authorizer=self.caller(by) if isinstance(by, str) else by,
            headers={} if key is None else {"idempotency-key": key},
            body=body,
        )
        return answer_of(invoke(self.backend, "check_in", event))

    def ask_gate(self, by: str | dict[str, Any] = "kiosk", **body: Any) -> Answer:
        """Ask the login gate."""
        event = http_event(
            "login_gate",
            authorizer=self.caller(by) if isinstance(by, str) else by,
            body={"program_id": self.program_id} | body,
        )
        return answer_of(invoke(self.backend, "login_gate", event))

    def ask(
        self,
        route: str,
        *,
        by: str | dict[str, Any] = "owner",
        path: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: object = None,
    ) -> Answer:
        """Ask any route of the API, past the authorizer that the template gives it."""
        declared = routes()[route]
        either_pool = declared.authorizer == "AnyPoolAuthorizer"
        event = http_event(
            "members",
            route=route,
            authorizer=self.caller(by, either_pool=either_pool) if isinstance(by, str) else by,
            path=path,
            query=query,
            headers=headers,
            body=body,
        )
        return answer_of(invoke(self.backend, declared.function, event))

    def of(self, route: str, member: Enrolled, **more: Any) -> Answer:
        """Ask a route that is about a member; `POST block` is `POST /v1/members/{member_id}/block`."""
        method, _, tail = route.partition(" ")
        key = f"{method} /v1/members/{{member_id}}" + (f"/{tail}" if tail else "")
        return self.ask(key, path={"member_id": member.member_id}, **more)

    def close(self) -> None:
        """The platform's support closes the program; the functions have forgotten that it was open."""
        path = {"program_id": self.program_id}
        body = {"reason": "The shop has closed."}
        route = "POST /v1/platform/programs/{program_id}/close"
        assert self.ask(route, by="support", path=path, body=body).status == 200
        self.forget()

    def flag_by_turns(self, count: int) -> list[Enrolled]:
        """New members, flagged by turns by a rule at the annex and by hand: an hour apart, oldest first."""
        self.configure(visit_frequency={"mode": "on", "limit": 2})
        members = []
        for number in range(count):
            member = self.enrol()
            self.clock.now = NOON + number * HOUR
            if number % 2:
                self.of("POST flag", member, body={"reason": "Seen."})
            else:
                self.check_in(member, self.clock.now - HOUR, place=self.annex)
                self.check_in(member, place=self.annex)
            members.append(member)
        return members

    # ---------------------------------------------------------------- what is stored

    def register(self, member: Enrolled) -> Register:
        """A member's register, as it is now."""
        found = register.load(self.database, self.program_id, member.member_id)
        assert found is not None
        return found

    def flags(self, member: Enrolled) -> list[Flag]:
        """All flags of a member."""
        return flags.of_member(self.database, self.program_id, member.member_id)

    def rules(self, member: Enrolled) -> set[str]:
        """The rules by which a member is flagged now; the register and the flags say the same."""
        open_flags = self.register(member).member.open_flags
        assert {f.flag_id for f in self.flags(member) if f.status == "open"} == set(open_flags.values())
        return set(open_flags)

    def arrivals(self, place: str | None = None) -> list[str]:
        """The check-ins that a place remembers, newest first."""
        found = places.arrivals(self.database, self.program_id, place or self.counter)
        return [arrival.check_in_id for arrival in found]

    def pair(self, one: Enrolled, other: Enrolled) -> list[tuple[str, str]]:
        """The occurrences of a pair, newest first: the two check-ins of each."""
        low, high = sorted((one.member_id, other.member_id))
        key = f"{self.program_id}#pair#{low}#{high}"
        item = self.item("places", {"pk": key})
        found = places.followings_of_image(key, item or {})
        return [(f.first.check_in_id, f.second.check_in_id) for f in found]

    def item(self, table: str, key: dict[str, str]) -> dict[str, Any] | None:
        """An item, as DynamoDB has it."""
        answer = self.database.client.get_item(
            TableName=getattr(self.database.tables, table),
            Key={name: {"S": value} for name, value in key.items()},
            ConsistentRead=True,
        )
        return dict(answer["Item"]) if "Item" in answer else None

    def register_item(self, member: Enrolled) -> dict[str, Any]:
        """A member's register, as DynamoDB has it."""
        found = self.item("members", register.key(self.program_id, member.member_id))
        assert found is not None
        return found

    def partition(self, table: str, pk: str) -> list[dict[str, Any]]:
        """All items of a partition."""
        items, more = self.database.query(
            TableName=getattr(self.database.tables, table),
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
        )
        assert more is None
        return items

    def history(self, member: Enrolled) -> list[dict[str, Any]]:
        """The attempts that the history holds of a member, oldest first."""
        return self.partition("history", f"{self.program_id}#{member.member_id}")

    def audit(self) -> list[dict[str, Any]]:
        """The audit log, oldest first; its chain is whole."""
        entries = self.partition("audit", self.program_id)
        check_chain(entries)
        return entries


def check_chain(entries: Iterable[dict[str, Any]]) -> None:
    """Every entry is numbered on from the one before, names its hash, and has its own."""
    previous = "0" * 64
    for number, entry in enumerate(entries, start=1):
        assert int(entry["sk"]) == number
        assert entry["previous"] == previous
        assert entry["hash"] == audit.seal(entry)
        previous = entry["hash"]
