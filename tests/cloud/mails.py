"""The mail side of a program: the tick, the mailer with its queue, and what SES was given to send."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from local_cloud.emulator import REGION
from redflag import wiring
from redflag.store.database import Database
from tests.cloud import quick_moto
from tests.cloud.backends import Backend
from tests.cloud.program import Clock, Shop
from tests.cloud.requests import event_of, invoke
from tests.cloud.streams import Streams, send

_WAITING = re.compile(r"^(?:Nothing waits|\d[\d,]* flags? waits?) for a decision$", re.MULTILINE)


@dataclass(frozen=True)
class Sent:
    """A mail that was handed to SES, and taken."""

    to: str
    sender: str
    subject: str
    html: str
    text: str
    headers: dict[str, str]
    tags: dict[str, str]

    @property
    def news(self) -> str:
        """The text up to what waits besides."""
        return _WAITING.split(self.text)[0]

    @property
    def members(self) -> list[str]:
        """The members whose new flags the mail tells of, as often as it does."""
        return re.findall(r"/members/(m_\w+)", self.news)

    @classmethod
    def of(cls, params: dict[str, Any]) -> "Sent":
        """A mail as SES was given it."""
        simple = params["Content"]["Simple"]
        return cls(
            to=params["Destination"]["ToAddresses"][0],
            sender=params["FromEmailAddress"],
            subject=simple["Subject"]["Data"],
            html=simple["Body"]["Html"]["Data"],
            text=simple["Body"]["Text"]["Data"],
            headers={each["Name"]: each["Value"] for each in simple["Headers"]},
            tags={each["Name"]: each["Value"] for each in params["EmailTags"]},
        )


type Around = Callable[[str, dict[str, Any], Callable[[], Any]], Any]


@contextmanager
def around_every_call(around: Around) -> Iterator[None]:
    """Stand between the code and all of AWS: `around` is given each operation, and how to call it."""
    original = BaseClient._make_api_call  # type: ignore[attr-defined]

    def call(self: Any, operation: str, params: dict[str, Any]) -> Any:
        return around(operation, params, lambda: original(self, operation, params))

    with patch.object(BaseClient, "_make_api_call", call):
        yield


@dataclass
class Post:
    """A program's mails, from the flag to SES."""

    shop: Shop
    sent: list[Sent] = field(default_factory=list)
    _streams: Streams | None = None

    @classmethod
    def fresh(cls, backend: Backend, database: Database, clock: Clock) -> "Post":
        """The mail side of a new program, with nothing in the mailer's queue, and on moto in any table."""
        if backend.in_process:
            quick_moto.clear(REGION)
        return cls(Shop.open(backend, database, clock))

    @contextmanager
    def watching(self) -> Iterator["Post"]:
        """Keep what SES takes meanwhile."""

        def keep(operation: str, params: dict[str, Any], make: Callable[[], Any]) -> Any:
            answer = make()
            if operation == "SendEmail":
                self.sent.append(Sent.of(params))
            return answer

        with around_every_call(keep):
            yield self

    def project(self) -> None:
        """Have the projector follow what has changed since the last time."""
        self._streams = self._streams or Streams(self.shop)
        assert send(self.shop, self._streams.look()) == []

    def tick(self) -> int:
        """Have the tick look for what is due; answers how many programs were."""
        answer: dict[str, int] = invoke(self.shop.backend, "digest_tick", event_of("digest_tick"))
        return answer["due"]

    def deliver(self) -> list[str]:
        """Have the mailer look at every program in its queue; answers the messages that failed."""
        sqs, queue = wiring.client("sqs"), self.shop.backend.values["MailerQueue"]
        failed: list[str] = []
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                failed += self.look(json.loads(message["Body"])["program_id"])
        return failed

    def look(self, program_id: str | None = None) -> list[str]:
        """Have the mailer look at a program; answers the messages that failed."""
        event = event_of("mailer")
        event["Records"][0]["body"] = json.dumps({"program_id": program_id or self.shop.program_id})
        answer = invoke(self.shop.backend, "mailer", event)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def feed(self, kind: str, mail: Sent, **detail: Any) -> None:
        """Let SES tell what has become of a mail."""
        event = event_of("mail_feedback")
        event["detail"] |= {"eventType": kind} | detail
        tags = {name: [value] for name, value in mail.tags.items()}
        event["detail"]["mail"] |= {"destination": [mail.to], "tags": tags}
        invoke(self.shop.backend, "mail_feedback", event)

    def to(self, recipient: str) -> list[Sent]:
        """The mails to one recipient, oldest first."""
        return [mail for mail in self.sent if mail.to == recipient]
