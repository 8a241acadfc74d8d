"""Erasing a member: everywhere, whatever breaks off, and whoever acts meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest

from redflag.core.instants import DAY, HOUR, MINUTE
from redflag.core.roles import Role
from redflag.service.members import enrolment, personal_data
from redflag.store import principals
from tests.cloud.faults import Call, Crash, between, watching
from tests.cloud.program import NOON, Enrolled, Shop
from tests.cloud.requests import jwt
from tests.cloud.streams import Streams, send

NAME, EMAIL, OWN_ID = "Odalys Vantongeren", "odalys@example.com", "crm-77341"
SUBJECTS = ("f3a1-account-one", "f3a1-account-two")
TABLES = ("programs", "members", "places", "history", "audit")


def busy(shop: Shop, *, blocked: bool = False) -> Enrolled:
    """A member of whom every kind of thing is kept, and another who followed them around."""
    shop.configure(
        visit_frequency={"mode": "on", "limit": 3},
        consecutive_check_ins={"mode": "shadow", "limit": 2},
        back_to_back={"mode": "on", "limit": 2},
    )
    ana = shop.enrol(name=NAME, email=EMAIL, external_id=OWN_ID, membership="active")
    ben, streams = shop.enrol(), Streams(shop)
    for subject in SUBJECTS:
        shop.link(ana, subject + shop.program_id)
    for hours in (9, 8, 5):
        shop.check_in(ana, NOON - hours * HOUR, device_id="anas phone")
        shop.check_in(ben, NOON - hours * HOUR + MINUTE)
        send(shop, streams.look())
    shop.of("POST point-edits", ana, by="staff", body={"delta": 40, "reason": "Birthday"})
    for action in ("reveal-phone", "membership/cancel", *(["block"] if blocked else ["verify"])):
        body = None if action == "reveal-phone" else {"reason": "Seen."}
        assert shop.of(f"POST {action}", ana, by="manager", body=body).status == 200
    assert shop.rules(ben) >= {"back_to_back"}
    return ana


def items(shop: Shop) -> list[tuple[str, str]]:
    """Every item of every table, as text, with its table."""
    tables = shop.database.tables
    return [(name, str(item)) for name in TABLES for item in shop.backend.items(getattr(tables, name))]


def traces(shop: Shop, ana: Enrolled, sealed: str, phone_hash: str) -> set[tuple[str, str]]:
    """What names the member, and in which table it stands."""
    words = {
        "name": NAME.split()[1],
        "folded name": NAME.casefold(),
        "e-mail": EMAIL,
        "number": ana.phone[2:],
        "masked number": "\N{BULLET}" + ana.phone[-2:],
        "own id": OWN_ID,
        "sealed number": sealed,
        "hash of the number": phone_hash,
        "account": SUBJECTS[0][:5],
        "device": "anas phone",
        "member id": ana.member_id,
    }
    mine = [(table, text) for table, text in items(shop) if shop.program_id in text]
    return {(what, table) for what, word in words.items() for table, text in mine if word in text}


def erased(shop: Shop, ana: Enrolled) -> None:
    personal_data.erase(shop.program_id, ana.member_id, by="owner", reason="Asked to.", now=shop.clock.now)


@pytest.mark.parametrize("blocked", [False, True])
def test_nothing_personal_is_left_in_any_table(shop: Shop, *, blocked: bool) -> None:
    ana, streams = busy(shop, blocked=blocked), Streams(shop)
    profile = enrolment.get_profile(shop.program_id, ana.member_id)
    secrets = (profile.phone_sealed, profile.phone_hash)
    before = traces(shop, ana, *secrets)
    assert {what for what, _ in before} >= {"name", "e-mail", "own id", "sealed number", "account", "device"}
    streams.look()
    assert shop.of("DELETE", ana, query={"reason": "Asked to."}).status == 204
    send(shop, streams.look())
    # Others' evidence, places and the audit log name the id; a blocked number its hash.
    left = {("member id", table) for table in ("members", "places", "audit")}
    assert traces(shop, ana, *secrets) == left | ({("hash of the number", "members")} if blocked else set())
    theirs = [text for table, text in items(shop) if table == "members" and ana.member_id in text]
    assert all("back_to_back" in text and f"#{ana.member_id}'" not in text for text in theirs)


def test_whoever_acted_as_the_member_is_let_in_no_longer(shop: Shop) -> None:
    ana = busy(shop)
    me = jwt(SUBJECTS[0] + shop.program_id)
    assert shop.check_in(ana, by=me).status in (201, 409)
    erased(shop, ana)
    shop.forget()
    for subject in SUBJECTS:
        assert principals.programs_of(shop.database, subject + shop.program_id) == []
    assert shop.check_in(ana, by=me).code == "forbidden"


def test_a_person_who_acts_as_another_member_by_now_goes_on_doing_so(shop: Shop) -> None:
    ana, ben = busy(shop), shop.enrolled[1]
    subject = shop.link(ben, SUBJECTS[0] + shop.program_id)
    erased(shop, ana)
    known = principals.get_app_caller(shop.database, subject, shop.program_id)
    assert known is not None
    assert (known.role, known.member_id) == (Role.MEMBER, ben.member_id)
    erased(shop, ben)
    assert principals.get_app_caller(shop.database, subject, shop.program_id) is None


def calls_of_an_erasure(shop: Shop) -> int:
    """How many writes an undisturbed erasure makes."""
    ana = busy(shop)
    with watching(shop) as calls:
        erased(shop, ana)
    return sum(map(_writes, calls))


def _writes(call: Call) -> bool:
    return call.operation not in ("GetItem", "Query")


def test_wherever_it_is_broken_off_asking_again_ends_it(shop: Shop) -> None:
    for last in range(calls_of_an_erasure(shop)):
        twin = Shop.open(shop.backend, shop.database, shop.clock)
        ana, streams = busy(twin), Streams(twin)
        profile = enrolment.get_profile(twin.program_id, ana.member_id)
        streams.look()
        with pytest.raises(Crash), between(twin, _crash_after(last)):
            erased(twin, ana)
        assert twin.of("GET", ana).status == 200
        erased(twin, ana)
        assert twin.of("GET", ana).code == "not_found"
        send(twin, streams.look())
        left = traces(twin, ana, profile.phone_sealed, profile.phone_hash)
        assert {what for what, _ in left} == {"member id"}, last
        assert [entry["action"] for entry in twin.audit()].count("erase") == 1


def _crash_after(number: int) -> Callable[[Call, Callable[[], Any]], Any]:
    made: list[Call] = []

    def around(call: Call, make: Callable[[], Any]) -> Any:
        if _writes(call):
            if len(made) == number:
                raise Crash
            made.append(call)
        return make()

    return around


def test_who_signs_in_while_a_member_is_erased_is_not_left_behind(shop: Shop) -> None:
    ana = busy(shop)
    late = f"f3a1-late-{shop.program_id}"
    done: list[str] = []

    def around(call: Call, make: Callable[[], Any]) -> Any:
        # Directly before the end of the first try, when all was swept already.
        if call.operation == "TransactWriteItems" and not done:
            done.append(late)
            enrolment.link(late, shop.program_id, ana.member_id, now=NOON)
        return make()

    with between(shop, around):
        erased(shop, ana)
    assert done
    assert principals.get_app_caller(shop.database, late, shop.program_id) is None
    assert shop.partition("members", f"{shop.program_id}#{ana.member_id}") == []


def test_nobody_is_linked_to_a_member_who_is_gone(shop: Shop) -> None:
    ana = busy(shop)
    erased(shop, ana)
    enrolment.link("f3a1-after", shop.program_id, ana.member_id, now=NOON)
    assert principals.programs_of(shop.database, "f3a1-after") == []
    assert shop.partition("members", f"{shop.program_id}#{ana.member_id}") == []


def test_a_finding_in_the_shadow_about_a_member_who_goes_meanwhile_is_not_kept(shop: Shop) -> None:
    shop.configure(visit_frequency={"mode": "off"}, back_to_back={"mode": "shadow", "limit": 1})
    ana, ben = shop.enrol(), shop.enrol()
    shop.check_in(ana, NOON - DAY)
    gone: list[str] = []

    def around(call: Call, make: Callable[[], Any]) -> Any:
        if call.operation == "TransactWriteItems" and ana.member_id in str(call.keys) and not gone:
            gone.append(ana.member_id)
            with shop.backend.acting("admin"):
                erased(shop, ana)
        return make()

    with between(shop, around):
        assert shop.check_in(ben, NOON - DAY + MINUTE).status == 201
    assert gone
    assert shop.partition("members", f"{shop.program_id}#{ana.member_id}") == []
    theirs = shop.partition("members", f"{shop.program_id}#{ben.member_id}")
    assert [item["rule"] for item in theirs if item["sk"].startswith("S#")] == ["back_to_back"]
