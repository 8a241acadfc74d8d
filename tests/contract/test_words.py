"""What people read of a rule has its words in the catalogue: its name, its settings, its sentences."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor

from redflag.core.model import RuleName
from redflag.core.rules import CONFIGURABLE
from redflag.core.rules import RULES as ALL
from redflag.mail.mails import rule_title
from redflag.words import FILE
from tests.cloud.template import ROOT

type Schema = dict[str, Any]

SCHEMAS: dict[str, Schema] = json.loads((ROOT / "openapi.json").read_text())["components"]["schemas"]
RULES: dict[str, Schema] = {shape["x-rule"]["name"]: shape for shape in SCHEMAS.values() if "x-rule" in shape}
OF_THE_FORM = {"cooldown_minutes", "twice_cooldown_minutes"}


class _Variables(Visitor):
    """The variables of a pattern."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def _variables(pattern: Any) -> set[str]:
    found = _Variables()
    found.visit(pattern)
    return found.names


WORDS: dict[str, set[str]] = {
    f"{message.id.name}.{attribute.id.name}": _variables(attribute.value)
    for message in FluentParser().parse(FILE.read_text()).body
    if isinstance(message, Message)
    for attribute in message.attributes
}
"""Every attribute of the catalogue, with its variables."""


def _resolved(shape: Schema) -> Schema:
    given = next((each for each in shape.get("anyOf", []) if each.get("type") != "null"), shape)
    return SCHEMAS[given["$ref"].rpartition("/")[2]] if "$ref" in given else given


def _settings(rule: str) -> dict[str, Schema]:
    return {name: shape for name, shape in RULES[rule]["properties"].items() if name != "mode"}


def _expected(rule: str) -> Iterator[str]:
    yield "about"
    yield from RULES[rule]["x-rule"]["sentences"]
    for name, shape in _settings(rule).items():
        yield f"setting-{name}"
        yield from (f"{name}-{value}" for value in _resolved(shape).get("enum", []))
    chart = RULES[rule]["x-rule"]["chart"]
    if chart is not None:
        yield "chart"
    if chart is not None and chart["kind"] == "amounts":
        yield "chart-amounts"
    if "x-together" in RULES[rule]:
        yield "together"


@pytest.mark.parametrize("rule", ALL)
def test_every_rule_has_a_name_of_its_own(rule: RuleName) -> None:
    assert rule_title(rule)
    assert [rule_title(each) for each in ALL].count(rule_title(rule)) == 1


def test_every_rule_but_that_of_staff_has_settings() -> None:
    assert set(RULES) == set(CONFIGURABLE)
    assert SCHEMAS["Rule"]["enum"] == list(ALL)


@pytest.mark.parametrize("rule", RULES)
def test_every_sentence_and_every_setting_of_a_rule_has_its_words(rule: str) -> None:
    assert {f"rule-{rule}.{name}" for name in _expected(rule)} - set(WORDS) == set()


@pytest.mark.parametrize("rule", RULES)
def test_nothing_is_written_of_a_rule_that_it_does_not_have(rule: str) -> None:
    hints = {f"{sentence}-hint" for sentence in RULES[rule]["x-rule"]["sentences"]}
    known = {f"rule-{rule}.{name}" for name in {*_expected(rule), *hints}}
    assert {name for name in WORDS if name.startswith(f"rule-{rule}.")} - known == set()


@pytest.mark.parametrize("rule", RULES)
def test_the_sentences_of_a_rule_have_an_input_for_each_setting_and_for_nothing_else(rule: str) -> None:
    used = [WORDS[f"rule-{rule}.{sentence}"] for sentence in RULES[rule]["x-rule"]["sentences"]]
    assert set().union(*used) - OF_THE_FORM == set(_settings(rule))


def test_every_unit_has_its_words() -> None:
    units = set(re.findall(r'"x-unit": "([\w-]+)"', (ROOT / "openapi.json").read_text()))
    written = set(re.findall(r"^unit-([\w-]+) =", FILE.read_text(), re.MULTILINE))
    assert units - {"hour-of-day"} <= written
