"""The chain of the audit log: whatever is changed in it is found, and the sentence says where."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redflag.store.audit import FIRST_HASH, Entry, seal, sealed, sort_key
from redflag.store.database import typed
from redflag_cli.audit_chain import BrokenChain, Head, verify

LOG = "p_00000001"
AT = 1_800_000_000_000

type Items = list[dict[str, dict[str, Any]]]

words = st.text(max_size=8)
documents = st.none() | st.dictionaries(words, words | st.integers() | st.booleans(), max_size=3)
entries = st.builds(
    Entry,
    action=words,
    at=st.integers(0, AT),
    by=words,
    subject=words,
    reason=st.none() | words,
    before=documents,
    after=documents,
)
# What DynamoDB can hold in the place of a text.
values = st.one_of(
    words.map(lambda text: {"S": text}),
    st.integers().map(lambda number: {"N": str(number)}),
    st.booleans().map(lambda truth: {"BOOL": truth}),
    st.just({"NULL": True}),
    st.binary(max_size=4).map(lambda raw: {"B": raw}),
    st.lists(words, min_size=1, max_size=2).map(lambda texts: {"SS": texts}),
    words.map(lambda text: {"M": {"inner": {"S": text}}}),
    words.map(lambda text: {"L": [{"S": text}]}),
)


def log_of(logged: list[Entry]) -> Items:
    """The items of a log, as Redflag writes them."""
    items, previous = [], FIRST_HASH
    for number, entry in enumerate(logged, start=1):
        item = sealed(LOG, number, entry, previous)
        previous = item["hash"]
        items.append(typed(item))
    return items


def sealed_anew(item: dict[str, Any]) -> dict[str, Any]:
    """An item with the hash that its content has now."""
    texts = {name: value["S"] for name, value in item.items()}
    return item | {"hash": {"S": seal(texts)}}


logs = st.lists(entries, min_size=1, max_size=6).map(log_of)


def head_of(items: Items) -> Head:
    return Head(len(items), items[-1]["hash"]["S"])


def ordered(items: Items) -> Items:
    """As DynamoDB answers them."""
    return sorted(items, key=lambda item: str(item["sk"]["S"]))


def broken(items: Items, since: Head | None = None) -> str:
    with pytest.raises(BrokenChain) as caught:
        verify(LOG, ordered(items), since)
    assert LOG in str(caught.value)
    return str(caught.value)


@given(logs)
def test_a_log_as_it_was_written_is_whole_and_so_is_every_head_of_it(items: Items) -> None:
    for number in range(len(items) + 1):
        since = head_of(items[:number]) if number else Head()
        assert verify(LOG, items, since) == head_of(items)


def test_an_empty_log_has_the_head_before_all() -> None:
    assert str(verify(LOG, [])) == f"0:{FIRST_HASH}"


@given(logs, st.data())
def test_an_attribute_of_any_entry_that_has_another_value_is_found(items: Items, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(items))
    name = data.draw(st.sampled_from(sorted(item)))
    # A key is text, or DynamoDB takes it not.
    value = data.draw(words.map(lambda text: {"S": text}) if name in ("pk", "sk", "mpk") else values)
    assume(value != item[name])
    item[name] = value
    broken(items)


@given(logs, st.data())
def test_one_other_character_is_found(items: Items, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(items))
    name = data.draw(st.sampled_from(sorted(name for name, value in item.items() if value["S"])))
    text = item[name]["S"]
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text[place], exclude_categories=["Cs"]))
    item[name] = {"S": text[:place] + other + text[place + 1 :]}
    broken(items)


@given(logs, st.data(), st.text(min_size=1, max_size=8), values)
def test_an_attribute_that_was_added_is_found(
    items: Items, data: st.DataObject, name: str, value: dict[str, Any]
) -> None:
    item = data.draw(st.sampled_from(items))
    assume(name not in item)
    item[name] = value
    broken(items)


@given(logs, st.data())
def test_an_attribute_that_was_taken_away_is_found(items: Items, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(items))
    del item[data.draw(st.sampled_from(sorted(item.keys() - {"pk", "sk"})))]
    broken(items)


@given(logs, st.data())
def test_an_entry_that_was_taken_out_is_missing_by_its_number(items: Items, data: st.DataObject) -> None:
    kept = head_of(items)
    number = data.draw(st.integers(1, len(items)))
    del items[number - 1]
    assert re.search(rf"entry {number}(: it)? is missing", broken(items, kept))


@given(logs, st.data())
def test_entries_in_another_order_are_found(items: Items, data: st.DataObject) -> None:
    assume(len(items) > 1)
    one = data.draw(st.integers(0, len(items) - 2))
    numbers = [item["sk"] for item in items]
    items[one], items[one + 1] = items[one + 1], items[one]
    for item, number in zip(items, numbers, strict=True):
        item["sk"] = number
    broken(items)
    broken([sealed_anew(item) for item in items], head_of(items))


@given(logs, st.data(), words)
def test_an_entry_that_was_changed_and_sealed_anew_is_found_by_the_next_or_by_a_head(
    items: Items, data: st.DataObject, text: str
) -> None:
    kept = head_of(items)
    number = data.draw(st.integers(1, len(items)))
    assume(items[number - 1]["by"]["S"] != text)
    items[number - 1] = sealed_anew(items[number - 1] | {"by": {"S": text}})
    found = broken(items, kept)
    assert (f"entry {number + 1}:" if number < len(items) else f"entry {number}, or before it") in found


@given(logs, st.data(), words)
def test_a_log_that_was_sealed_anew_as_a_whole_is_found_by_a_head_that_was_kept(
    items: Items, data: st.DataObject, text: str
) -> None:
    number = data.draw(st.integers(1, len(items)))
    kept_number = data.draw(st.integers(number, len(items)))
    kept = head_of(items[:kept_number])
    assume(items[number - 1]["by"]["S"] != text)
    items[number - 1]["by"] = {"S": text}
    previous = FIRST_HASH
    for place, item in enumerate(items):
        items[place] = sealed_anew(item | {"previous": {"S": previous}})
        previous = items[place]["hash"]["S"]
    assert verify(LOG, items).number == len(items)
    assert f"entry {kept_number}, or before it" in broken(items, kept)


@given(logs, st.data())
def test_a_log_whose_end_was_cut_off_is_found_by_a_head_that_was_kept(
    items: Items, data: st.DataObject
) -> None:
    kept, left = head_of(items), data.draw(st.integers(0, len(items) - 1))
    assert verify(LOG, items[:left]).number == left
    assert f"entry {left + 1} is missing, and all after it" in broken(items[:left], kept)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda items: items[1].update(reason={"S": "Nothing."}), "entry 2: it was changed"),
        (lambda items: items.pop(1), "entry 2: it is missing. The next one is 3"),
        (lambda items: items.insert(2, dict(items[1])), "entry 3: entry 2 stands in its place"),
        (
            lambda items: items.append(items[2] | {"sk": {"S": "x"}}),
            "after entry 3: what follows is numbered 'x'",
        ),
        (
            lambda items: items.append(sealed_anew(items[2] | {"sk": {"S": sort_key(4)}})),
            "entry 4: it is sealed onto another entry",
        ),
    ],
)
def test_the_sentence_says_which_number_and_what_is_wrong(
    spoil: Callable[[Items], object], sentence: str
) -> None:
    items = log_of([Entry("block", AT, "owner", "m_1", "Shared a till.")] * 3)
    spoil(items)
    with pytest.raises(BrokenChain, match=sentence):
        verify(LOG, items)


@pytest.mark.parametrize("text", ["", "7", "7:abc", f"x:{FIRST_HASH}", f"7:{'G' * 64}", f"-1:{FIRST_HASH}"])
def test_a_head_that_was_not_printed_so_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        Head.parse(text)


def test_a_head_is_read_as_it_is_printed() -> None:
    head = Head(41, "0123456789abcdef" * 4)
    assert Head.parse(str(head)) == head
