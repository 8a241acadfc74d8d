"""The numbers behind the charts: flags by day, rule, location and outcome, and how right the rules were.

All numbers but the ages are about the flags raised in a span of days, with their current status.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from redflag.core.counted import Numbers
from redflag.core.flags import FlagStatus
from redflag.core.instants import DAY, Instant
from redflag.core.model import RuleName
from redflag.core.rules import RULES

AGES: dict[str, int | None] = {
    "under_1_day": 1,
    "from_1_to_3_days": 3,
    "from_3_to_7_days": 7,
    "from_7_to_30_days": 30,
    "over_30_days": None,
}
"""How long flags wait, each up to just before so many days of 24 hours."""

_DIGITS = 4


@dataclass(frozen=True)
class Precision:
    """What staff have decided about a rule's flags.

    A flag is decided when it is not open any more. An overturned flag was confirmed first, and the
    block that confirmed it was taken back; it no longer counts as confirmed.
    """

    undecided: int = 0
    confirmed: int = 0
    verified: int = 0
    resolved: int = 0
    overturned: int = 0

    @property
    def raised(self) -> int:
        """All of the rule's flags."""
        return self.undecided + self.decided

    @property
    def decided(self) -> int:
        """Those that somebody has decided on."""
        return self.confirmed + self.verified + self.resolved + self.overturned

    def of_decided(self, number: int) -> float | None:
        """A number as a share of the decided flags; none while none is decided."""
        return share(number, self.decided)

    @property
    def taken_back(self) -> float | None:
        """The share of flags that were confirmed once and overturned later."""
        return share(self.overturned, self.confirmed + self.overturned)


@dataclass(frozen=True)
class Summary:
    """The numbers of a span of days. Every day and every rule has one, if only 0."""

    by_day: dict[date, dict[RuleName, int]]
    by_rule: dict[RuleName, int]
    by_location: dict[str | None, int]
    by_outcome: dict[FlagStatus, int]
    precision: dict[RuleName, Precision]


@dataclass(frozen=True)
class Waiting:
    """The flags that wait for a decision: how many, how long, and since when the oldest waits."""

    flags: int
    ages: dict[str, int]
    oldest_at: Instant | None


def summarize(numbers: Numbers, first: date, last: date) -> Summary:
    """Add up what was counted from the first day to the last, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    by_day = {day: dict.fromkeys(RULES, 0) for day in days}
    by_rule = dict.fromkeys(RULES, 0)
    by_outcome = dict.fromkeys(FlagStatus, 0)
    by_location: Counter[str | None] = Counter()
    outcomes: dict[RuleName, Counter[FlagStatus]] = {rule: Counter() for rule in RULES}
    for each, number in numbers.items():
        if first <= each.day <= last and number:
            by_day[each.day][each.rule] += number
            by_rule[each.rule] += number
            by_outcome[each.status] += number
            by_location[each.location_id] += number
            outcomes[each.rule][each.status] += number
    return Summary(
        by_day=by_day,
        by_rule=by_rule,
        by_location=dict(by_location.most_common()),
        by_outcome=by_outcome,
        precision={rule: _precision(found) for rule, found in outcomes.items()},
    )


def _precision(found: Counter[FlagStatus]) -> Precision:
    return Precision(
        undecided=found[FlagStatus.OPEN],
        confirmed=found[FlagStatus.CONFIRMED],
        verified=found[FlagStatus.VERIFIED],
        resolved=found[FlagStatus.RESOLVED],
        overturned=found[FlagStatus.OVERTURNED],
    )


def waiting(learned: Iterable[Instant], now: Instant) -> Waiting:
    """How long flags have waited, from when Redflag recorded each."""
    learned = list(learned)
    ages = dict.fromkeys(AGES, 0)
    for at in learned:
        ages[_age(now - at)] += 1
    return Waiting(len(learned), ages, min(learned, default=None))


def _age(waited: Instant) -> str:
    return next(name for name, days in AGES.items() if days is None or waited < days * DAY)


def share(number: int, whole: int) -> float | None:
    """A number as a share of a whole, to four digits; none of nothing."""
    return round(number / whole, _DIGITS) if whole else None
