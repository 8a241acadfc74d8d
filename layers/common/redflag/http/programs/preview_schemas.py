"""What a change of the settings would have done, as the API shows it."""

from collections.abc import Iterable

from pydantic import BaseModel

from redflag.core.decide import Outcome
from redflag.core.instants import format_instant
from redflag.core.preview import Difference, Side
from redflag.core.setting_types import Mode
from redflag.http.schemas import ANSWERED
from redflag.http.vocabulary import Rule
from redflag.service.programs.preview import Looked

NAMED = 20
"""How many members a list names."""


class PreviewMember(BaseModel):
    """A member."""

    model_config = ANSWERED
    member_id: str
    name: str | None


class PreviewMembers(BaseModel):
    """How many members there are, and the first of them by name."""

    model_config = ANSWERED
    number: int
    members: list[PreviewMember]

    @classmethod
    def of(cls, found: frozenset[str], names: dict[str, str | None]) -> "PreviewMembers":
        """Members in the order of the program's names."""
        named = [PreviewMember(member_id=each, name=names[each]) for each in names if each in found]
        return cls(number=len(found), members=named[:NAMED])


class RuleSide(BaseModel):
    """A rule under one document of settings. In mode `shadow`, members are recorded and not flagged."""

    model_config = ANSWERED
    mode: Mode
    members: int

    @classmethod
    def of(cls, side: Side) -> "RuleSide":
        """One of the two sides."""
        return cls(mode=side.mode, members=len(side.members))


class RulePreview(BaseModel):
    """A rule under the effective and the proposed settings, and the members who make the difference."""

    model_config = ANSWERED
    rule: Rule
    current: RuleSide
    proposed: RuleSide
    added: PreviewMembers
    removed: PreviewMembers

    @classmethod
    def of(cls, found: Difference, names: dict[str, str | None]) -> "RulePreview":
        """A rule as the API shows it."""
        return cls(
            rule=found.rule,
            current=RuleSide.of(found.current),
            proposed=RuleSide.of(found.proposed),
            added=PreviewMembers.of(found.added, names),
            removed=PreviewMembers.of(found.removed, names),
        )


class RuleLeftOut(BaseModel):
    """A rule that could not be judged, and why."""

    model_config = ANSWERED
    rule: Rule
    explanation: str


class RefusedCount(BaseModel):
    """Attempts refused under the effective and under the proposed settings."""

    model_config = ANSWERED
    current: int
    proposed: int


class RefusedPreview(BaseModel):
    """Attempts refused, by why."""

    model_config = ANSWERED
    too_soon: RefusedCount
    outside_business_hours: RefusedCount


class SettingsPreview(BaseModel):
    """What other settings would have done. `explanation` says what was looked at when that is not all."""

    model_config = ANSWERED
    since: str
    until: str
    members: int
    check_ins: int
    complete: bool
    explanation: str | None
    rules: list[RulePreview]
    left_out: list[RuleLeftOut]
    refused: RefusedPreview

    @classmethod
    def of(cls, looked: Looked) -> "SettingsPreview":
        """A preview as the API shows it."""
        rules = (each for each in looked.preview.rules if each.rule not in looked.left_out)
        return cls(
            since=format_instant(looked.start),
            until=format_instant(looked.end),
            members=len(looked.names),
            check_ins=looked.attempts,
            complete=looked.explanation is None,
            explanation=looked.explanation,
            rules=[RulePreview.of(each, looked.names) for each in rules],
            left_out=[RuleLeftOut(rule=rule, explanation=why) for rule, why in looked.left_out.items()],
            refused=RefusedPreview(**_counts(looked.preview.refused.items())),
        )


def _counts(refused: Iterable[tuple[Outcome, tuple[int, int]]]) -> dict[str, RefusedCount]:
    return {
        outcome.value: RefusedCount(current=current, proposed=proposed)
        for outcome, (current, proposed) in refused
    }
