"""Settings of every shape, made from the list of rules: a rule that is added to it is drawn too.

A rule's settings are drawn as its dataclass states them. Numbers stand near both ends of their range, at
the default and in the middle; mostly small, because with small limits more happens.
"""

import dataclasses
import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st

from redflag.core import rules as listed
from redflag.core.model import RuleName
from redflag.core.rules.definition import Rule
from redflag.core.setting_types import Format, Mode, Range
from redflag.core.settings import CheckInSettings, Settings
from tests.strategies import exercise

COOLDOWNS = (0, 1, 30, 60, 60, 1440)
"""Minutes: both ends of the range, and what is usual."""

_TEXTS: Mapping[Format, list[str]] = {
    Format.CLOCK: ["00:00", "06:00", "09:00", "11:59", "12:00", "12:01", "20:00", "23:59", "24:00"],
    Format.EMAIL: ["ana@example.com", "bo@example.com"],
    Format.TEXT: ["Main Street", "Ç’est ça", "x"],
    Format.URL: ["https://example.com/help"],
    Format.ZONE: ["UTC", "America/New_York", "Asia/Kathmandu"],
}
_LONGER = {"day", "minute"}
"""A limit in time is stricter when it is longer; one in anything else when it is lower."""

type Values = dict[str, Any]


def one_of[T](draw: st.DrawFn, choices: Sequence[T]) -> T:
    """One of many. Hypothesis's own `sampled_from` looks at each of them every time."""
    return choices[draw(st.integers(0, len(choices) - 1))]


def configurable() -> list[Rule]:
    """The rules with settings, as the list has them now."""
    return [rule for rule in listed.RULES.values() if rule.settings is not None]


def numbers(span: Range, default: int | None = None) -> list[int]:
    """Whole numbers of a range, as often as they are to be drawn."""
    low, high = span.low, span.high
    wanted = [low, low, low, low + 1, low + 1, low + 2, (low + high) // 2, high - 1, high]
    return [n for n in (*wanted, default) if n is not None and low <= n <= high]


def _values(kind: Any, default: object) -> list[Any]:
    """The values that a field of this type is given."""
    if get_origin(kind) is Annotated:
        _, *marks = get_args(kind)
        for mark in marks:
            if isinstance(mark, Range):
                return numbers(mark, default if isinstance(default, int) else None)
            if isinstance(mark, Format):
                return _TEXTS[mark]
    if get_origin(kind) in (Union, UnionType):
        return [value for part in get_args(kind) for value in _values(part, None)]
    if kind is type(None):
        return [None]
    if kind is bool:
        return [False, True]
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return list(kind)
    raise TypeError(f"Say in tests/strategies/rulebooks.py how {kind} is drawn.")


@cache
def every_settings_of(rule: Rule) -> Sequence[Any]:
    """All settings of a rule that are drawn, in whichever mode: one of them is one draw."""
    assert rule.settings is not None
    fields = [item for item in dataclasses.fields(rule.settings) if item.name != "mode"]
    every = product(*(_values(item.type, item.default) for item in fields))
    named = (dict(zip([item.name for item in fields], each, strict=True)) for each in every)
    return [rule.settings(**values) for values in named if _may_be_saved(rule, values)]


def _may_be_saved(rule: Rule, values: Values) -> bool:
    """Whether those that belong together are given together, and the dataclass has no objection."""
    assert rule.settings is not None
    if len({values[name] is None for name in rule.together}) > 1:
        return False
    check: Callable[[object], None] = getattr(rule.settings, "check", lambda _: None)
    try:
        check(rule.settings(**values))
    except ValueError:
        return False
    return True


@st.composite
def rulebooks(
    draw: st.DrawFn,
    *,
    modes: Sequence[Mode] = tuple(Mode),
    cooldowns: Sequence[int] = COOLDOWNS,
    suspend: Sequence[bool] = (False, False, True),
    only: Callable[[Rule], bool] = lambda _: True,
) -> Settings:
    """Settings of all rules; those that are not wanted are off. The cooldowns are in minutes."""
    rules = {}
    for rule in configurable():
        its, mode = one_of(draw, every_settings_of(rule)), Mode.OFF
        if only(rule):
            mode = one_of(draw, modes)
        rules[rule.name] = dataclasses.replace(its, mode=mode)
    drawn = Settings(
        check_in=CheckInSettings(one_of(draw, cooldowns)),
        rules=listed.Rules(**rules),
        automatically_suspend=one_of(draw, suspend),
    )
    exercise.drawn({name: drawn.rules.mode(name) for name in rules})
    return drawn


def over_history(rule: Rule) -> bool:
    """Whether a rule judges a member's own check-ins."""
    return rule.name in listed.HISTORY_RULES


def touchy() -> st.SearchStrategy[Settings]:
    """Settings in which every rule over the history is asked; no member is kept from the next visit."""
    asked = [Mode.SHADOW, Mode.ON]
    return rulebooks(modes=asked, cooldowns=(30, 60), suspend=[False], only=over_history)


def changed(settings: Settings, **values: Values) -> Settings:
    """Settings with other values of some rules."""
    rules = {name: dataclasses.replace(getattr(settings.rules, name), **new) for name, new in values.items()}
    return dataclasses.replace(settings, rules=dataclasses.replace(settings.rules, **rules))


def in_mode(settings: Settings, mode: Mode, rules: Iterable[RuleName]) -> Settings:
    """Settings with these rules in another mode."""
    return changed(settings, **{name: {"mode": mode} for name in rules})


@st.composite
def looser(draw: st.DrawFn, settings: Settings) -> Settings:
    """Settings in which no limit is stricter: none is lower, no time is longer, the optional may be off."""
    found = {}
    for rule in configurable():
        its, other = getattr(settings.rules, rule.name), one_of(draw, every_settings_of(rule))
        found[rule.name] = {
            item.name: _looser(getattr(its, item.name), getattr(other, item.name), _range(item.type))
            for item in dataclasses.fields(its)
        }
    return changed(settings, **found)


def _looser(one: Any, other: Any, span: Range | None) -> Any:
    """Of two values the one with which a rule fires less often; the first, where that is no number."""
    if span is None:
        return one
    if one is None or other is None:
        return None
    return min(one, other) if span.unit in _LONGER else max(one, other)


def _range(kind: Any) -> Range | None:
    """The range of a field that is a number, or none at all."""
    parts = get_args(kind) if get_origin(kind) in (Union, UnionType) else [kind]
    marks = [mark for part in parts for mark in get_args(part)[1:]]
    return next((mark for mark in marks if isinstance(mark, Range)), None)
