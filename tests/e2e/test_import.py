"""`redflag import` as people run it: members and their past, killed in the middle, and gone on with."""

import csv
import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from redflag.core.instants import format_instant, parse_instant
from redflag.core.settings import Settings
from redflag_cli.check_in_file import Row
from redflag_cli.import_access import NoAccess, find_access
from redflag_cli.replay import replay
from tests.e2e.world import DAY, HOUR, MINUTE, MONDAY, Program, World, text

SETTINGS: dict[str, Any] = {
    "rules": {
        "visit_frequency": {"mode": "on", "limit": 4},
        "consecutive_check_ins": {"mode": "on", "limit": 2},
        "back_to_back": {"mode": "on"},
    }
}
MEMBERS, VISITS, NOWHERE = 6, 80, 40
NOTES = "=1+1"


@dataclass(frozen=True)
class Import:
    """A folder with the two files, and how the command is given."""

    folder: Path
    program: Program
    phones: list[str]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Give the command."""
        stack = self.program.world.stack
        client = stack.clients["importer"]
        where = ["--program", self.program.program_id]
        where += ["--api-url", stack.api_url, "--token-url", stack.token_url]
        credentials = {"REDFLAG_CLIENT_ID": client.client_id, "REDFLAG_CLIENT_SECRET": client.client_secret}
        return subprocess.Popen(
            [sys.executable, "-m", "redflag_cli.main", "import", *arguments, *where],
            cwd=self.folder,
            env=os.environ | credentials,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """Give the command and wait for what it says."""
        with self.start(*arguments) as running:
            out, errors = running.communicate(timeout=120)
        assert (running.returncode, errors) == (0, "")
        return out

    def lines(self, name: str) -> list[dict[str, str]]:
        """The lines of a CSV in the folder."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def answered(self, name: str) -> int:
        """How many rows the progress of a file knows."""
        progress = self.folder / f"{name}.progress"
        return progress.read_bytes().count(b"\n") - 1 if progress.exists() else 0


@pytest.fixture
def work(world: World, tmp_path: Path) -> Import:
    return Import(tmp_path, world.program(SETTINGS), [world.new_phone() for _ in range(MEMBERS)])


def visits(program: Program) -> list[tuple[int, str, str]]:
    """Who came where and when: friends together, some again too soon, in no order."""
    chance, places = random.Random(11), (program.place, program.new_place())
    found = []
    for index in range(VISITS):
        day, hour = divmod(index // 2, 3)
        at = MONDAY + day * DAY + hour * HOUR + chance.randrange(12) * MINUTE
        member = (index % 2) + 2 * chance.randrange(MEMBERS // 2)
        found.append((member, chance.choice(places), text(at)))
    chance.shuffle(found)
    return found


def test_members_and_their_past_are_imported_once_whatever_ends_the_command(work: Import) -> None:
    world, program = work.program.world, work.program
    names = [world.new_name() for _ in work.phones]
    with (work.folder / "members.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["external_id", "phone", "name", "notes"])
        writer.writerows([f"c-{n}", work.phones[n], names[n], NOTES] for n in range(MEMBERS))
        writer.writerow(["c-x", "12", "Nobody", NOTES])
    told = work.run("members", "members.csv")
    assert told.startswith(f"{MEMBERS + 1} rows: {MEMBERS} enrolled, 1 invalid request.\n")
    (refused,) = work.lines("members.csv.refused.csv")
    assert (refused["line"], refused["code"], refused["notes"]) == (
        f"{MEMBERS + 2}",
        "invalid_request",
        "'=1+1",
    )
    ids = {line["external_id"]: line["member_id"] for line in work.lines("members.csv.enrolled.csv")}
    assert program.owner.get(f"/v1/members/{ids['c-3']}").json()["name"] == names[3]

    past = visits(program)
    with (work.folder / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["checked_in_at", "location_id", "external_id"])
        writer.writerows([at, place, f"c-{member}"] for member, place, at in past)
        writer.writerow(["yesterday", program.place, "c-0"])
        writer.writerows([text(MONDAY - number * MINUTE), "l_00000000", "c-0"] for number in range(NOWHERE))
    command = ("check-ins", "visits.csv", "--members", "members.csv.enrolled.csv")
    with work.start(*command) as running:
        deadline = time.monotonic() + 60
        # The first hundred are answered, the others are on their way.
        while work.answered("visits.csv") <= 1 and time.monotonic() < deadline:
            time.sleep(0.005)
        running.kill()
        running.communicate()
    assert running.returncode < 0
    assert 1 < work.answered("visits.csv") < VISITS + NOWHERE + 1
    told = work.run(*command)
    assert work.answered("visits.csv") == VISITS + NOWHERE + 1

    expected = replay(
        [Row(n, ids[f"c-{who}"], place, parse_instant(at)) for n, (who, place, at) in enumerate(past)],
        Settings.from_document(SETTINGS),
        {},
        ZoneInfo("America/New_York"),
    )
    outcomes = Counter({outcome.value: number for outcome, number in expected.outcomes.items()})
    assert outcomes["too_soon"] > 5
    codes = Counter(line["code"] for line in work.lines("visits.csv.refused.csv"))
    assert codes == {"too_soon": outcomes["too_soon"], "invalid_request": 1, "not_found": NOWHERE}
    assert told.startswith(f"{VISITS + NOWHERE + 1} rows: {outcomes['accepted']} accepted, ")
    found = program.owner.everything("/v1/flags")
    flags = {(flag["member_id"], flag["rule"], flag["raised_at"], flag["count"]) for flag in found}
    assert flags == {
        (flag.member_id, flag.rule, format_instant(flag.raised_at), flag.count) for flag in expected.flags
    }
    assert {flag["rule"] for flag in found} == set(SETTINGS["rules"])


def test_a_stack_says_itself_where_its_api_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("AWS_ENDPOINT_URL", world.stack.endpoint_url),
        ("AWS_REGION", world.stack.region),
        ("AWS_DEFAULT_REGION", world.stack.region),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("REDFLAG_CLIENT_ID", "importer"),
        ("REDFLAG_CLIENT_SECRET", "not told"),
    ):
        monkeypatch.setenv(name, value)
    access = find_access(world.stack.stack_name, None, None)
    assert world.stack.api_id in access.api_url
    assert access.token_url.endswith("/oauth2/token")
    assert "not told" not in repr(access)
    named = find_access(world.stack.stack_name, world.stack.api_url, world.stack.token_url)
    assert (named.api_url, named.token_url) == (world.stack.api_url, world.stack.token_url)
    with pytest.raises(NoAccess, match="AWS does not describe the stack redflag-nowhere"):
        find_access("redflag-nowhere", None, None)
