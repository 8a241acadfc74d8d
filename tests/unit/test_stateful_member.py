"""One member's life, lived twice: by the engine, and by a naive model that keeps everything.

The model is written from the rules' definitions alone: lists, loops and full history. It knows no
register, no findings and no immutable state.
"""

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from redflag.core.engine import Engine
from redflag.core.flags import Action, NotAllowed
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import Attempt, CheckIn, RuleName
from redflag.core.rules import HISTORY_RULES
from redflag.core.settings import Settings
from tests.strategies.exercise import every_rule_is_exercised
from tests.strategies.histories import gaps, waits
from tests.strategies.rulebooks import rulebooks
from tests.unit.builders import ANA, KIOSK, SHOP, T, edit, engine, hours

RULEBOOKS = rulebooks(cooldowns=(0, 30, 60))
STEPS = [0, 1, 30 * MINUTE, 90 * MINUTE, DAY]
LATENESS = st.sampled_from([1, 15 * MINUTE, HOUR, 90 * MINUTE, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY])


class Model:
    """What the rules say, done the long way."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.access = "active"
        self.trusted = False
        self.baseline = -1
        self.accepted: list[Instant] = []
        self.counted: list[tuple[Instant, int]] = []
        self.places: list[str] = []
        self.edits: list[Instant] = []
        self.flags: list[dict[str, Any]] = []
        self.shadow: list[str] = []

    @property
    def cooldown(self) -> Instant:
        return self.settings.check_in.cooldown_minutes * MINUTE

    def mode(self, name: str) -> str:
        return str(getattr(self.settings.rules, name).mode)

    def open(self) -> list[dict[str, Any]]:
        return [flag for flag in self.flags if flag["status"] == "open"]

    def too_old(self, at: Instant) -> bool:
        return len([instant for instant in self.accepted if instant > at]) >= 16

    def too_soon(self, at: Instant) -> bool:
        return any(abs(instant - at) < self.cooldown for instant in self.accepted)

    def fire(self, name: str) -> None:
        if self.trusted:
            return
        if self.mode(name) == "shadow":
            self.shadow.append(name)
            return
        for flag in self.open():
            if flag["rule"] == name:
                flag["count"] += 1
                break
        else:
            self.flags.append({"rule": name, "status": "open", "count": 1})
        if self.settings.automatically_suspend and self.access == "active":
            self.access = "suspended"

    def check_in(self, at: Instant, place: str, *, closed: bool) -> str:
        if self.access != "active":
            return "account_blocked"
        mode = self.mode("outside_hours")
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
            self.places.append(place)
            for fired in self.firing():
                if fired not in before:
                    self.fire(fired[0])
        return "accepted"

    def firing(self) -> list[tuple[str, int]]:
        """Which rules fire at which check-ins of the whole history."""
        fired: list[tuple[str, int]] = []
        seen: list[CheckIn] = []
        for at, number in sorted(self.counted):
            if at <= self.baseline:
                continue
            seen.append(CheckIn(f"c_{number}", self.places[number], at))
            for name in HISTORY_RULES:
                defined = getattr(self, name, None)
                if self.mode(name) != "off" and (defined(seen) if defined else self.by_itself(name, seen)):
                    fired.append((name, number))
        return fired

    def visit_frequency(self, seen: list[CheckIn]) -> bool:
        rule = self.settings.rules.visit_frequency
        inside = [earlier for earlier in seen if earlier.at > seen[-1].at - rule.window_days * DAY]
        return len(inside) >= rule.limit

    def consecutive_check_ins(self, seen: list[CheckIn]) -> bool:
        run = 1
        for earlier, later in pairwise(seen):
            follows = self.cooldown <= later.at - earlier.at < 2 * self.cooldown
            run = run + 1 if follows else 1
        return run >= self.settings.rules.consecutive_check_ins.limit

    def by_itself(self, name: RuleName, seen: list[CheckIn]) -> bool:
        """A rule that this model does not define is asked itself, over the whole history."""
        its = getattr(self.settings.rules, name)
        return HISTORY_RULES[name].evaluate(seen[::-1], its, self.cooldown) is not None

    def edit_points(self, at: Instant, delta: int) -> None:
        self.edits.append(at)
        limits = self.settings.rules.point_edits
        if limits.mode == "off" or at <= self.baseline:
            return
        start = max(self.baseline, at - limits.window_days * DAY)
        inside = [earlier for earlier in self.edits if earlier > start]
        often = limits.count_limit is not None and len(inside) >= limits.count_limit
        if abs(delta) > limits.amount_limit or often:
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
    """Ana's life; the shop is open from 08:00 to 20:00, the kiosk as long as the settings say."""

    program: Engine
    model: Model
    now: Instant

    @initialize(rules=RULEBOOKS)
    def begin(self, rules: Settings) -> None:
        self.now = T
        self.attempts = 0
        self.model = Model(rules)
        self.program = engine(rules, opening=hours(("08:00", "20:00")))

    def attempt(self, at: Instant, place: str) -> None:
        self.attempts += 1
        expected = self.model.check_in(at, place, closed=self.closed(at, place))
        decision = self.program.check_in(Attempt(f"c_{self.attempts}", ANA, place, at))
        assert decision.outcome == expected

    def closed(self, at: Instant, place: str) -> bool:
        """By the minutes of the day; all are whole ones but for a few milliseconds."""
        rule = self.model.settings.rules.outside_hours
        opens, closes = ("08:00", "20:00") if place == SHOP else (rule.override_open, rule.override_close)
        if opens is None or closes is None:
            return False
        clock = f"{at // HOUR % 24:02d}:{at // MINUTE % 60:02d}"
        return not (opens <= clock < closes if opens < closes else clock >= opens or clock < closes)

    @rule(data=st.data(), place=st.sampled_from([SHOP, KIOSK]))
    def check_in_now(self, data: st.DataObject, place: str) -> None:
        known = self.program.member(ANA).counted
        self.now += data.draw(st.sampled_from(STEPS + waits(self.program.settings, known, self.now)))
        self.attempt(self.now, place)

    @rule(data=st.data(), times=st.integers(2, 6), place=st.sampled_from([SHOP, KIOSK]))
    def check_in_regularly(self, data: st.DataObject, times: int, place: str) -> None:
        gap = data.draw(st.sampled_from([DAY, *gaps(self.program.settings, self.now)]))
        for _ in range(times):
            self.now += gap
            self.attempt(self.now, place)

    @rule(lateness=LATENESS, place=st.sampled_from([SHOP, KIOSK]))
    def check_in_late(self, lateness: Instant, place: str) -> None:
        at = self.now - lateness
        # How near an event that counts in no rule may come to others of its kind is left open.
        if not (self.model.too_old(at) and self.model.too_soon(at)):
            self.attempt(at, place)

    @rule(wait=st.sampled_from(STEPS), sign=st.sampled_from([1, -1]), over=st.sampled_from([None, 0, 1]))
    def edit_points(self, wait: Instant, sign: int, over: int | None) -> None:
        self.now += wait
        delta = sign * (1 if over is None else self.program.settings.rules.point_edits.amount_limit + over)
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

    @rule(rules=RULEBOOKS)
    def change_settings(self, rules: Settings) -> None:
        self.model.settings = self.program.settings = rules

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


def test_the_engine_and_the_model_live_the_same_life() -> None:
    chosen = hypothesis_settings(max_examples=60, stateful_step_count=40)
    with every_rule_is_exercised():
        run_state_machine_as_test(MemberLife, settings=chosen)
