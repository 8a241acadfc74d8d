"""The stored program and the engine in memory are given the same life, and agree on all of it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from local_cloud.emulator import REGION
from redflag import wiring
from redflag.core.engine import Engine
from redflag.core.flags import Action, Flag, NotAllowed
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import Attempt, Location, PointEdit, Position
from redflag.core.settings import Settings
from redflag.service.check_ins import check_in as service
from redflag.service.check_ins.check_in import Request
from redflag.service.flags import decisions
from redflag.service.members import point_edits
from redflag.service.refusals import Refusal
from redflag.store import flags
from redflag.store.database import Database, plain
from redflag.store.ids import check_in_id, fingerprint
from redflag.store.register import Register
from tests.cloud import quick_moto
from tests.cloud.backends import Backend, remembering
from tests.cloud.program import NOON, Clock, Enrolled, Shop
from tests.cloud.streams import Streams, send
from tests.strategies.exercise import every_rule_is_exercised
from tests.strategies.histories import gaps, waits
from tests.strategies.rulebooks import rulebooks, touchy

CLOUD = settings.get_profile("cloud")
MEMBERS = st.integers(0, 2)
COOLDOWNS = (0, 30, 60)
SPOTS = [None, Position(40.74112, -73.98971), Position(40.74113, -73.98970), Position(40.75, -73.9)]
BACK = [0, 0, 0, 0, 30 * MINUTE, 3 * HOUR, DAY]
STEPS = [0, 1, MINUTE, 5 * MINUTE, 10 * MINUTE, HOUR, 7 * HOUR, DAY]


@dataclass(frozen=True)
class Seen:
    """A flag without what only one side knows."""

    member_id: str
    rule: str
    status: str
    count: int
    value: int
    sentence: str
    raised_at: Instant
    last_triggered_at: Instant
    occurrences: int

    @classmethod
    def of(cls, flag: Flag) -> "Seen":
        return cls(
            flag.member_id,
            flag.rule,
            flag.status,
            flag.count,
            flag.value,
            flag.sentence,
            flag.raised_at,
            flag.last_triggered_at,
            len(flag.occurrences),
        )


class Lives(RuleBasedStateMachine):
    """Three members of one program, whatever happens to them."""

    shop_of: Any
    clock: Clock
    shop: Shop
    engine: Engine
    members: list[Enrolled]
    number: int

    @initialize(first=touchy(), rules=rulebooks(cooldowns=COOLDOWNS), trusted=st.sets(MEMBERS))
    def open(self, first: Settings, rules: Settings, trusted: set[int]) -> None:
        quick_moto.clear(REGION)
        self.shop = self.shop_of()
        self.clock.now = NOON
        version = self.shop.put(first).version
        zone = ZoneInfo("America/New_York")
        places = (self.shop.counter, self.shop.annex)
        self.engine = Engine(first, {place: Location(place, zone) for place in places}, version)
        self.members = [self.shop.enrol() for _ in range(3)]
        self.number = 0
        self.streams = Streams(self.shop)
        # As soon as the cooldown allows, now here and now there: so that rules fire in every run.
        for number in range(4):
            self.clock.now += first.check_in.cooldown
            self._check_in(0, self.clock.now, None, annex=number % 2 == 1, again=False)
        self.the_settings_change(rules)
        for who in trusted:
            self.act(who, Action.FLAG, 0)
            self.act(who, Action.RESOLVE, 0)

    @rule(rules=rulebooks(cooldowns=COOLDOWNS))
    def the_settings_change(self, rules: Settings) -> None:
        # What is followed later is judged by the settings of then.
        self.the_streams_are_followed()
        self.engine.settings = rules
        self.engine.settings_version = self.shop.put(rules).version

    @rule(
        who=MEMBERS,
        data=st.data(),
        back=st.sampled_from(BACK),
        annex=st.booleans(),
        spot=st.sampled_from(SPOTS),
        again=st.booleans(),
    )
    def check_in(
        self,
        who: int,
        data: st.DataObject,
        back: Instant,
        spot: Position | None,
        *,
        annex: bool,
        again: bool,
    ) -> None:
        known = self.engine.member(self.members[who].member_id).counted
        turning = waits(self.engine.settings, known, self.clock.now)
        self.clock.now += data.draw(st.sampled_from([*turning, *STEPS]))
        self._check_in(who, self.clock.now - back, spot, annex=annex, again=again)

    @rule(who=MEMBERS, data=st.data(), times=st.integers(2, 4))
    def check_in_regularly(self, who: int, data: st.DataObject, times: int) -> None:
        gap = data.draw(st.sampled_from(gaps(self.engine.settings, self.clock.now)))
        for _ in range(times):
            self.clock.now += gap
            self._check_in(who, self.clock.now, None, annex=False, again=False)

    def _check_in(self, who: int, at: Instant, spot: Position | None, *, annex: bool, again: bool) -> None:
        member_id = self.members[who].member_id
        self.number += 1
        place = self.engine.locations[self.shop.annex if annex else self.shop.counter]
        key = f"{self.number:011d}"
        request = Request(self.shop.program_id, place, member_id, at, spot, "till-1", key)
        outcomes = []
        for _ in range(2 if again else 1):
            try:
                done = service.check_in(request, now=self.clock.now)
                outcomes.append(("accepted", done.check_in_id))
            except Refusal as refusal:
                outcomes.append((refusal.code, ""))
        check_in = check_in_id(at, fingerprint(member_id, key))
        attempt = Attempt(check_in, member_id, place.location_id, at, "till-1", spot)
        decision = self.engine.check_in(attempt)
        expected = (decision.outcome.value, attempt.check_in_id if decision.accepted else "")
        assert outcomes == [expected] * len(outcomes)

    @rule(who=MEMBERS, action=st.sampled_from(Action), step=st.sampled_from(STEPS))
    def act(self, who: int, action: Action, step: Instant) -> None:
        self.clock.now += step + 1
        member_id = self.members[who].member_id
        now, codes = self.clock.now, []
        try:
            self._decide(action, member_id, now)
            codes.append("")
        except Refusal as refusal:
            codes.append(refusal.code)
        try:
            self.engine.act(action, member_id, now=now, by="owner", reason="Why not.")
            codes.append("")
        except NotAllowed as refusal:
            codes.append(refusal.code)
        assert codes[0] == codes[1]

    def _decide(self, action: Action, member_id: str, now: Instant) -> None:
        decisions.decide_on(action, self.shop.program_id, member_id, by="owner", reason="Why not.", now=now)

    @rule(who=MEMBERS, sign=st.sampled_from([1, -1]), over=st.integers(-1, 1), step=st.sampled_from(STEPS))
    def edit_points(self, who: int, sign: int, over: int, step: Instant) -> None:
        self.clock.now += step + 1
        self.number += 1
        now, member_id = self.clock.now, self.members[who].member_id
        delta = sign * (self.engine.settings.rules.point_edits.amount_limit + over) or 1
        point_edits.edit_points(
            self.shop.program_id, member_id, delta, by="eve", reason="Gift", idempotency_key=None, now=now
        )
        self.engine.edit_points(member_id, PointEdit(f"e_{now}", now, delta, "eve", "Gift"))

    @rule()
    def the_streams_are_followed(self) -> None:
        for _ in range(2):
            assert send(self.shop, self.streams.look()) == []

    @invariant()
    def both_say_the_same_of_every_member(self) -> None:
        if not hasattr(self, "members"):
            return
        registers, found, shadow = self._stored()
        for member in self.members:
            stored = registers[member.member_id].member
            known = self.engine.member(member.member_id)
            assert (stored.access, stored.trusted, stored.baseline) == (
                known.access,
                known.trusted,
                known.baseline,
            )
            assert [(c.check_in_id, c.at) for c in stored.check_ins] == [
                (c.check_in_id, c.at) for c in known.check_ins
            ]
            assert set(stored.open_flags) == set(known.open_flags)
        assert sorted(map(Seen.of, found), key=repr) == sorted(
            map(Seen.of, self.engine.flags.values()), key=repr
        )

        assert shadow == {(member_id, found.rule, found.at) for member_id, found in self.engine.shadow}

    def _stored(self) -> tuple[dict[str, Register], list[Flag], set[tuple[str, str, Instant]]]:
        """All registers, flags and shadow findings of the program, in one read."""
        items = self.shop.backend.items(self.shop.database.tables.members)
        mine = [item for item in items if item["pk"]["S"].startswith(self.shop.program_id)]
        registers = [Register.from_item(plain(item)) for item in mine if item["sk"]["S"] == "R"]
        found = [flags.from_item(plain(item)) for item in mine if item["sk"]["S"].startswith("F#")]
        shadow = [plain(item) for item in mine if item["sk"]["S"].startswith(flags._SHADOW_PREFIX)]
        return (
            {each.member.member_id: each for each in registers},
            found,
            {(item["pk"].split("#")[1], item["rule"], item["at"]) for item in shadow},
        )


def test_the_stored_program_and_the_engine_agree(cloud: Backend, database: Database, clock: Clock) -> None:
    Lives.shop_of = staticmethod(lambda: Shop.open(cloud, database, clock))
    Lives.clock = clock
    assert wiring.now is clock
    with remembering(), every_rule_is_exercised():
        run(Lives)


def run(lives: type[RuleBasedStateMachine]) -> None:
    # A failure is shown as it was found: to make it smaller takes minutes, and the engine's own tests do.
    chosen = settings(CLOUD, max_examples=8, stateful_step_count=25, phases=[Phase.generate])
    run_state_machine_as_test(lives, settings=chosen)
