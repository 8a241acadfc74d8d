"""Who is signed in, and what a program's owner configures: settings, locations, staff, app clients."""

from typing import Any

from redflag.http.notifications.routes import router as notifications
from redflag.http.programs.app_client_routes import router as app_clients
from redflag.http.programs.location_routes import router as locations
from redflag.http.programs.me_routes import router as me
from redflag.http.programs.settings_routes import router as settings
from redflag.http.programs.staff_routes import router as staff
from redflag.http.staff_resolver import console, resolve

app = console()
for router in (me, settings, notifications, locations, staff, app_clients):
    app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
