"""Programs as the platform's support sees them: created, listed, closed and opened again."""

from typing import Any

import pytest

from redflag.core.instants import format_instant
from redflag.core.roles import Role
from redflag.store import principals
from redflag.store.ids import new_program_id
from redflag.store.principals import PLATFORM, Principal
from tests.cloud.program import NOON, Enrolled, Shop, check_chain
from tests.cloud.requests import Answer, answer_of, event_of, http_event, invoke, jwt

PROGRAMS = "/v1/platform/programs"
OWNER = {"email": "olive@example.com", "subject": "idp|olive"}
WANTED: dict[str, Any] = {"name": "Pemberly's", "region": "CH", "owner": OWNER}
WHY = {"reason": "Has not paid since March."}
CLOSED = "This program is closed. Ask the platform's support to open it again."


def create(shop: Shop, by: str = "support", **other: Any) -> Answer:
    body = {name: value for name, value in (WANTED | other).items() if value is not ...}
    return shop.ask(f"POST {PROGRAMS}", by=by, body=body)


def listed(shop: Shop, **query: str) -> dict[str, Any]:
    return shop.ask(f"GET {PROGRAMS}", by="support", query=query).body


def change(shop: Shop, what: str, program_id: str | None = None, body: Any = None) -> Answer:
    path = {"program_id": program_id or shop.program_id}
    return shop.ask(f"POST {PROGRAMS}/{{program_id}}/{what}", by="support", path=path, body=body or WHY)


def platform_log(shop: Shop) -> list[dict[str, Any]]:
    entries = shop.partition("audit", PLATFORM)
    check_chain(entries)
    return entries


# ---------------------------------------------------------------- created and listed


def test_a_new_program_is_its_owners_from_the_first_moment(shop: Shop) -> None:
    answer = create(shop)
    program_id = answer.body["program_id"]
    assert (answer.status, answer.body) == (
        201,
        {
            "program_id": program_id,
            "name": "Pemberly's",
            "region": "CH",
            "created_at": format_instant(NOON),
            "closed_at": None,
        },
    )
    owner = jwt("idp|olive")
    assert shop.ask("GET /v1/settings", by=owner).headers["etag"] == '"0"'
    enrolled = shop.ask(
        "POST /v1/members",
        by={"lambda": {"pool": "staff", "sub": "idp|olive"}},
        body={"phone": "044 668 18 00"},
    )
    assert (enrolled.status, enrolled.body["phone_masked"][-2:]) == (201, "00")
    assert answer.body in listed(shop)["items"]


def test_that_a_program_was_created_stands_in_its_own_log_and_in_the_platforms(shop: Shop) -> None:
    program_id = create(shop).body["program_id"]
    (own,) = shop.partition("audit", program_id)
    (platforms,) = platform_log(shop)
    for entry in (own, platforms):
        assert (entry["action"], entry["by"], entry["subject"]) == (
            "create_program",
            shop.subject("support"),
            program_id,
        )


def test_an_owner_without_a_subject_gets_an_account(shop: Shop) -> None:
    shop.backend.create_identity()
    email = f"olive-{shop.program_id}@example.com"
    assert create(shop, owner={"email": email, "name": "Olive"}).status == 201
    taken = create(shop, owner={"email": email})
    assert (taken.status, taken.fields) == (422, {"owner"})


def test_without_a_pool_of_its_own_the_stack_asks_for_the_owners_subject(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shop.backend.values, "StaffPool", "")
    answer = create(shop, owner={"email": "olive@example.com"})
    assert (answer.status, answer.fields) == (422, {"owner.subject"})


def test_an_owner_who_is_at_another_console_makes_no_program(shop: Shop) -> None:
    create(shop)
    before = listed(shop), platform_log(shop)
    answer = create(shop, name="Second")
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", {"owner"})
    assert (listed(shop), platform_log(shop)) == before


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"region": "us"}, {"region"}),
        ({"region": "XX"}, {"region"}),
        ({"region": ""}, {"region"}),
        ({"region": 1}, {"region"}),
        ({"region": ...}, {"region"}),
        ({"name": " "}, {"name"}),
        ({"name": ..., "owner": ...}, {"name", "owner"}),
        ({"owner": {"email": "x"}}, {"owner.email"}),
        ({"owner": OWNER | {"role": "owner"}}, {"owner.role"}),
        ({"program_id": "p_mine0001"}, {"program_id"}),
    ],
    ids=str,
)
def test_wrong_fields_of_a_program_are_named(shop: Shop, other: dict[str, Any], fields: set[str]) -> None:
    answer = create(shop, **other)
    assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields)


def test_programs_are_listed_on_pages_closed_ones_too(shop: Shop) -> None:
    others = [Shop.open(shop.backend, shop.database, shop.clock) for _ in range(4)]
    others[0].close()
    found: list[Any] = []
    query: dict[str, Any] = {"limit": "2"}
    for _ in range(3):
        page = listed(shop, **query)
        found += page["items"]
        query["cursor"] = page["next_cursor"]
    assert query["cursor"] is None
    assert [each["program_id"] for each in found] == sorted(s.program_id for s in (shop, *others))
    closed = {each["program_id"] for each in found if each["closed_at"] is not None}
    assert closed == {others[0].program_id}


def test_a_cursor_of_another_list_is_refused(shop: Shop) -> None:
    Shop.open(shop.backend, shop.database, shop.clock)
    cursor = listed(shop, limit="1")["next_cursor"]
    answer = shop.ask("GET /v1/platform/blocks", by="support", query={"cursor": cursor})
    assert (answer.status, answer.fields) == (422, {"cursor"})


# ---------------------------------------------------------------- closed


@pytest.fixture
def ana(shop: Shop) -> Enrolled:
    return shop.enrol()


def of_the_app(shop: Shop, ana: Enrolled) -> dict[str, Answer]:
    """What callers of the app pool are told, by what they ask."""
    about = {"path": {"member_id": ana.member_id}}
    edit = {"program_id": shop.program_id, "delta": 1, "reason": "Gift."}
    enrol = {"program_id": shop.program_id, "phone": "+12125550177"}
    contact = http_event("contact", path={"program_id": shop.program_id})
    return {
        "check-in": shop.check_in({"phone": ana.phone}, by="kiosk"),
        "gate": shop.ask_gate(phone=ana.phone),
        "gate of an unknown number": shop.ask_gate(phone="+12125550199"),
        "enrolment": shop.ask("POST /v1/members", by="kiosk", body=enrol),
        "points": shop.ask("POST /v1/members/{member_id}/point-edits", by="backend", body=edit, **about),
        "contact": answer_of(invoke(shop.backend, "login_gate", contact)),
    }


def test_a_closed_program_is_to_the_app_as_one_that_does_not_exist(shop: Shop, ana: Enrolled) -> None:
    before = shop.register_item(ana)
    shop.close()
    told = of_the_app(shop, ana)
    other = Shop(shop.backend, shop.database, shop.clock, program_id=new_program_id())
    unknown = other.check_in(ana, by=shop.caller("kiosk"))
    for what, answer in told.items():
        assert (answer.status, answer.body) == (404, unknown.body), what
    assert shop.register_item(ana) == before
    assert [entry["action"] for entry in shop.audit()] == ["close_program"]


def test_a_members_own_token_opens_nothing_there(shop: Shop, ana: Enrolled) -> None:
    me = jwt(shop.link(ana, f"ana-{shop.program_id}"))
    shop.close()
    assert shop.check_in(ana, by=me).code == "not_found"
    assert shop.ask_gate(me, member_id=ana.member_id).code == "not_found"


@pytest.mark.parametrize("role", ["viewer", "staff", "manager", "owner"])
def test_its_staff_are_told_that_it_is_closed_and_whom_to_ask(shop: Shop, ana: Enrolled, role: str) -> None:
    shop.close()
    for answer in (
        shop.ask("GET /v1/settings", by=role),
        shop.of("GET", ana, by=role),
        shop.of("POST block", ana, by=role, body=WHY),
        shop.ask("POST /v1/members", by=role, body={"phone": "+12125550177"}),
        shop.ask("GET /v1/staff", by=role),
    ):
        assert (answer.status, answer.code, answer.body["detail"]) == (403, "forbidden", CLOSED)


@pytest.mark.parametrize("number", ["+12125550100", "+12125550199", None], ids=["known", "unknown", "none"])
def test_no_token_is_issued_and_the_refusal_speaks_of_no_block(
    shop: Shop, ana: Enrolled, number: str | None
) -> None:
    app = Principal(f"mobile-{shop.program_id}", Role.APP, shop.program_id)
    shop.database.commit([principals.save(shop.database, app)])
    event = event_of("pre_token_generation")
    event["callerContext"]["clientId"] = app.subject
    attributes = event["request"]["userAttributes"] | {"phone_number": number}
    event["request"]["userAttributes"] = {name: value for name, value in attributes.items() if value}
    assert invoke(shop.backend, "login_gate", event) == event
    shop.close()
    with pytest.raises(Exception, match=r"^There is no such program\.$"):
        invoke(shop.backend, "login_gate", event)
    assert ana.phone == "+12125550100"


def test_other_programs_go_on(shop: Shop, ana: Enrolled) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    there = other.enrol()
    shop.close()
    assert shop.check_in(ana).code == "not_found"
    assert other.check_in(there).status == 201
    assert other.ask("GET /v1/settings").status == 200


def test_a_function_that_remembers_the_program_serves_it_until_it_looks_again(
    shop: Shop, ana: Enrolled
) -> None:
    shop.configure(cooldown_minutes=0)
    assert shop.check_in(ana).status == 201
    assert change(shop, "close").status == 200
    assert shop.check_in(ana).status == 201
    shop.forget()
    assert shop.check_in(ana).code == "not_found"


def test_opened_again_everything_is_as_it_was(shop: Shop, ana: Enrolled) -> None:
    shop.configure(cooldown_minutes=0, contact_us={"email": "help@example.com"})
    shop.check_in(ana)
    before = shop.register_item(ana), shop.of("GET", ana).body, shop.ask("GET /v1/settings").text
    shop.close()
    assert change(shop, "reopen").body["closed_at"] is None
    shop.forget()
    assert (shop.register_item(ana), shop.of("GET", ana).body, shop.ask("GET /v1/settings").text) == before
    assert {answer.status for answer in of_the_app(shop, ana).values()} == {200, 201}


def test_closing_and_opening_is_logged_with_who_and_why_in_both_logs(shop: Shop) -> None:
    shop.clock.now = NOON + 5
    closed = change(shop, "close").body
    assert closed["closed_at"] == format_instant(NOON + 5)
    change(shop, "reopen", body={"reason": "Has paid."})
    for entries in (shop.audit(), platform_log(shop)):
        assert [(e["action"], e["by"], e["subject"], e["reason"]) for e in entries] == [
            ("close_program", shop.subject("support"), shop.program_id, WHY["reason"]),
            ("reopen_program", shop.subject("support"), shop.program_id, "Has paid."),
        ]
        assert format_instant(NOON + 5) in entries[0]["after"]
        assert format_instant(NOON + 5) in entries[1]["before"]


@pytest.mark.parametrize("what", ["close", "reopen"])
def test_what_is_so_already_stays_so_and_is_not_logged_again(shop: Shop, what: str) -> None:
    first = change(shop, what)
    entries = shop.audit()
    shop.clock.now += 1000
    again = change(shop, what)
    assert (again.status, again.body) == (200, first.body)
    assert shop.audit() == entries


@pytest.mark.parametrize("what", ["close", "reopen"])
def test_there_must_be_such_a_program_and_a_reason(shop: Shop, what: str) -> None:
    assert change(shop, what, new_program_id()).code == "not_found"
    assert change(shop, what, body={"reason": ""}).fields == {"reason"}
    assert platform_log(shop) == []


def test_support_is_of_no_program_and_sees_nothing_of_any(shop: Shop, ana: Enrolled) -> None:
    for answer in (
        shop.of("GET", ana, by="support"),
        shop.ask("GET /v1/members", by="support"),
        shop.ask("GET /v1/settings", by="support"),
        shop.ask("POST /v1/members", by="support", body={"program_id": shop.program_id, "phone": ana.phone}),
    ):
        assert answer.code == "forbidden"
