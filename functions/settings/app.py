"""Settings, locations, staff and app clients: what a program's owner configures."""

from typing import Any

from redflag.http.console import console, resolve
from redflag.http.routes import app_clients, locations, settings, staff

app = console()
for routes in (settings, locations, staff, app_clients):
    app.include_router(routes.router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
