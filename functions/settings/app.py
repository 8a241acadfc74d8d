"""Who is signed in, and what a program's owner configures: settings, locations, staff, app clients."""

from typing import Any

from redflag.http.console import console, resolve
from redflag.http.routes.app_clients import router as app_clients
from redflag.http.routes.locations import router as locations
from redflag.http.routes.me import router as me
from redflag.http.routes.notifications import router as notifications
from redflag.http.routes.settings import router as settings
from redflag.http.routes.staff import router as staff

app = console()
for router in (me, settings, notifications, locations, staff, app_clients):
    app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
