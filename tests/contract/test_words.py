"""Rules have one name for people, wherever they read it."""

import re

import pytest

from redflag.core.model import RuleName
from redflag.core.rules import RULES as ALL
from redflag.mail.mails import rule_title
from tests.cloud.template import ROOT

WORDS = (ROOT / "console" / "src" / "shared" / "words.ts").read_text()
RULES = dict(
    re.findall(
        r"^  (\w+): '([^']+)',$", WORDS.partition("export const RULES")[2].partition("};")[0], re.MULTILINE
    )
)


def test_the_console_names_every_rule() -> None:
    assert set(RULES) == set(ALL)


@pytest.mark.parametrize("rule", ALL)
def test_mails_call_a_rule_what_the_console_calls_it(rule: RuleName) -> None:
    assert rule_title(rule) == RULES[rule]
