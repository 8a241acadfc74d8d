"""Members with something to decide about, and colleagues who decide."""

from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page, expect

from local_cloud.stack import User
from tests.e2e.world import DAY, HOUR, Member, Program, now

TWICE: dict[str, Any] = {"rules": {"visit_frequency": {"mode": "on", "limit": 2}}}
"""Settings by which the second check-in raises a flag."""


def flagged(program: Program, visits: int = 2) -> tuple[Member, str]:
    """A member with an open flag, from as many visits as the program's rule wants, and their name."""
    name = program.world.new_name()
    member = program.enrol(name=name)
    first = now() - visits * DAY - HOUR
    member.visits(*(first + day * DAY for day in range(visits)))
    return member, name


@cache
def colleague(program: Program, role: str) -> User:
    """Somebody for the console of a program, the same for all tests."""
    return program.new_user(role)


def searched(page: Page, name: str) -> Locator:
    """The row of a member in the list of members, once it is the only one that matches.

    The number of matches is that of the list that is shown, and is missing while another one is loading.
    """
    search = page.get_by_label("Find members")
    search.fill(name)
    search.press("Enter")
    expect(page.get_by_role("group", name=name)).to_be_visible()
    expect(page.get_by_text("1 match", exact=True).first).to_be_visible()
    return page.get_by_role("row", name=name)
