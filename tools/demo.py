"""`make demo`: real visits through the API, who was flagged by them, and what to try next.

The visits go through the HTTPS API as an import does. What is flagged in the end is held against
the same rules run offline over the same visits. A second run sends nothing twice.
"""

import asyncio
import os
import sys
from pathlib import Path

import httpx
from demo_calls import Calls, DemoError
from demo_results import compare, show, suggest
from demo_steps import find_record, notify_staff, prepare, send
from demo_visits import choose, invent_members, load
from rich.console import Console

from local_cloud.emulator import DIRECTORY, LocalCloudError
from local_cloud.stack import Stack
from redflag_cli.api import Api, NoAnswer, client_credentials, connect
from redflag_cli.import_client import PARALLEL, ImportClient, Refused


async def demo(directory: Path, console: Console) -> None:
    """Everything, from start to end."""
    stack = Stack.load(directory)
    with console.status("Reading The Complete Journey …"):
        baskets = choose(await asyncio.to_thread(load))
    people = invent_members(basket.household for basket in baskets)
    async with connect(stack.api_url, parallel=PARALLEL) as http:
        calls = _calls(stack, http)
        record = await find_record(calls, directory, baskets, people)
        visits = await prepare(calls, record, baskets, people, console)
        await send(calls, record, visits, console)
        flags = await compare(calls, record, visits, console)
        by_id = {record.members[member.external_id]: member for member in people}
        show(flags, by_id, console)
        await notify_staff(calls.owner, len(flags), console)
        console.out(await suggest(calls, flags, by_id), highlight=False)
        console.out(_way_in(stack), highlight=False)


def _way_in(stack: Stack) -> str:
    """Where the console is, and as whom to sign in."""
    manager = stack.users["manager"]
    return (
        f"\nThe console: {stack.console_url}\n"
        f"Sign in as {manager.username} with the password {manager.password}\n"
        "(every other login is in .local/stack.json)."
    )


def _calls(stack: Stack, http: httpx.AsyncClient) -> Calls:
    importer = stack.clients["importer"]
    fetch = client_credentials(
        http, stack.token_url, importer.client_id, importer.client_secret, *importer.scopes
    )
    return Calls(
        api_url=stack.api_url,
        program_id=stack.program_id,
        owner=Api(http, lambda: asyncio.to_thread(stack.token, "owner")),
        manager=Api(http, lambda: asyncio.to_thread(stack.token, "manager")),
        importer=ImportClient(Api(http, fetch), stack.program_id),
    )


def main() -> int:
    """Run the demo; what goes wrong is said in a sentence."""
    directory = Path(os.environ.get("REDFLAG_DIR", DIRECTORY))
    errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    # A pipe or a log has no width of its own: sentences stay on their lines.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    try:
        asyncio.run(demo(directory, console))
    except (DemoError, LocalCloudError, NoAnswer, Refused) as error:
        errors.print(str(error))
        return 1
    except KeyboardInterrupt:
        errors.print("Stopped. `make demo` goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
