"""The login gate: its route, the contact details, and the app pool's trigger before every token."""

from collections.abc import Iterator
from typing import Any

import pytest

from redflag.core.flags import Action
from redflag.core.roles import Role
from redflag.service import configuration
from redflag.service.flags import decisions
from redflag.store import principals, programs
from redflag.store.ids import new_member_id, new_program_id
from redflag.store.principals import Principal
from redflag.store.programs import Program
from tests.cloud.faults import failing, watching
from tests.cloud.program import Enrolled, Shop
from tests.cloud.requests import answer_of, event_of, http_event, invoke

CONTACT = {"phone": "+1 800 555 0199", "email": "help@example.com", "url": "https://example.com/help"}
NOBODY = "+12125550199"


def decide(shop: Shop, member: Enrolled, *actions: Action) -> None:
    for action in actions:
        decisions.decide_on(
            action, shop.program_id, member.member_id, by="owner", reason="Seen.", now=shop.clock.now
        )


@pytest.fixture
def ana(shop: Shop) -> Enrolled:
    shop.configure(contact_us=CONTACT)
    return shop.enrol()


def by_phone(member: Enrolled) -> dict[str, str]:
    return {"phone": member.phone}


def by_id(member: Enrolled) -> dict[str, str]:
    return {"member_id": member.member_id}


def test_a_member_in_good_standing_may_log_in(shop: Shop, ana: Enrolled) -> None:
    for who in (by_phone(ana), by_id(ana)):
        answer = shop.ask_gate(**who)
        assert (answer.status, answer.body) == (200, {"allowed": True})


def test_a_flag_alone_keeps_nobody_out(shop: Shop, ana: Enrolled) -> None:
    decide(shop, ana, Action.FLAG)
    assert shop.ask_gate(**by_phone(ana)).status == 200


def test_a_blocked_member_is_kept_out_with_a_neutral_word_and_whom_to_contact(
    shop: Shop, ana: Enrolled
) -> None:
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    for who in (by_phone(ana), by_id(ana)):
        answer = shop.ask_gate(**who)
        assert (answer.status, answer.code) == (403, "account_blocked")
        assert answer.body["detail"] == "Your account has been blocked due to suspicious activity."
        assert answer.body["contact"] == CONTACT
    decide(shop, ana, Action.UNBLOCK)
    assert shop.ask_gate(**by_phone(ana)).status == 200


def test_a_suspended_member_is_kept_out_the_same_way(shop: Shop, ana: Enrolled) -> None:
    shop.configure(automatically_suspend=True, visit_frequency={"mode": "on", "limit": 2}, contact_us=CONTACT)
    for hours in (2, 1):
        shop.check_in(ana, shop.clock.now - hours * 3_600_000)
    suspended = shop.ask_gate(**by_phone(ana))
    decide(shop, ana, Action.BLOCK)
    assert suspended.body == shop.ask_gate(**by_phone(ana)).body
    assert suspended.code == "account_blocked"


def test_unknown_numbers_and_members_are_allowed_as_known_ones_are(shop: Shop, ana: Enrolled) -> None:
    known = shop.ask_gate(**by_phone(ana))
    for who in ({"phone": NOBODY}, {"member_id": new_member_id()}, {"member_id": "x"}):
        answer = shop.ask_gate(**who)
        assert (answer.status, answer.headers, answer.text) == (known.status, known.headers, known.text)


@pytest.mark.parametrize(("how", "reads"), [("phone", 2), ("member_id", 1)])
def test_an_unknown_member_takes_the_same_reads_as_a_known_one(
    shop: Shop, ana: Enrolled, how: str, reads: int
) -> None:
    known = {"phone": ana.phone, "member_id": ana.member_id}[how]
    unknown = {"phone": NOBODY, "member_id": new_member_id()}[how]
    shop.ask_gate(**{how: known})
    for value in (known, unknown):
        with watching(shop) as calls:
            shop.ask_gate(**{how: value})
        assert [call.operation for call in calls] == ["GetItem"] * reads


def test_a_number_stays_blocked_when_its_member_is_of_another_program(shop: Shop, ana: Enrolled) -> None:
    other = Shop.open(shop.backend, shop.database, shop.clock)
    other.enrol()
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    assert other.ask_gate(phone=ana.phone).status == 200
    assert other.ask_gate(member_id=ana.member_id).status == 200


def test_an_unknown_program_is_not_found(shop: Shop, ana: Enrolled) -> None:
    assert shop.ask_gate(program_id=new_program_id(), phone=ana.phone).code == "not_found"


# ---------------------------------------------------------------- when the data is out of reach


@pytest.fixture
def out_of_reach(shop: Shop) -> Iterator[list[str]]:
    """Calls of the tables named here fail, as they do when DynamoDB is in trouble."""
    broken: list[str] = []
    with failing(shop, lambda call: any(name in call.tables for name in broken), "InternalServerError"):
        yield broken


def test_a_gate_that_cannot_look_fails_closed_and_does_not_speak_of_a_block(
    shop: Shop, ana: Enrolled, out_of_reach: list[str]
) -> None:
    shop.ask_gate(**by_phone(ana))
    out_of_reach.append("MembersTable")
    for who in (by_phone(ana), by_id(ana), {"phone": NOBODY}):
        answer = shop.ask_gate(**who)
        assert (answer.status, answer.code) == (503, "temporarily_unavailable")
        assert int(answer.headers["retry-after"]) >= 1
        assert "contact" not in answer.body


def test_a_program_may_have_it_fail_open(shop: Shop, ana: Enrolled, out_of_reach: list[str]) -> None:
    shop.configure(gate={"fail_open": True})
    shop.ask_gate(**by_phone(ana))
    out_of_reach.append("MembersTable")
    assert shop.ask_gate(**by_phone(ana)).status == 200


def test_without_its_configuration_too_the_gate_is_closed(
    shop: Shop, ana: Enrolled, out_of_reach: list[str]
) -> None:
    shop.configure(gate={"fail_open": True})
    shop.ask_gate(**by_phone(ana))
    out_of_reach += ["MembersTable", "ProgramsTable"]
    configuration.reset()
    assert shop.ask_gate(**by_phone(ana)).code == "temporarily_unavailable"


# ---------------------------------------------------------------- contact


def ask_contact(shop: Shop, program_id: str) -> Any:
    event = http_event("contact", path={"program_id": program_id})
    return answer_of(invoke(shop.backend, "login_gate", event))


def test_everybody_may_ask_whom_to_contact(shop: Shop, ana: Enrolled) -> None:
    assert shop.ask_gate(**by_id(ana)).status == 200
    answer = ask_contact(shop, shop.program_id)
    assert (answer.status, answer.body) == (200, CONTACT)


def test_a_program_that_has_set_no_contact_has_none(shop: Shop) -> None:
    assert ask_contact(shop, shop.program_id).body == {"phone": None, "email": None, "url": None}


@pytest.mark.parametrize("program_id", ["p_nobodys1", "x", "p_" + "0" * 200])
def test_an_unknown_program_has_no_contact(shop: Shop, program_id: str) -> None:
    assert ask_contact(shop, program_id).code == "not_found"


# ---------------------------------------------------------------- locations


def ask_locations(shop: Shop, program_id: str) -> Any:
    event = http_event("contact", path={"program_id": program_id})
    event["routeKey"] = "GET /v1/programs/{program_id}/locations"
    return answer_of(invoke(shop.backend, "login_gate", event))


def test_everybody_may_ask_where_to_check_in_and_is_told_ids_names_and_zones_alone(shop: Shop) -> None:
    far = shop.place("l_zulu0001", hours={"mon": [{"open": "09:00", "close": "17:00"}]}, zone="Asia/Tokyo")
    answer = ask_locations(shop, shop.program_id)
    assert answer.status == 200
    assert {"location_id": far, "name": "A place", "time_zone": "Asia/Tokyo"} in answer.body["locations"]
    assert {place["location_id"] for place in answer.body["locations"]} == {far, shop.counter, shop.annex}
    assert {tuple(place) for place in answer.body["locations"]} == {("location_id", "name", "time_zone")}


def test_locations_are_kept_in_memory_as_settings_are_and_the_first_one_is_there_at_once(shop: Shop) -> None:
    empty = Shop(shop.backend, shop.database, shop.clock)
    shop.database.commit([programs.save_program(shop.database, Program(empty.program_id, "New", "US"))])
    assert ask_locations(shop, empty.program_id).body == {"locations": []}
    only = {"location_id": "l_first001", "name": "Only", "time_zone": "UTC"}
    shop.database.commit([programs.save_location(shop.database, empty.program_id, only, new=True)])
    assert ask_locations(shop, empty.program_id).body == {"locations": [only]}
    with watching(shop) as calls:
        ask_locations(shop, empty.program_id)
    assert calls == []


@pytest.mark.parametrize("program_id", ["p_nobodys1", "x", "p_" + "0" * 200])
def test_an_unknown_program_has_no_locations(shop: Shop, program_id: str) -> None:
    assert ask_locations(shop, program_id).code == "not_found"


def test_a_closed_program_tells_nobody_where_it_is(shop: Shop) -> None:
    shop.close()
    assert ask_locations(shop, shop.program_id).code == "not_found"


# ---------------------------------------------------------------- the trigger


class Pool:
    """The app pool, about to issue a token to someone who has signed in."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.client_id = f"mobile-{shop.program_id}"
        principal = Principal(self.client_id, Role.APP, shop.program_id)
        shop.database.commit([principals.save(shop.database, principal)])

    def issue(self, subject: str = "sub-ana", client_id: str | None = None, **attributes: str | None) -> Any:
        event = event_of("pre_token_generation")
        event["callerContext"]["clientId"] = client_id or self.client_id
        event["request"]["userAttributes"] |= {"sub": subject} | attributes
        for name in [n for n, v in event["request"]["userAttributes"].items() if v is None]:
            del event["request"]["userAttributes"][name]
        assert invoke(self.shop.backend, "login_gate", event) == event


@pytest.fixture
def pool(shop: Shop) -> Pool:
    return Pool(shop)


@pytest.mark.parametrize("trigger", ["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"])
def test_a_blocked_member_gets_no_token_new_or_refreshed(
    shop: Shop, ana: Enrolled, pool: Pool, trigger: str
) -> None:
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    event = event_of("pre_token_generation") | {"triggerSource": trigger}
    event["callerContext"]["clientId"] = pool.client_id
    event["request"]["userAttributes"]["phone_number"] = ana.phone
    with pytest.raises(Exception, match="Your account has been blocked due to suspicious activity"):
        invoke(shop.backend, "login_gate", event)


def test_who_passes_may_check_in_as_themselves_from_then_on(shop: Shop, ana: Enrolled, pool: Pool) -> None:
    me = {"jwt": {"claims": {"sub": f"sub-{shop.program_id}"}}}
    assert shop.check_in(ana, by=me).code == "forbidden"
    pool.issue(f"sub-{shop.program_id}", phone_number=ana.phone)
    shop.forget()
    assert shop.check_in(ana, by=me).status == 201


def test_a_number_that_is_not_verified_makes_nobody_a_member(shop: Shop, ana: Enrolled, pool: Pool) -> None:
    subject = f"sub-{shop.program_id}"
    pool.issue(subject, phone_number=ana.phone, phone_number_verified="false")
    pool.issue(subject, phone_number=ana.phone, phone_number_verified=None)
    assert principals.get_app_caller(shop.database, subject, shop.program_id) is None


def test_someone_whose_number_is_nobodys_gets_a_token_and_is_no_member(shop: Shop, pool: Pool) -> None:
    subject = f"sub-{shop.program_id}"
    pool.issue(subject, phone_number=NOBODY)
    assert principals.get_app_caller(shop.database, subject, shop.program_id) is None


def test_callers_without_a_number_and_apps_that_nobody_knows_pass(
    shop: Shop, ana: Enrolled, pool: Pool
) -> None:
    decide(shop, ana, Action.FLAG, Action.BLOCK)
    pool.issue(phone_number=None)
    pool.issue(client_id="unknown", phone_number=ana.phone)


def test_a_member_who_enrolled_anew_is_let_in_as_the_new_one(shop: Shop, ana: Enrolled, pool: Pool) -> None:
    subject, ben = f"sub-{shop.program_id}", shop.enrol()
    for member in (ana, ben, ben):
        pool.issue(subject, phone_number=member.phone)
        known = principals.get_app_caller(shop.database, subject, shop.program_id)
        assert known is not None
        assert known.member_id == member.member_id


def test_no_token_is_issued_while_nobody_can_look(ana: Enrolled, pool: Pool, out_of_reach: list[str]) -> None:
    out_of_reach.append("MembersTable")
    with pytest.raises(Exception, match="does not work right now"):
        pool.issue(phone_number=ana.phone)
