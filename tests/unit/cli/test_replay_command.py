"""`redflag replay` on small files: what it prints, what it writes, and what it refuses."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from redflag_cli.main import app

HEADER = "member_id,location_id,checked_in_at"
RULES = {
    "visit_frequency": {"mode": "on", "limit": 2, "window_days": 1},
    "consecutive_check_ins": {"mode": "shadow", "limit": 2},
    "back_to_back": {"mode": "on", "limit": 2, "max_gap_minutes": 10},
}
VISITS = (
    f"{HEADER}\n"
    "anna,center,2027-03-01T09:00:00Z\n"
    "ben,center,2027-03-01T09:05:00Z\n"
    "anna,center,2027-03-01T09:30:00Z\n"
    "anna,center,2027-03-01T10:30:00Z\n"
    "ben,center,2027-03-01T10:31:00+00:00\n"
)

type Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a replay in an empty folder that holds the files given by name."""
    monkeypatch.chdir(tmp_path)

    def runner(check_ins: str = VISITS, settings: Any = None, *options: str, **files: str) -> Result:
        Path("visits.csv").write_text(check_ins, encoding="utf-8")
        text = settings if isinstance(settings, str) else json.dumps(settings or {"rules": RULES})
        Path("settings.json").write_text(text, encoding="utf-8")
        for name, content in files.items():
            Path(name.replace("__", ".")).write_text(content, encoding="utf-8")
        arguments = ["replay", "visits.csv", "--settings", "settings.json", *options]
        return CliRunner().invoke(app, arguments)

    return runner


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def flags(result: Result) -> list[tuple[str, str, int]]:
    assert result.exit_code == 0, result.output
    return [(f["member_id"], f["rule"], f["count"]) for f in json.loads(result.stdout)["flags"]]


def visits(times: Iterable[str], member: str = "anna", location: str = "center") -> str:
    return "\n".join([HEADER, *(f"{member},{location},{time}" for time in times)]) + "\n"


def test_the_table_names_member_rule_evidence_and_outcomes(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "anna" in result.stdout
    assert "2 check-ins in 1 day; limit 2" in result.stdout
    assert "5 check-ins of 2 members at 1 location: 4 accepted, 1 too soon." in result.stdout
    assert "2 members flagged, 4 flags." in result.stdout
    assert result.stderr == ""


def test_json_holds_every_flag_with_its_evidence_and_the_summary(run: Run) -> None:
    result = run(VISITS, None, "--format", "json")
    document = json.loads(result.stdout)
    assert flags(result) == [
        ("anna", "visit_frequency", 1),
        ("ben", "visit_frequency", 1),
        ("anna", "back_to_back", 1),
        ("ben", "back_to_back", 1),
    ]
    frequency = document["flags"][0]
    assert frequency["raised_at"] == "2027-03-01T10:30:00.000Z"
    assert frequency["location_id"] == "center"
    assert frequency["evidence"]["sentence"] == "2 check-ins in 1 day; limit 2"
    assert [o["check_in_id"] for o in frequency["evidence"]["occurrences"]] == ["c_5", "c_2"]
    pair = document["flags"][2]["evidence"]["occurrences"][0]
    assert (pair["first_member_id"], pair["second_member_id"]) == ("anna", "ben")
    assert document["summary"]["outcomes"] == {
        "accepted": 4,
        "account_blocked": 0,
        "outside_business_hours": 0,
        "too_soon": 1,
    }
    assert document["summary"]["rules"]["consecutive_check_ins"] == {
        "mode": "shadow",
        "flags": 0,
        "triggers": 0,
        "shadow_findings": 2,
        "shadow_members": 2,
    }


def test_csv_has_one_line_a_flag_and_tells_the_summary_apart_from_it(run: Run) -> None:
    result = run(VISITS, None, "--format", "csv")
    assert [(line["member_id"], line["rule"], line["count"]) for line in lines(result.stdout)] == [
        ("anna", "visit_frequency", "1"),
        ("ben", "visit_frequency", "1"),
        ("anna", "back_to_back", "1"),
        ("ben", "back_to_back", "1"),
    ]
    assert lines(result.stdout)[0]["sentence"] == "2 check-ins in 1 day; limit 2"
    assert "4 accepted, 1 too soon" in result.stderr


@pytest.mark.parametrize("written", ["table", "json", "csv"])
def test_output_writes_the_file_and_nothing_on_standard_output(run: Run, written: str) -> None:
    shown = run(VISITS, None, "--format", written).stdout
    result = run(VISITS, None, "--format", written, "--output", "flags.out")
    assert result.stdout == ""
    assert Path("flags.out").read_text(encoding="utf-8") == shown
    assert "2 members flagged, 4 flags." in result.stderr


def test_a_packed_file_gives_the_same_as_the_plain_one(run: Run) -> None:
    plain = run(VISITS, None, "--format", "json").stdout
    Path("visits.csv.gz").write_bytes(gzip.compress(VISITS.encode()))
    arguments = ["replay", "visits.csv.gz", "--settings", "settings.json", "--format", "json"]
    assert CliRunner().invoke(app, arguments).stdout == plain


def test_rows_count_in_order_of_time_whatever_their_order_in_the_file(run: Run) -> None:
    header, *rows = VISITS.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    expected = flags(run(VISITS, None, "--format", "json"))
    assert flags(run(turned, None, "--format", "json")) == expected


def test_rows_of_the_same_instant_count_in_order_of_the_file(run: Run) -> None:
    same = f"{HEADER}\nben,center,2027-03-01T09:00:00Z\nanna,center,2027-03-01T09:00:00Z\n"
    rules = {"back_to_back": {"mode": "on", "limit": 2}}
    later = "anna,center,2027-03-02T09:00:00Z\nben,center,2027-03-02T09:00:00Z\n"
    result = run(same + later, {"rules": rules}, "--format", "json")
    (newest, oldest) = json.loads(result.stdout)["flags"][0]["evidence"]["occurrences"]
    assert (oldest["first_member_id"], oldest["second_member_id"]) == ("ben", "anna")
    assert (newest["first_member_id"], newest["second_member_id"]) == ("anna", "ben")


def test_columns_come_in_any_order_and_unknown_ones_are_passed_over(run: Run) -> None:
    text = "till,checked_in_at,location_id,member_id\n7,2027-03-01T09:00:00Z,center,anna\n"
    assert run(text).exit_code == 0


def test_a_byte_order_mark_blank_lines_and_spaces_around_values_do_no_harm(run: Run) -> None:
    text = f"\ufeff{HEADER}\r\n\r\n anna , center , 2027-03-01T09:00:00Z \r\n\r\n"
    rules = {"visit_frequency": {"mode": "on", "limit": 2}}
    twice = text + "anna,center,2027-03-02T09:00:00Z\r\n"
    assert flags(run(twice, {"rules": rules}, "--format", "json")) == [("anna", "visit_frequency", 1)]


def test_ids_that_look_like_markup_are_shown_as_they_are(run: Run) -> None:
    rules = {"visit_frequency": {"mode": "on", "limit": 2}}
    times = ["2027-03-01T09:00:00Z", "2027-03-02T09:00:00Z"]
    assert "[red]anna" in run(visits(times, member="[red]anna"), {"rules": rules}).stdout


def test_positions_are_used_when_pairs_are_matched_by_position(run: Run) -> None:
    rules = {
        "visit_frequency": {"mode": "off"},
        "back_to_back": {"mode": "on", "limit": 2, "match_on": "position"},
    }
    text = (
        f"{HEADER},lat,lon\n"
        "anna,center,2027-03-01T09:00:00Z,40.7128,-74.0060\n"
        "ben,station,2027-03-01T09:01:00Z,40.7128,-74.0060\n"
        "cem,station,2027-03-01T09:02:00Z,,\n"
        "anna,center,2027-03-02T09:00:00Z,40.7128,-74.0060\n"
        "ben,station,2027-03-02T09:01:00Z,40.7128,-74.0060\n"
    )
    expected = [("anna", "back_to_back", 1), ("ben", "back_to_back", 1)]
    assert flags(run(text, {"rules": rules}, "--format", "json")) == expected


def test_nothing_to_flag_is_said_so(run: Run) -> None:
    result = run(f"{HEADER}\n")
    assert result.exit_code == 0
    assert "0 check-ins of 0 members at 0 locations" in result.stdout


# Opening hours, from a file of locations

OUTSIDE = {"rules": {"outside_hours": {"mode": "on"}}}
DAYTIME = {"mon": [{"open": "09:00", "close": "17:00"}]}


@pytest.mark.parametrize(
    ("time_zone", "refused"),
    [("UTC", 0), ("America/New_York", 1), ("Pacific/Auckland", 1)],
)
def test_hours_are_read_in_the_time_zone_of_the_location(run: Run, time_zone: str, refused: int) -> None:
    listed = json.dumps([{"location_id": "center", "time_zone": time_zone, "hours": DAYTIME}])
    text = visits(["2027-03-01T10:00:00Z"])  # a Monday
    result = run(text, OUTSIDE, "--locations", "places.json", "--format", "json", places__json=listed)
    assert json.loads(result.stdout)["summary"]["outcomes"]["outside_business_hours"] == refused


def test_locations_without_a_time_zone_take_the_one_of_the_option(run: Run) -> None:
    listed = json.dumps({"items": [{"location_id": "center", "name": "Center", "hours": DAYTIME}]})
    text = visits(["2027-03-01T10:00:00Z"])
    options = ("--locations", "places.json", "--time-zone", "America/New_York")
    result = run(text, OUTSIDE, *options, places__json=listed)
    assert "closed" in result.stdout
    assert "Center" in result.stdout


def test_exceptions_replace_the_hours_of_their_date(run: Run) -> None:
    exceptions = [{"date": "2027-03-01", "hours": []}]
    listed = json.dumps([{"location_id": "center", "hours": DAYTIME, "exceptions": exceptions}])
    text = visits(["2027-03-01T10:00:00Z", "2027-03-08T10:00:00Z"])
    result = run(text, OUTSIDE, "--locations", "places.json", "--format", "json", places__json=listed)
    assert flags(result) == [("anna", "outside_hours", 1)]


def test_locations_come_from_csv_as_well(run: Run) -> None:
    listed = io.StringIO()
    writer = csv.writer(listed)
    writer.writerow(["location_id", "name", "time_zone", "hours"])
    writer.writerow(["center", "Center", "UTC", json.dumps({"tue": DAYTIME["mon"]})])
    writer.writerow(["station", "Station", "", ""])
    text = visits(["2027-03-01T10:00:00Z"])
    options = ("--locations", "places.csv", "--format", "json")
    assert flags(run(text, OUTSIDE, *options, places__csv=listed.getvalue())) == [
        ("anna", "outside_hours", 1)
    ]


def test_locations_that_the_file_does_not_list_are_noted(run: Run) -> None:
    listed = json.dumps([{"location_id": "station"}])
    result = run(VISITS, None, "--locations", "places.json", places__json=listed)
    assert result.exit_code == 0
    assert "1 location of the check-ins is not in places.json" in result.stderr
    assert "center" in result.stderr


# What is refused, and in which words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "visits.csv, line 1: The file is empty"),
        ("member_id,checked_in_at\n", "visits.csv, line 1, column location_id: This column is missing"),
        ("member_id;location_id;checked_in_at\n", "line 1, column member_id: This column is missing"),
        (f"{HEADER},member_id\n", "line 1, column member_id: This column occurs twice"),
        (f"{HEADER},lat\n", "line 1, column lon: lat and lon come together"),
        (f"{HEADER}\nanna,center\n", "line 2: The header has 3 columns, this line has 2"),
        (
            f"{HEADER}\n\nanna,center,2027-03-01\n",
            'line 3, column checked_in_at: "2027-03-01" cannot be used',
        ),
        (f"{HEADER}\nanna,center,\n", "line 2, column checked_in_at: This is empty"),
        (f"{HEADER}\nanna,center,2027-02-30T09:00:00Z\n", "does not exist in the calendar"),
        (f"{HEADER}\nanna,center,2027-03-01T09:00:00\n", "line 2, column checked_in_at"),
        (f"{HEADER}\n ,center,2027-03-01T09:00:00Z\n", "line 2, column member_id: This is empty"),
        (f"{HEADER}\nanna,,2027-03-01T09:00:00Z\n", "line 2, column location_id: This is empty"),
        (f"{HEADER}\nan\x1bna,center,2027-03-01T09:00:00Z\n", "line 2, column member_id:"),
        (f'{HEADER}\n"a\n\nb",center,2027-03-01T09:00:00Z\n', "line 2, column member_id:"),
        (f'{HEADER}\n"anna,center,2027-03-01T09:00:00Z\n', "line 2"),
        (
            f"{HEADER},lat,lon\nanna,center,2027-03-01T09:00:00Z,91,0\n",
            'line 2, column lat: "91" is no number',
        ),
        (f"{HEADER},lat,lon\nanna,center,2027-03-01T09:00:00Z,0,nan\n", "line 2, column lon"),
        (f"{HEADER},lat,lon\nanna,center,2027-03-01T09:00:00Z,0,\n", "line 2, column lon"),
    ],
)
def test_a_bad_line_is_named_in_a_sentence(run: Run, text: str, message: str) -> None:
    result = run(text)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("{\n  rules: {}\n}", "settings.json, line 2: This is no JSON"),
        ('{"rules": {"visit_frequency": {"limit": 99}}}', "rules.visit_frequency.limit"),
        ('{"rule": {}}', "rule:"),
        ("[]", "settings.json"),
    ],
)
def test_bad_settings_are_named_by_their_field(run: Run, settings: str, message: str) -> None:
    result = run(VISITS, settings)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("{", "places.json, line 1: This is no JSON"),
        ('"center"', "A list of locations is expected"),
        ('["center"]', "places.json, [0]: A location is an object"),
        ("[{}]", "places.json, [0].location_id: This is empty"),
        ('[{"location_id": "a"}, {"location_id": "a"}]', '[1].location_id: "a" occurs twice'),
        ('[{"location_id": "a", "time_zone": "Mars/Base"}]', "[0].time_zone: "),
        ('[{"location_id": "a", "time_zone": "../UTC"}]', "[0].time_zone"),
        (
            '[{"location_id": "a", "hours": {"monday": []}}]',
            "[0].hours.monday: ",
        ),
        (
            '[{"location_id": "a", "hours": {"mon": [{"open": "09:00"}]}}]',
            "[0].hours.mon.0.close: ",
        ),
        ('[{"location_id": "a", "hours": {"mon": [{"open": "09:00", "close": "09:00"}]}}]', "All day is"),
        (
            '[{"location_id": "a", "hours": {}, "exceptions": [{"date": "2027"}]}]',
            "[0].exceptions.0.date:",
        ),
    ],
)
def test_bad_locations_are_named_by_their_field(run: Run, listed: str, message: str) -> None:
    result = run(VISITS, None, "--locations", "places.json", places__json=listed)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("name\nCenter\n", "places.csv, line 1, column location_id: This column is missing"),
        ("location_id,hours\na,{\n", "places.csv, line 2, column hours: This is no JSON"),
        (
            "location_id,time_zone\nb,UTC\na,Mars\n",
            "places.csv, line 3, column time_zone: ",
        ),
        ("location_id,time_zone\na\n", "places.csv, line 2: The header has 2 columns"),
    ],
)
def test_a_bad_line_of_locations_is_named(run: Run, listed: str, message: str) -> None:
    result = run(VISITS, None, "--locations", "places.csv", places__csv=listed)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_unknown_time_zone_is_refused(run: Run) -> None:
    result = run(VISITS, None, "--time-zone", "Mars/Base")
    assert result.exit_code == 2
    assert "Mars/Base" in result.stderr


@pytest.mark.parametrize(("written", "message"), [(b"no gzip", "no gzip"), (b"", "no gzip")])
def test_a_damaged_packed_file_is_refused(run: Run, written: bytes, message: str) -> None:
    run()
    Path("bad.csv.gz").write_bytes(written or gzip.compress(VISITS.encode())[:-9])
    result = CliRunner().invoke(app, ["replay", "bad.csv.gz", "--settings", "settings.json"])
    assert result.exit_code == 2
    assert message in result.stderr


def test_text_in_another_encoding_is_refused_with_its_line(run: Run) -> None:
    run()
    Path("latin.csv").write_bytes(f"{HEADER}\nanna,center,2027-03-01T09:00:00Z\nJosé,".encode("latin-1"))
    result = CliRunner().invoke(app, ["replay", "latin.csv", "--settings", "settings.json"])
    assert result.exit_code == 2
    assert "latin.csv, line 3: This is not text in UTF-8" in result.stderr


def test_missing_files_and_folders_are_refused(run: Run) -> None:
    run()
    for path, message in (("none.csv", "No such file"), (".", "directory")):
        result = CliRunner().invoke(app, ["replay", path, "--settings", "settings.json"])
        assert result.exit_code == 2
        assert message in result.stderr
    assert run(VISITS, None, "--output", "none/flags.out").exit_code == 2


def test_no_file_that_is_read_is_written_over(run: Run) -> None:
    for name in ("visits.csv", "settings.json"):
        result = run(VISITS, None, "--output", name)
        assert result.exit_code == 2
        assert "is read as well" in result.stderr
    assert Path("visits.csv").read_text(encoding="utf-8") == VISITS


def test_settings_have_to_be_named() -> None:
    assert CliRunner().invoke(app, ["replay", "visits.csv"]).exit_code == 2


# The documentation


def test_the_examples_of_the_documentation_work(run: Run) -> None:
    page = (Path(__file__).parents[3] / "docs" / "replay.md").read_text(encoding="utf-8")

    def example(language: str, index: int = 0) -> str:
        found: list[str] = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
        return found[index]

    options = ("--locations", "places.json")
    result = run(example("csv"), example("json"), *options, places__json=example("json", 1))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "2 check-ins of 2 members at 1 location: 2 accepted." in result.stdout
    bad = f"{HEADER}\nanna,center,2027-03-01T09:00:00Z\nanna,center,yesterday\n"
    assert run(bad).stderr == example("text")
