"""The login gate: a blocked member may not log in.

`POST /v1/login-gate`, and the app pool's trigger before it issues a token, new or refreshed. What pages
for members show before anybody has signed in: `GET /v1/programs/{program_id}/contact` and
`GET /v1/programs/{program_id}/locations`.
"""

from typing import Any

import msgspec

from redflag import wiring
from redflag.core.roles import Permission, Pool, Role
from redflag.http.callers import caller_of
from redflag.http.edge import Event, Routes, body_of
from redflag.http.members.gate_schemas import LoginGateAnswer, LoginGateBody
from redflag.http.programs.public_schemas import ContactAnswer, PlaceAnswer, PlacesAnswer
from redflag.http.validation import parse
from redflag.service import configuration
from redflag.service.authorization import permit
from redflag.service.members.enrolment import check_own, find_member, read_phone
from redflag.service.members.login_gate import pass_gate
from redflag.service.members.token_trigger import before_token
from redflag.service.refusals import invalid

routes = Routes()


@routes.route("POST /v1/login-gate", takes=LoginGateBody, answers=LoginGateAnswer)
def post_login_gate(event: Event) -> LoginGateAnswer:
    """Whether a member may log in: 200, or 403 with whom to contact."""
    body = parse(body_of(event), LoginGateBody)
    if (body.phone is None) is (body.member_id is None):
        raise invalid(("phone", "Give either phone or member_id."))
    principal = permit(caller_of(event, Pool.APP), Permission.CHECK_GATE, body.program_id)
    phone = read_phone(body.program_id, body.phone, "phone") if body.phone is not None else None
    if principal.role is Role.MEMBER:
        check_own(principal, find_member(body.program_id, phone) if phone else body.member_id)
    pass_gate(body.program_id, phone=phone, member_id=body.member_id)
    return LoginGateAnswer()


@routes.route("GET /v1/programs/{program_id}/contact", answers=ContactAnswer)
def get_contact(event: Event) -> ContactAnswer:
    """Whom a refused member can ask. Open to everyone."""
    program_id = event["pathParameters"]["program_id"]
    configuration.known_program(program_id)
    contact = configuration.settings(program_id).settings.contact_us
    return ContactAnswer(phone=contact.phone, email=contact.email, url=contact.url)


@routes.route("GET /v1/programs/{program_id}/locations", answers=PlacesAnswer)
def get_locations(event: Event) -> PlacesAnswer:
    """Where members check in. Open to everyone: ids, names and time zones, as on the doors."""
    program_id = event["pathParameters"]["program_id"]
    configuration.known_program(program_id)
    places = msgspec.convert(configuration.locations(program_id), list[PlaceAnswer])
    return PlacesAnswer(
        locations=sorted(places, key=lambda place: (place.name.casefold(), place.location_id))
    )


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Lambda's entry, for requests and for the user pool."""
    if "triggerSource" in event:
        return before_token(event, now=wiring.now())
    return routes.resolve(event)
