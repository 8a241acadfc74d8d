"""A number blocked on the whole platform: everywhere at once, seen by staff, and lifted as a whole."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from redflag.core.instants import format_instant
from redflag.store import people
from redflag.store.principals import PLATFORM
from tests.cloud.faults import Call, Which, between, crashing_before, writes_to
from tests.cloud.program import NOON, Enrolled, Shop, check_chain
from tests.cloud.requests import Answer
from tests.cloud.streams import record, send

BLOCKS = "/v1/platform/blocks"
PHONE = "+12125550150"
WHY = "Resells the rewards of Pemberly's."
CONTACT = {"phone": None, "email": "help@example.com", "url": None}


@pytest.fixture
def other(shop: Shop) -> Shop:
    """A second program."""
    return Shop.open(shop.backend, shop.database, shop.clock)


@pytest.fixture
def ana(shop: Shop) -> Enrolled:
    return shop.enrol_number(PHONE, name="Zelda Quince")


@pytest.fixture
def there(other: Shop) -> Enrolled:
    """The same person, as the second program knows them."""
    return other.enrol_number(PHONE)


def block(shop: Shop, phone: str = PHONE, reason: str = WHY) -> Answer:
    return shop.ask(f"POST {BLOCKS}", by="support", body={"phone": phone, "reason": reason})


def lift(shop: Shop, **which: Any) -> Answer:
    return shop.ask(f"DELETE {BLOCKS}", by="support", body={"reason": "A mistake."} | which)


def listed(shop: Shop, **query: str) -> dict[str, Any]:
    return shop.ask(f"GET {BLOCKS}", by="support", query=query).body


def platform_log(shop: Shop) -> list[dict[str, Any]]:
    entries = shop.partition("audit", PLATFORM)
    check_chain(entries)
    return entries


def barred(shop: Shop, member: Enrolled) -> bool:
    """Whether neither check-in nor gate lets a member in; they never differ."""
    codes = [
        shop.check_in(member, by="kiosk").code,
        shop.check_in({"phone": member.phone}, by="kiosk").code,
        shop.ask_gate(phone=member.phone).code,
        shop.ask_gate(member_id=member.member_id).code,
    ]
    refused = codes.count("account_blocked")
    assert refused in (0, len(codes)), codes
    return refused > 0


# ---------------------------------------------------------------- everywhere


def test_whoever_has_the_number_is_refused_in_every_program(
    shop: Shop, other: Shop, ana: Enrolled, there: Enrolled
) -> None:
    for program in (shop, other):
        program.configure(cooldown_minutes=0)
    bystander = shop.enrol()
    answer = block(shop)
    assert (answer.status, answer.body) == (
        201,
        {
            "block_id": answer.body["block_id"],
            "phone_masked": "•••••••••50",
            "reason": WHY,
            "blocked_at": format_instant(NOON),
            "blocked_by": shop.subject("support"),
            "blocked_by_name": "The support",
        },
    )
    assert barred(shop, ana)
    assert barred(other, there)
    assert not barred(shop, bystander)
    assert lift(shop, phone=PHONE).status == 204
    assert not barred(shop, ana)
    assert not barred(other, there)


def test_a_refused_member_is_told_what_any_blocked_member_is(shop: Shop, ana: Enrolled) -> None:
    shop.configure(contact_us=CONTACT)
    ben = shop.enrol()
    for action in ("flag", "block"):
        shop.of(f"POST {action}", ben, body={"reason": "Seen."})
    block(shop)
    for told, known in (
        (shop.check_in(ana), shop.check_in(ben)),
        (shop.ask_gate(phone=ana.phone), shop.ask_gate(phone=ben.phone)),
    ):
        assert (told.status, told.body) == (known.status, known.body)
        assert told.body["contact"] == CONTACT


@pytest.mark.parametrize("known_before", [False, True])
def test_enrolling_a_blocked_number_makes_a_member_who_is_refused_from_the_first_moment(
    shop: Shop, other: Shop, ana: Enrolled, *, known_before: bool
) -> None:
    if known_before:
        gone = other.enrol_number(PHONE)
        assert other.of("DELETE", gone).status == 204
    block(shop)
    enrolled = other.ask(
        "POST /v1/members", by="kiosk", body={"program_id": other.program_id, "phone": PHONE}
    )
    assert (enrolled.status, enrolled.body["access"], enrolled.body["platform_blocked"]) == (
        201,
        "active",
        True,
    )
    there = Enrolled(enrolled.body["member_id"], PHONE)
    assert barred(other, there)
    assert [e["action"] for e in other.audit() if e["subject"] == there.member_id] == ["platform_block"]
    lift(shop, phone=PHONE)
    assert not barred(other, there)
    assert ana.phone == PHONE


def test_erasing_the_member_does_not_lift_it(shop: Shop, ana: Enrolled) -> None:
    block(shop)
    assert shop.of("DELETE", ana).status == 204
    again = shop.enrol_number(PHONE)
    assert again.member_id != ana.member_id
    assert barred(shop, again)
    assert listed(shop)["items"] != []


def test_a_number_that_nobody_has_yet_can_be_blocked(shop: Shop) -> None:
    assert block(shop).status == 201
    assert shop.ask_gate(phone=PHONE).status == 200
    assert barred(shop, shop.enrol_number(PHONE))


# ---------------------------------------------------------------- what staff see


def test_staff_see_it_in_the_list_on_the_page_and_in_the_timeline(shop: Shop, ana: Enrolled) -> None:
    assert shop.of("GET", ana).body["platform_blocked"] is False
    block(shop)
    shop.clock.now += 1000
    (item,) = shop.ask("GET /v1/members", by="viewer").body["items"]
    page = shop.of("GET", ana, by="viewer").body
    for shown in (item, page):
        assert (shown["access"], shown["platform_blocked"]) == ("active", True)
    assert [(e["what"], e["by"]) for e in page["timeline"] if e["what"] != "enrol"] == [
        ("platform_block", "platform support")
    ]
    lift(shop, phone=PHONE)
    page = shop.of("GET", ana, by="viewer").body
    assert page["platform_blocked"] is False
    assert [e["what"] for e in page["timeline"]] == ["platform_unblock", "platform_block", "enrol"]


def test_the_programs_log_has_neither_supports_name_nor_their_words(
    shop: Shop, other: Shop, ana: Enrolled, there: Enrolled
) -> None:
    block(shop)
    lift(shop, phone=PHONE)
    for program, member in ((shop, ana), (other, there)):
        entries = program.audit()
        assert [(e["action"], e["subject"], e["by"]) for e in entries] == [
            ("platform_block", member.member_id, "platform support"),
            ("platform_unblock", member.member_id, "platform support"),
        ]
        assert "Pemberly" not in json.dumps(entries)
        assert "A mistake" not in json.dumps(entries)
        assert program.subject("support") not in json.dumps(entries)


def test_the_platforms_log_says_who_and_why(shop: Shop, ana: Enrolled) -> None:
    block_id = block(shop).body["block_id"]
    lift(shop, block_id=block_id)
    assert [(e["action"], e["by"], e["subject"], e["reason"]) for e in platform_log(shop)] == [
        ("block_number", shop.subject("support"), block_id, WHY),
        ("unblock_number", shop.subject("support"), block_id, "A mistake."),
    ]
    assert ana.member_id not in json.dumps(platform_log(shop))


def test_no_decision_of_the_programs_staff_lifts_it(shop: Shop, ana: Enrolled) -> None:
    block(shop)
    refused = shop.of("POST unblock", ana, body={"reason": "Knows me."})
    assert (refused.status, refused.code) == (409, "not_blocked")
    for action in ("flag", "block", "unblock", "flag", "resolve"):
        decided = shop.of(f"POST {action}", ana, body={"reason": "Seen."})
        assert (decided.status, decided.body["platform_blocked"]) == (200, True)
        assert barred(shop, ana)


def test_a_block_of_the_programs_own_outlives_it_and_is_told_apart(shop: Shop, ana: Enrolled) -> None:
    for action in ("flag", "block"):
        shop.of(f"POST {action}", ana, body={"reason": "Seen."})
    block(shop)
    lift(shop, phone=PHONE)
    assert barred(shop, ana)
    assert shop.of("POST unblock", ana, body={"reason": "Seen."}).status == 200
    assert not barred(shop, ana)


def test_access_in_the_list_is_the_programs_own(shop: Shop, ana: Enrolled) -> None:
    block(shop)
    found = {
        access: [
            item["member_id"] for item in shop.ask("GET /v1/members", query={"access": access}).body["items"]
        ]
        for access in ("active", "blocked")
    }
    assert found == {"active": [ana.member_id], "blocked": []}


# ---------------------------------------------------------------- the list, and requests that repeat


def test_blocks_are_listed_newest_first_on_pages(shop: Shop) -> None:
    made = []
    for number in range(5):
        shop.clock.now = NOON + number
        made.append(block(shop, f"+121255501{number:02d}").body)
    found: list[Any] = []
    query: dict[str, Any] = {"limit": "2"}
    for _ in range(3):
        page = listed(shop, **query)
        found += page["items"]
        query["cursor"] = page["next_cursor"]
    assert query["cursor"] is None
    assert found == made[::-1]


def test_a_number_is_shown_nowhere_and_kept_nowhere(shop: Shop) -> None:
    told = [block(shop).text, json.dumps(listed(shop)), block(shop).text]
    tables = shop.database.tables
    kept = [shop.backend.items(table) for table in (tables.programs, tables.members, tables.audit)]
    told.append(json.dumps(kept))
    for text in told:
        assert PHONE[2:] not in text
        assert "2125550150" not in text


def test_a_block_that_stands_is_answered_as_it_was_made(shop: Shop, ana: Enrolled) -> None:
    first = block(shop)
    shop.clock.now += 1000
    again = block(shop, reason="Another reason.")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert len(platform_log(shop)) == 1
    assert [e["action"] for e in shop.audit() if e["subject"] == ana.member_id] == ["platform_block"]


def test_after_it_was_lifted_a_number_can_be_blocked_again(shop: Shop, ana: Enrolled) -> None:
    first = block(shop).body["block_id"]
    lift(shop, phone=PHONE)
    second = block(shop)
    assert second.status == 201
    assert lift(shop, block_id=first).code == "not_found"
    assert barred(shop, ana)


@pytest.mark.parametrize("which", ["phone", "block_id"])
def test_what_is_lifted_is_gone_from_the_list(shop: Shop, which: str) -> None:
    made = block(shop).body
    answer = lift(shop, **({"phone": PHONE} if which == "phone" else {"block_id": made["block_id"]}))
    assert (answer.status, answer.text) == (204, "")
    assert listed(shop)["items"] == []
    assert lift(shop, phone=PHONE).code == "not_found"
    assert lift(shop, block_id=made["block_id"]).code == "not_found"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"phone": "212 555 0150", "reason": "x"}, {"phone"}),
        ({"phone": "+1", "reason": "x"}, {"phone"}),
        ({"phone": "+999 1234567", "reason": "x"}, {"phone"}),
        ({"phone": "call me", "reason": "x"}, {"phone"}),
        ({"phone": "+" + "1" * 40, "reason": "x"}, {"phone"}),
        ({"phone": PHONE, "reason": " "}, {"reason"}),
        ({"phone": PHONE}, {"reason"}),
        ({"reason": "x"}, {"phone"}),
        ({"phone": 12125550150, "reason": "x", "colour": "red"}, {"phone", "colour"}),
    ],
    ids=str,
)
def test_wrong_fields_of_a_block_are_named(shop: Shop, body: dict[str, Any], fields: set[str]) -> None:
    for method in ("POST", "DELETE"):
        answer = shop.ask(f"{method} {BLOCKS}", by="support", body=body)
        assert (answer.status, answer.code, answer.fields) == (422, "invalid_request", fields), method
    assert platform_log(shop) == []


def test_a_block_is_lifted_by_number_or_by_id_and_not_by_both(shop: Shop) -> None:
    made = block(shop).body
    answer = lift(shop, phone=PHONE, block_id=made["block_id"])
    assert (answer.status, answer.fields) == (422, {"phone"})
    assert listed(shop)["items"] == [made]


@pytest.mark.parametrize(("body", "status"), [("", 422), ("{", 400), ("[]", 422)])
def test_a_deletion_without_a_document_is_refused(shop: Shop, body: str, status: int) -> None:
    assert shop.ask(f"DELETE {BLOCKS}", by="support", body=body).status == status


@pytest.mark.parametrize("phone", ["+1 (212) 555-0150", "+1.212.555.0150", " +12125550150 "])
def test_a_number_is_blocked_however_it_is_written(shop: Shop, ana: Enrolled, phone: str) -> None:
    assert block(shop, phone).status == 201
    assert barred(shop, ana)


# ---------------------------------------------------------------- in the middle of something else


@contextmanager
def just_before(shop: Shop, which: Which, job: Callable[[], object]) -> Iterator[None]:
    """Somebody else does something between the reads of a request and such a write of it; once."""
    done: list[Call] = []

    def around(call: Call, make: Callable[[], Any]) -> Any:
        if which(call) and not done:
            done.append(call)
            job()
        return make()

    with between(shop, around):
        yield
    assert done, "there was no such write"


def test_a_block_that_is_lifted_while_it_is_written_through_stays_lifted(shop: Shop, ana: Enrolled) -> None:
    with just_before(shop, writes_to("MembersTable", ana.member_id), lambda: lift(shop, phone=PHONE)):
        assert block(shop).status == 201
    assert not barred(shop, ana)
    assert shop.audit() == []


def test_a_lifting_that_is_overtaken_by_a_new_block_does_not_undo_it(shop: Shop, ana: Enrolled) -> None:
    block(shop)
    with just_before(shop, writes_to("MembersTable", ana.member_id), lambda: block(shop)):
        assert lift(shop, phone=PHONE).status == 204
    assert barred(shop, ana)
    assert [e["action"] for e in shop.audit()] == ["platform_block"]


@pytest.mark.parametrize("stands", [False, True])
def test_an_enrolment_in_whose_middle_the_number_is_blocked_or_no_longer_follows(
    shop: Shop, *, stands: bool
) -> None:
    if stands:
        block(shop)
    meanwhile = (lambda: lift(shop, phone=PHONE)) if stands else (lambda: block(shop))
    with just_before(shop, writes_to("MembersTable", f"{shop.program_id}#"), meanwhile):
        ana = shop.enrol_number(PHONE)
    assert barred(shop, ana) is not stands


# ---------------------------------------------------------------- what a crash left out


def the_block(shop: Shop) -> dict[str, Any]:
    """The only block's item in its number's partition, as DynamoDB has it."""
    (item,) = (i for i in shop.backend.items(shop.database.tables.members) if i["sk"]["S"] == PLATFORM)
    return item


def test_a_block_that_was_interrupted_is_finished_by_the_projector(
    shop: Shop, other: Shop, ana: Enrolled, there: Enrolled
) -> None:
    with crashing_before(shop, writes_to("MembersTable", f"{shop.program_id}#")):
        block(shop)
    assert not shop.register(ana).member.platform_blocked
    item = the_block(shop)
    assert send(shop, [record(None, item, NOON)] * 2) == []
    assert barred(shop, ana)
    assert barred(other, there)
    assert [len(program.audit()) for program in (shop, other)] == [1, 1]


def test_so_is_the_lifting_of_one(shop: Shop, other: Shop, ana: Enrolled, there: Enrolled) -> None:
    block(shop)
    item = the_block(shop)
    with crashing_before(shop, writes_to("MembersTable", f"{shop.program_id}#")):
        lift(shop, phone=PHONE)
    assert shop.register(ana).member.platform_blocked
    assert send(shop, [record(item, None, NOON)] * 2) == []
    assert not barred(shop, ana)
    assert not barred(other, there)
    assert [len(program.audit()) for program in (shop, other)] == [2, 2]


def test_or_by_the_same_request_again(shop: Shop, ana: Enrolled) -> None:
    with crashing_before(shop, writes_to("MembersTable", f"{shop.program_id}#")):
        block(shop)
    assert block(shop).status == 200
    assert barred(shop, ana)
    assert len(platform_log(shop)) == 1


def test_a_record_that_comes_late_does_what_is_right_by_then(shop: Shop, ana: Enrolled) -> None:
    block(shop)
    item = the_block(shop)
    lift(shop, phone=PHONE)
    assert send(shop, [record(None, item, NOON)]) == []
    assert not barred(shop, ana)
    block(shop)
    assert send(shop, [record(item, None, NOON)]) == []
    assert barred(shop, ana)


def test_the_stream_leaves_alone_what_a_program_knows_of_a_number(shop: Shop, ana: Enrolled) -> None:
    profile = people.get_profile(shop.database, shop.program_id, ana.member_id)
    assert profile is not None
    item = shop.item("members", people.phone_key(shop.program_id, profile.phone_hash))
    assert send(shop, [record(None, item, NOON)]) == []
    assert shop.audit() == []


def test_a_program_that_knows_only_a_block_of_its_own_is_passed_over(shop: Shop, ana: Enrolled) -> None:
    for action in ("flag", "block"):
        shop.of(f"POST {action}", ana, body={"reason": "Seen."})
    assert shop.of("DELETE", ana).status == 204
    before = shop.audit()
    assert block(shop).status == 201
    assert lift(shop, phone=PHONE).status == 204
    assert shop.audit() == before
    assert barred(shop, shop.enrol_number(PHONE))
