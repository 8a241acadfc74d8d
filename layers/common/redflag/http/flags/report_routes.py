"""The red flag report, on a page or as a file, and the summary for charts."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Depends, Request, Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator

from redflag import wiring
from redflag.core.flags import FlagStatus
from redflag.core.instants import Instant, format_instant, parse_instant
from redflag.core.roles import Permission
from redflag.http import cursors, fields
from redflag.http.flags.media_types import prefers_csv
from redflag.http.flags.report_file import write
from redflag.http.flags.report_schemas import RedFlagView, rows_of
from redflag.http.flags.routes import From, To
from redflag.http.flags.summary_schemas import SummaryView
from redflag.http.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from redflag.http.staff_resolver import Calling, allowed, new_router
from redflag.http.vocabulary import Rule
from redflag.service.authorization import permit
from redflag.service.flags import report, summary
from redflag.service.flags.report import ReportQuery
from redflag.store.principals import Principal

router = new_router()

Reader = Annotated[Principal, allowed(Permission.READ)]
_LISTING = "red-flags"


def _wants_csv(request: Request) -> bool:
    return prefers_csv(request.headers.get("accept"))


AsFile = Annotated[bool, Depends(_wants_csv)]
"""A parameter: whether the caller prefers a file to JSON."""

_IS_DAY = AfterValidator(lambda text: text and fields.calendar_date(text))


@router.get("/v1/reports/red-flags", tags=["Reports"])
def list_red_flags(
    principal: Reader,
    caller: Calling,
    *,
    as_file: AsFile,
    rule: Annotated[Rule | None, Query()] = None,
    status: Annotated[FlagStatus | None, Query()] = None,
    location_id: Annotated[str | None, Query(max_length=64)] = None,
    from_: From = None,
    to: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[Page[RedFlagView] | str]:
    """Flags for managers, newest first: from `from` on, before `to`. A file with `Accept: text/csv`."""
    program_id = principal.program_id
    query = ReportQuery(rule, status, location_id, _instant(from_), _instant(to))
    if as_file:
        return _file(permit(caller, Permission.EXPORT), query, cursor)
    after = cursors.read(cursor, program_id, _LISTING)
    page = report.page(program_id, query, after=after, limit=limit)
    shown: Page[RedFlagView] | str = Page(
        items=rows_of(page, wiring.console_url()),
        next_cursor=cursors.issue(page.more, program_id, _LISTING),
    )
    return Response(status_code=HTTPStatus.OK.value, content_type="application/json", body=shown)


def _file(principal: Principal, query: ReportQuery, cursor: str | None) -> Response[Any]:
    program_id, now = principal.program_id, wiring.now()
    pages = report.pages(program_id, query, after=cursors.read(cursor, program_id, _LISTING))
    file = write(pages, wiring.console_url())
    report.log_export(program_id, query, lines=file.lines, by=principal.subject, now=now)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="red-flags-{format_instant(now)[:10]}.csv"',
    }
    more = cursors.issue(file.more, program_id, _LISTING)
    if more is not None:
        headers["Link"] = f'<?{urlencode(query.filters | {"cursor": more})}>; rel="next"'
    return Response(
        status_code=HTTPStatus.OK.value,
        content_type="text/csv; charset=utf-8",
        body=file.text,
        headers=headers,
    )


@router.get("/v1/reports/summary", tags=["Reports"])
def get_summary(
    principal: Reader,
    *,
    from_: Annotated[str | None, Query(alias="from"), _IS_DAY] = None,
    to: Annotated[str | None, Query(), _IS_DAY] = None,
) -> SummaryView:
    """Numbers for charts: the flags raised from one day to another, both included, and what waits."""
    program_id, now = principal.program_id, wiring.now()
    span = summary.span_of(program_id, _date(from_), _date(to), now=now)
    return SummaryView.of(summary.gather(program_id, span, now=now))


def _instant(text: str | None) -> Instant | None:
    return parse_instant(text) if text else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
