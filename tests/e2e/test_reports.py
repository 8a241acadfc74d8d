"""Reports: flags raised over HTTP are shown, counted, decided on, counted otherwise, and exported."""

import csv
import io
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from local_cloud.emulator import aws_environment
from tests.e2e.world import DAY, MINUTE, MONDAY, Member, Program, World, code, eventually, now, text

REPORT, SUMMARY = "/v1/reports/red-flags", "/v1/reports/summary"
RULE = "back_to_back"
PAIRS = {
    "check_in": {"cooldown_minutes": 0},
    "rules": {"visit_frequency": {"mode": "off"}, RULE: {"mode": "on", "limit": 2}},
}
COMMAND = "=cmd|' /C calc'!A0"
CSV = {"Accept": "text/csv"}
WITHIN = timedelta(seconds=20)


@pytest.fixture
def program(world: World) -> Program:
    """A program of its own: its numbers are those of one test."""
    return world.program(PAIRS)


def pair(program: Program, **fields: Any) -> tuple[Member, Member]:
    """Two members, of whom one follows the other on two days, and once the other way round."""
    a, b = program.enrol(**fields), program.enrol()
    for day, gap in ((MONDAY, 2 * MINUTE), (MONDAY + DAY, MINUTE)):
        a.visits(day)
        b.visits(day + gap)
    b.visits(MONDAY + 2 * DAY)
    a.visits(MONDAY + 2 * DAY + 5 * MINUTE)
    return a, b


def rows(program: Program, **query: Any) -> list[dict[str, Any]]:
    return program.owner.everything(REPORT, **query)


def outcomes(program: Program, **wanted: int) -> dict[str, Any]:
    """The summary of the week, once its flags stand as wanted."""

    def look() -> dict[str, Any]:
        answer = program.owner.get(SUMMARY, from_="2025-02-01", to="2025-02-28")
        found: dict[str, Any] = answer.json()
        return found

    expected = dict.fromkeys(("open", "confirmed", "verified", "resolved", "overturned"), 0) | wanted
    seen = eventually(look, wanted=lambda found: found["by_outcome"] == expected, within=WITHIN)
    assert seen["by_outcome"] == expected
    return seen


def lines(program: Program, **query: str) -> list[dict[str, str]]:
    """The report as a file."""
    answer = program.owner.request("GET", REPORT, params=query, headers=CSV)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="red-flags-')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), strict=True))


def test_the_rows_of_a_pair_name_both_and_link_both_ways(program: Program) -> None:
    a, b = pair(program)
    found = {row["member"]["member_id"]: row for row in rows(program, rule=RULE, status="open")}
    assert set(found) == {a.member_id, b.member_id}
    of_a, of_b = found[a.member_id], found[b.member_id]
    assert of_a["b_check_ins"] == of_b["b_check_ins"]
    most, least = of_a["b_check_ins"]
    assert of_a["first_member"] == of_b["first_member"] == most["first_member"]
    assert (most["times"], most["shortest_gap_seconds"], most["longest_gap_seconds"]) == (2, 60, 120)
    assert (least["times"], least["last_at"]) == (1, text(MONDAY + 2 * DAY + 5 * MINUTE))
    assert most["location"] == {"location_id": program.place, "name": "A place"}
    for who, member in ((most["first_member"], a), (most["member"], b), (least["member"], a)):
        assert who["member_id"] == member.member_id
        assert who["name"] == member.profile()["name"]
        assert who["flag_id"] == found[member.member_id]["flag_id"] == member.flag_of(RULE)["flag_id"]
        assert who["url"] == f"{program.world.stack.console_url}/members/{member.member_id}"


def test_the_numbers_follow_what_staff_decide(program: Program) -> None:
    a, b = pair(program)
    raised = outcomes(program, open=2)
    assert raised["by_day"]["2025-02-04"][RULE] == raised["by_rule"][RULE] == 2
    assert raised["by_location"] == [{"location_id": program.place, "name": "A place", "flags": 2}]
    assert (raised["open"]["flags"], raised["open"]["ages"]["under_1_day"]) == (2, 2)
    assert raised["precision"][RULE]["confirmed_share"] is None

    assert code(a.act("block")) == code(b.act("verify")) == "ok"
    decided = outcomes(program, confirmed=1, verified=1)
    assert (decided["by_rule"], decided["by_day"]) == (raised["by_rule"], raised["by_day"])
    assert decided["open"]["flags"] == 0
    assert decided["precision"][RULE]["confirmed_share"] == 0.5

    assert code(a.act("unblock")) == "ok"
    taken_back = outcomes(program, overturned=1, verified=1)["precision"][RULE]
    assert (taken_back["confirmed_share"], taken_back["taken_back_share"]) == (0, 1)

    assert program.owner.delete(b.path, reason="They asked.").status_code == 204
    assert outcomes(program, overturned=1)["by_rule"][RULE] == 1
    (row,) = rows(program)
    assert {who["name"] is None for who in (row["first_member"], row["b_check_ins"][0]["member"])} == {
        True,
        False,
    }


def test_the_report_is_exported_for_a_spreadsheet_that_runs_nothing(program: Program) -> None:
    a, b = pair(program, name=COMMAND)
    found = lines(program, rule=RULE)
    assert [line["member_id"] for line in found].count(a.member_id) == 2
    assert len(found) == 4
    named = {line["member_id"]: line["member_name"] for line in found}
    assert named == {a.member_id: f"'{COMMAND}", b.member_id: b.profile()["name"]}
    first = found[0]
    assert (first["first_member_id"], first["b_member_id"]) == (a.member_id, b.member_id)
    assert first["b_member_url"] == f"{program.world.stack.console_url}/members/{b.member_id}"
    assert (first["b_location_name"], first["b_times"]) == ("A place", "2")
    assert program.logged_about("red-flags") == ["export_report"]
    assert lines(program, status="verified") == []
    viewer = program.new_person("viewer")
    assert code(viewer.request("GET", REPORT, headers=CSV)) == "forbidden"
    assert code(viewer.get(REPORT)) == "ok"


def recount(program: Program, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command as whoever looks after the stack does."""
    stack = program.world.stack
    command = [sys.executable, "-m", "redflag_cli.main", "report", "recount", "--stack", stack.stack_name]
    return subprocess.run(
        [*command, "--program", program.program_id, *options],
        env={**os.environ, **aws_environment(stack.endpoint_url)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_numbers_that_no_flag_explains_are_found_and_mended_by_the_command(program: Program) -> None:
    assert code(program.enrol().act("flag")) == "ok"
    day = f"{now():%Y-%m-%d}"
    eventually(lambda: program.owner.get(SUMMARY).json()["by_rule"]["manual"], wanted=bool, within=WITHIN)
    program.world.dynamodb.put_item(
        TableName=program.world.stack.tables["history"],
        Item={
            "pk": {"S": f"{program.program_id}#counts"},
            "sk": {"S": f"D#{day}#{program.place}"},
            "ba_open": {"N": "7"},
        },
    )
    assert program.owner.get(SUMMARY).json()["by_rule"][RULE] == 7
    told = f"{program.program_id}\t{day}\t{program.place}\t{RULE}\topen\t7\t0"
    for options, status in (((), 1), (("--fix",), 0)):
        done = recount(program, *options)
        assert (done.returncode, done.stdout.splitlines()[1:]) == (status, [told]), done.stderr
    by_rule = program.owner.get(SUMMARY).json()["by_rule"]
    assert {rule: number for rule, number in by_rule.items() if number} == {"manual": 1}
    assert recount(program).returncode == 0


def test_pages_go_from_the_newest_to_the_oldest(program: Program) -> None:
    for _ in range(3):
        assert code(program.enrol().act("flag")) == "ok"
    raised = [row["raised_at"] for row in rows(program, limit=1)]
    assert len(raised) == 3
    assert raised == sorted(raised, reverse=True)
    assert rows(program, from_=raised[0], to=raised[0]) == []
    assert len(rows(program, from_=raised[1], status="open", rule="manual")) == 2
