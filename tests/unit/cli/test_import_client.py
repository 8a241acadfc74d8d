"""The import client against a fake of the API that is slow, forgetful and often out of order."""

import asyncio
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import httpx
import pytest

from redflag.core.engine import Engine
from redflag.core.flags import Flag
from redflag.core.instants import HOUR, MINUTE
from redflag.core.model import Attempt, Location
from redflag.core.settings import Settings
from redflag_cli.api import ATTEMPTS, Api, NoAnswer, client_credentials, connect
from redflag_cli.import_client import Enrolled, ImportClient, NewMember, Refused
from redflag_cli.order import Order, Visit

type Handler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    return httpx.Response(
        status, json={"status": status, "code": code, "detail": "A sentence."}, headers=headers
    )


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


async def fixed_token() -> str:
    return "token"


def importer(handler: Handler, *, parallel: int = 8) -> ImportClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler), base_url="https://api.test")
    return ImportClient(Api(http, fixed_token, sleep=no_sleep), "p_1", parallel=parallel)


def make_visits(number: int, *, members: int = 20, locations: int = 6, seed: int = 1) -> list[Visit]:
    chance = random.Random(seed)
    at = 1_800_000_000_000
    visits = []
    for index in range(number):
        at += chance.randrange(20 * MINUTE)
        member, location = chance.randrange(members), chance.randrange(locations)
        visits.append(Visit(f"key-{index}", f"m_{member}", f"l_{location}", at))
    return visits


@dataclass
class FakeApi:
    """Answers check-ins, after a while; some answers are lost, some calls are refused in passing."""

    trouble: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    carried_out: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    under_way: dict[str, tuple[str, str]] = field(default_factory=dict)
    most_under_way: int = 0
    clashes: list[str] = field(default_factory=list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        body, key = json.loads(request.content), request.headers["Idempotency-Key"]
        lanes = (body["member"]["member_id"], body["location_id"])
        if any(set(lanes) & set(others) for others in self.under_way.values()):
            self.clashes.append(key)
        self.under_way[key] = lanes
        self.calls[key] += 1
        self.most_under_way = max(self.most_under_way, len(self.under_way))
        try:
            await asyncio.sleep(self.chance.random() / 500)
            return self._answer(key)
        finally:
            del self.under_way[key]

    def _answer(self, key: str) -> httpx.Response:
        if self.chance.random() < self.trouble:
            return problem(503, "temporarily_unavailable", **{"Retry-After": "1"})
        if key not in self.carried_out:
            self.carried_out.append(key)
        if self.chance.random() < self.trouble:
            raise httpx.ReadError("the connection was lost")
        return httpx.Response(201, json={"check_in_id": "c_1"})


@pytest.mark.parametrize("trouble", [0.0, 0.1])
def test_the_order_of_every_member_and_every_location_is_kept(trouble: float) -> None:
    fake, visits = FakeApi(trouble=trouble), make_visits(300)
    outcomes = asyncio.run(importer(fake).check_in(visits))
    assert outcomes == {"accepted": 300}
    assert fake.clashes == []
    place = {key: index for index, key in enumerate(fake.carried_out)}
    assert len(place) == 300
    lanes = defaultdict(list)
    for visit in visits:
        lanes[visit.member_id].append(place[visit.key])
        lanes[visit.location_id].append(place[visit.key])
    assert all(lane == sorted(lane) for lane in lanes.values())


def test_visits_that_do_not_depend_on_each_other_go_at_once() -> None:
    fake = FakeApi()
    visits = [Visit(f"key-{i}", f"m_{i}", f"l_{i}", 0) for i in range(40)]
    asyncio.run(importer(fake, parallel=8).check_in(visits))
    assert fake.most_under_way == 8


def test_a_visit_is_sent_again_with_the_same_key_until_it_is_answered() -> None:
    fake, visits = FakeApi(trouble=0.15), make_visits(50)
    asyncio.run(importer(fake).check_in(visits))
    assert max(fake.calls.values()) > 1
    assert set(fake.calls) == {visit.key for visit in visits}


def test_answers_are_counted_by_outcome_and_told_one_by_one() -> None:
    codes = {"key-0": "accepted", "key-1": "too_soon", "key-2": "account_blocked", "key-3": "too_soon"}

    async def answer(request: httpx.Request) -> httpx.Response:
        code = codes[request.headers["Idempotency-Key"]]
        return httpx.Response(201, json={}) if code == "accepted" else problem(409, code)

    told: dict[str, str] = {}
    visits = [Visit(key, f"m_{key}", f"l_{key}", 0) for key in codes]
    client = importer(answer)
    outcomes = asyncio.run(client.check_in(visits, lambda visit, outcome: told.update({visit.key: outcome})))
    assert outcomes == {"accepted": 1, "too_soon": 2, "account_blocked": 1}
    assert told == codes


def test_the_request_says_who_where_and_when() -> None:
    seen: list[httpx.Request] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={})

    asyncio.run(importer(answer).check_in([Visit("key", "m_1", "l_1", 1_800_000_000_000)]))
    assert (seen[0].method, seen[0].url.path) == ("POST", "/v1/check-ins")
    assert seen[0].headers["Authorization"] == "Bearer token"
    assert seen[0].headers["Idempotency-Key"] == "key"
    assert json.loads(seen[0].content) == {
        "program_id": "p_1",
        "location_id": "l_1",
        "member": {"member_id": "m_1"},
        "occurred_at": "2027-01-15T08:00:00.000Z",
    }


def test_an_import_ends_when_a_visit_gets_no_answer() -> None:
    calls = 0

    async def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        raise httpx.ConnectError("refused")

    with pytest.raises(NoAnswer, match="refused"):
        asyncio.run(importer(answer).check_in([Visit("key", "m_1", "l_1", 0)]))
    assert calls == ATTEMPTS


def test_an_import_ends_when_it_is_set_up_wrongly() -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return problem(403, "forbidden")

    with pytest.raises(Refused, match="403 forbidden"):
        asyncio.run(importer(answer).check_in(make_visits(30)))


def test_retry_after_is_obeyed_and_other_waits_double() -> None:
    answers = [
        problem(429, "too_many_requests", **{"Retry-After": "7"}),
        problem(503, "x"),
        problem(502, "x"),
    ]
    waits: list[float] = []

    async def answer(_request: httpx.Request) -> httpx.Response:
        return answers.pop(0) if answers else httpx.Response(200)

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def call() -> int:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://api.test")
        return (await Api(http, fixed_token, sleep=sleep).call("GET", "/v1/flags")).status_code

    assert asyncio.run(call()) == 200
    assert waits[0] == 7
    assert 0.2 <= waits[1] <= 0.4 <= waits[2] <= 0.8


def test_a_call_that_may_have_been_carried_out_is_made_again_only_when_it_is_repeatable() -> None:
    calls = 0

    async def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        raise httpx.ReadTimeout("slow")

    async def call() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://api.test")
        await Api(http, fixed_token, sleep=no_sleep).call("POST", "/v1/locations", repeatable=False)

    with pytest.raises(NoAnswer, match="slow"):
        asyncio.run(call())
    assert calls == 1


def test_a_token_that_has_run_out_is_renewed_once_for_all_calls_under_way() -> None:
    fetched: list[str] = []

    async def fetch() -> str:
        await asyncio.sleep(0.001)
        fetched.append(f"token-{len(fetched)}")
        return fetched[-1]

    async def answer(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.001)
        if request.headers["Authorization"] == "Bearer token-0":
            return problem(401, "unauthorized")
        return httpx.Response(201, json={})

    async def run() -> Counter[str]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="https://api.test")
        client = ImportClient(Api(http, fetch, sleep=no_sleep), "p_1")
        return await client.check_in([Visit(f"key-{i}", f"m_{i}", f"l_{i}", 0) for i in range(8)])

    assert asyncio.run(run()) == {"accepted": 8}
    assert fetched == ["token-0", "token-1"]


def test_a_token_that_is_refused_although_new_ends_the_import() -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        return problem(401, "unauthorized")

    with pytest.raises(Refused, match="401 unauthorized"):
        asyncio.run(importer(answer).check_in([Visit("key", "m_1", "l_1", 0)]))


def test_members_are_enrolled_and_those_known_already_are_told_apart() -> None:
    bodies: list[dict[str, object]] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content)
        bodies.append(body)
        status = 200 if body["external_id"] == "2" else 201
        return httpx.Response(status, json={"member_id": f"m_{body['external_id']}"})

    enrolled: dict[str, Enrolled] = {}
    members = [NewMember(f"+1216555010{i}", f"Name {i}", str(i), "active" if i else None) for i in range(4)]
    client = importer(answer, parallel=3)
    asyncio.run(client.enrol(members, lambda member, known: enrolled.update({member.external_id: known})))
    assert enrolled == {str(i): Enrolled(f"m_{i}", new=i != 2) for i in range(4)}
    assert {"program_id": "p_1", "phone": "+12165550100", "name": "Name 0", "external_id": "0"} in bodies
    assert bodies[3]["membership"] == {"status": "active"}


def test_enrolling_ends_with_the_field_that_was_refused() -> None:
    async def answer(_request: httpx.Request) -> httpx.Response:
        errors = [{"field": "phone", "message": "No phone has this number."}]
        return httpx.Response(422, json={"code": "invalid_request", "detail": "Bad.", "errors": errors})

    members = [NewMember("+1", "Name", str(i)) for i in range(20)]
    with pytest.raises(Refused, match=r"422 invalid_request.*phone: No phone has this number"):
        asyncio.run(importer(answer).enrol(members, lambda _member, _enrolled: None))


def test_client_credentials_are_exchanged_for_a_token() -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"].startswith("Basic ")
        assert request.content == b"grant_type=client_credentials&scope=redflag%2Fa+redflag%2Fb"
        return httpx.Response(200, json={"access_token": "abc"})

    async def fetch() -> str:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        fetch_token = client_credentials(
            http, "https://pool.test/token", "id", "secret", "redflag/a", "redflag/b"
        )
        return await fetch_token()

    assert asyncio.run(fetch()) == "abc"


def test_names_under_localhost_are_this_machine() -> None:
    async def address() -> tuple[str, str | None]:
        async with connect("http://abc.execute-api.localhost:4566/base") as http:
            request = http.build_request("GET", "/v1/flags")
            return str(request.url), request.headers.get("Host")

    expected = "http://127.0.0.1:4566/base/v1/flags"
    assert asyncio.run(address()) == (expected, "abc.execute-api.localhost:4566")


# The order alone


def test_a_visit_waits_for_its_member_and_its_location() -> None:
    visits = [Visit("a", "m_1", "l_1", 0), Visit("b", "m_2", "l_2", 0), Visit("c", "m_1", "l_2", 5 * HOUR)]
    order = Order(visits)
    assert (order.take(), order.take(), order.take()) == (0, 1, None)
    order.answered(0)
    assert order.take() is None
    order.answered(1)
    assert order.take() == 2
    assert not order.done
    order.answered(2)
    assert order.done


def test_a_visit_waits_for_those_who_may_flag_its_member() -> None:
    # Member 1 checks in at the second location while the one who followed at the first is under way.
    visits = [
        Visit("a", "m_1", "l_1", 0),
        Visit("b", "m_2", "l_1", 10 * MINUTE),
        Visit("c", "m_3", "l_2", 2 * HOUR),
        Visit("d", "m_1", "l_2", 2 * HOUR + 1),
        Visit("e", "m_1", "l_3", 9 * HOUR),
    ]
    order = Order(visits, near=10 * MINUTE)
    assert (order.take(), order.take(), order.take()) == (0, 2, None)
    order.answered(0)
    order.answered(2)
    assert (order.take(), order.take()) == (1, None)
    order.answered(1)
    assert order.take() == 3
    far = Order(visits, near=10 * MINUTE - 1)
    assert (far.take(), far.take()) == (0, 2)
    far.answered(0)
    far.answered(2)
    assert (far.take(), far.take()) == (1, 3)


@pytest.mark.parametrize("seed", range(5))
def test_flags_are_those_of_visits_sent_one_by_one(seed: int) -> None:
    visits = make_visits(400, members=12, locations=4, seed=seed)
    rules = {
        "consecutive_check_ins": {"mode": "on", "limit": 2},
        "back_to_back": {"mode": "on", "max_gap_minutes": 45},
    }
    settings = Settings.from_document({"check_in": {"cooldown_minutes": 5}, "rules": rules})
    places = {visit.location_id: Location(visit.location_id, ZoneInfo("UTC")) for visit in visits}

    def flags(order: Iterable[Visit]) -> dict[str, Flag]:
        engine = Engine(settings, places)
        for visit in order:
            engine.check_in(Attempt(f"c_{visit.key}", visit.member_id, visit.location_id, visit.at))
        return engine.flags

    chance, order, under_way = random.Random(seed), Order(visits), list[int]()
    sent: list[Visit] = []
    while not order.done:
        while len(under_way) < 16 and (index := order.take()) is not None:
            under_way.append(index)
        index = under_way.pop(chance.randrange(len(under_way)))
        sent.append(visits[index])
        order.answered(index)
    assert sent != visits
    assert flags(sent) == flags(visits)
    assert len(flags(visits)) > 12


def test_nothing_to_send_is_done_at_once() -> None:
    assert Order([]).done
    assert asyncio.run(importer(FakeApi()).check_in([])) == {}
