"""The condition of the fast path, read in Python: what the rules say of themselves, and nothing else."""

from redflag.core.instants import Instant
from redflag.core.model import Access
from redflag.core.rules import HISTORY_RULES
from redflag.core.setting_types import Mode
from tests.cloud.program import NOON
from tests.store.shapes import Case
from tests.strategies.exercise import cannot_fire


def may_be_clean(case: Case, at: Instant = NOON) -> bool:
    """Whether an attempt that is new is taken at an instant without asking the rules."""
    member, cooldown = case.register.member, case.settings.check_in.cooldown
    if member.access is not Access.ACTIVE or member.platform_blocked:
        return False
    if any(each.at > at - cooldown for each in member.check_ins):
        return False
    return member.trusted or all(
        cannot_fire(rule, member.counted, getattr(case.settings.rules, name), at, cooldown)
        for name, rule in HISTORY_RULES.items()
        if case.settings.rules.mode(name) is not Mode.OFF
    )
