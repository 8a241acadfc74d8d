"""Flags as routes answer them."""

from typing import Any

from pydantic import BaseModel

from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import format_instant
from redflag.http.schemas import ANSWERED, shown
from redflag.http.vocabulary import Rule
from redflag.service.programs.staff_names import Names, evidence_of


class EvidenceView(BaseModel):
    """Why a flag was raised, frozen then; later occurrences are added in front."""

    model_config = ANSWERED
    sentence: str
    value: int
    limit: int
    settings_version: int
    occurrences: list[dict[str, Any]]


class FlagView(BaseModel):
    """A red flag: `raised_at` is when it happened, `recorded_at` when Redflag learned of it.

    `staff_names` has the names of those whom the evidence mentions, by subject.
    """

    model_config = ANSWERED
    flag_id: str
    member_id: str
    rule: Rule
    status: FlagStatus
    raised_at: str
    recorded_at: str | None
    last_triggered_at: str
    count: int
    location_id: str | None
    evidence: EvidenceView
    staff_names: dict[str, str]
    decided_at: str | None
    decided_by: str | None
    decided_by_name: str | None
    reason: str | None

    @classmethod
    def of(cls, flag: Flag, names: Names) -> "FlagView":
        """A flag as the API shows it, with the names of the staff whom it mentions."""
        evidence = EvidenceView(
            sentence=flag.sentence,
            value=flag.value,
            limit=flag.limit,
            settings_version=flag.settings_version,
            occurrences=[dict(o) for o in flag.occurrences],
        )
        return cls(
            flag_id=flag.flag_id,
            member_id=flag.member_id,
            rule=flag.rule,
            status=flag.status,
            raised_at=format_instant(flag.raised_at),
            recorded_at=shown(flag.recorded_at),
            last_triggered_at=format_instant(flag.last_triggered_at),
            count=flag.count,
            location_id=flag.location_id,
            evidence=evidence,
            staff_names={who: names[who] for who in evidence_of(flag) if who in names},
            decided_at=shown(flag.decided_at),
            decided_by=flag.decided_by,
            decided_by_name=names.get(flag.decided_by or ""),
            reason=flag.reason,
        )


class QueuedFlagView(FlagView):
    """A flag in the queue, with its member's name."""

    member_name: str | None
