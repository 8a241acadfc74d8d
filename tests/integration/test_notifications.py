"""The routes about notifications, the unsubscribe link, and what SES tells of mails."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from redflag import wiring
from redflag.core.instants import DAY, format_instant
from redflag.service.programs.closing import close_program, reopen_program
from redflag.store.ids import new_program_id
from tests.cloud.backends import API, SENDER, Backend, remembering
from tests.cloud.mails import Post, around_every_call
from tests.cloud.program import NOON, Clock, Shop
from tests.cloud.requests import Answer, answer_of, http_event, invoke

ANA, BO = "ana@example.com", "bo@example.com"
STATE, TEST, AGAIN = (
    "GET /v1/notifications",
    "POST /v1/notifications/test",
    "POST /v1/notifications/reinstate",
)
REASON = "The mailbox works again."


@pytest.fixture
def post(cloud: Backend, clock: Clock) -> Iterator[Post]:
    with remembering(), Post.fresh(cloud, wiring.database(), clock).watching() as watched:
        yield watched


@pytest.fixture
def shop(post: Post) -> Shop:
    configure(post.shop, ANA, BO)
    return post.shop


def configure(shop: Shop, *recipients: str, frequency: str = "daily") -> None:
    notifications = {"frequency": frequency, "recipients": list(recipients)}
    assert shop.ask("PUT /v1/settings", body={"notifications": notifications}).status == 200
    shop.forget()


def flag(shop: Shop, post: Post) -> None:
    assert shop.of("POST flag", shop.enrol(), body={"reason": "Seen."}).status == 200
    post.project()


def statuses(shop: Shop) -> dict[str, str]:
    return {each["email"]: each["status"] for each in shop.ask(STATE).body["recipients"]}


def follow_link(shop: Shop, method: str, url: str, body: str | None = None) -> Answer:
    """What a person, or a mail program, does with the link of a mail."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    route = f"{method} /v1/unsubscribe"
    event = http_event("unsubscribe", route=route, query=query)
    if body is not None:
        event["body"], event["headers"]["content-type"] = body, "application/x-www-form-urlencoded"
    return answer_of(invoke(shop.backend, "unsubscribe", event))


def link_to(post: Post, recipient: str) -> str:
    header = post.to(recipient)[-1].headers["List-Unsubscribe"]
    found = re.fullmatch(r"<(.+)>", header)
    assert found is not None
    return found[1]


# ---------------------------------------------------------------- how they stand


def test_how_notifications_stand(shop: Shop, post: Post) -> None:
    flag(shop, post)
    answer = shop.ask(STATE, by="viewer")
    assert answer.body == {
        "frequency": "daily",
        "sender": {"address": SENDER, "ready": True, "explanation": f"Mails are sent from {SENDER}."},
        "recipients": [
            {"email": ANA, "status": "active", "since": None, "detail": None},
            {"email": BO, "status": "active", "since": None, "detail": None},
        ],
        "waiting": 1,
        "last_digest_at": None,
        "next_digest_at": format_instant(NOON + 20 * 3_600_000),
        "problem": None,
    }


def test_a_mail_names_its_sender_its_digest_and_the_way_out(shop: Shop, post: Post) -> None:
    flag(shop, post)
    shop.clock.now += DAY
    post.look()
    mail = post.to(ANA)[0]
    assert mail.sender == f"Quince & Co <{SENDER}>"
    assert set(mail.tags) == {"program", "digest"}
    assert mail.tags["program"] == shop.program_id
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = link_to(post, ANA)
    assert url.startswith(f"{API}/v1/unsubscribe?")
    assert url in mail.text
    assert "ana" not in url
    assert url != link_to(post, BO)


# ---------------------------------------------------------------- the sender


def sender(shop: Shop) -> tuple[bool, str]:
    view = shop.ask(STATE).body["sender"]
    return view["ready"], view["explanation"]


def test_without_a_sender_the_owner_is_told_what_the_operator_has_to_do(
    shop: Shop, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shop.backend.values, "SenderAddress", "")
    ready, explanation = sender(shop)
    assert not ready
    assert "SenderAddress" in explanation
    flag(shop, post)
    shop.clock.now += DAY
    assert post.look() == []
    answer = shop.ask(STATE).body
    assert (answer["waiting"], answer["problem"]) == (1, explanation)


def test_a_sender_that_is_not_verified_comes_with_the_command_that_mends_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shop.backend.values, "SenderAddress", "nobody@elsewhere.example")
    ready, explanation = sender(shop)
    assert not ready
    assert "create-email-identity --email-identity nobody@elsewhere.example" in explanation


@pytest.mark.parametrize(
    ("sending", "production", "ready", "word"),
    [(False, True, False, "paused"), (True, False, True, "sandbox"), (True, True, True, SENDER)],
)
def test_limits_of_the_account_are_explained(
    shop: Shop, *, sending: bool, production: bool, ready: bool, word: str
) -> None:
    account = {"SendingEnabled": sending, "ProductionAccessEnabled": production}

    def answer(operation: str, _params: Any, make: Any) -> Any:
        return account if operation == "GetAccount" else make()

    with around_every_call(answer):
        found = sender(shop)
    assert (found[0], word in found[1]) == (ready, True)


# ---------------------------------------------------------------- a test mail


def test_a_test_mail_goes_to_every_recipient_and_is_no_digest(shop: Shop, post: Post) -> None:
    answer = shop.ask(TEST)
    assert answer.body == {
        "mails": [
            {"email": ANA, "sent": True, "explanation": None},
            {"email": BO, "sent": True, "explanation": None},
        ]
    }
    assert [mail.to for mail in post.sent] == [ANA, BO]
    assert all(mail.tags == {"program": shop.program_id} for mail in post.sent)


def test_a_test_mail_may_go_to_one_of_them_and_to_nobody_else(shop: Shop, post: Post) -> None:
    assert shop.ask(TEST, query={"email": "BO@example.com"}).status == 200
    assert [mail.to for mail in post.sent] == [BO]
    assert shop.ask(TEST, query={"email": "cy@example.com"}).code == "not_found"
    assert shop.ask(TEST, query={"email": "nonsense"}).fields == {"email"}


def test_a_test_that_ses_refuses_says_why(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shop.backend.values, "SenderAddress", "")
    answer = shop.ask(TEST)
    assert [mail["sent"] for mail in answer.body["mails"]] == [False, False]
    assert "SenderAddress" in answer.body["mails"][0]["explanation"]


# ---------------------------------------------------------------- unsubscribing


def test_the_link_asks_first_and_the_button_unsubscribes(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    url = link_to(post, ANA)
    asked = follow_link(shop, "GET", url)
    assert (asked.status, asked.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Quince &amp; Co" in asked.text
    assert statuses(shop) == {ANA: "active", BO: "active"}
    done = follow_link(shop, "POST", url, "List-Unsubscribe=One-Click")
    assert (done.status, "Unsubscribed" in done.text) == (200, True)
    assert statuses(shop) == {ANA: "unsubscribed", BO: "active"}
    assert follow_link(shop, "POST", url).status == 200, "twice is as good as once"
    assert [entry["action"] for entry in shop.audit()][-1] == "stop_mailing"
    flag(shop, post)
    post.sent.clear()
    shop.clock.now += DAY
    post.look()
    assert [mail.to for mail in post.sent] == [BO]


def test_the_log_knows_who_unsubscribed_without_their_address(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    follow_link(shop, "POST", link_to(post, ANA))
    entry = shop.audit()[-1]
    assert (entry["by"], entry["subject"], entry["reason"]) == ("recipient", "a…@example.com", "unsubscribed")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_of_nobody_changes_nothing(shop: Shop, post: Post, method: str) -> None:
    shop.ask(TEST)
    good = link_to(post, ANA)
    for url in (good[:-1] + "_", good.replace(shop.program_id, new_program_id()), f"{good}x"):
        answer = follow_link(shop, method, url)
        assert (answer.status, "no longer good" in answer.text) == (404, True)
    assert statuses(shop) == {ANA: "active", BO: "active"}


def test_the_link_of_one_who_is_no_recipient_any_more_is_of_nobody(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    url = link_to(post, ANA)
    configure(shop, BO)
    assert follow_link(shop, "POST", url).status == 404


def test_a_link_without_its_parts_is_refused(shop: Shop) -> None:
    assert follow_link(shop, "GET", f"{API}/v1/unsubscribe").fields == {"program_id", "token"}


# ---------------------------------------------------------------- bounces and complaints


def test_who_bounced_for_good_is_marked_and_not_mailed_again(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    bounced = [{"emailAddress": "Ana@example.com", "diagnosticCode": "smtp; 550 user unknown"}]
    for _ in range(2):
        post.feed("Bounce", post.sent[0], bounce={"bounceType": "Permanent", "bouncedRecipients": bounced})
    (ana, _) = shop.ask(STATE).body["recipients"]
    assert ana == {
        "email": ANA,
        "status": "bounced",
        "since": format_instant(NOON),
        "detail": "smtp; 550 user unknown",
    }
    assert [entry["action"] for entry in shop.audit()].count("stop_mailing") == 1
    post.sent.clear()
    shop.ask(TEST)
    assert [mail.to for mail in post.sent] == [BO]


def test_a_bounce_that_may_pass_marks_nobody(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    bounced = [{"emailAddress": ANA}]
    post.feed("Bounce", post.sent[0], bounce={"bounceType": "Transient", "bouncedRecipients": bounced})
    assert statuses(shop) == {ANA: "active", BO: "active"}


def test_who_complains_is_not_mailed_again(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    post.feed("Complaint", post.sent[0], complaint={"complainedRecipients": [{"emailAddress": ANA}]})
    assert statuses(shop) == {ANA: "complained", BO: "active"}


def test_news_of_other_kinds_and_of_mails_of_others_change_nothing(shop: Shop, post: Post) -> None:
    shop.ask(TEST)
    post.feed("Send", post.sent[0])
    post.feed("Delivery", post.sent[0])
    mail = post.sent[0]
    mail.tags.pop("program")
    post.feed("Complaint", mail, complaint={"complainedRecipients": [{"emailAddress": ANA}]})
    assert statuses(shop) == {ANA: "active", BO: "active"}


def test_an_owner_reinstates_a_recipient_and_what_waited_is_told(shop: Shop, post: Post) -> None:
    configure(shop, ANA, frequency="every_flag")
    shop.ask(TEST)
    post.feed("Complaint", post.sent[0], complaint={"complainedRecipients": [{"emailAddress": ANA}]})
    flag(shop, post)
    post.deliver()
    assert len(post.sent) == 1
    answer = shop.ask(AGAIN, body={"email": "ANA@example.com", "reason": REASON})
    assert [each["status"] for each in answer.body["recipients"]] == ["active"]
    entry = shop.audit()[-1]
    assert (entry["action"], entry["reason"]) == ("reinstate_recipient", REASON)
    post.tick()
    post.deliver()
    assert len(post.sent[1].members) == 1


@pytest.mark.parametrize("email", [ANA, "cy@example.com"])
def test_there_must_be_something_to_reinstate(shop: Shop, email: str) -> None:
    assert shop.ask(AGAIN, body={"email": email, "reason": REASON}).fields == {"email"}


# ---------------------------------------------------------------- closed programs


def test_a_closed_program_gets_no_mail_until_it_is_reopened(shop: Shop, post: Post) -> None:
    flag(shop, post)
    close_program(shop.program_id, by="support", reason="Left.", now=shop.clock.now)
    shop.clock.now += DAY
    assert post.look() == []
    assert post.sent == []
    reopen_program(shop.program_id, by="support", reason="Back.", now=shop.clock.now)
    shop.clock.now += DAY
    post.look()
    assert {mail.to for mail in post.sent} == {ANA, BO}
