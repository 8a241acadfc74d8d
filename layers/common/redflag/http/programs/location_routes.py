"""A program's locations."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response

from redflag import wiring
from redflag.core.roles import Permission
from redflag.http import cursors
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of_keys
from redflag.http.programs.location_schemas import LocationDocument, LocationView
from redflag.http.staff_resolver import allowed, created, new_router, no_content
from redflag.service.programs import locations
from redflag.store.principals import Principal

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]
Owner = Annotated[Principal, allowed(Permission.CONFIGURE)]


@router.get("/v1/locations", tags=["Locations"])
def list_locations(
    principal: Reader, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[LocationView]:
    """The program's locations."""
    program_id = principal.program_id
    after = cursors.read(cursor, program_id, "locations")
    found = locations.page(program_id, after=after, limit=limit + 1)
    page, more = page_of_keys(found, limit)
    last = page[-1]["location_id"] if more else None
    return Page(
        items=[LocationView.model_validate(document) for document in page],
        next_cursor=cursors.issue(last, program_id, "locations"),
    )


@router.post("/v1/locations", tags=["Locations"])
def post_location(body: LocationDocument, principal: Owner) -> Response[LocationView]:
    """A new location."""
    document = locations.add_location(
        principal.program_id, body.model_dump(), by=principal.subject, now=wiring.now()
    )
    return created(LocationView.model_validate(document))


@router.get("/v1/locations/<location_id>", tags=["Locations"])
def get_location(location_id: str, principal: Reader) -> LocationView:
    """One location."""
    return LocationView.model_validate(locations.get(principal.program_id, location_id))


@router.put("/v1/locations/<location_id>", tags=["Locations"])
def put_location(location_id: str, body: LocationDocument, principal: Owner) -> LocationView:
    """Replace a location."""
    document = locations.change_location(
        principal.program_id,
        location_id,
        body.model_dump(),
        by=principal.subject,
        now=wiring.now(),
    )
    return LocationView.model_validate(document)


@router.delete("/v1/locations/<location_id>", tags=["Locations"])
def delete_location(location_id: str, principal: Owner) -> Response[None]:
    """Delete a location. Its check-ins stay in the history."""
    locations.delete_location(principal.program_id, location_id, by=principal.subject, now=wiring.now())
    return no_content()
