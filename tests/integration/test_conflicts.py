"""Another transaction at an item proves nothing: whoever meets one concludes nothing, and tries again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from redflag.core.instants import DAY
from redflag.core.roles import Role
from redflag.core.settings import Frequency
from redflag.service.members import enrolment, personal_data, retention
from redflag.service.members.enrolment import Enrolment
from redflag.service.notifications import pending, recipients
from redflag.service.programs import app_audience, app_clients, creation, staff
from redflag.service.programs.staff import Person
from redflag.store import digests, pending_notifications, people, principals, programs, suppressions
from redflag.store.database import TransactionConflict
from redflag.store.digests import Digest, Mailing
from redflag.store.suppressions import Suppression, SuppressionReason
from tests.cloud.faults import Call, between
from tests.cloud.program import NOON, Shop
from tests.cloud.streams import project

OLIVE = Person("idp|olive", "olive@example.com", "Olive")
GONE = Suppression("gone@example.com", SuppressionReason.UNSUBSCRIBED, NOON)
PHONE, THEIRS = "+12125550150", "their-1"
FLAG = "f_0123456789abcdefm0123456789"
_WRITES = {"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"}

type Ended = Callable[[], bool]
"""Whether what was wanted has come about."""


@dataclass(frozen=True)
class Place:
    """Work that concludes something from a condition that failed. `repeated` by whoever has it done."""

    name: str
    begin: Callable[[Shop], tuple[Callable[[], Any], Ended]]
    part: str
    """Of the key of the write."""
    repeated: bool = False


def _staff(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    return (
        lambda: staff.add_person(shop.program_id, OLIVE, Role.VIEWER, by="eve", now=NOON),
        lambda: principals.get_staff(shop.database, OLIVE.subject) is not None,
    )


def _no_staff(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    add, added = _staff(shop)
    add()
    return lambda: staff.remove_person(
        shop.program_id, OLIVE.subject, by="eve", now=NOON
    ), lambda: not added()


def _client(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    return (
        lambda: app_clients.add_client(
            shop.program_id, name="Till", role=Role.KIOSK, client_id="till", by="eve", now=NOON
        ),
        lambda: principals.get_app_caller(shop.database, "till", shop.program_id) is not None,
    )


def _no_client(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    add, added = _client(shop)
    add()
    return lambda: app_clients.remove_client(shop.program_id, "till", by="eve", now=NOON), lambda: not added()


def _program(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    made: list[str] = []

    def create() -> None:
        made.append(creation.create_program("Pemberly's", "US", OLIVE, by="sue", now=NOON).program_id)

    return create, lambda: programs.get_program(shop.database, made[0], consistent=True) is not None


def _suppressed(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    return (
        lambda: recipients.suppress(shop.program_id, GONE),
        lambda: GONE.email in suppressions.of_program(shop.database, shop.program_id),
    )


def _reinstated(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    suppress, suppressed = _suppressed(shop)
    suppress()
    return (
        lambda: recipients.reinstate(shop.program_id, GONE.email, by="eve", reason="Asked.", now=NOON),
        lambda: not suppressed(),
    )


def _pending(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    shop.configure(notifications={"frequency": Frequency.DAILY})
    return (
        lambda: pending.flag_raised(shop.program_id, FLAG, now=NOON),
        lambda: pending_notifications.waiting(shop.database, shop.program_id, 9) == [FLAG],
    )


def _enrolled(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    phone = enrolment.read_phone(shop.program_id, PHONE, "phone")
    return (
        lambda: enrolment.enrol(Enrolment(shop.program_id, phone, external_id=THEIRS), now=NOON),
        lambda: people.find_external(shop.database, shop.program_id, THEIRS) is not None,
    )


def _linked(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    ana = shop.enrol()
    return (
        lambda: enrolment.link("ana", shop.program_id, ana.member_id, now=NOON),
        lambda: principals.accounts_of(shop.database, shop.program_id, ana.member_id) == ["ana"],
    )


def _erased(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    ana = shop.enrol()
    shop.link(ana, "ana")

    def erase() -> None:
        personal_data.erase(shop.program_id, ana.member_id, by="eve", reason=None, now=NOON)

    return erase, lambda: principals.get_app_caller(shop.database, "ana", shop.program_id) is None


def _kept(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    shop.configure(visit_frequency={"mode": "off"})
    ana = shop.enrol()
    shop.check_in(ana)
    project(shop)
    (before,) = shop.history(ana)
    shop.configure(retention={"history_days": 30})
    wanted = before["expires_at"] - 370 * DAY // 1_000
    return (
        lambda: retention.apply(shop.program_id, None),
        lambda: [each["expires_at"] for each in shop.history(ana)] == [wanted],
    )


def _sent(shop: Shop) -> tuple[Callable[[], Any], Ended]:
    mailings = {OLIVE.email: Mailing.SENDING}
    digest = Digest(shop.program_id, "d_1", Frequency.DAILY, None, NOON, (), mailings)
    shop.database.commit([digests.begin(shop.database, digest)])
    tags = {"program": [shop.program_id], "digest": ["d_1"]}
    event = {"eventType": "Send", "mail": {"tags": tags, "destination": [OLIVE.email]}}

    def sent() -> bool:
        found = digests.get_digest(shop.database, shop.program_id, "d_1")
        return found is not None and found.mailings == {OLIVE.email: Mailing.SENT}

    return lambda: recipients.follow(event, now=NOON), sent


PLACES = [
    Place("a person is let in", _staff, OLIVE.subject),
    Place("a person is let in no longer", _no_staff, OLIVE.subject),
    Place("a client is let in", _client, "till"),
    Place("a client is let in no longer", _no_client, "till"),
    Place("a program is created", _program, OLIVE.subject),
    Place("a recipient is suppressed", _suppressed, "p_"),
    Place("a recipient is reinstated", _reinstated, "p_"),
    Place("a flag waits to be told of", _pending, "p_"),
    Place("a member has the merchant's own id", _enrolled, THEIRS),
    Place("a person acts as a member", _linked, "ana"),
    Place("an account is forgotten with its member", _erased, "ana"),
    Place("the history is kept for longer or shorter", _kept, "#m_", repeated=True),
    Place("SES has a mail", _sent, "p_", repeated=True),
]


@pytest.fixture(autouse=True)
def _no_authorizer(monkeypatch: pytest.MonkeyPatch) -> None:
    """moto has none."""
    monkeypatch.setattr(app_audience, "_change", lambda _: None)


@contextmanager
def conflicting(shop: Shop, part: str, *, alone: bool, at: int) -> Iterator[list[Call]]:
    """The first write of such a key meets another transaction; unless `alone`, all other conditions fail."""
    met: list[Call] = []

    def conflict(call: Call, make: Callable[[], Any]) -> Any:
        if met or call.operation not in _WRITES or not any(part in key for key in call.keys):
            return make()
        met.append(call)
        if call.operation != "TransactWriteItems":
            raise ClientError({"Error": {"Code": "TransactionConflictException"}}, call.operation)
        codes = ["None" if alone else "ConditionalCheckFailed" for _ in call.params["TransactItems"]]
        codes[at] = "TransactionConflict"
        answer: Any = {
            "Error": {"Code": "TransactionCanceledException"},
            "CancellationReasons": [{"Code": code} for code in codes],
        }
        raise ClientError(answer, call.operation)

    with between(shop, conflict):
        yield met
    assert len(met) == 1


@pytest.mark.parametrize(
    ("alone", "at"),
    [(True, 0), (False, 0), (False, -1)],
    ids=["alone", "all conditions but the first failed", "all conditions but the last failed"],
)
@pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])
def test_from_another_transaction_nothing_is_concluded(
    shop: Shop, place: Place, *, alone: bool, at: int
) -> None:
    work, ended = place.begin(shop)
    with conflicting(shop, place.part, alone=alone, at=at):
        if place.repeated:
            with pytest.raises(TransactionConflict):
                work()
            assert not ended()
        work()
    assert ended()
