"""How mails read: every sentence is there and used, nothing that somebody typed gets out of its place."""

import re
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.flags import FlagStatus
from redflag.core.instants import DAY, HOUR, MINUTE, Instant
from redflag.core.model import RuleName
from redflag.core.rules import RULES
from redflag.mail import mails
from redflag.mail.mails import DigestNews, NewFlag, RuleNews, WaitingFlag, digest_mail
from redflag.mail.pages import TEMPLATES, fill
from redflag.words import FILE, sentence

MAIL = TEMPLATES.parent
ZONE = ZoneInfo("America/New_York")
EIGHT = datetime(2027, 3, 14, 8, tzinfo=ZONE)
UNSUBSCRIBE = "https://api.example.com/v1/unsubscribe?program_id=p_1&token=abc"
REPORT = "https://console.example.com/reports/red-flags"


def new_flag(member: str = "Zelda", **more: object) -> NewFlag:
    values: dict[str, object] = {
        "member": member,
        "url": "https://console.example.com/members/m_1",
        "sentence": "5 check-ins in 7 days; limit 5",
        "at": datetime(2027, 3, 13, 17, 45, tzinfo=ZONE),
        "location": "Main Street",
        "status": FlagStatus.OPEN,
    }
    return NewFlag(**values | more)  # type: ignore[arg-type]


def news(
    *flags: NewFlag, program: str = "Corner Coffee", before: int | None = 3, count: int = 0
) -> DigestNews:
    rule = RuleNews(RuleName("visit_frequency"), count or len(flags), before, flags)
    return DigestNews(program, EIGHT.replace(day=13), EIGHT, [rule], 0, [], REPORT)


class Page(HTMLParser):
    """A mail as a browser reads it: its text, its links, and the elements that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)


OF_PAGES = (
    *("setting-", "unit-", "event-", "page-", "mode-", "frequency-"),
    *("flag-status-", "access-", "membership-", "outcome-", "staff-role-", "client-kind-"),
)
"""What the console's messages begin with; its build names each that no page shows."""


def test_every_sentence_is_used_and_every_sentence_that_is_used_exists() -> None:
    written = {
        entry.id.name for entry in FluentParser().parse(FILE.read_text()).body if isinstance(entry, Message)
    }
    code = "".join(path.read_text() for path in MAIL.rglob("*") if path.suffix in (".py", ".j2"))
    code += (MAIL.parent / "service" / "notifications" / "content.py").read_text()
    used = set(re.findall(r"""(?:\bt|sentence)\(\s*f?["']([\w-]+)["'],?""", code))
    used |= {f"rule-{rule}" for rule in RULES}
    used |= {f"flag-{status}" for status in FlagStatus if status is not FlagStatus.OPEN}
    used |= {f"{state}-{part}" for state in ("unsubscribed", "unknown") for part in ("title", "text")}
    used |= {"unsubscribe-title", "age-days", "age-hours"}
    of_mails = {name for name in written if not name.startswith(OF_PAGES)}
    assert {name for name in used if not name.endswith("-")} == of_mails


def test_a_sentence_without_its_values_is_a_mistake_of_the_code() -> None:
    with pytest.raises(KeyError):
        sentence("digest-subject", count=1)


@pytest.mark.parametrize(
    ("count", "subject"),
    [(1, "1 new red flag at Corner Coffee"), (1234, "1,234 new red flags at Corner Coffee")],
)
def test_the_subject_says_how_many_and_where(count: int, subject: str) -> None:
    assert digest_mail(news(new_flag(), count=count), UNSUBSCRIBE).subject == subject


def test_the_subject_is_one_line_whatever_a_program_is_called() -> None:
    subject = digest_mail(news(new_flag(), program="Corner\r\nBcc: all@example.com"), UNSUBSCRIBE).subject
    assert "\n" not in subject
    assert "\r" not in subject


def test_both_forms_tell_the_same_and_link_to_the_same() -> None:
    mail = digest_mail(news(new_flag("Zelda"), new_flag("Yorick"), count=25), UNSUBSCRIBE)
    page = Page(mail.html)
    assert page.open == []
    for told in (
        "25 new red flags",
        "since Mar 13, 2027, 8:00 AM",
        "Many check-ins (25)",
        "Zelda",
        "Yorick",
        "5 check-ins in 7 days; limit 5",
        "Mar 13, 2027, 5:45 PM, Main Street",
        "and 23 more",
        "Nothing waits for a decision",
        "It does not say that somebody has cheated",
    ):
        assert told in page.text, told
        assert told in mail.text, told
    assert page.links.count("https://console.example.com/members/m_1") == 2
    assert {REPORT, UNSUBSCRIBE} <= set(page.links)
    assert REPORT in mail.text
    assert UNSUBSCRIBE in mail.text


def test_a_flag_on_which_staff_has_decided_says_so() -> None:
    mail = digest_mail(news(new_flag(status=FlagStatus.VERIFIED)), UNSUBSCRIBE)
    assert "Verified already" in Page(mail.html).text
    assert "(Verified already)" in mail.text


def test_numbers_are_compared_with_the_period_before_where_there_is_one() -> None:
    assert "Period before" in Page(digest_mail(news(new_flag(), before=3), UNSUBSCRIBE).html).text
    first = digest_mail(news(new_flag(), before=None), UNSUBSCRIBE)
    assert "Period before" not in Page(first.html).text + first.text


def test_what_waits_says_for_how_long() -> None:
    waiting = WaitingFlag(
        "Xanthe", "https://console.example.com/members/m_2", RuleName("point_edits"), 26 * HOUR
    )
    told = DigestNews("Corner Coffee", None, EIGHT, news(new_flag()).rules, 2, [waiting], REPORT)
    mail = digest_mail(told, UNSUBSCRIBE)
    for text in (Page(mail.html).text, mail.text):
        assert "2 flags wait for a decision" in text
        assert "Point edits, for 1 day" in text
        assert "until Mar 14, 2027, 8:00 AM" in text


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (-5, "since just now"),
        (0, "since just now"),
        (MINUTE, "for 1 minute"),
        (HOUR - 1, "for 59 minutes"),
        (HOUR, "for 1 hour"),
        (DAY - 1, "for 23 hours"),
        (DAY, "for 1 day"),
        (400 * DAY, "for 400 days"),
    ],
)
def test_ages_are_told_in_their_largest_unit(waited: Instant, words: str) -> None:
    assert mails.age(waited) == words


PLAIN = Page(digest_mail(news(new_flag("A"), program="B"), UNSUBSCRIBE).html)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.text(max_size=60))
def test_nothing_that_somebody_typed_becomes_a_part_of_the_page(name: str, program: str, typed: str) -> None:
    flag = new_flag(name, sentence=typed, location=typed or None)
    page = Page(digest_mail(news(flag, program=program), UNSUBSCRIBE).html)
    assert page.elements == PLAIN.elements
    assert page.links == PLAIN.links


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7 * 7 }}", "{ $program }", "&amp;"])
def test_a_name_is_shown_as_it_was_typed(name: str) -> None:
    mail = digest_mail(news(new_flag(name)), UNSUBSCRIBE)
    assert name in Page(mail.html).text
    assert name in mail.text


def test_the_test_mail_says_that_there_is_nothing_to_do() -> None:
    mail = mails.test_mail("Corner Coffee", UNSUBSCRIBE)
    assert mail.subject == "Test from Redflag for Corner Coffee"
    assert "There is nothing to do" in Page(mail.html).text
    assert UNSUBSCRIBE in mail.text


@pytest.mark.parametrize("state", ["unsubscribe", "unsubscribed", "unknown"])
def test_the_unsubscribe_page_asks_first_and_has_one_button(state: str) -> None:
    page = Page(fill("unsubscribe.html.j2", state=state, program="<Corner>"))
    assert page.open == []
    assert page.elements.count("button") == (state == "unsubscribe")
    if state != "unknown":
        assert "<Corner>" in page.text


def test_mails_bring_everything_with_them() -> None:
    for path in TEMPLATES.glob("*.html.j2"):
        assert not re.findall(r"<(?:img|script|link|iframe)\b|url\(|@import", path.read_text()), path.name
