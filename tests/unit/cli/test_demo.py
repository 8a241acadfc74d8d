"""The demo's steps against a small program in memory, which decides with the same rules."""

import asyncio
import io
import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import demo_results
import httpx
import pytest
from demo_calls import Calls, DemoError
from demo_record import Record
from demo_results import compare, show, suggest
from demo_steps import find_record, prepare, send
from demo_visits import Basket, invent_members
from rich.console import Console

from redflag.core.engine import Engine
from redflag.core.flags import Action, Flag
from redflag.core.instants import HOUR, MINUTE, format_instant, parse_instant
from redflag.core.model import Attempt, Location
from redflag.core.settings import Settings
from redflag_cli.api import Api, NoAnswer
from redflag_cli.import_client import ImportClient, NewMember

VISITS = sorted(
    (day * 24 * HOUR + household * 3 * MINUTE, household, store)
    for day in range(6)
    for store in (4, 30)
    for household in range(store, store + 4)
)
BASKETS = [
    Basket(number, str(household), str(store), at) for number, (at, household, store) in enumerate(VISITS)
]
PEOPLE = invent_members(basket.household for basket in BASKETS)


async def fixed_token() -> str:
    return "token"


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


@dataclass
class FakeProgram:
    """The routes that the demo calls."""

    settings: dict[str, Any] = field(default_factory=lambda: json.loads(json.dumps(Settings().to_document())))
    locations: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    checked_in: list[str] = field(default_factory=list)
    breaks_after: int | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else {}
        kind, *one = request.url.path.removeprefix("/v1/").split("/")
        answer = getattr(self, f"_{request.method}_{kind.replace('-', '_')}".lower())
        return answer(request, body, *one)  # type: ignore[no-any-return]

    def _get_settings(self, _request: httpx.Request, _body: Any) -> httpx.Response:
        return httpx.Response(200, json={**self.settings, "version": 3}, headers={"ETag": '"3"'})

    def _put_settings(self, request: httpx.Request, body: Any) -> httpx.Response:
        assert request.headers["If-Match"] == '"3"'
        self.settings = body
        return httpx.Response(200, json=body)

    def _post_locations(self, _request: httpx.Request, body: Any) -> httpx.Response:
        location_id = f"l_{len(self.locations)}"
        self.locations[location_id] = body["name"]
        return httpx.Response(201, json={"location_id": location_id})

    def _get_locations(self, request: httpx.Request, _body: Any, one: str | None = None) -> httpx.Response:
        if one is not None:
            return httpx.Response(200 if one in self.locations else 404, json={})
        return _page(request, [{"location_id": i, "name": name} for i, name in self.locations.items()])

    def _post_members(self, _request: httpx.Request, body: Any) -> httpx.Response:
        new = body["phone"] not in self.members
        member_id = self.members.setdefault(body["phone"], f"m_{len(self.members)}")
        return httpx.Response(201 if new else 200, json={"member_id": member_id})

    def _get_members(self, request: httpx.Request, _body: Any, one: str | None = None) -> httpx.Response:
        if one is not None:
            assert self.engine is not None
            return httpx.Response(200, json={"access": self.engine.member(one).access})
        known = [phone for phone in self.members if phone == request.url.params["query"]]
        return _page(request, [{"member_id": self.members[phone]} for phone in known])

    def _get_flags(self, request: httpx.Request, _body: Any) -> httpx.Response:
        return _page(request, [_shown(flag) for flag in self.engine.flags.values()] if self.engine else [])

    def _post_check_ins(self, request: httpx.Request, body: Any) -> httpx.Response:
        if self.breaks_after is not None and len(self.checked_in) >= self.breaks_after:
            raise httpx.ConnectError("gone")
        if self.engine is None:
            zone = ZoneInfo("America/New_York")
            places = {location_id: Location(location_id, zone) for location_id in self.locations}
            self.engine = Engine(Settings.from_document(self.settings), places)
        key, member_id = request.headers["Idempotency-Key"], body["member"]["member_id"]
        assert key not in self.checked_in
        self.checked_in.append(key)
        at = parse_instant(body["occurred_at"])
        attempt = Attempt(f"c_{key}", member_id, body["location_id"], at)
        decision = self.engine.check_in(attempt)
        if decision.accepted:
            return httpx.Response(201, json={})
        return httpx.Response(409, json={"code": decision.outcome})


def _page(request: httpx.Request, items: list[dict[str, Any]]) -> httpx.Response:
    start = int(request.url.params.get("cursor", 0))
    following = start + 3
    cursor = str(following) if following < len(items) else None
    return httpx.Response(200, json={"items": items[start:following], "next_cursor": cursor})


def _shown(flag: Flag) -> dict[str, Any]:
    return {
        "member_id": flag.member_id,
        "rule": flag.rule,
        "status": flag.status,
        "raised_at": format_instant(flag.raised_at),
        "last_triggered_at": format_instant(flag.last_triggered_at),
        "count": flag.count,
        "evidence": {"sentence": flag.sentence},
    }


def run(
    program: FakeProgram,
    directory: Path,
    *,
    program_id: str = "p_1",
    before_compare: Callable[[], None] = lambda: None,
) -> str:
    """One run of the demo; what it has printed."""
    printed = io.StringIO()
    console = Console(file=printed, width=200)

    async def steps() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(program), base_url="https://api.test")
        api = Api(http, fixed_token, sleep=no_sleep)
        importer = ImportClient(api, program_id)
        calls = Calls("https://api.test", program_id, owner=api, manager=api, importer=importer)
        record = await find_record(calls, directory, BASKETS, PEOPLE)
        visits = await prepare(calls, record, BASKETS, PEOPLE, console)
        await send(calls, record, visits, console)
        before_compare()
        flags = await compare(calls, record, visits, console)
        people = {record.members[member.external_id]: member for member in PEOPLE}
        show(flags, people, console)
        console.out(await suggest(calls, flags, people), highlight=False)

    asyncio.run(steps())
    return printed.getvalue()


def test_the_visits_are_sent_and_the_flags_agree_with_a_replay(tmp_path: Path) -> None:
    program = FakeProgram()
    printed = run(program, tmp_path)
    assert len(program.checked_in) == len(BASKETS)
    assert "48 visits of 8 members at 2 stores" in printed
    assert "48 accepted" in printed
    assert "Replay and live agree" in printed
    assert PEOPLE[0].name in printed
    assert "check-ins in 7 days; limit 5" in printed
    assert "Checked in directly before or after the same other member" in printed
    rules = program.settings["rules"]
    assert program.settings["contact_us"]["email"] == "help@example.com"
    assert [name for name, rule in rules.items() if rule["mode"] == "on"] == [
        "visit_frequency",
        "consecutive_check_ins",
        "back_to_back",
    ]


def test_a_second_run_sends_nothing_twice_and_shows_the_same(tmp_path: Path) -> None:
    program = FakeProgram()
    first = run(program, tmp_path)
    second = run(program, tmp_path)
    assert len(program.checked_in) == len(BASKETS)
    assert "nothing is sent twice" in second
    assert second.partition("Replay and live")[2] == first.partition("Replay and live")[2]


def test_a_run_that_was_broken_off_is_gone_on_with(tmp_path: Path) -> None:
    program = FakeProgram(breaks_after=20)
    with pytest.raises(NoAnswer):
        run(program, tmp_path)
    # The last line was being written when the machine went down: that visit is not known to be answered.
    answers = tmp_path / "demo-answers.csv"
    answers.write_text(answers.read_text() + "basket-4")
    program.breaks_after = None
    printed = run(program, tmp_path)
    assert "20 of them were sent in an earlier run" in printed
    assert len(program.checked_in) == len(set(program.checked_in)) == len(BASKETS)
    assert "Replay and live agree" in printed


def test_a_new_program_begins_a_new_record(tmp_path: Path) -> None:
    run(FakeProgram(), tmp_path)
    program = FakeProgram()
    run(program, tmp_path, program_id="p_2")
    assert len(program.checked_in) == len(BASKETS)


def test_a_program_that_was_made_anew_under_the_same_id_begins_a_new_record(tmp_path: Path) -> None:
    run(FakeProgram(), tmp_path)
    program = FakeProgram()
    run(program, tmp_path)
    assert len(program.checked_in) == len(BASKETS)


def test_without_its_record_nothing_is_sent_a_second_time(tmp_path: Path) -> None:
    program = FakeProgram()
    run(program, tmp_path)
    (tmp_path / "demo.json").unlink()
    with pytest.raises(DemoError, match="make reset"):
        run(program, tmp_path)
    assert len(program.checked_in) == len(BASKETS)


def test_stores_that_were_made_but_not_written_down_are_found_again(tmp_path: Path) -> None:
    program = FakeProgram(locations={"l_x": "Main Street", "l_y": "Store 4"})
    run(program, tmp_path)
    assert list(program.locations.values()) == ["Main Street", "Store 4", "Store 30"]


def test_what_people_do_later_is_no_difference(tmp_path: Path) -> None:
    program = FakeProgram()
    run(program, tmp_path)
    engine, member_id = program.engine, "m_0"
    assert engine is not None
    now = max(member.check_ins[0].at for member in engine.members.values()) + 30 * 24 * HOUR
    engine.check_in(Attempt("c_k1", "m_1", "l_0", now))
    engine.act(Action.FLAG, "m_other", now=0, by="staff", reason="somebody else")
    for day in range(5):
        engine.check_in(Attempt(f"c_o{day}", "m_other", "l_1", day * 24 * HOUR))
    engine.act(Action.BLOCK, member_id, now=now, by="manager", reason="test")
    printed = run(program, tmp_path)
    assert "Replay and live agree" in printed
    assert f"members/{member_id}/block" not in printed


def test_flags_that_differ_end_the_demo_with_the_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_results, "PATIENCE", 0)
    program = FakeProgram()

    def spoil() -> None:
        assert program.engine is not None
        first, second, third, *_ = program.engine.flags.values()
        del program.engine.flags[first.flag_id]
        program.engine.flags[second.flag_id] = replace(second, count=second.count + 1)
        program.engine.flags[third.flag_id] = replace(third, sentence="Something else")

    with pytest.raises(DemoError, match="differ in 4 flags") as raised:
        run(program, tmp_path, before_compare=spoil)
    for part in ("only in the replay", "only live", "times live", "Something else"):
        assert part in str(raised.value)


def test_the_commands_are_whole_lines_of_shell(tmp_path: Path) -> None:
    printed = run(FakeProgram(), tmp_path).partition("Next, in this folder:")[2]
    commands = [line for line in printed.splitlines() if line.startswith("curl")]
    assert len(commands) == 4
    for command, role in zip(commands, ("manager", "backend", "manager", "manager"), strict=True):
        words = shlex.split(command.partition(" | ")[0].removesuffix("; echo"))
        assert words[2].startswith("https://api.test/v1/")
        assert json.loads(words[words.index("-d") + 1])
        assert f"Authorization: Bearer $(make -s token ROLE={role})" in words
    block, gate, verify, unblock = (command.split()[2].split("/") for command in commands)
    assert (block[-1], gate[-1], verify[-1], unblock[-1]) == ("block", "login-gate", "verify", "unblock")
    assert block[-2] == unblock[-2] != verify[-2]


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    record = Record.begin(tmp_path, "p_1", 7)
    record.members["1"] = "m_1"
    record.save()
    with record.open_answers() as answers:
        answers.write("basket-1,accepted\n")
    again = Record.load(tmp_path)
    assert again == record
    assert again is not None
    assert again.answers() == {"basket-1": "accepted"}


def test_every_third_member_has_a_membership() -> None:
    assert [bool(member.membership) for member in PEOPLE] == [
        True,
        False,
        False,
        True,
        False,
        False,
        True,
        False,
    ]
    assert all(isinstance(member, NewMember) for member in PEOPLE)
