"""The red flag report as a file: CSV that a spreadsheet reads right and runs nothing of."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs

import pytest

from redflag.core.instants import DAY, MINUTE, SECOND, format_instant
from redflag.http.flags import report_file
from redflag.service.flags import report
from redflag.store import flag_queue, flags
from tests.cloud.program import NOON, Shop
from tests.cloud.requests import Answer

REPORT = "GET /v1/reports/red-flags"
CSV = {"accept": "text/csv"}
OFF = {"mode": "off"}
PAIRS = {"mode": "on", "limit": 2, "max_gap_minutes": 10}
COMMAND = "=cmd|' /C calc'!A0"
CONSOLE = "http://localhost:5173"


def export(shop: Shop, by: str = "manager", **query: str) -> Answer:
    answer = shop.ask(REPORT, by=by, query=query, headers=CSV)
    assert answer.status == 200, answer.text
    return answer


def lines(answer: Answer) -> list[dict[str, str]]:
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), strict=True))


def by_hand(shop: Shop, count: int, **more: Any) -> None:
    for _ in range(count):
        shop.clock.now += MINUTE
        shop.of("POST flag", shop.enrol(**more), body={"reason": "Seen."})


def next_query(answer: Answer) -> dict[str, str] | None:
    link = answer.headers.get("link")
    if link is None:
        return None
    found = re.fullmatch(r'<\?(\S+)>; rel="next"', link)
    assert found is not None, link
    return {name: value for name, (value,) in parse_qs(found[1], strict_parsing=True).items()}


def test_a_file_says_what_it_is_and_is_kept_nowhere(shop: Shop) -> None:
    answer = export(shop)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="red-flags-2060-03-15.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert "link" not in answer.headers
    assert answer.text == "\ufeff" + ",".join(report_file.COLUMNS) + "\r\n"


def test_a_flag_is_one_line_and_a_pair_one_for_each_line_of_b_check_ins(shop: Shop) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(name="Zoë, the Quince"), shop.enrol()
    for day, gap in ((3, 120 * SECOND), (2, 90 * SECOND)):
        shop.check_in(ana, NOON - day * DAY)
        shop.check_in(ben, NOON - day * DAY + gap)
    shop.check_in(ben, NOON - DAY)
    shop.check_in(ana, NOON - DAY)
    shop.of("POST flag", shop.enrol(), body={"reason": 'Saw "it", twice.'})
    by_staff, *of_pairs = lines(export(shop))
    assert [len(line) for line in (by_staff, *of_pairs)] == [31] * 5
    assert (by_staff["rule"], by_staff["evidence"]) == ("manual", 'Flagged by staff: Saw "it", twice.')
    assert {value for name, value in by_staff.items() if name.startswith(("b_", "first_"))} == {""}
    assert {line["member_name"] for line in of_pairs} == {"Zoë, the Quince", "Yorick Pemberly"}
    flag = next(line for line in of_pairs if line["member_id"] == ana.member_id)
    assert flag == {
        "flag_id": shop.flags(ana)[0].flag_id,
        "rule": "back_to_back",
        "status": "open",
        "member_id": ana.member_id,
        "member_name": "Zoë, the Quince",
        "member_url": f"{CONSOLE}/members/{ana.member_id}",
        "raised_at": format_instant(NOON - 2 * DAY + 90 * SECOND),
        "recorded_at": format_instant(NOON),
        "last_triggered_at": format_instant(NOON - DAY),
        "count": "2",
        "location_id": shop.counter,
        "location_name": "A place",
        "evidence": shop.flags(ana)[0].sentence,
        "value": "2",
        "limit": "2",
        "first_member_id": ana.member_id,
        "first_member_name": "Zoë, the Quince",
        "first_member_url": f"{CONSOLE}/members/{ana.member_id}",
        "b_member_id": ben.member_id,
        "b_member_name": "Yorick Pemberly",
        "b_member_url": f"{CONSOLE}/members/{ben.member_id}",
        "b_location_id": shop.counter,
        "b_location_name": "A place",
        "b_cell": "",
        "b_times": "2",
        "b_shortest_gap_seconds": "90.0",
        "b_longest_gap_seconds": "120.0",
        "b_last_at": format_instant(NOON - 2 * DAY + 90 * SECOND),
        "decided_at": "",
        "decided_by": "",
        "reason": "",
    }
    assert [(line["first_member_id"], line["b_member_id"], line["b_times"]) for line in of_pairs[:2]] == [
        (ana.member_id, ben.member_id, "2"),
        (ben.member_id, ana.member_id, "1"),
    ]


@pytest.mark.parametrize("name", [COMMAND, "+1", "-1", "@SUM(A1)", "＝1+1", "\u00a0=1", "\u200b=1"])
def test_what_a_spreadsheet_would_run_is_text(shop: Shop, name: str) -> None:
    by_hand(shop, 1, name=name)
    shop.of("POST verify", shop.enrolled[0], body={"reason": COMMAND})
    (line,) = lines(export(shop))
    stored = shop.of("GET", shop.enrolled[0]).body["name"]
    assert line["member_name"] in (f"'{stored}", f"'{name}")
    assert line["reason"] == f"'{COMMAND}"


def test_filters_hold_for_files_and_are_kept_in_the_audit_log(shop: Shop) -> None:
    by_hand(shop, 3)
    shop.of("POST verify", shop.enrolled[1], body={"reason": "Known."})
    query = {"status": "open", "rule": "manual", "from": "2060-03-15T12:01:00+00:00"}
    found = lines(export(shop, by="manager", **query))
    assert [line["member_id"] for line in found] == [
        shop.enrolled[2].member_id,
        shop.enrolled[0].member_id,
    ]
    entry = shop.audit()[-1]
    assert (entry["action"], entry["by"]) == ("export_report", shop.subject("manager"))
    assert entry["subject"] == "red-flags"
    assert json.loads(entry["after"]) == {
        "filters": {"status": "open", "rule": "manual", "from": "2060-03-15T12:01:00.000Z"},
        "lines": 2,
    }


@pytest.mark.parametrize("role", ["viewer", "staff"])
def test_a_file_needs_the_right_to_export(shop: Shop, role: str) -> None:
    answer = shop.ask(REPORT, by=role, headers=CSV)
    assert (answer.status, answer.code) == (403, "forbidden")
    assert shop.audit() == []
    assert shop.ask(REPORT, by=role).status == 200
    assert shop.audit() == []


@pytest.mark.parametrize("role", ["manager", "owner"])
def test_those_who_may_export_get_a_file(shop: Shop, role: str) -> None:
    assert export(shop, by=role).headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "text/html",
        "image/png, */*;q=0.1",
        "text/csv;q=0",
        "nonsense;;q",
        "text/csv;q=0.5, */*",
    ],
)
def test_whatever_else_is_accepted_is_answered_with_json(shop: Shop, accept: str) -> None:
    answer = shop.ask(REPORT, headers={"accept": accept})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.body == {"items": [], "next_cursor": None}


# ---------------------------------------------------------------- more than one file holds


def whole(shop: Shop, **query: str) -> list[list[dict[str, str]]]:
    """File after file, as their links lead."""
    found: list[list[dict[str, str]]] = []
    following: dict[str, str] | None = query
    while following is not None:
        assert len(found) < 20
        answer = export(shop, **following)
        found.append(lines(answer))
        following = next_query(answer)
        assert following is None or {k: v for k, v in following.items() if k != "cursor"} == query
    return found


@pytest.mark.parametrize(("most", "files"), [(1, [1, 1, 1, 1, 1]), (2, [2, 2, 1]), (5, [5]), (6, [5])])
def test_a_full_file_names_the_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, most: int, files: list[int]
) -> None:
    by_hand(shop, 5)
    monkeypatch.setattr(report_file, "MOST_LINES", most)
    found = whole(shop, rule="manual")
    assert [len(each) for each in found] == files
    assert [line["member_id"] for each in found for line in each] == [
        member.member_id for member in reversed(shop.enrolled)
    ]


def test_a_file_goes_on_through_pages(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(shop, 5)
    monkeypatch.setattr(report, "_ROWS", 2)
    assert [len(each) for each in whole(shop, status="open")] == [5]


def test_a_file_that_takes_long_goes_on_in_the_next(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(shop, 5)
    monkeypatch.setattr(report, "_ROWS", 2)
    monkeypatch.setattr(report, "_LONGEST", -1)
    found = whole(shop)
    assert [len(each) for each in found] == [2, 2, 1]
    assert len({line["flag_id"] for each in found for line in each}) == 5


def test_a_file_has_no_more_bytes_than_a_function_may_answer(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(shop, 4, name="Zelda Quince")
    line = len(json.dumps(export(shop).text.splitlines(keepends=True)[1]))
    monkeypatch.setattr(report_file, "MOST_BYTES", 2 * line)
    assert [len(each) for each in whole(shop)] == [2, 2]


def test_the_lines_of_one_flag_stay_together(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.configure(visit_frequency=OFF, back_to_back=PAIRS)
    ana, ben = shop.enrol(), shop.enrol()
    for days in (3, 2):
        for minutes, member in enumerate((ana, ben)):
            shop.check_in(member, NOON - days * DAY + minutes * MINUTE)
    shop.check_in(ben, NOON - DAY)
    shop.check_in(ana, NOON - DAY + MINUTE)
    monkeypatch.setattr(report_file, "MOST_LINES", 3)
    assert [len({line["flag_id"] for line in each}) for each in whole(shop)] == [1, 1]
    monkeypatch.setattr(report_file, "MOST_LINES", 1)
    assert [len(each) for each in whole(shop)] == [2, 2]


def test_a_search_among_too_many_flags_goes_on_in_the_next_file(shop: Shop) -> None:
    by_hand(shop, 4)
    original = shop.database.client.query
    with (
        patch.object(flag_queue, "_PAGES_READ", 1),
        patch.object(
            shop.database.client,
            "query",
            lambda **request: original(**request | ({"Limit": 1} if "IndexName" in request else {})),
        ),
    ):
        found = whole(shop, location_id=shop.annex)
        assert [line for each in found for line in each] == []
        assert len(found) > 3
        members = [line["member_id"] for each in whole(shop, rule="manual") for line in each]
    assert members == [member.member_id for member in reversed(shop.enrolled)]


def test_a_flag_as_large_as_flags_get_is_one_line(shop: Shop) -> None:
    by_hand(shop, 1)
    (flag,) = shop.flags(shop.enrolled[0])
    large = replace(flag, sentence="=" + "x" * 2000, reason="\n" * 1000, count=flag.count)
    shop.database.commit([flags.save(shop.database, shop.program_id, large, flag)])
    (line,) = lines(export(shop))
    assert line["evidence"] == "'=" + "x" * 2000
    assert line["reason"] == "'" + "\n" * 1000
