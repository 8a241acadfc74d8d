"""Addresses that Redflag gives to people, wherever they are shown: in answers, in files, in mails.

`console_url` is where the console is, such as `https://console.example.com`.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def member_url(console_url: str, member_id: str) -> str:
    """A member's own page of the console."""
    return f"{console_url.rstrip('/')}/members/{quote(member_id, safe='')}"


def report_url(console_url: str, filters: Mapping[str, str] | None = None) -> str:
    """The red flag report of the console, with the filters of its route if there are any."""
    query = f"?{urlencode(filters)}" if filters else ""
    return f"{console_url.rstrip('/')}/reports/red-flags{query}"


def unsubscribe_url(api_url: str, program_id: str, token: str) -> str:
    """The address at which a recipient of notifications unsubscribes."""
    return f"{api_url}/v1/unsubscribe?{urlencode({'program_id': program_id, 'token': token})}"
