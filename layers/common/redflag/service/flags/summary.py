"""The summary for charts, gathered: what was counted in a span of days, and what waits now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from redflag import wiring
from redflag.core.counted import Numbers, local_day
from redflag.core.instants import Instant
from redflag.core.summary import Summary, Waiting, summarize, waiting
from redflag.service.flags.counting import zone_of
from redflag.service.refusals import FieldError, invalid
from redflag.store import counts, flag_queue, programs

MOST_DAYS = 400
_EARLIEST = date(1969, 12, 31)
"""Instants begin with 1970, which on some calendars is a day earlier."""

_DAYS = 30
_PAGES_READ = 20
"""How many pages of 1 MB, each of some eight thousand days and locations, one summary reads."""

_FLAGS_READ = 5_000


@dataclass(frozen=True)
class Span:
    """Days, the last included."""

    first: date
    last: date


@dataclass(frozen=True)
class GatheredSummary:
    """The numbers of a span of days, with the names of the locations.

    `all_waiting` is false when more flags wait than one summary reads.
    """

    span: Span
    summary: Summary
    waiting: Waiting
    all_waiting: bool
    locations: dict[str, str]


def span_of(program_id: str, first: date | None, last: date | None, *, now: Instant) -> Span:
    """The days that are asked for; the last thirty unless said otherwise. Raises `Refusal`.

    Today is that of the program's zone for notifications.
    """
    last = last or local_day(now, zone_of(program_id, None))
    first = first or max(last, _EARLIEST) - timedelta(days=_DAYS - 1)
    if error := _wrong(first, last):
        raise invalid(error)
    return Span(first, last)


def _wrong(first: date, last: date) -> FieldError | None:
    if last < _EARLIEST:
        return "to", "Days before 1970 are not accepted."
    if first > last:
        return "from", f"This is after {last}, the last day. Give an earlier day."
    if (last - first).days >= MOST_DAYS:
        return "from", f"These are more than {MOST_DAYS} days. Give a later day."
    return None


def gather(program_id: str, span: Span, *, now: Instant) -> GatheredSummary:
    """Gather and add up. Raises `Refusal` when the span holds more than one summary reads."""
    database = wiring.database()
    numbers = _counted(program_id, span)
    learned, all_waiting = flag_queue.waiting(database, program_id, _FLAGS_READ)
    return GatheredSummary(
        span=span,
        summary=summarize(numbers, span.first, span.last),
        waiting=waiting(learned, now),
        all_waiting=all_waiting,
        locations=programs.location_names(database, program_id),
    )


def _counted(program_id: str, span: Span) -> Numbers:
    numbers: Numbers = Counter()
    after = None
    for _ in range(_PAGES_READ):
        page = counts.page_of_days(wiring.database(), program_id, span.first, span.last, after=after)
        for tally in page.tallies:
            numbers.update(tally.numbers)
        after = page.after
        if after is None:
            return numbers
    sentence = "Too many locations have flags in these days for one summary. Ask for fewer days at a time."
    raise invalid(("from", sentence))
