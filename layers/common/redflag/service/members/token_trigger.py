"""The login gate inside the app pool: asked before every token, new or refreshed.

The pool has verified who is signing in, so a refusal reveals nothing to anybody else. The app client
says which program, the verified phone number says which member. A person who passes is linked to that
member, and may from then on check in as themselves.
"""

import logging
from collections.abc import Mapping
from typing import Any

from redflag import wiring
from redflag.core.instants import Instant
from redflag.phones import Phone
from redflag.service import configuration
from redflag.service.members.enrolment import link
from redflag.service.members.login_gate import pass_gate
from redflag.service.refusals import Refusal, unavailable
from redflag.store import principals
from redflag.store.database import Contention

logger = logging.getLogger(__name__)


class TokenRefused(Exception):
    """Shown by the pool to the person who is signing in."""


def before_token(event: dict[str, Any], *, now: Instant) -> dict[str, Any]:
    """Answer the event as it came, or raise `TokenRefused`.

    An app that several programs share passes: there the routes refuse whom a program has blocked. So
    do callers without a phone, unless the program is closed.
    """
    attributes: Mapping[str, str] = event["request"]["userAttributes"]
    number = attributes.get("phone_number")
    client_id = event["callerContext"]["clientId"]
    programs = principals.programs_of(wiring.database(), client_id)
    if len(programs) != 1:
        return event
    program_id = programs[0]
    try:
        configuration.known_program(program_id)
        if number is None:
            return event
        passed = pass_gate(program_id, phone=Phone(number), member_id=None)
        verified = attributes.get("phone_number_verified") == "true"
        if passed.member_id is not None and verified:
            link(attributes["sub"], program_id, passed.member_id, now=now)
    except (Contention, Refusal) as error:
        refusal = error if isinstance(error, Refusal) else unavailable()
        logger.info("token refused", extra={"program_id": program_id, "code": refusal.code})
        raise TokenRefused(refusal.detail) from None
    return event
