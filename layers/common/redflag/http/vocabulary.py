"""The vocabularies of the core as routes and schemas name them: in the API document each is stated once."""

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from redflag.core.model import Membership, RuleName
from redflag.core.roles import CLIENT_KINDS, STAFF_ROLES
from redflag.core.rules import CONFIGURABLE, RULES

NO_MEMBERSHIP = "none"
"""How a list of members asks for those without any membership."""

if TYPE_CHECKING:
    type Rule = RuleName
    type ConfigurableRule = RuleName
    type MembershipFilter = str
    type StaffRole = str
    type ClientKind = str
else:
    Rule = StrEnum("Rule", {name.upper(): name for name in RULES}, module=__name__)
    Rule.__doc__ = "A rule that raises flags."
    ConfigurableRule = Literal[CONFIGURABLE]
    MembershipFilter = Literal[(*(each.value for each in Membership), NO_MEMBERSHIP)]
    StaffRole = Literal[tuple(role.value for role in STAFF_ROLES)]
    ClientKind = Literal[tuple(role.value for role in CLIENT_KINDS)]
