"""What the routes of reports answer. `docs/reports.md` says what each number means."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from redflag.core.b_check_ins import BCheckIns
from redflag.core.instants import SECOND, format_instant
from redflag.core.model import RuleName
from redflag.core.summary import Precision, Waiting
from redflag.http.models import shown
from redflag.links import member_url
from redflag.service.red_flags import Known, Page, Row
from redflag.service.reports import Report

_ANSWERED = ConfigDict(frozen=True, hide_input_in_errors=True)


class NamedMember(BaseModel):
    """A member, and their page at the console. One who was erased has no name."""

    model_config = _ANSWERED
    member_id: str
    name: str | None
    url: str


class PairMember(NamedMember):
    """One of a pair, with their own flag on it: the row that shows the same from their side."""

    flag_id: str | None


class NamedLocation(BaseModel):
    """A location. One that was deleted has no name."""

    model_config = _ANSWERED
    location_id: str
    name: str | None


class BCheckInsView(BaseModel):
    """How often one member followed another at a place: a location, or a geohash cell."""

    model_config = _ANSWERED
    first_member: PairMember
    member: PairMember
    location: NamedLocation | None
    cell: str | None
    times: int
    shortest_gap_seconds: float
    longest_gap_seconds: float
    last_at: str


class RedFlagView(BaseModel):
    """A row of the red flag report. Only rows of `back_to_back` have a first member and B check-ins."""

    model_config = _ANSWERED
    flag_id: str
    member: NamedMember
    rule: str
    status: str
    raised_at: str
    recorded_at: str | None
    last_triggered_at: str
    count: int
    location: NamedLocation | None
    sentence: str
    value: int
    limit: int
    first_member: PairMember | None
    b_check_ins: list[BCheckInsView]
    decided_at: str | None
    decided_by: str | None
    reason: str | None


def rows_of(page: Page, console_url: str) -> list[RedFlagView]:
    """The rows of a page as the API shows them; `console_url` is where the members' pages are."""
    return [_Shown(page.known, console_url).row(row) for row in page.rows]


class _Shown:
    """Ids as people can read them and go to."""

    def __init__(self, known: Known, console_url: str) -> None:
        self._known = known
        self._console_url = console_url

    def row(self, row: Row) -> RedFlagView:
        """One row of the report."""
        flag = row.flag
        lines = [self.line(flag.flag_id, each) for each in row.b_check_ins]
        return RedFlagView(
            flag_id=flag.flag_id,
            member=self.member(flag.member_id),
            rule=flag.rule,
            status=flag.status,
            raised_at=format_instant(flag.raised_at),
            recorded_at=shown(flag.recorded_at),
            last_triggered_at=format_instant(flag.last_triggered_at),
            count=flag.count,
            location=self.location(flag.location_id),
            sentence=flag.sentence,
            value=flag.value,
            limit=flag.limit,
            first_member=lines[0].first_member if lines else None,
            b_check_ins=lines,
            decided_at=shown(flag.decided_at),
            decided_by=flag.decided_by,
            reason=flag.reason,
        )

    def line(self, flag_id: str, line: BCheckIns) -> BCheckInsView:
        """One line of B check-ins."""
        return BCheckInsView(
            first_member=self.of_pair(flag_id, line, line.first_member_id),
            member=self.of_pair(flag_id, line, line.second_member_id),
            location=self.location(line.location_id),
            cell=line.cell,
            times=line.times,
            shortest_gap_seconds=line.shortest_gap / SECOND,
            longest_gap_seconds=line.longest_gap / SECOND,
            last_at=format_instant(line.last_at),
        )

    def member(self, member_id: str) -> NamedMember:
        """A member by name and page."""
        name = self._known.members.get(member_id)
        return NamedMember(member_id=member_id, name=name, url=member_url(self._console_url, member_id))

    def of_pair(self, flag_id: str, line: BCheckIns, member_id: str) -> PairMember:
        """One of a pair."""
        own = self._known.of_pairs.get((flag_id, line.pair, member_id))
        return PairMember(**self.member(member_id).model_dump(), flag_id=own)

    def location(self, location_id: str | None) -> NamedLocation | None:
        """A location by name."""
        if location_id is None:
            return None
        return NamedLocation(location_id=location_id, name=self._known.locations.get(location_id))


class RuleCounts(BaseModel):
    """A number for every rule."""

    model_config = _ANSWERED
    visit_frequency: int
    consecutive_check_ins: int
    back_to_back: int
    point_edits: int
    outside_hours: int
    manual: int


class OutcomeCounts(BaseModel):
    """Flags by where they stand."""

    model_config = _ANSWERED
    open: int
    confirmed: int
    verified: int
    resolved: int
    overturned: int


class LocationCount(BaseModel):
    """Flags of a location; those that happened at none have no id."""

    model_config = _ANSWERED
    location_id: str | None
    name: str | None
    flags: int


class AgesView(BaseModel):
    """Open flags by how long they wait, in days of 24 hours; each up to just before its end."""

    model_config = _ANSWERED
    under_1_day: int
    from_1_to_3_days: int
    from_3_to_7_days: int
    from_7_to_30_days: int
    over_30_days: int


class WaitingView(BaseModel):
    """All flags that wait now, whenever raised. `complete` is false when the newest were not read."""

    model_config = _ANSWERED
    flags: int
    complete: bool
    ages: AgesView
    oldest_recorded_at: str | None

    @classmethod
    def of(cls, waiting: Waiting, *, complete: bool) -> "WaitingView":
        """What waits, as the API shows it."""
        return cls(
            flags=waiting.flags,
            complete=complete,
            ages=AgesView(**waiting.ages),
            oldest_recorded_at=shown(waiting.oldest_at),
        )


class PrecisionView(OutcomeCounts):
    """What staff made of a rule's flags; shares are null while there is nothing to share."""

    raised: int
    decided: int
    confirmed_share: float | None
    verified_share: float | None
    resolved_share: float | None
    overturned_share: float | None
    taken_back_share: float | None

    @classmethod
    def of(cls, found: Precision) -> "PrecisionView":
        """A rule's precision as the API shows it."""
        return cls(
            raised=found.raised,
            open=found.undecided,
            decided=found.decided,
            confirmed=found.confirmed,
            verified=found.verified,
            resolved=found.resolved,
            overturned=found.overturned,
            confirmed_share=found.of_decided(found.confirmed),
            verified_share=found.of_decided(found.verified),
            resolved_share=found.of_decided(found.resolved),
            overturned_share=found.of_decided(found.overturned),
            taken_back_share=found.taken_back,
        )


class RulePrecisions(BaseModel):
    """The precision of every rule."""

    model_config = _ANSWERED
    visit_frequency: PrecisionView
    consecutive_check_ins: PrecisionView
    back_to_back: PrecisionView
    point_edits: PrecisionView
    outside_hours: PrecisionView
    manual: PrecisionView


class SummaryView(BaseModel):
    """Flags raised from one day to another, both included, as they stand now; and what waits."""

    model_config = _ANSWERED
    first_day: str
    last_day: str
    by_day: dict[str, RuleCounts]
    by_rule: RuleCounts
    by_location: list[LocationCount]
    by_outcome: OutcomeCounts
    open: WaitingView
    precision: RulePrecisions

    @classmethod
    def of(cls, report: Report) -> "SummaryView":
        """The summary as the API shows it."""
        summary = report.summary
        return cls(
            first_day=str(report.span.first),
            last_day=str(report.span.last),
            by_day={str(day): RuleCounts(**_by_name(rules.items())) for day, rules in summary.by_day.items()},
            by_rule=RuleCounts(**_by_name(summary.by_rule.items())),
            by_location=[
                LocationCount(location_id=each, name=report.locations.get(each or ""), flags=flags)
                for each, flags in summary.by_location.items()
            ],
            by_outcome=OutcomeCounts(**{s.value: number for s, number in summary.by_outcome.items()}),
            open=WaitingView.of(report.waiting, complete=report.all_waiting),
            precision=RulePrecisions(
                **{rule.value: PrecisionView.of(found) for rule, found in summary.precision.items()}
            ),
        )


def _by_name(numbers: Iterable[tuple[RuleName, int]]) -> dict[str, int]:
    return {rule.value: number for rule, number in numbers}
