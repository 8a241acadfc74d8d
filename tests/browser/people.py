"""Members with something to decide about, and colleagues who decide."""

from functools import cache

from playwright.sync_api import Locator, Page, expect

from local_cloud.stack import User
from tests.e2e.world import DAY, HOUR, Member, Program, now


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
    """The row of a member in the list of members, once it is the only one there is."""
    page.get_by_placeholder("Name, phone number").fill(name)
    page.wait_for_url("**/members?*query=*")
    expect(page.get_by_role("table", name="Members").get_by_role("row")).to_have_count(2)
    return page.get_by_role("row", name=name)
