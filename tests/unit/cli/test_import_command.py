"""`redflag import` on small files, against a fake of the API that is forgetful and now and then gone."""

import asyncio
import csv
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from redflag.core.instants import HOUR, parse_instant
from redflag.http.problems import STATUS, problem_of
from redflag.service.refusals import Refusal, invalid, not_found, unavailable
from redflag_cli.api import Api
from redflag_cli.import_access import Access
from redflag_cli.import_record import Answered, Record
from redflag_cli.main import app

MEMBERS = (
    "external_id,phone,name,email,membership\n"
    "card-1,+12125550101,Zelda Quince,z@example.com,active\n"
    "card-2,(212) 555-0102,Yorick Pemberly,,\n"
    "card-3,12,Xanthe Oduya,,\n"
    "card-4,,Wystan Ferrow,,\n"
    "card-5,+12125550101,Zelda again,,\n"
)
CHECK_INS = (
    "checked_in_at,location_id,phone,lat,lon,device_id\n"
    "2027-03-01T12:00:00Z,l_1,+12125550101,40.7,-73.9,till-1\n"
    "2027-03-01T09:00:00Z,l_1,+12125550101,,,\n"
    "yesterday,l_1,+12125550101,,,\n"
    "2027-03-01T09:30:00Z,l_1,+12125550101,,,\n"
    "2027-03-01T10:00:00Z,l_1,+12125550199,,,\n"
    "2027-03-01T10:00:00Z,l_1,,,,\n"
    "2027-03-01T10:00:00Z,l_1\n"
    "2027-03-01T10:00:00+01:00,l_2,+12125550102,91,0,\n"
)
OPTIONS = ("--program", "p_1", "--api-url", "https://api.test", "--token-url", "https://token.test")


class Crash(BaseException):
    """The process has ended here."""


@dataclass
class FakeApi:
    """Enrols by phone and decides by the cooldown, once a key. Trouble comes by chance."""

    trouble: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    members: dict[str, str] = field(default_factory=lambda: {"+12125550101": "m_1", "+12125550102": "m_2"})
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    decided: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    problem: Refusal | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        if self.chance.random() < self.trouble:
            return _answer(unavailable())
        if request.url.path == "/v1/members":
            response = self._enrol(self.bodies[-1])
        else:
            response = self._check_in(self.bodies[-1], len(request.content))
        if self.chance.random() < self.trouble:
            raise httpx.ReadError("the connection was lost")
        return response

    def _enrol(self, body: dict[str, Any]) -> httpx.Response:
        if self.problem is not None:
            return _answer(self.problem)
        digits = re.sub(r"\D", "", body["phone"])
        if len(digits) < 10:
            return _answer(invalid(("phone", "This is not a phone number.")))
        known = f"+1{digits[-10:]}" in self.members
        member_id = self.members.setdefault(f"+1{digits[-10:]}", f"m_{len(self.members) + 1}")
        return httpx.Response(200 if known else 201, json={"member_id": member_id})

    def _check_in(self, body: dict[str, Any], size: int) -> httpx.Response:
        if size > 64 * 1024:
            return _answer(Refusal("payload_too_large", "Too much."))
        results: list[dict[str, Any]] = []
        for item in body["check_ins"]:
            new = item["idempotency_key"] not in self.answers
            stopped = bool(results) and results[-1]["status"] == 503
            if stopped or (new and self.chance.random() < self.trouble / 10):
                results.append(_result(unavailable()))
            else:
                results.append(self._decide(item))
        return httpx.Response(200, json={"results": results})

    def _decide(self, item: dict[str, Any]) -> dict[str, Any]:
        if self.problem is not None:
            return _result(self.problem)
        key = item["idempotency_key"]
        if key not in self.answers:
            self.answers[key] = self._new(item)
            self.decided.append(item)
        return self.answers[key]

    def _new(self, item: dict[str, Any]) -> dict[str, Any]:
        who = item["member"]
        member_id = who.get("member_id") or self.members.get(who["phone"])
        if member_id not in self.members.values():
            return _result(not_found("member"))
        at = parse_instant(item["occurred_at"])
        if any(abs(at - parse_instant(other)) < HOUR for other in self._accepted(member_id)):
            return _result(Refusal("too_soon", "It is too soon for another check-in. Try again later."))
        return {"status": 201, "check_in": {"check_in_id": "c_1"}, "member_id": member_id, "at": item}

    def _accepted(self, member_id: str | None) -> list[str]:
        answers = self.answers.values()
        return [a["at"]["occurred_at"] for a in answers if a.get("member_id") == member_id]


def _result(refusal: Refusal) -> dict[str, Any]:
    return {"status": STATUS[refusal.code].value, "problem": problem_of(refusal, "r")}


def _answer(refusal: Refusal) -> httpx.Response:
    return httpx.Response(STATUS[refusal.code].value, json=problem_of(refusal, "r"))


type Run = Callable[..., Result]


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: FakeApi) -> Path:
    """An empty folder, and the fake in place of the network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REDFLAG_CLIENT_ID", "importer")
    monkeypatch.setenv("REDFLAG_CLIENT_SECRET", "secret")

    async def token() -> str:
        return "token"

    async def no_sleep(_seconds: float) -> None:
        await asyncio.sleep(0)

    @asynccontextmanager
    async def opened(_self: Access, scope: str) -> AsyncIterator[Api]:
        api.scopes.append(scope)
        transport = httpx.MockTransport(api)
        async with httpx.AsyncClient(transport=transport, base_url="https://api.test") as http:
            yield Api(http, token, sleep=no_sleep)

    monkeypatch.setattr(Access, "open", opened)
    return tmp_path


def run(what: str, name: str, text: str | bytes | None = None, *options: str) -> Result:
    """Import a file, written first when its text is given."""
    if text is not None:
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(app, ["import", what, name, *OPTIONS, *options])


def rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def many(number: int) -> str:
    """Check-ins of two members, some of them too soon, in no order."""
    chance = random.Random(3)
    lines = []
    for index in range(number):
        hour, minute = divmod(chance.randrange(24 * 60), 60)
        day = chance.randrange(1, 28)
        phone = f"+1212555010{1 + index % 2}"
        lines.append(f"2027-02-{day:02d}T{hour:02d}:{minute:02d}:00Z,l_1,{phone},,,till-{index % 7}")
    return "\n".join([CHECK_INS.splitlines()[0], *lines]) + "\n"


# ---------------------------------------------------------------- members


def test_members_are_enrolled_and_listed_with_their_ids(api: FakeApi) -> None:
    api.members.clear()
    result = run("members", "members.csv", MEMBERS)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "5 rows: 2 enrolled, 1 known already, 2 invalid request.\n"
        "2 refused, and why: members.csv.refused.csv\n"
    )
    assert result.stderr == ""
    assert api.scopes == ["redflag/members.write"]
    listed = {row["line"]: row for row in rows("members.csv.enrolled.csv")}
    assert listed["3"] == {
        "line": "3",
        "phone": "(212) 555-0102",
        "external_id": "card-2",
        "member_id": api.members["+12125550102"],
    }
    assert {line: row["member_id"] for line, row in listed.items() if line in "26"} == dict.fromkeys(
        "26", api.members["+12125550101"]
    )
    sent = {body["name"]: body for body in api.bodies}
    assert sent["Zelda Quince"] == {
        "program_id": "p_1",
        "phone": "+12125550101",
        "name": "Zelda Quince",
        "email": "z@example.com",
        "external_id": "card-1",
        "membership": {"status": "active"},
    }
    assert set(sent["Yorick Pemberly"]) == {"program_id", "phone", "name", "external_id"}


def test_refused_members_are_listed_with_their_line_and_why(api: FakeApi) -> None:
    run("members", "members.csv", MEMBERS)
    refused = {row["line"]: row for row in rows("members.csv.refused.csv")}
    assert set(refused) == {"4", "5"}
    assert refused["4"] == {
        "external_id": "card-3",
        "phone": "12",
        "name": "Xanthe Oduya",
        "email": "",
        "membership": "",
        "line": "4",
        "code": "invalid_request",
        "detail": "phone: This is not a phone number.",
    }
    assert (refused["5"]["code"], refused["5"]["detail"]) == (
        "invalid_request",
        "column phone: This is empty.",
    )
    assert all(body["phone"] for body in api.bodies)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Refusal("forbidden", "This client may not do this."), 1),
        (not_found("program"), 1),
        (invalid(("program_id", "Too long.")), 1),
        (Refusal("internal_error", "Redflag has failed."), 1),
        (invalid(("email", "This is not an e-mail address.")), 0),
    ],
    ids=str,
)
def test_an_import_that_is_set_up_wrongly_ends_and_refuses_no_row(
    api: FakeApi, problem: Refusal, status: int
) -> None:
    api.problem = problem
    for what, text in (("members", "phone\n+12125550101\n"), ("check-ins", many(3))):
        if what == "check-ins" and status == 0:
            continue
        result = run(what, f"{what}.csv", text)
        assert result.exit_code == status, result.output
        if status:
            assert re.search(f"Error: .*{problem.code}.*The same command goes on from here", result.stderr)
            assert rows(f"{what}.csv.refused.csv") == []
            api.problem = None
            assert run(what, f"{what}.csv").exit_code == 0
            api.problem = problem


# ---------------------------------------------------------------- check-ins


def test_check_ins_go_in_the_order_of_time_and_each_is_answered(api: FakeApi) -> None:
    result = run("check-ins", "visits.csv", CHECK_INS)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "8 rows: 2 accepted, 4 invalid request, 1 not found, 1 too soon.\n"
        "6 refused, and why: visits.csv.refused.csv\n"
    )
    assert api.scopes == ["redflag/check-ins.import"]
    (body,) = api.bodies
    assert [item["occurred_at"][11:16] for item in body["check_ins"]] == ["09:00", "09:30", "10:00", "12:00"]
    last = body["check_ins"][-1]
    assert re.fullmatch(r"[0-9a-f]{24}-2", last.pop("idempotency_key"))
    assert last == {
        "program_id": "p_1",
        "location_id": "l_1",
        "member": {"phone": "+12125550101"},
        "occurred_at": "2027-03-01T12:00:00.000Z",
        "position": {"lat": 40.7, "lon": -73.9},
        "device_id": "till-1",
    }
    why = {row["line"]: (row["code"], row["detail"]) for row in rows("visits.csv.refused.csv")}
    assert why == {
        "4": (
            "invalid_request",
            (
                'column checked_in_at: "yesterday" cannot be used. '
                "Give an instant such as 2027-03-14T09:30:00.000Z."
            ),
        ),
        "5": ("too_soon", "It is too soon for another check-in. Try again later."),
        "6": ("not_found", "There is no such member in this program."),
        "7": ("invalid_request", "Nothing says who checked in."),
        "8": ("invalid_request", "The header has 6 columns, this line has 2."),
        "9": ("invalid_request", 'column lat: "91" is no number of degrees from -90 to 90.'),
    }


def test_rows_of_one_instant_go_in_the_order_of_the_file(api: FakeApi) -> None:
    lines = [f"2027-03-01T0{9 - n // 20}:00:00Z,l_1,m_{n}\n" for n in range(40)]
    run("check-ins", "visits.csv", "checked_in_at,location_id,member_id\n" + "".join(lines))
    sent = [item["member"]["member_id"] for item in api.decided]
    assert sent == [f"m_{n}" for n in (*range(20, 40), *range(20))]


def test_members_are_found_by_the_merchants_own_id_from_what_importing_them_wrote(api: FakeApi) -> None:
    run("members", "members.csv", MEMBERS)
    text = (
        "external_id,member_id,checked_in_at,location_id\n"
        "card-2,,2027-03-01T09:00:00Z,l_1\n"
        "card-3,,2027-03-01T09:00:00Z,l_1\n"
        "card-3,m_1,2027-03-01T09:00:00Z,l_1\n"
    )
    result = run("check-ins", "visits.csv", text, "--members", "members.csv.enrolled.csv")
    assert result.exit_code == 0
    assert [item["member"] for item in api.decided] == [{"member_id": "m_2"}, {"member_id": "m_1"}]
    (refused,) = rows("visits.csv.refused.csv")
    assert refused["detail"] == 'column external_id: "card-3" is not among the members that were imported.'


def test_check_ins_go_in_batches_of_a_hundred_and_fewer_when_they_are_too_large(api: FakeApi) -> None:
    run("check-ins", "visits.csv", many(230))
    assert [len(body["check_ins"]) for body in api.bodies] == [100, 100, 30]
    api.bodies.clear()
    place = "🚩" * 190
    lines = [f"2027-03-01T09:00:00Z,{place},m_{n}\n" for n in range(100)]
    assert (
        run("check-ins", "long.csv", "checked_in_at,location_id,member_id\n" + "".join(lines)).exit_code == 0
    )
    assert [len(body["check_ins"]) for body in api.bodies] == [100, 50, 50]


def test_a_packed_file_is_the_same_import_as_the_plain_one(api: FakeApi) -> None:
    run("check-ins", "visits.csv", CHECK_INS)
    before = list(api.decided)
    result = run("check-ins", "packed.csv.gz", gzip.compress(CHECK_INS.encode()))
    assert result.exit_code == 0
    assert api.decided == before
    assert "6 refused, and why: packed.csv.gz.refused.csv" in result.stdout


# ---------------------------------------------------------------- broken off, and gone on with


def test_a_second_run_does_nothing_and_says_the_same(api: FakeApi) -> None:
    for what, text in (("members", MEMBERS), ("check-ins", CHECK_INS)):
        first = run(what, f"{what}.csv", text)
        api.bodies.clear()
        refused = Path(f"{what}.csv.refused.csv").read_text(encoding="utf-8")
        again = run(what, f"{what}.csv")
        assert (again.exit_code, again.stdout) == (0, first.stdout)
        assert api.bodies == []
        assert Path(f"{what}.csv.refused.csv").read_text(encoding="utf-8") == refused


def test_lost_answers_and_passing_trouble_change_nothing(api: FakeApi) -> None:
    calm = run("check-ins", "calm.csv", many(600))
    expected, api.decided, api.answers = list(api.decided), [], {}
    api.trouble = 0.3
    troubled = run("check-ins", "visits.csv", many(600))
    assert api.decided == expected
    assert troubled.stdout == calm.stdout.replace("calm", "visits")


@pytest.mark.parametrize("what", ["members", "check-ins"])
def test_wherever_it_is_killed_the_next_run_goes_on_and_nothing_is_done_twice(
    api: FakeApi, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = MEMBERS if what == "members" else many(240)
    whole = run(what, "whole.csv", text)
    expected = {row["line"]: row for row in rows("whole.csv.refused.csv")}
    decided, api.decided, api.answers = list(api.decided), [], {}
    add, chance, added = Record.add, random.Random(3), 0

    def killed(record: Record, row: Answered) -> None:
        nonlocal added
        added += 1
        if chance.random() < (0.5 if what == "members" else 0.02):
            raise Crash
        add(record, row)

    Path("visits.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(Record, "add", killed)
    runs = 0
    while True:
        runs += 1
        assert runs < 100
        try:
            result = run(what, "visits.csv")
        except Crash:
            _cut(Path("visits.csv.progress"), chance)
            continue
        break
    assert runs > 2
    if what == "check-ins":
        assert api.decided == decided
        assert result.stdout == whole.stdout.replace("whole", "visits")
    assert {row["line"]: row for row in rows("visits.csv.refused.csv")} == expected
    assert len(rows("visits.csv.refused.csv")) == len(expected)
    if what == "members":
        assert {row["line"] for row in rows("visits.csv.enrolled.csv")} == {"2", "3", "6"}


def _cut(progress: Path, chance: random.Random) -> None:
    """The last line may have been cut short."""
    text = progress.read_bytes()
    last = text.rstrip(b"\n").rfind(b"\n")
    progress.write_bytes(text[: chance.randrange(last + 1, len(text))])


def test_an_import_that_is_stopped_by_hand_says_how_to_go_on(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_self: FakeApi, _body: dict[str, Any], _size: int) -> httpx.Response:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr(FakeApi, "_check_in", stop)
        result = run("check-ins", "visits.csv", CHECK_INS)
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Stopped. The same command goes on from here.\n"
    assert run("check-ins", "visits.csv").exit_code == 0
    assert len(api.decided) == 4


def test_an_import_ends_when_nothing_is_decided_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_self: FakeApi, body: dict[str, Any], _size: int) -> httpx.Response:
        return httpx.Response(200, json={"results": [_result(unavailable()) for _ in body["check_ins"]]})

    monkeypatch.setattr(FakeApi, "_check_in", nothing)
    result = run("check-ins", "visits.csv", CHECK_INS)
    assert result.exit_code == 1
    assert "has decided nothing, 8 times in a row. The same command goes on from here." in result.stderr


def test_a_list_of_members_that_cannot_be_read_is_refused(api: FakeApi) -> None:
    text = "checked_in_at,location_id,external_id\n2027-03-01T09:00:00Z,l_1,card-1\n"
    for listed, message in (
        ("phone,member_id\n", "list.csv, line 1, column external_id: This column is missing"),
        ("external_id,member_id\ncard-1\n", "list.csv, line 2: The header has 2 columns, this line has 1."),
    ):
        Path("list.csv").write_text(listed, encoding="utf-8")
        result = run("check-ins", "visits.csv", text, "--members", "list.csv")
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert api.bodies == []


def test_what_was_refused_is_written_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    decide = FakeApi._check_in

    def look(self: FakeApi, body: dict[str, Any], size: int) -> httpx.Response:
        seen.append(len(rows("visits.csv.refused.csv")))
        return decide(self, body, size)

    monkeypatch.setattr(FakeApi, "_check_in", look)
    run("check-ins", "visits.csv", many(300) + "never,l_1,,,,\n")
    refused = rows("visits.csv.refused.csv")
    assert seen[0] == 1
    assert seen == sorted(seen)
    assert len(refused) > seen[2] > seen[1] > 1
    assert Counter(row["code"] for row in refused)["too_soon"] == len(refused) - 1


def test_another_content_program_or_api_is_another_import(api: FakeApi) -> None:
    run("check-ins", "visits.csv", CHECK_INS)
    before = Path("visits.csv.progress").read_bytes()
    for changed in (
        ("visits.csv", f"{CHECK_INS}2027-03-02T12:00:00Z,l_1,+12125550101,,,\n"),
        ("visits.csv", CHECK_INS, "--program", "p_2"),
        ("visits.csv", CHECK_INS, "--api-url", "https://other.test"),
    ):
        result = run("check-ins", *changed)
        assert result.exit_code == 2
        assert "visits.csv.progress: This is the progress of another import" in result.stderr
        assert Path("visits.csv.progress").read_bytes() == before
    assert run("check-ins", "visits.csv", f"{CHECK_INS}\n", "--state", "other.progress").exit_code == 0
    assert len(api.bodies) == 2


@pytest.mark.parametrize("content", ["notes\nof mine\n", "a word", "[1]\n", "\x00\n"])
def test_a_file_that_is_no_progress_is_left_alone(api: FakeApi, content: str) -> None:
    Path("mine.txt").write_text(content, encoding="utf-8")
    result = run("check-ins", "visits.csv", CHECK_INS, "--state", "mine.txt")
    assert result.exit_code == 2
    assert "mine.txt: This is" in result.stderr
    assert Path("mine.txt").read_text(encoding="utf-8") == content
    assert api.bodies == []


def test_a_second_run_at_the_same_time_is_refused(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    inner: list[Result] = []
    decide = FakeApi._check_in

    def again(self: FakeApi, body: dict[str, Any], size: int) -> httpx.Response:
        inner.append(CliRunner().invoke(app, ["import", "check-ins", "visits.csv", *OPTIONS]))
        return decide(self, body, size)

    monkeypatch.setattr(FakeApi, "_check_in", again)
    assert run("check-ins", "visits.csv", CHECK_INS).exit_code == 0
    assert [result.exit_code for result in inner] == [2]
    assert "visits.csv.progress: Another run of this import is under way." in inner[0].stderr
    assert len(api.decided) == 4


def test_what_is_written_is_for_its_owners_eyes() -> None:
    run("members", "members.csv", MEMBERS)
    for name in ("progress", "refused.csv", "enrolled.csv"):
        assert Path(f"members.csv.{name}").stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- what is refused whole


@pytest.mark.parametrize(
    ("what", "text", "message"),
    [
        ("members", "", "line 1: The file is empty; its first line must name phone"),
        ("members", "name\nZelda\n", "line 1, column phone: This column is missing"),
        ("members", "phone,phone\n1,2\n", "line 1, column phone: This column occurs twice"),
        ("members", "phone,name,name\n1,2,3\n", "line 1, column name: This column occurs twice"),
        ("check-ins", "phone,location_id\n", "line 1, column checked_in_at: This column is missing"),
        ("check-ins", "phone,checked_in_at\n", "line 1, column location_id: This column is missing"),
        ("check-ins", "checked_in_at,location_id\n", "line 1: No column says who checked in"),
        ("check-ins", "checked_in_at,location_id,external_id\n", "line 1, column external_id: Name the file"),
        (
            "check-ins",
            "checked_in_at,location_id,phone,lat\n",
            "line 1, column lon: lat and lon come together",
        ),
        ("check-ins", b"checked_in_at,location_id,phone\n\xff", "line 2: This is not text in UTF-8"),
    ],
)
def test_a_file_without_the_columns_is_refused_whole(
    api: FakeApi, what: str, text: str | bytes, message: str
) -> None:
    result = run(what, "file.csv", text)
    assert result.exit_code == 2
    assert f"Error: file.csv, {message}" in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["file.csv"]
    assert api.bodies == []


def test_a_file_that_is_not_there_or_cannot_be_written_beside_is_refused() -> None:
    assert "No such file" in run("members", "none.csv").stderr
    result = run("members", "members.csv", MEMBERS, "--state", "none/progress")
    assert (result.exit_code, "The file cannot be written" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "Say where to import to: --stack, or --api-url and --token-url."),
        (["--api-url", "https://api.test"], "Say where the client gets its token, with --token-url."),
        (["--api-url", "http://api.test", "--token-url", "https://t.test"], "begins with https://"),
        (["--api-url", "https://api.test", "--token-url", "ftp://t.test"], "begins with https://"),
        (["--api-url", "api.test", "--token-url", "https://t.test"], "begins with https://"),
    ],
)
def test_it_must_be_known_where_to(options: list[str], message: str) -> None:
    Path("members.csv").write_text(MEMBERS, encoding="utf-8")
    arguments = ["import", "members", "members.csv", "--program", "p_1", *options]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


def test_it_must_be_known_as_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDFLAG_CLIENT_SECRET")
    result = run("members", "members.csv", MEMBERS)
    assert result.exit_code == 2
    assert "Set REDFLAG_CLIENT_SECRET to the credentials of an importer client." in result.stderr


# ---------------------------------------------------------------- spreadsheets


def test_no_cell_that_is_written_is_taken_for_a_formula() -> None:
    text = (
        "phone,name,external_id,=note\n"
        "12,=cmd|' /C calc'!A0,@card,-1\n"
        '+12125550101,+SUM(A1),"\t=1",x\n'
        "13,Zelda,card,'quoted\n"
    )
    run("members", "members.csv", text)
    for name in ("refused.csv", "enrolled.csv"):
        with Path(f"members.csv.{name}").open(encoding="utf-8", newline="") as file:
            cells = [cell for line in csv.reader(file) for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    (first, last) = rows("members.csv.refused.csv")
    assert (first["name"], first["external_id"], first["'=note"]) == ("'=cmd|' /C calc'!A0", "'@card", "'-1")
    assert last["'=note"] == "'quoted"
    (enrolled,) = rows("members.csv.enrolled.csv")
    assert enrolled["phone"] == "'+12125550101"


def test_what_was_refused_can_be_corrected_and_imported_again(api: FakeApi) -> None:
    api.members.pop("+12125550102")
    text = "checked_in_at,location_id,phone,lat,lon\n2027-03-01T09:00:00Z,l_1,+12125550102,40.7,-73.9\n"
    run("check-ins", "visits.csv", text)
    assert "'+12125550102" in Path("visits.csv.refused.csv").read_text(encoding="utf-8")
    api.members["+12125550102"] = "m_2"
    result = run("check-ins", "visits.csv.refused.csv")
    assert result.stdout == "1 row: 1 accepted.\n"
    assert api.decided[-1]["member"] == {"phone": "+12125550102"}
    assert api.decided[-1]["position"] == {"lat": 40.7, "lon": -73.9}


# ---------------------------------------------------------------- the documentation


def test_the_examples_of_the_documentation_work(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    api.members.clear()
    page = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")
    files = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    for name, text in zip(("members.csv", "visits.csv"), files, strict=True):
        Path(name).write_text(text, encoding="utf-8")
    outputs = {"ApiUrl": "https://api.test", "AppTokenUrl": "https://token.test"}
    monkeypatch.setattr("redflag_cli.import_access._outputs", lambda _stack: outputs)
    shown = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    commands = re.findall(r"^\.venv/bin/redflag (import .*)$", page.replace("\\\n", ""), re.MULTILINE)
    assert len(commands) == len(shown) == 2
    for command, text in zip(commands, shown, strict=True):
        result = CliRunner().invoke(app, command.split())
        assert (result.exit_code, result.stderr, result.stdout) == (0, "", text)
