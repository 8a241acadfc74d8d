"""Check-ins of one member, crowded around the instants at which a rule of the list turns.

Where a rule turns it says itself: `cannot_fire_when` names the check-in on which it depends, and the
instant at which that one is no longer too old.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle, islice

from hypothesis import strategies as st

from redflag.core import rules as listed
from redflag.core.instants import BEGINNING, DAY, Instant
from redflag.core.model import REGISTER_DEPTH, CheckIn
from redflag.core.setting_types import Mode
from redflag.core.settings import Settings
from tests.strategies.rulebooks import one_of

_OFF = (-1, 0, 1)


@dataclass(frozen=True)
class Turn:
    """The check-in `back` before one at an instant decides, as long as it is no older than `age`."""

    back: int
    age: Instant


def turns(settings: Settings, at: Instant) -> list[Turn]:
    """Where the rules that are not off turn for a check-in at an instant, and where the cooldown ends."""
    cooldown = settings.check_in.cooldown
    found = {Turn(1, cooldown): None}
    for name, rule in listed.HISTORY_RULES.items():
        if settings.rules.mode(name) is not Mode.OFF:
            for each in rule.cannot_fire_when(getattr(settings.rules, name), at, cooldown):
                found[Turn(each.back, at - each.instant)] = None
    return list(found)


def gaps(settings: Settings, at: Instant) -> list[Instant]:
    """Gaps between check-ins at which something turns, or which add up to that; often the cooldown."""
    found = {0: None, settings.check_in.cooldown: None}
    for turn in turns(settings, at):
        found[max(turn.age, 0)] = found[max(turn.age // turn.back, 0)] = None
    turning = [gap + off for gap in found for off in _OFF if gap + off >= 0]
    return turning + [settings.check_in.cooldown] * (len(turning) // 2)


def waits(settings: Settings, known: Sequence[CheckIn], now: Instant) -> list[Instant]:
    """How long to wait from `now` until something turns for a member with these check-ins."""
    there = [t for t in turns(settings, now) if t.back <= len(known)]
    due = [known[turn.back - 1].at + turn.age + off - now for turn in there for off in _OFF]
    return [wait for wait in due if wait >= 0] + gaps(settings, now)


@st.composite
def ages(draw: st.DrawFn, settings: Settings, at: Instant, depth: int = REGISTER_DEPTH) -> list[Instant]:
    """How long before an instant a member has checked in, youngest first.

    Most often one check-in stands where a rule turns, with the younger ones in between as close as the
    cooldown allows, just not consecutive, or evenly; the older ones follow at any gaps.
    """
    cooldown = settings.check_in.cooldown
    found = turns(settings, at)
    near = gaps(settings, at)
    turn, off = one_of(draw, [(turn, off) for turn in (*found, *found, None) for off in _OFF])
    if turn is None:
        begun = [one_of(draw, [*near, *near, *(-gap for gap in near)])]
    else:
        oldest = max(turn.age + off, 0)
        step = one_of(draw, [cooldown, max(2 * cooldown - 1, 0), oldest // turn.back])
        begun = [*(min(step * number, oldest) for number in range(1, turn.back)), oldest]
    older = draw(st.integers(0, depth - len(begun)))
    # Two gaps by turns, which may be the same: any at all would be many draws.
    usual = [*near, DAY, 3 * DAY]
    one = one_of(draw, usual) if older else 0
    other = one_of(draw, [one] * len(usual) + usual) if older > 1 else 0
    since = islice(cycle([one, other]), older)
    return [*begun[:-1], *accumulate(since, initial=begun[-1])]


@st.composite
def check_ins(
    draw: st.DrawFn, settings: Settings, at: Instant, places: Sequence[str], depth: int = REGISTER_DEPTH
) -> list[CheckIn]:
    """At most `depth` check-ins of a member before one at an instant, newest first, at one place or many."""
    spread = one_of(draw, [1, 2, 3, len(places)])
    return [
        CheckIn(f"c_{number}", places[number % spread], at - age)
        for number, age in enumerate(draw(ages(settings, at, depth)), start=1)
    ]


@st.composite
def baselines(draw: st.DrawFn, known: Sequence[CheckIn], at: Instant) -> Instant:
    """None mostly; else about when one of the check-ins was, or the judged one is."""
    turning = [each + off for each in (at, *(c.at for c in known)) for off in _OFF]
    return one_of(draw, [BEGINNING] * 2 * len(turning) + turning)
