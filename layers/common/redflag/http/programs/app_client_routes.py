"""The clients of a program's app API: kiosks, backends, imports, and the members' app."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response

from redflag import wiring
from redflag.core.roles import Permission, Pool, Role
from redflag.http import cursors
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page, page_of_keys
from redflag.http.programs.app_client_schemas import AppClientBody, AppClientView, NewAppClientView
from redflag.http.schemas import shown
from redflag.http.staff_resolver import allowed, created, new_router, no_content
from redflag.service.programs import principals
from redflag.service.programs.app_clients import add_client, remove_client, scopes_of
from redflag.store.principals import Principal

router = new_router()

Owner = Annotated[Principal, allowed(Permission.MANAGE_PRINCIPALS)]


@router.get("/v1/app-clients", tags=["App clients"])
def list_app_clients(
    principal: Owner, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Page[AppClientView]:
    """The program's clients."""
    program_id = principal.program_id
    after = cursors.read(cursor, program_id, "app-clients")
    found = principals.of_program(program_id, Pool.APP, after=after, limit=limit + 1)
    page, more = page_of_keys(found, limit)
    return Page(
        items=[_view(client) for client in page],
        next_cursor=cursors.issue(page[-1].subject if more else None, program_id, "app-clients"),
    )


@router.post("/v1/app-clients", tags=["App clients"])
def post_app_client(body: AppClientBody, principal: Owner) -> Response[NewAppClientView]:
    """Add a client. Its secret is answered only here, and kept nowhere else."""
    client, credentials = add_client(
        principal.program_id,
        name=body.name,
        role=Role(body.kind),
        client_id=body.client_id,
        by=principal.subject,
        now=wiring.now(),
    )
    view = NewAppClientView(**_view(client).model_dump(), client_secret=credentials.client_secret)
    return created(view)


@router.delete("/v1/app-clients/<client_id>", tags=["App clients"])
def delete_app_client(client_id: str, principal: Owner) -> Response[None]:
    """Remove a client, at once."""
    remove_client(principal.program_id, client_id, by=principal.subject, now=wiring.now())
    return no_content()


def _view(client: Principal) -> AppClientView:
    return AppClientView(
        client_id=client.subject,
        name=client.name,
        kind=client.role,
        scopes=scopes_of(client.role),
        created_at=shown(client.created_at),
    )
