"""Addresses that Redflag gives to people."""

from urllib.parse import quote, urlencode


def member_url(console_url: str, member_id: str) -> str:
    """A member's page of the console."""
    return f"{console_url}/members/{quote(member_id, safe='')}"


def report_url(console_url: str) -> str:
    """The red flag report of the console."""
    return f"{console_url}/reports/red-flags"


def unsubscribe_url(api_url: str, program_id: str, token: str) -> str:
    """Where a recipient of notifications says that they want no more."""
    return f"{api_url}/v1/unsubscribe?{urlencode({'program_id': program_id, 'token': token})}"
