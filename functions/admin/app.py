"""Members, flags, reports and the audit log: what staff look at and decide, and how members are enrolled."""

from typing import Any

from redflag.http.console import console, resolve
from redflag.http.routes.audit import router as audit
from redflag.http.routes.decisions import router as decisions
from redflag.http.routes.flags import router as flags
from redflag.http.routes.members import router as members
from redflag.http.routes.points import router as points
from redflag.http.routes.reports import router as reports

app = console()
for router in (members, decisions, points, flags, reports, audit):
    app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
