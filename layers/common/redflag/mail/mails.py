"""The mails: the content of each, as HTML and as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from redflag.core.flags import FlagStatus
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import RuleName
from redflag.mail.pages import fill
from redflag.words import sentence


@dataclass(frozen=True)
class Mail:
    """A mail, ready to be sent."""

    subject: str
    html: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class NewFlag:
    """A new flag as a mail shows it. `at` is in the time zone of the reader."""

    member: str
    url: str
    sentence: str
    at: datetime
    location: str | None
    status: FlagStatus


@dataclass(frozen=True)
class RuleNews:
    """What is new of one rule: how many flags, how many in the period before, and the newest of them.

    `before` is none where there is no period to compare with.
    """

    rule: RuleName
    count: int
    before: int | None
    flags: Sequence[NewFlag] = ()

    @property
    def title(self) -> str:
        """The rule's name for people."""
        return rule_title(self.rule)

    @property
    def left_out(self) -> int:
        """How many of the new flags are not listed one by one."""
        return self.count - len(self.flags)


@dataclass(frozen=True)
class WaitingFlag:
    """An open flag, and for how long it has waited, in milliseconds."""

    member: str
    url: str
    rule: RuleName
    waited: Instant

    @property
    def line(self) -> str:
        """Its rule, and its age in words."""
        return sentence("waiting-row", rule=rule_title(self.rule), age=age(self.waited))


@dataclass(frozen=True)
class DigestNews:
    """The content of a digest. `start` and `end` are in the time zone of the program.

    A first digest has no start; one that is sent for every flag has no period.
    """

    program: str
    start: datetime | None
    end: datetime | None
    rules: Sequence[RuleNews]
    waiting: int
    oldest: Sequence[WaitingFlag]
    report_url: str

    @property
    def count(self) -> int:
        """How many flags are new."""
        return sum(news.count for news in self.rules)

    @property
    def before(self) -> int | None:
        """How many were new in the period before."""
        known = [news.before for news in self.rules if news.before is not None]
        return sum(known) if known else None

    @property
    def period(self) -> str:
        """The program, and the time that the digest is about."""
        if self.start is not None:
            return sentence("period-since", program=self.program, start=self.start)
        if self.end is not None:
            return sentence("period-until", program=self.program, end=self.end)
        return self.program


def digest_mail(news: DigestNews, unsubscribe_url: str) -> Mail:
    """A digest as a mail to one recipient."""
    values = {"news": news, "program": news.program, "unsubscribe_url": unsubscribe_url}
    return Mail(
        subject=sentence("digest-subject", count=news.count, program=_one_line(news.program)),
        html=fill("digest.html.j2", **values),
        text=fill("digest.txt.j2", **values),
    )


def test_mail(program: str, unsubscribe_url: str) -> Mail:
    """A mail that shows that mails arrive."""
    values = {"program": program, "unsubscribe_url": unsubscribe_url}
    return Mail(
        subject=sentence("test-subject", program=_one_line(program)),
        html=fill("test.html.j2", **values),
        text=fill("test.txt.j2", **values),
    )


def rule_title(rule: RuleName) -> str:
    """A rule's name for people."""
    return sentence(f"rule-{rule}")


def age(waited: Instant) -> str:
    """For how long something has waited, in its largest unit."""
    for name, unit in (("age-days", DAY), ("age-hours", HOUR)):
        if waited >= unit:
            return sentence(name, count=waited // unit)
    return sentence("age-minutes", count=max(waited, 0) // MINUTE)


def _one_line(text: str) -> str:
    """A subject is a header: one line, whatever somebody has named a program."""
    return " ".join(text.split())
