"""One member's life, lived twice: by the engine, and by a naive model that keeps everything.

The model is written from the rules' definitions alone: lists, loops and full history. It knows no
register, no findings and no immutable state.
"""

from collections import Counter
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from redflag.core.engine import Engine
from redflag.core.flags import Action, NotAllowed
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import Attempt
from tests.unit.builders import ANA, KIOSK, SHOP, T, edit, engine, hours, settings

MODES = st.sampled_from(["off", "shadow", "on", "on"])
DOCUMENTS = st.fixed_dictionaries(
    {
        "cooldown_minutes": st.sampled_from([0, 30, 60]),
        "automatically_suspend": st.sampled_from([False, False, True]),
        "visit_frequency": st.fixed_dictionaries(
            {
                "mode": MODES,
                "limit": st.sampled_from([2, 3, 5, 15]),
                "window_days": st.sampled_from([1, 7, 90]),
            }
        ),
        "consecutive_check_ins": st.fixed_dictionaries({"mode": MODES, "limit": st.integers(2, 4)}),
        "point_edits": st.fixed_dictionaries(
            {"mode": MODES, "amount_limit": st.just(500), "count_limit": st.sampled_from([None, 2, 3])}
        ),
        "outside_hours": st.fixed_dictionaries({"mode": st.sampled_from(["off", "off", "shadow", "on"])}),
    }
)
WAITS = st.sampled_from(
    [0, 1, 30 * MINUTE - 1, 30 * MINUTE, HOUR - 1, HOUR, 90 * MINUTE, 2 * HOUR - 1, 2 * HOUR, DAY]
)
LATENESS = st.sampled_from([1, 15 * MINUTE, HOUR, 90 * MINUTE, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY])


class Model:
    """What the rules say, done the long way."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.access = "active"
        self.trusted = False
        self.baseline = -1
        self.accepted: list[Instant] = []
        self.counted: list[tuple[Instant, int]] = []
        self.edits: list[Instant] = []
        self.flags: list[dict[str, Any]] = []
        self.shadow: list[str] = []

    @property
    def cooldown(self) -> Instant:
        return int(self.document["cooldown_minutes"]) * MINUTE

    def open(self) -> list[dict[str, Any]]:
        return [flag for flag in self.flags if flag["status"] == "open"]

    def too_old(self, at: Instant) -> bool:
        return len([instant for instant in self.accepted if instant > at]) >= 16

    def too_soon(self, at: Instant) -> bool:
        return any(abs(instant - at) < self.cooldown for instant in self.accepted)

    def fire(self, name: str) -> None:
        if self.trusted:
            return
        if self.document[name]["mode"] == "shadow":
            self.shadow.append(name)
            return
        for flag in self.open():
            if flag["rule"] == name:
                flag["count"] += 1
                break
        else:
            self.flags.append({"rule": name, "status": "open", "count": 1})
        if self.document["automatically_suspend"] and self.access == "active":
            self.access = "suspended"

    def check_in(self, at: Instant, *, closed: bool) -> str:
        if self.access != "active":
            return "account_blocked"
        mode = self.document["outside_hours"]["mode"]
        if closed and mode != "off":
            if at > self.baseline:
                self.fire("outside_hours")
            if mode == "on":
                return "outside_business_hours"
        if self.too_soon(at):
            return "too_soon"
        too_old = self.too_old(at)
        self.accepted.append(at)
        if not too_old:
            before = self.firing()
            self.counted.append((at, len(self.counted)))
            for fired in self.firing():
                if fired not in before:
                    self.fire(fired[0])
        return "accepted"

    def firing(self) -> list[tuple[str, int]]:
        """Which rules fire at which check-ins of the whole history."""
        frequency, consecutive = self.document["visit_frequency"], self.document["consecutive_check_ins"]
        fired: list[tuple[str, int]] = []
        seen: list[Instant] = []
        run = 0
        for at, number in sorted(self.counted):
            if at <= self.baseline:
                continue
            follows = bool(seen) and self.cooldown <= at - seen[-1] < 2 * self.cooldown
            run = run + 1 if follows else 1
            seen.append(at)
            inside = [earlier for earlier in seen if earlier > at - frequency["window_days"] * DAY]
            if frequency["mode"] != "off" and len(inside) >= frequency["limit"]:
                fired.append(("visit_frequency", number))
            if consecutive["mode"] != "off" and run >= consecutive["limit"]:
                fired.append(("consecutive_check_ins", number))
        return fired

    def edit_points(self, at: Instant, delta: int) -> None:
        self.edits.append(at)
        limits = self.document["point_edits"]
        if limits["mode"] == "off" or at <= self.baseline:
            return
        inside = [earlier for earlier in self.edits if earlier > max(self.baseline, at - 7 * DAY)]
        often = limits["count_limit"] is not None and len(inside) >= limits["count_limit"]
        if abs(delta) > limits["amount_limit"] or often:
            self.fire("point_edits")

    def act(self, action: str, now: Instant) -> str | None:  # noqa: C901, PLR0912  # a row of the table each
        open_flags = self.open()
        if action == "flag":
            if any(flag["rule"] == "manual" for flag in open_flags):
                return "already_flagged"
            self.flags.append({"rule": "manual", "status": "open", "count": 1})
            self.trusted = False
        elif action == "unblock":
            if self.access == "active":
                return "not_blocked"
            self.access, self.baseline = "active", now
            for flag in self.flags:
                if flag["status"] == "confirmed":
                    flag["status"] = "overturned"
        elif action == "block":
            if self.access == "blocked":
                return "already_blocked"
            if not open_flags:
                return "not_flagged"
            self.access = "blocked"
            self._decide(open_flags, "confirmed")
        else:
            if not open_flags:
                return "not_flagged"
            self._decide(open_flags, "verified" if action == "verify" else "resolved")
            if self.access == "suspended":
                self.access = "active"
            if action == "verify":
                self.baseline = now
            else:
                self.trusted = True
        return None

    def _decide(self, flags: list[dict[str, Any]], status: str) -> None:
        for flag in flags:
            flag["status"] = status


class MemberLife(RuleBasedStateMachine):
    """Ana's life; the shop is open from 08:00 to 20:00, the kiosk always."""

    program: Engine
    model: Model
    now: Instant

    @initialize(document=DOCUMENTS)
    def begin(self, document: dict[str, Any]) -> None:
        self.now = T
        self.attempts = 0
        self.model = Model(document)
        self.program = engine(settings(**document), opening=hours(("08:00", "20:00")))

    def attempt(self, at: Instant, place: str) -> None:
        self.attempts += 1
        closed = place == SHOP and not 8 <= at // HOUR % 24 < 20
        expected = self.model.check_in(at, closed=closed)
        decision = self.program.check_in(Attempt(f"c_{self.attempts}", ANA, place, at))
        assert decision.outcome == expected

    @rule(wait=WAITS, place=st.sampled_from([SHOP, KIOSK]))
    def check_in_now(self, wait: Instant, place: str) -> None:
        self.now += wait
        self.attempt(self.now, place)

    @rule(days=st.integers(2, 6), gap=st.sampled_from([HOUR, 90 * MINUTE, DAY]))
    def check_in_regularly(self, days: int, gap: Instant) -> None:
        for _ in range(days):
            self.now += gap
            self.attempt(self.now, KIOSK)

    @rule(lateness=LATENESS, place=st.sampled_from([SHOP, KIOSK]))
    def check_in_late(self, lateness: Instant, place: str) -> None:
        at = self.now - lateness
        # How near an event that counts in no rule may come to others of its kind is left open.
        if not (self.model.too_old(at) and self.model.too_soon(at)):
            self.attempt(at, place)

    @rule(wait=WAITS, delta=st.sampled_from([1, -500, 500, 501, -501]))
    def edit_points(self, wait: Instant, delta: int) -> None:
        self.now += wait
        self.model.edit_points(self.now, delta)
        self.program.edit_points(ANA, edit(self.now, delta))

    @rule(action=st.sampled_from(Action))
    def act(self, action: Action) -> None:
        self.now += 1
        try:
            self.program.act(action, ANA, now=self.now, by="s_eve", reason="Looked into it")
            refusal = None
        except NotAllowed as error:
            refusal = error.code
        assert refusal == self.model.act(action.value, self.now)

    @precondition(lambda self: self.model.access == "blocked")
    @rule()
    def unblock(self) -> None:
        self.act(Action.UNBLOCK)

    @rule(document=DOCUMENTS)
    def change_settings(self, document: dict[str, Any]) -> None:
        self.model.document = document
        self.program.settings = settings(**document)

    @invariant()
    def both_agree(self) -> None:
        member, model = self.program.member(ANA), self.model
        assert member.access == model.access
        assert member.trusted == model.trusted
        assert member.baseline == model.baseline
        assert set(member.open_flags) == {flag["rule"] for flag in model.open()}
        flags = Counter((f.rule, f.status, f.count) for f in self.program.flags.values())
        assert flags == Counter((f["rule"], f["status"], f["count"]) for f in model.flags)
        assert Counter(found.rule for _, found in self.program.shadow) == Counter(model.shadow)
        newest = sorted(model.counted, reverse=True)[:16]
        assert [check_in.at for check_in in member.check_ins] == [at for at, _ in newest]


MemberLife.TestCase.settings = hypothesis_settings(max_examples=60, stateful_step_count=40)
TestMemberLife = MemberLife.TestCase
