"""The rows of the red flag report. `docs/reports.md` says what each field means."""

from pydantic import BaseModel

from redflag.core.b_check_ins import BCheckIns
from redflag.core.flags import FlagStatus
from redflag.core.instants import SECOND, format_instant
from redflag.http.schemas import ANSWERED, shown
from redflag.http.vocabulary import Rule
from redflag.service.flags.report import Known, Page, Row
from redflag.service.links import member_url


class NamedMember(BaseModel):
    """A member, and their page at the console. One who was erased has no name."""

    model_config = ANSWERED
    member_id: str
    name: str | None
    url: str


class PairMember(NamedMember):
    """One of a pair, with their own flag on it: the row that shows the same from their side."""

    flag_id: str | None


class NamedLocation(BaseModel):
    """A location. One that was deleted has no name."""

    model_config = ANSWERED
    location_id: str
    name: str | None


class BCheckInsView(BaseModel):
    """How often one member followed another at a place: a location, or a geohash cell."""

    model_config = ANSWERED
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

    model_config = ANSWERED
    flag_id: str
    member: NamedMember
    rule: Rule
    status: FlagStatus
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
    decided_by_name: str | None
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
            decided_by_name=self._known.staff.get(flag.decided_by or ""),
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
