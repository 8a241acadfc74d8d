"""Members, flags, reports and the audit log: what staff read and decide, and how members are enrolled."""

from typing import Any

from redflag.http.audit.routes import router as audit
from redflag.http.flags.report_routes import router as reports
from redflag.http.flags.routes import router as flags
from redflag.http.members.decision_routes import router as decisions
from redflag.http.members.point_edit_routes import router as points
from redflag.http.members.routes import router as members
from redflag.http.staff_resolver import console, resolve

app = console()
for router in (members, decisions, points, flags, reports, audit):
    app.include_router(router)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Lambda's entry."""
    return resolve(app, event, context)
