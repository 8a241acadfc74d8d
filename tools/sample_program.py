"""A program that has been in use for a while, made over the API: for pictures and checks of the console.

Members check in through two weeks, five rules raise flags, and an owner has decided on some of them. Names
and numbers are the same each time; instants are counted from the last midnight (UTC).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from redflag.core.instants import format_instant

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

_NAMES = (
    "Amara Okafor",
    "Beatriz Lindqvist",
    "Caspar Whitlock",
    "Delphine Moreau",
    "Emeka Adeyemi",
    "Freya Halvorsen",
    "Gideon Marsh",
    "Hana Kobayashi",
    "Idris Calloway",
    "Juno Castellanos",
    "Kofi Brightwater",
    "Leonie Achterberg",
    "Marisol Quintero",
    "Nikhil Raman",
    "Odette Fairbanks",
    "Pavel Novotny",
    "Quentin Abernathy",
    "Rosalind Thackeray",
)

_EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SETTINGS: dict[str, Any] = {
    "check_in": {"cooldown_minutes": 60},
    "contact_us": {
        "phone": "+1 202 555 0100",
        "email": "help@example.com",
        "url": "https://example.com/help",
    },
    "notifications": {
        "frequency": "daily",
        "recipients": ["manager@example.com"],
        "time_zone": "America/New_York",
        "hour": 8,
    },
    "rules": {
        "visit_frequency": {"mode": "on", "limit": 5, "window_days": 7},
        "consecutive_check_ins": {"mode": "on", "limit": 3},
        "back_to_back": {"mode": "on", "limit": 2},
        "point_edits": {"mode": "on", "amount_limit": 500},
        "outside_hours": {"mode": "on"},
    },
}


type Ask = Callable[..., httpx.Response]
"""`request` of somebody's HTTP client."""


@dataclass(frozen=True)
class SampleIds:
    """What there is to open."""

    flagged: str
    """A member with an open flag, and check-ins behind it."""
    paired: str
    edited: str
    blocked: str
    location: str


class SampleProgram:
    """One program, and who acts in it."""

    def __init__(self, program_id: str, owner: Ask, importer: Ask, *, today: datetime) -> None:
        self._program_id, self._owner, self._importer = program_id, owner, importer
        self._midnight = today.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self._members: dict[str, str] = {}
        self._keys = 0

    def fill(self) -> SampleIds:
        """Make everything, in the order in which it would have happened. Raises `httpx.HTTPStatusError`."""
        self._configure()
        main, harbour = self._locations()
        self._enrol()
        self._visits(main, harbour)
        self._decisions()
        self._people()
        return SampleIds(
            flagged=self._members["Amara Okafor"],
            paired=self._members["Freya Halvorsen"],
            edited=self._members["Idris Calloway"],
            blocked=self._members["Caspar Whitlock"],
            location=main,
        )

    def _ask(self, who: Ask, method: str, path: str, **options: Any) -> Any:
        answer = who(method, path, **options)
        answer.raise_for_status()
        return answer.json()

    def _configure(self) -> None:
        first = _SETTINGS | {"rules": {"visit_frequency": {"mode": "on", "limit": 4, "window_days": 7}}}
        for settings in (first, _SETTINGS):
            self._ask(self._owner, "PUT", "/v1/settings", json=settings)

    def _locations(self) -> tuple[str, str]:
        hours = {day: [{"open": "07:00", "close": "22:00"}] for day in _EVERY_DAY}
        hours["fri"] = hours["sat"] = [{"open": "07:00", "close": "01:00"}]
        main = {
            "name": "Market Square",
            "time_zone": "America/New_York",
            "position": {"lat": 40.7411, "lon": -73.9897},
            "hours": hours,
            "exceptions": [
                {"date": "2030-12-24", "hours": [{"open": "07:00", "close": "14:00"}]},
                {"date": "2030-12-25", "hours": []},
            ],
        }
        harbour = {"name": "Old Harbour", "time_zone": "America/New_York"}
        made = [self._ask(self._owner, "POST", "/v1/locations", json=each) for each in (main, harbour)]
        return made[0]["location_id"], made[1]["location_id"]

    def _enrol(self) -> None:
        for number, name in enumerate(_NAMES):
            member = {
                "program_id": self._program_id,
                "phone": f"+1312555{100 + number:04d}",
                "name": name,
                "membership": {"status": "active"},
            }
            self._members[name] = self._ask(self._importer, "POST", "/v1/members", json=member)["member_id"]

    def _visits(self, main: str, harbour: str) -> None:
        """Each member in turn, by days before the last midnight and hours of that day (UTC)."""
        noon = 16
        # Five check-ins in seven days, once a day at about noon.
        for name, place in (
            ("Amara Okafor", main),
            ("Beatriz Lindqvist", main),
            ("Caspar Whitlock", harbour),
            ("Delphine Moreau", harbour),
        ):
            self._come(name, place, *((day, noon + day % 3) for day in (9, 6, 5, 4, 3, 2)))
        # Again as soon as the cooldown allows.
        self._come("Emeka Adeyemi", harbour, (3, 14), (3, 15.2), (3, 16.4), (3, 17.7))
        # One directly after the other, again and again.
        for day in (5, 3, 2):
            self._come("Freya Halvorsen", main, (day, 20))
            self._come("Gideon Marsh", main, (day, 20.1))
        # At night, when Market Square is closed.
        self._come("Hana Kobayashi", main, (2, 8.5), refused=True)
        # And those of whom there is nothing to say.
        for place, name in zip((main, harbour) * len(_NAMES), _NAMES[9:], strict=False):
            self._come(name, place, (12, 13), (8, 15.5), (1, 18))

    def _come(self, name: str, place: str, *when: tuple[float, float], refused: bool = False) -> None:
        visits = [
            {
                "program_id": self._program_id,
                "location_id": place,
                "member": {"member_id": self._members[name]},
                "occurred_at": self._instant(days, hour),
                "idempotency_key": self._key(),
            }
            for days, hour in when
        ]
        answer = self._ask(self._importer, "POST", "/v1/check-ins/batch", json={"check_ins": visits})
        for result in answer["results"]:
            if (result["status"] != httpx.codes.CREATED) is not refused:
                raise AssertionError(f"{name} at {place}: {result}")

    def _instant(self, days: float, hour: float) -> str:
        at = self._midnight - days * _DAY + hour * _HOUR
        return format_instant(int(at.timestamp() * 1000))

    def _key(self) -> str:
        self._keys += 1
        return f"visit-{self._keys}"

    def _decisions(self) -> None:
        edits = ((600, "Goodwill after a complaint."), (-40, "A receipt was counted twice."))
        for delta, reason in edits:
            self._act("Idris Calloway", "point-edits", delta=delta, reason=reason)
        self._act("Quentin Abernathy", "flag", reason="Asked the counter to check in for two friends.")
        self._act("Caspar Whitlock", "block", reason="Checked in by a friend behind the counter, on Friday.")
        self._act("Delphine Moreau", "verify", reason="Works next door and comes every day.")
        self._act("Emeka Adeyemi", "resolve", reason="Two families share this number.")

    def _act(self, name: str, action: str, **body: Any) -> None:
        headers = {"Idempotency-Key": self._key()} if action == "point-edits" else {}
        self._ask(
            self._owner, "POST", f"/v1/members/{self._members[name]}/{action}", json=body, headers=headers
        )

    def _people(self) -> None:
        for name, role in (("maria", "manager"), ("tomas", "staff"), ("ines", "viewer")):
            email = f"{name}.{self._program_id.removeprefix('p_')}@example.com"
            self._ask(self._owner, "POST", "/v1/staff", json={"email": email, "role": role})
        client = {"name": "Till at the counter", "kind": "kiosk"}
        self._ask(self._owner, "POST", "/v1/app-clients", json=client)


def block_a_number(support: Ask) -> None:
    """Block a number in every program."""
    body = {"phone": "+13125550190", "reason": "Reported by four programs in a week."}
    support("POST", "/v1/platform/blocks", json=body).raise_for_status()
