"""Who is signed in at the console: what its pages show depends on it."""

from typing import Annotated

from redflag.core.roles import ROLES, Permission, Role
from redflag.http.programs.staff_schemas import MeView
from redflag.http.staff_resolver import allowed, new_router
from redflag.service import configuration
from redflag.store.principals import Principal

router = new_router()

Staff = Annotated[Principal, allowed(Permission.USE_CONSOLE)]


@router.get("/v1/me", tags=["Staff"])
def get_me(principal: Staff) -> MeView:
    """Who is calling, what they may do, and in which program; support acts in none."""
    support = principal.role is Role.SUPPORT
    program = None if support else configuration.known_program(principal.program_id)
    return MeView(
        subject=principal.subject,
        name=principal.name,
        email=principal.email,
        role=principal.role,
        permissions=sorted(ROLES[principal.role].permissions),
        program_id=program.program_id if program else None,
        program_name=program.name if program else None,
    )
