"""`manual`: a person of the staff flags a member, with a reason. It has no settings."""

from redflag.core.instants import Instant, format_instant
from redflag.core.model import Finding, RuleName
from redflag.core.rules.definition import Over, Rule

NAME = RuleName("manual")

RULE = Rule(name=NAME, over=Over.NOTHING)


def finding(action_id: str, at: Instant, by: str, reason: str) -> Finding:
    """What a person has found."""
    return Finding(
        rule=NAME,
        trigger_id=action_id,
        at=at,
        sentence=f"Flagged by staff: {reason}",
        value=1,
        limit=1,
        occurrences=({"id": action_id, "flagged_at": format_instant(at), "by": by, "reason": reason},),
    )
