"""Digests: each flag is told of once, at its time, to those who want to know."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from local_cloud.emulator import REGION
from redflag import wiring
from redflag.core.instants import DAY, HOUR, MINUTE, SECOND, Instant, from_datetime, parse_instant
from redflag.service.notifications import claiming
from redflag.service.notifications.claiming import HOLD
from redflag.store import pending_notifications, schedules
from redflag.store.database import Database
from tests.cloud import quick_moto
from tests.cloud.backends import Backend, remembering
from tests.cloud.faults import Crash
from tests.cloud.mails import Post, around_every_call
from tests.cloud.program import Clock, Enrolled, Shop

ANA, BO = "ana@example.com", "bo@example.com"


@pytest.fixture
def post(cloud: Backend, database: Database, clock: Clock) -> Iterator[Post]:
    with remembering(), Post.fresh(cloud, database, clock).watching() as watched:
        yield watched


@pytest.fixture
def shop(post: Post) -> Shop:
    return post.shop


def configure(shop: Shop, frequency: str = "daily", *recipients: str, rules: Any = None, **more: Any) -> None:
    """Save the settings as an owner does."""
    notifications = {"frequency": frequency, "recipients": list(recipients or (ANA,))} | more
    body = {"notifications": notifications, "rules": rules or {}}
    answer = shop.ask("PUT /v1/settings", body=body)
    assert answer.status == 200, answer.text
    shop.forget()


def flagged(post: Post, **more: Any) -> Enrolled:
    """A new member with a new flag, which the projector has followed."""
    member = post.shop.enrol(**more)
    answer = post.shop.of("POST flag", member, body={"reason": "Seen at the counter."})
    assert answer.status == 200, answer.text
    post.project()
    return member


def ids(*members: Enrolled) -> list[str]:
    return sorted(member.member_id for member in members)


def due_at(shop: Shop) -> Instant | None:
    return schedules.get(shop.database, shop.program_id).due_at


def at(text: str) -> Instant:
    return parse_instant(text)


def run(post: Post, now: Instant | None = None) -> list[str]:
    """A tick at an instant, and the mailer after it."""
    if now is not None:
        post.shop.clock.now = now
    post.tick()
    return post.deliver()


# ---------------------------------------------------------------- each flag once


def test_a_daily_digest_tells_of_the_flags_since_the_last_one(shop: Shop, post: Post) -> None:
    shop.clock.now = at("2060-03-15T12:00:00.000Z")
    configure(shop, "daily", ANA, BO)
    ana, bo = flagged(post), flagged(post)
    assert run(post, at("2060-03-16T07:59:59.999Z")) == []
    assert post.sent == []
    run(post, at("2060-03-16T08:00:00.000Z"))
    assert [mail.to for mail in post.sent] == [ANA, BO]
    assert all(sorted(mail.members) == ids(ana, bo) for mail in post.sent)
    cy = flagged(post)
    run(post, at("2060-03-16T08:15:00.000Z"))
    assert len(post.sent) == 2
    run(post, at("2060-03-17T08:05:00.000Z"))
    assert [mail.members for mail in post.to(ANA)[1:]] == [ids(cy)]
    run(post, at("2060-03-18T08:05:00.000Z"))
    assert len(post.to(ANA)) == 2, "nothing new, no mail"


def test_a_flag_that_the_stream_repeats_is_told_of_once(shop: Shop, post: Post) -> None:
    configure(shop)
    member = flagged(post)
    run(post, shop.clock.now + DAY)
    Post(shop).project()
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_a_late_event_is_told_of_when_it_was_learned_of(shop: Shop, post: Post) -> None:
    configure(shop, rules={"visit_frequency": {"limit": 2}})
    run(post, shop.clock.now + DAY)
    member, long_ago = shop.enrol(), shop.clock.now - 300 * DAY
    for gap in (0, 2 * HOUR):
        assert shop.check_in(member, long_ago + gap).status == 201
    post.project()
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_flags_of_an_erased_member_are_left_out(shop: Shop, post: Post) -> None:
    configure(shop)
    gone, stays = flagged(post), flagged(post)
    assert shop.of("DELETE", gone).status == 204
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(stays)]


def test_when_all_flags_are_gone_there_is_no_mail_and_the_next_digest_comes_in_time(
    shop: Shop, post: Post
) -> None:
    configure(shop)
    shop.of("DELETE", flagged(post))
    run(post, shop.clock.now + DAY)
    assert post.sent == []
    member = flagged(post)
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_more_flags_than_one_digest_has_room_for_follow_in_another_at_once(
    shop: Shop, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "MOST_FLAGS", 2)
    configure(shop)
    members = [flagged(post) for _ in range(5)]
    run(post, shop.clock.now + DAY)
    assert [len(mail.members) for mail in post.sent] == [2, 2, 1]
    assert sorted(m for mail in post.sent for m in mail.members) == ids(*members)


# ---------------------------------------------------------------- at its time


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2027-03-13", "2027-03-13T13:00:00.000Z"),
        ("2027-03-14", "2027-03-14T12:00:00.000Z"),
        ("2027-03-15", "2027-03-15T12:00:00.000Z"),
        ("2027-11-06", "2027-11-06T12:00:00.000Z"),
        ("2027-11-07", "2027-11-07T13:00:00.000Z"),
        ("2027-11-08", "2027-11-08T13:00:00.000Z"),
    ],
)
def test_eight_in_new_york_comes_once_around_daylight_saving_time(
    shop: Shop, post: Post, day: str, due: str
) -> None:
    midnight = from_datetime(datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC))
    shop.clock.now = midnight - DAY
    configure(shop, "daily", ANA, time_zone="America/New_York")
    before = flagged(post)
    run(post, midnight - HOUR)
    told = [mail.members for mail in post.sent]
    assert told == [ids(before)]
    member = flagged(post)
    sent_at: list[Instant] = []
    for quarter in range(24 * 4):
        run(post, midnight + quarter * 15 * MINUTE)
        if len(post.sent) > 1 + len(sent_at):
            sent_at.append(shop.clock.now)
    assert sent_at == [at(due)]
    assert post.sent[1].members == ids(member)


def test_after_an_outage_of_three_days_one_digest_tells_of_all_of_them(shop: Shop, post: Post) -> None:
    configure(shop)
    members = []
    for _ in range(3):
        members.append(flagged(post))
        shop.clock.now += DAY
    run(post)
    assert [sorted(mail.members) for mail in post.sent] == [ids(*members)]
    last = flagged(post)
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent[1:]] == [ids(last)]


def test_a_changed_time_zone_moves_the_next_digest_and_tells_of_nothing_twice(shop: Shop, post: Post) -> None:
    shop.clock.now = at("2060-06-01T10:00:00.000Z")
    configure(shop, "daily", ANA, time_zone="America/New_York")
    one = flagged(post)
    assert due_at(shop) == at("2060-06-01T12:00:00.000Z")
    configure(shop, "daily", ANA, time_zone="America/Los_Angeles")
    assert due_at(shop) == at("2060-06-01T15:00:00.000Z")
    run(post, at("2060-06-01T12:30:00.000Z"))
    assert post.sent == []
    run(post, at("2060-06-01T15:00:00.000Z"))
    configure(shop, "daily", ANA, time_zone="Pacific/Auckland")
    two = flagged(post)
    for hours in range(48):
        run(post, at("2060-06-01T15:00:00.000Z") + hours * HOUR)
    assert [mail.members for mail in post.sent] == [ids(one), ids(two)]


def test_a_change_of_other_settings_leaves_the_schedule_alone(shop: Shop, post: Post) -> None:
    configure(shop)
    before = due_at(shop)
    shop.clock.now += 30 * DAY
    notifications = {"frequency": "daily", "recipients": [ANA]}
    body = {"notifications": notifications, "automatically_suspend": True}
    assert shop.ask("PUT /v1/settings", body=body).status == 200
    assert due_at(shop) == before
    assert post.sent == []


# ---------------------------------------------------------------- at once, or not at all


def test_every_flag_is_told_of_at_once_and_a_burst_in_one_mail(shop: Shop, post: Post) -> None:
    configure(shop, "every_flag")
    post.deliver()
    members = []
    for _ in range(3):
        member = shop.enrol()
        shop.of("POST flag", member, body={"reason": "Seen."})
        members.append(member)
    post.project()
    post.deliver()
    assert [sorted(mail.members) for mail in post.sent] == [ids(*members)]
    assert post.sent[0].subject == "3 new red flags at Quince & Co"
    assert post.tick() == 0, "what was told of is not due again"


def test_when_the_call_of_the_mailer_is_lost_the_next_tick_finds_the_flag(shop: Shop, post: Post) -> None:
    configure(shop, "every_flag")
    post.deliver()
    member = flagged(post)
    wiring.client("sqs").purge_queue(QueueUrl=shop.backend.values["MailerQueue"])
    run(post)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_flags_while_notifications_are_off_are_never_told_of(shop: Shop, post: Post) -> None:
    configure(shop)
    flagged(post)
    configure(shop, "off")
    run(post)
    flagged(post)
    configure(shop)
    member = flagged(post)
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_flags_wait_while_there_is_nobody_to_tell(shop: Shop, post: Post) -> None:
    member = flagged(post)
    assert post.tick() == 0
    configure(shop)
    run(post, shop.clock.now + DAY)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_what_waits_for_a_digest_is_told_of_when_every_flag_is_turned_on(shop: Shop, post: Post) -> None:
    configure(shop)
    member = flagged(post)
    configure(shop, "every_flag")
    run(post)
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_a_recipient_who_stands_twice_gets_one_mail(shop: Shop, post: Post) -> None:
    configure(shop, "daily", ANA, "Ana@Example.com")
    flagged(post)
    run(post, shop.clock.now + DAY)
    assert [mail.to for mail in post.sent] == [ANA]


# ---------------------------------------------------------------- work grows with what is due


def test_a_tick_reads_what_is_due_and_not_all_programs(shop: Shop, post: Post) -> None:
    database, now = shop.database, shop.clock.now
    everyone = [
        schedules.Schedule(f"p_{n:08d}", due_at=now - n if n < 20 else now + n * MINUTE)
        for n in range(10_000)
    ]
    table = database.tables.notices
    items = [schedules.save(database, each).request["Item"] for each in everyone]
    for start in range(0, len(items), 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        database.client.batch_write_item(RequestItems={table: puts})  # type: ignore[dict-item]
    calls: list[str] = []
    read: list[int] = []

    def note(operation: str, _params: Any, make: Any) -> Any:
        calls.append(operation)
        answer = make()
        if operation == "Query":
            read.append(answer["ScannedCount"])
        return answer

    with around_every_call(note):
        assert post.tick() == 20
    assert calls == ["Query", "SendMessageBatch", "SendMessageBatch"]
    assert read == [20]


# ---------------------------------------------------------------- whatever fails


def crash(at_call: int, *, after: bool) -> Any:
    """The process ends at its n-th call of AWS, before it is made or before its answer is known."""
    numbers = count(1)

    def around(_operation: str, _params: Any, make: Any) -> Any:
        if next(numbers) != at_call:
            return make()
        if after:
            make()
        raise Crash

    return around_every_call(around)


def crashed_at(post: Post, at_call: int, *, after: bool) -> str | None:
    """Run until the process ends at a call; which one it was, or none when there were not so many."""
    operations: list[str] = []

    def note(operation: str, _params: Any, make: Any) -> Any:
        operations.append(operation)
        return make()

    try:
        with crash(at_call, after=after), around_every_call(note):
            post.tick()
            post.look()
    except Crash:
        return operations[-1]
    return None


@pytest.mark.parametrize("moment", ["before the call", "after the call"])
@pytest.mark.parametrize("ses", ["silent", "telling"])
def test_a_crash_at_any_call_loses_no_flag_and_repeats_none_but_in_the_one_case(
    shop: Shop, post: Post, moment: str, ses: str
) -> None:
    after, told = moment == "after the call", ses == "telling"
    configure(shop, "daily", ANA, BO)
    members = [flagged(post) for _ in range(2)]
    shop.clock.now += DAY
    begin_again = quick_moto.keep(REGION)
    repeated = []
    for at_call in count(1):
        begin_again()
        post.sent.clear()
        operation = crashed_at(post, at_call, after=after)
        if operation is None:
            break
        if told:
            for mail in post.sent:
                post.feed("Send", mail)
        # The message comes again, or the next tick finds the program due.
        for _ in range(2):
            shop.clock.now += HOLD + SECOND
            assert post.look() == []
        assert pending_notifications.waiting(shop.database, shop.program_id, 10) == []
        for recipient in (ANA, BO):
            mails = post.to(recipient)
            assert all(sorted(mail.members) == ids(*members) for mail in mails)
            if len(mails) != 1:
                repeated.append((operation, len(mails)))
    assert at_call > 20, "so many calls at least, each of them tried"
    # SES had the mail, and the process ended before that was written down: for each recipient once.
    unknowable = ("SendEmail", 2) if after else ("UpdateItem", 2)
    assert repeated == ([] if told else [unknowable] * 2)


def test_two_mailers_at_once_send_one_digest(shop: Shop, post: Post) -> None:
    configure(shop)
    flagged(post)
    shop.clock.now += DAY
    entered: list[bool] = []

    def second_in_the_middle(operation: str, _params: Any, make: Any) -> Any:
        if operation == "SendEmail" and not entered:
            entered.append(True)
            assert post.look() == []
        return make()

    with around_every_call(second_in_the_middle):
        post.look()
    assert len(post.sent) == 1


def ses_error(code: str, status: int) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": "No."}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendEmail")


def failing(code: str, status: int, times: int = 99) -> Any:
    """SES answers with an error, the first few times."""
    left = iter(range(times))

    def around(operation: str, _params: Any, make: Any) -> Any:
        if operation == "SendEmail" and next(left, None) is not None:
            raise ses_error(code, status)
        return make()

    return around_every_call(around)


def test_when_ses_takes_no_mail_now_the_message_comes_again_and_finds_the_digest_free(
    shop: Shop, post: Post
) -> None:
    configure(shop)
    member = flagged(post)
    shop.clock.now += DAY
    with failing("TooManyRequestsException", 429):
        assert len(post.look()) == 1
    assert post.sent == []
    shop.clock.now += SECOND
    assert post.look() == []
    assert [mail.members for mail in post.sent] == [ids(member)]


def test_when_ses_refuses_every_mail_the_flags_wait_and_the_owner_reads_why(shop: Shop, post: Post) -> None:
    configure(shop)
    member = flagged(post)
    shop.clock.now += DAY
    with failing("MessageRejected", 400):
        assert post.look() == []
    answer = shop.ask("GET /v1/notifications")
    assert (answer.body["problem"], answer.body["waiting"]) == ("No.", 1)
    run(post, shop.clock.now + 15 * MINUTE)
    assert [mail.members for mail in post.sent] == [ids(member)]
    assert shop.ask("GET /v1/notifications").body["problem"] is None


def test_one_recipient_whom_ses_refuses_does_not_keep_the_others_from_their_mail(
    shop: Shop, post: Post
) -> None:
    configure(shop, "daily", ANA, BO)
    flagged(post)
    shop.clock.now += DAY
    with failing("MessageRejected", 400, times=1):
        post.look()
    assert [mail.to for mail in post.sent] == [BO]
    assert shop.ask("GET /v1/notifications").body["problem"] == "No."
    run(post, shop.clock.now + DAY)
    assert [mail.to for mail in post.sent] == [BO]


@pytest.mark.parametrize("break_", ["timeout", "server error"])
def test_a_mail_whose_fate_is_unknown_is_sent_again_only_after_ses_had_time_to_tell(
    shop: Shop, post: Post, break_: str
) -> None:
    configure(shop)
    flagged(post)
    shop.clock.now += DAY

    def lose_the_answer(operation: str, _params: Any, make: Any) -> Any:
        if operation == "SendEmail":
            make()
            if break_ == "timeout":
                raise ReadTimeoutError(endpoint_url="ses")
            raise ses_error("InternalFailure", 503)
        return make()

    with around_every_call(lose_the_answer):
        assert len(post.look()) == 1
    shop.clock.now += MINUTE
    assert post.look() == []
    assert len(post.sent) == 1, "it is held, so nobody sends it again yet"
    post.feed("Send", post.sent[0])
    shop.clock.now += HOLD
    post.look()
    assert len(post.sent) == 1


def test_who_unsubscribes_while_a_digest_is_stuck_gets_it_no_more(shop: Shop, post: Post) -> None:
    configure(shop, "daily", ANA, BO)
    flagged(post)
    shop.clock.now += DAY
    with failing("TooManyRequestsException", 429):
        post.look()
    configure(shop, "daily", BO)
    shop.clock.now += SECOND
    post.look()
    assert [mail.to for mail in post.sent] == [BO]
