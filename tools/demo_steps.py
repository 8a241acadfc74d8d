"""The demo's steps up to the last check-in: settings, stores, members, visits.

Every step looks at what an earlier run has done, and does the rest.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from demo_calls import Calls, DemoError, expect, pages
from demo_record import Record
from demo_visits import TIME_ZONE, Basket, moved, weeks_until
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from redflag.core.instants import format_instant
from redflag.core.settings import Settings
from redflag_cli.api import Api
from redflag_cli.import_client import Enrolled, NewMember
from redflag_cli.order import Visit

CONTACT_US = {"phone": "+1 202 555 0100", "email": "help@example.com", "url": "https://example.com/help"}
"""What a blocked member is shown, unless the program has details of its own."""

MANAGER = "manager@example.com"
"""Who gets mails about the flags."""

_NOTICES_PATIENCE = 60
"""Seconds until the flags of weeks wait for their mail, which come within two minutes here."""

RULES = ("visit_frequency", "consecutive_check_ins", "back_to_back")


async def find_record(
    calls: Calls, directory: Path, baskets: Sequence[Basket], people: Sequence[NewMember]
) -> Record:
    """The record of the last run if it is of this program as it now is; else a new one."""
    record = Record.load(directory)
    if record is not None and record.program_id == calls.program_id:
        known = next(iter(record.locations.values()), None)
        if known is None or (await calls.owner.call("GET", f"/v1/locations/{known}")).is_success:
            return record
    known_by = {"query": people[0].phone}
    found = expect(await calls.owner.call("GET", "/v1/members", params=known_by), "Looking for members")
    if found.json()["items"]:
        raise DemoError(
            "This program has members of an earlier demo, but the record of what was sent is gone from "
            f"{directory}. Begin anew: `make reset`, then `make demo`."
        )
    now = time.time_ns() // 1_000_000
    return Record.begin(directory, calls.program_id, weeks_until(now, baskets))


async def prepare(
    calls: Calls,
    record: Record,
    baskets: Sequence[Basket],
    people: Sequence[NewMember],
    console: Console,
) -> list[Visit]:
    """Make ready what the visits need, and put them in the API's terms."""
    try:
        if not record.settings:
            record.settings = await _turn_rules_on(calls.owner)
        await _create_locations(calls.owner, record, sorted({basket.store for basket in baskets}, key=int))
        await _enrol(calls, record, people, console)
    finally:
        record.save()
    return [
        Visit(
            key=f"basket-{basket.basket}",
            member_id=record.members[basket.household],
            location_id=record.locations[basket.store],
            at=moved(basket.at, record.weeks_moved),
        )
        for basket in baskets
    ]


async def send(calls: Calls, record: Record, visits: Sequence[Visit], console: Console) -> None:
    """Send the visits that were not answered in an earlier run."""
    known = record.answers()
    left = [visit for visit in visits if visit.key not in known]
    period = f"{format_instant(visits[0].at)[:10]} to {format_instant(visits[-1].at)[:10]}"
    console.print(
        f"{len(visits):,} visits of {len(record.members):,} members at {len(record.locations)} stores, "
        f"{period} (The Complete Journey, moved by {record.weeks_moved} weeks)."
    )
    if not left:
        console.print("All of them were sent in an earlier run; nothing is sent twice.")
        return
    if known:
        console.print(f"{len(known):,} of them were sent in an earlier run; the others follow.")
    started = time.monotonic()
    with record.open_answers() as answers, _progress(console, "Checking in", len(left)) as advance:

        def answered(visit: Visit, outcome: str) -> None:
            answers.write(f"{visit.key},{outcome}\n")
            advance()

        outcomes = Counter(known.values()) + await calls.importer.check_in(left, answered)
    seconds = time.monotonic() - started
    total = ", ".join(f"{number:,} {outcome.replace('_', ' ')}" for outcome, number in outcomes.most_common())
    console.print(f"{total}. {seconds:.0f} s, {len(left) / seconds:.0f} check-ins a second.")


async def _turn_rules_on(owner: Api) -> dict[str, Any]:
    current = expect(await owner.call("GET", "/v1/settings"), "Reading the settings")
    known = Settings().to_document()
    document = {name: value for name, value in current.json().items() if name in known}
    for rule in RULES:
        document["rules"][rule]["mode"] = "on"
    if not any(document["contact_us"].values()):
        document["contact_us"] = CONTACT_US
    headers = {"If-Match": current.headers["ETag"]}
    expect(
        await owner.call("PUT", "/v1/settings", body=document, headers=headers, repeatable=False),
        "Saving the settings",
    )
    return document


async def notify_staff(owner: Api, flags: int, console: Console) -> None:
    """Have the flags mailed to the manager in one mail, unless somebody has set notifications up already."""
    current = expect(await owner.call("GET", "/v1/settings"), "Reading the settings")
    document = current.json()
    if not document["notifications"]["recipients"]:
        with console.status("Naming a recipient of notifications …"):
            await _all_noted(owner, flags)
        document["notifications"] |= {"frequency": "every_flag", "recipients": [MANAGER]}
        headers = {"If-Match": current.headers["ETag"]}
        expect(
            await owner.call("PUT", "/v1/settings", body=document, headers=headers, repeatable=False),
            "Saving the settings",
        )
    recipients = ", ".join(document["notifications"]["recipients"])
    console.print(f"{recipients} gets a mail within a minute: `make mail` opens the outbox.")


async def _all_noted(owner: Api, flags: int) -> None:
    """Wait until every flag waits for its mail: what comes later is in mails of its own."""
    deadline = time.monotonic() + _NOTICES_PATIENCE
    while time.monotonic() < deadline:
        state = expect(await owner.call("GET", "/v1/notifications"), "Reading the notifications").json()
        if state["waiting"] >= flags:
            return
        await asyncio.sleep(1)


async def _create_locations(owner: Api, record: Record, stores: Sequence[str]) -> None:
    names = {f"Store {store}": store for store in stores if store not in record.locations}
    if not names:
        return
    # A run that was broken off may have created some and not written it down.
    async for location in pages(owner, "/v1/locations"):
        if location["name"] in names:
            record.locations[names.pop(location["name"])] = location["location_id"]
    for name, store in names.items():
        body = {"name": name, "time_zone": TIME_ZONE}
        created = await owner.call("POST", "/v1/locations", body=body, repeatable=False)
        record.locations[store] = expect(created, f"Creating {name}").json()["location_id"]


async def _enrol(calls: Calls, record: Record, people: Sequence[NewMember], console: Console) -> None:
    missing = [member for member in people if member.external_id not in record.members]
    if not missing:
        return
    with _progress(console, "Enrolling members", len(missing)) as advance:

        def enrolled(member: NewMember, known: Enrolled) -> None:
            record.members[member.external_id] = known.member_id
            advance()

        await calls.importer.enrol(missing, enrolled)


@contextmanager
def _progress(console: Console, description: str, total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(description, total=total)
        yield lambda: progress.advance(task)
