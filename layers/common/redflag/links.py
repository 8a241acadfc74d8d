"""Addresses of the console's pages, wherever they are shown: in answers, in files, in mails."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def member_url(console_url: str, member_id: str) -> str:
    """A member's own page. `console_url` is where the console is, such as `https://console.example.com`."""
    return f"{console_url.rstrip('/')}/members/{quote(member_id, safe='')}"


def report_url(console_url: str, filters: Mapping[str, str] | None = None) -> str:
    """The red flag report, with the filters of its route if there are any."""
    query = f"?{urlencode(filters)}" if filters else ""
    return f"{console_url.rstrip('/')}/reports/red-flags{query}"
