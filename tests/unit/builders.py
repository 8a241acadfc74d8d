"""The nouns of the tests: a program with members Ana and Ben, its places, and times to speak of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from redflag.core.decide import Decision
from redflag.core.engine import Engine
from redflag.core.evidence import check_in_occurrence
from redflag.core.flags import Flag
from redflag.core.hours import WEEKDAYS, OpeningHours, Span
from redflag.core.instants import DAY, MINUTE, Instant, parse_instant
from redflag.core.model import (
    Attempt,
    CheckIn,
    Finding,
    Location,
    Member,
    PointEdit,
    Position,
    RuleName,
)
from redflag.core.settings import Settings

ANA, BEN, CYD = "m_ana", "m_ben", "m_cyd"
SHOP, KIOSK = "l_shop", "l_kiosk"
UTC = ZoneInfo("UTC")
T = parse_instant("2027-03-15T12:00:00.000Z")
"""A Monday noon from which the tests count."""
COOLDOWN = 60 * MINUTE
"""The default."""


def settings(
    *, cooldown_minutes: int = 60, automatically_suspend: bool = False, **rules: dict[str, Any]
) -> Settings:
    """The defaults, but for what is given: `settings(visit_frequency={"limit": 3})`."""
    return Settings.from_document(
        {
            "check_in": {"cooldown_minutes": cooldown_minutes},
            "automatically_suspend": automatically_suspend,
            "rules": rules,
        }
    )


def only(
    rule: RuleName,
    *,
    mode: str = "on",
    cooldown_minutes: int = 60,
    automatically_suspend: bool = False,
    **values: Any,
) -> Settings:
    """Settings in which no other rule is on."""
    return settings(
        cooldown_minutes=cooldown_minutes,
        automatically_suspend=automatically_suspend,
        **({RuleName("visit_frequency"): {"mode": "off"}} | {rule: {"mode": mode, **values}}),
    )


type Times = Iterable[tuple[str, str]]


def hours(
    *spans: tuple[str, str], closed: Iterable[str] = (), exceptions: Mapping[str, Times] | None = None
) -> OpeningHours:
    """The same spans every day but the closed ones, and dates that differ."""
    week = tuple(() if day in closed else _spans(spans) for day in WEEKDAYS)
    dates = {date.fromisoformat(day): _spans(times) for day, times in (exceptions or {}).items()}
    return OpeningHours(week, dates)


def _spans(times: Times) -> tuple[Span, ...]:
    return tuple(Span.parse(opens, closes) for opens, closes in times)


def engine(rules: Settings, *members: Member, opening: OpeningHours | None = None) -> Engine:
    """A program with two places, of which the shop may have opening hours."""
    places = (Location(SHOP, UTC, opening), Location(KIOSK, UTC))
    return Engine(
        rules,
        locations={place.location_id: place for place in places},
        settings_version=3,
        members={member.member_id: member for member in members},
    )


def check_in_id(at: Instant, member_id: str = ANA) -> str:
    """One id an instant and member."""
    return f"c_{at}{member_id}"


def attempt(
    at: Instant, member_id: str = ANA, location_id: str = SHOP, position: Position | None = None
) -> Attempt:
    return Attempt(check_in_id(at, member_id), member_id, location_id, at, "d_till", position)


def visit(
    program: Engine, *instants: Instant, member_id: str = ANA, location_id: str = SHOP
) -> list[Decision]:
    """Check in at each instant, in the order given."""
    return [program.check_in(attempt(at, member_id, location_id)) for at in instants]


def check_in(at: Instant, location_id: str = SHOP) -> CheckIn:
    return CheckIn(check_in_id(at), location_id, at, "d_till")


def history(*instants: Instant) -> tuple[CheckIn, ...]:
    """Check-ins at these instants, which are given oldest first, newest first."""
    return tuple(check_in(at) for at in reversed(instants))


def daily(days: int, *, start: Instant = T) -> list[Instant]:
    """One instant a day, oldest first."""
    return [start + day * DAY for day in range(days)]


def edit(at: Instant, delta: int) -> PointEdit:
    return PointEdit(f"e_{at}", at, delta, by="s_eve", reason="Birthday")


def flag_of(program: Engine, rule: RuleName, member_id: str = ANA) -> Flag:
    """The open flag of a member by a rule."""
    return program.flags[program.member(member_id).open_flags[rule]]


def open_rules(program: Engine, member_id: str = ANA) -> set[RuleName]:
    return set(program.member(member_id).open_flags)


def shadows(program: Engine) -> Sequence[tuple[str, RuleName]]:
    """What rules in shadow mode have recorded: about whom, and which rule."""
    return [(member_id, finding.rule) for member_id, finding in program.shadow]


def finding(rule: RuleName, at: Instant, *instants: Instant) -> Finding:
    """A finding about check-ins at these instants, of which the first has made the rule fire."""
    occurrences = tuple(check_in_occurrence(check_in(each)) for each in instants)
    return Finding(rule, check_in_id(at), at, f"Sentence of {at}", len(instants), 2, occurrences, SHOP)


def ids(flag: Flag) -> list[str | int | None]:
    """The occurrences of a flag, by their ids."""
    return [occurrence["id"] for occurrence in flag.occurrences]
