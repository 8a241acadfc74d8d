"""The vocabularies of the core as routes and schemas name them: in the API document each is stated once."""

from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from redflag.core.model import Membership, RuleName
from redflag.core.roles import CLIENT_KINDS, STAFF_ROLES, Role
from redflag.core.rules import RULES

NO_MEMBERSHIP = "none"
"""How a list of members asks for those without any membership."""

if TYPE_CHECKING:
    type Rule = RuleName
    type MembershipFilter = str
    type StaffRole = Role
    type ClientKind = Role
else:
    Rule = StrEnum("Rule", {name.upper(): name for name in RULES}, module=__name__)
    Rule.__doc__ = "A rule that raises flags."
    MembershipFilter = Literal[(*(each.value for each in Membership), NO_MEMBERSHIP)]
    StaffRole = StrEnum("StaffRole", {role.name: role.value for role in STAFF_ROLES}, module=__name__)
    StaffRole.__doc__ = "What a person at a program's console may be."
    ClientKind = StrEnum("ClientKind", {role.name: role.value for role in CLIENT_KINDS}, module=__name__)
    ClientKind.__doc__ = "What a client of the app API may be."
