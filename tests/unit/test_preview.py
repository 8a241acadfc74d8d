from hypothesis import given
from hypothesis import strategies as st

from redflag.core.decide import Outcome
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import Attempt, Location, Member, RuleName
from redflag.core.preview import Past, Preview, Side, judge, preview, reach
from redflag.core.rules import CONFIGURABLE
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from tests.strategies.exercise import every_rule_is_exercised
from tests.strategies.histories import gaps
from tests.strategies.rulebooks import looser, rulebooks, touchy
from tests.unit.builders import ANA, BEN, CYD, KIOSK, SHOP, UTC, T, daily, edit, hours, settings

PERIOD = T + 10 * DAY
"""When the period begins: what was before prepares."""

MEMBERS = st.sampled_from([ANA, BEN, CYD])
GAPS = [0, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 90 * MINUTE, 8 * HOUR, DAY, 3 * DAY]
AMOUNTS = st.sampled_from([1, -2, 3, 499, 501, -600_000])
RULEBOOKS = rulebooks(cooldowns=(0, 30, 60))


@st.composite
def pasts(draw: st.DrawFn, rules: Settings) -> Past:
    """Attempts and edits of three members, who may be trusted or have been verified.

    A member comes up to four times on end, mostly at gaps at which a rule turns.
    """
    at = T
    attempts: list[Attempt] = []
    often = st.sampled_from([*GAPS, *gaps(rules, T)])
    steps = st.tuples(often, MEMBERS, st.integers(0, 1), st.sampled_from([1, 1, 4]))
    for gap, member_id, place, times in draw(st.lists(steps, max_size=25)):
        for number in range(times):
            at += gap
            where = (SHOP, KIOSK)[(place + number) % 2]
            attempts.append(Attempt(f"c_{len(attempts)}", member_id, where, at))
    edits = [(each.member_id, edit(each.at, draw(AMOUNTS))) for each in attempts[::5]]
    members = {
        member_id: Member(
            member_id,
            trusted=draw(st.sampled_from([False, False, True])),
            baseline=draw(st.sampled_from([-1, -1, T + 5 * DAY])),
        )
        for member_id in (ANA, BEN, CYD)
    }
    places = (Location(SHOP, UTC, hours(("09:00", "21:00"))), Location(KIOSK, UTC))
    return Past(members, {place.location_id: place for place in places}, attempts, edits)


def past_of(*attempts: Attempt, trusted: bool = False, baseline: Instant = -1) -> Past:
    members = {
        each.member_id: Member(each.member_id, trusted=trusted, baseline=baseline) for each in attempts
    }
    return Past(members, {SHOP: Location(SHOP, UTC)}, attempts)


def of(found: Preview, rule: RuleName) -> tuple[list[str], list[str]]:
    (difference,) = (each for each in found.rules if each.rule == rule)
    return sorted(difference.added), sorted(difference.removed)


def test_the_same_settings_make_no_difference() -> None:
    @given(touchy(), RULEBOOKS, st.data())
    def holds(one: Settings, other: Settings, data: st.DataObject) -> None:
        past = data.draw(pasts(one))
        for rules in (one, other):
            found = preview(past, rules, rules, PERIOD)
            assert [each.rule for each in found.rules] == list(CONFIGURABLE)
            for each in found.rules:
                assert each.current == each.proposed
                assert not each.added
                assert not each.removed
            assert all(before == after for before, after in found.refused.values())

    with every_rule_is_exercised():
        holds()


@given(RULEBOOKS, RULEBOOKS, st.data())
def test_a_preview_the_other_way_round_says_the_opposite(
    one: Settings, other: Settings, data: st.DataObject
) -> None:
    past = data.draw(pasts(one))
    there, back = preview(past, one, other, PERIOD), preview(past, other, one, PERIOD)
    assert [(d.added, d.removed) for d in there.rules] == [(d.removed, d.added) for d in back.rules]
    assert there.refused == {outcome: counts[::-1] for outcome, counts in back.refused.items()}


@given(rulebooks(modes=[Mode.ON], cooldowns=(0, 30, 60)), st.data())
def test_a_stricter_limit_never_flags_fewer(strict: Settings, data: st.DataObject) -> None:
    past = data.draw(pasts(strict))
    found = preview(past, data.draw(looser(strict)), strict, PERIOD)
    for each in found.rules:
        assert each.current.members <= each.proposed.members
        assert not each.removed


@given(RULEBOOKS, st.data())
def test_trusted_members_are_never_named_and_nobody_for_what_was_verified(
    rules: Settings, data: st.DataObject
) -> None:
    past = data.draw(pasts(rules))
    named = {member for members in judge(past, rules, PERIOD).found.values() for member in members}
    assert not {member_id for member_id in named if past.members[member_id].trusted}
    verified = {
        member_id: Member(member_id, baseline=past.attempts[-1].at if past.attempts else T)
        for member_id in past.members
    }
    later = Past(verified, past.locations, past.attempts, past.edits)
    assert not judge(later, rules, PERIOD).found


@given(RULEBOOKS, st.data())
def test_what_lies_before_the_reach_of_the_rules_changes_nothing(
    rules: Settings, data: st.DataObject
) -> None:
    past = data.draw(pasts(rules))
    # Refusals chain: whether one is accepted may depend on any before it. So none is refused here.
    rules = Settings.from_document(rules.to_document() | {"check_in": {"cooldown_minutes": 0}})
    after = PERIOD - reach(rules)
    near = Past(
        past.members,
        past.locations,
        [each for each in past.attempts if each.at > after],
        [each for each in past.edits if each[1].at > after],
    )
    assert judge(near, rules, PERIOD).found == judge(past, rules, PERIOD).found


def test_what_fires_before_the_period_prepares_and_is_not_told() -> None:
    days = daily(12)
    past = past_of(*(Attempt(f"c_{at}", ANA, SHOP, at) for at in days))
    rules = settings(visit_frequency={"mode": "on", "limit": 5, "window_days": 7})
    assert judge(past, rules, days[-1]).found == {RuleName("visit_frequency"): {ANA}}
    assert judge(past, rules, days[-1] + 1).found == {}


def test_a_change_of_mode_names_everybody_whom_the_rule_does_more_to() -> None:
    past = past_of(*(Attempt(f"c_{at}", ANA, SHOP, at) for at in daily(3)))
    modes = {mode: settings(visit_frequency={"mode": mode, "limit": 3}) for mode in Mode}
    for before, after, added, removed in (
        (Mode.OFF, Mode.SHADOW, [ANA], []),
        (Mode.OFF, Mode.ON, [ANA], []),
        (Mode.SHADOW, Mode.ON, [ANA], []),
        (Mode.ON, Mode.SHADOW, [], [ANA]),
        (Mode.SHADOW, Mode.OFF, [], [ANA]),
        (Mode.ON, Mode.ON, [], []),
    ):
        found = preview(past, modes[before], modes[after], T)
        assert of(found, RuleName("visit_frequency")) == (added, removed), (before, after)


def test_of_two_sides_of_one_mode_the_one_with_more_members_goes_beyond() -> None:
    one, both = Side(Mode.SHADOW, frozenset({ANA})), Side(Mode.SHADOW, frozenset({ANA, BEN}))
    assert both.beyond(one) == {BEN}
    assert not one.beyond(both)


def test_nobody_is_suspended_as_nobody_would_lift_it() -> None:
    past = past_of(*(Attempt(f"c_{at}", ANA, SHOP, at) for at in daily(6)))
    rules = settings(automatically_suspend=True, visit_frequency={"mode": "on", "limit": 2})
    assert not judge(past, rules, T).refused


def test_refusals_are_counted_in_the_period() -> None:
    instants = [T, T + MINUTE, T + DAY, T + DAY + MINUTE]
    past = past_of(*(Attempt(f"c_{at}", ANA, SHOP, at) for at in instants))
    found = preview(past, settings(), settings(cooldown_minutes=0), T + DAY)
    assert found.refused == {Outcome.TOO_SOON: (1, 0), Outcome.OUTSIDE_BUSINESS_HOURS: (0, 0)}


def test_the_reach_is_that_of_the_rule_that_looks_back_the_furthest() -> None:
    off = {"mode": "off"}
    for rules, expected in (
        (settings(visit_frequency=off), HOUR),
        (settings(visit_frequency={"window_days": 7}), 7 * DAY),
        (settings(visit_frequency=off, consecutive_check_ins={"mode": "on", "limit": 4}), 6 * HOUR),
        (settings(back_to_back={"mode": "shadow", "window_days": 90}), 90 * DAY),
        (settings(point_edits={"mode": "on", "window_days": 8}), 8 * DAY),
    ):
        assert reach(rules) == expected
