"""The summary for charts. `docs/reports.md` says what each number means."""

from typing import Any

from pydantic import BaseModel, create_model

from redflag.core.flags import FlagStatus
from redflag.core.rules import RULES
from redflag.core.summary import Precision, Waiting
from redflag.http.schemas import ANSWERED, shown
from redflag.service.flags.summary import GatheredSummary


def _by_rule(kind: Any) -> type[BaseModel]:
    """A model with a field for every rule, so that a new one is in it too."""
    fields: dict[str, Any] = dict.fromkeys(RULES, (kind, ...))
    return create_model("ByRule", __config__=ANSWERED, **fields)


class RuleCounts(_by_rule(int)):  # type: ignore[misc]  # its fields are the rules
    """A number for every rule."""


def _by_status(kind: Any) -> type[BaseModel]:
    """A model with a field for every status of a flag."""
    fields: dict[str, Any] = {status.value: (kind, ...) for status in FlagStatus}
    return create_model("ByStatus", __config__=ANSWERED, **fields)


class OutcomeCounts(_by_status(int)):  # type: ignore[misc]  # its fields are the statuses
    """Flags by status."""


class LocationCount(BaseModel):
    """Flags of a location; those that happened at none have no id."""

    model_config = ANSWERED
    location_id: str | None
    name: str | None
    flags: int


class AgesView(BaseModel):
    """Open flags by how long they wait, in days of 24 hours; each up to just before its end."""

    model_config = ANSWERED
    under_1_day: int
    from_1_to_3_days: int
    from_3_to_7_days: int
    from_7_to_30_days: int
    over_30_days: int


class WaitingView(BaseModel):
    """All flags that wait now, whenever raised. `complete` is false when the newest were not read."""

    model_config = ANSWERED
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


class RulePrecisions(_by_rule(PrecisionView)):  # type: ignore[misc]  # its fields are the rules
    """The precision of every rule."""


class SummaryView(BaseModel):
    """Flags raised from one day to another, both included, with their current status; and what waits."""

    model_config = ANSWERED
    first_day: str
    last_day: str
    by_day: dict[str, RuleCounts]
    by_rule: RuleCounts
    by_location: list[LocationCount]
    by_outcome: OutcomeCounts
    open: WaitingView
    precision: RulePrecisions

    @classmethod
    def of(cls, gathered: GatheredSummary) -> "SummaryView":
        """The summary as the API shows it."""
        summary = gathered.summary
        return cls(
            first_day=str(gathered.span.first),
            last_day=str(gathered.span.last),
            by_day={str(day): RuleCounts(**rules) for day, rules in summary.by_day.items()},
            by_rule=RuleCounts(**summary.by_rule),
            by_location=[
                LocationCount(location_id=each, name=gathered.locations.get(each or ""), flags=flags)
                for each, flags in summary.by_location.items()
            ],
            by_outcome=OutcomeCounts(**{s.value: number for s, number in summary.by_outcome.items()}),
            open=WaitingView.of(gathered.waiting, complete=gathered.all_waiting),
            precision=RulePrecisions(
                **{rule: PrecisionView.of(found) for rule, found in summary.precision.items()}
            ),
        )
