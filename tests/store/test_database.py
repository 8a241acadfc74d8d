from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from redflag.store.database import (
    ConditionFailed,
    Conflict,
    Contention,
    Database,
    Tables,
    TransactionConflict,
    Write,
    delete,
    plain,
    put,
    retry_on_conflict,
    typed,
    update,
)
from redflag.store.ids import new_program_id

CLOUD = settings.get_profile("cloud")
_values = st.recursive(
    st.text() | st.integers(-(10**30), 10**30) | st.booleans(),
    lambda inner: st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(min_size=1), _values, max_size=5))
@settings(CLOUD, max_examples=100)
def test_plain_items_are_read_back_from_typed_ones(item: dict[str, object]) -> None:
    assert plain(typed(item)) == item


def test_what_is_none_is_left_out() -> None:
    assert typed({"a": None, "b": {"c": None, "d": 1}}) == {"b": {"M": {"d": {"N": "1"}}}}


def key() -> dict[str, str]:
    return {"pk": new_program_id(), "sk": "X"}


def test_one_write_that_loses_learns_what_stands_in_its_place(database: Database) -> None:
    table, where = database.tables.members, key()
    database.commit([put("first", table, where | {"n": 1}, "attribute_not_exists(pk)")])
    with pytest.raises(ConditionFailed, match="second") as conflict:
        database.commit([put("second", table, where | {"n": 2}, "attribute_not_exists(pk)")])
    assert conflict.value.failed == {"second"}
    assert plain(conflict.value.items["second"]) == where | {"n": 1}
    assert database.get(table, where, consistent=True) == where | {"n": 1}


def test_an_update_that_loses_learns_it_too(database: Database) -> None:
    table, where = database.tables.members, key()
    database.commit([put("new", table, where | {"n": 1})])
    database.commit([update("bump", table, where, "SET n = :new", "n = :old", new=2, old=1)])
    with pytest.raises(ConditionFailed) as conflict:
        database.commit([update("bump", table, where, "SET n = :new", "n = :old", new=3, old=1)])
    assert plain(conflict.value.items["bump"])["n"] == 2


def test_nothing_of_a_transaction_is_written_when_one_part_loses(database: Database) -> None:
    table, mine, theirs = database.tables.members, key(), key()
    database.commit([put("theirs", table, theirs | {"n": 1})])
    with pytest.raises(ConditionFailed) as conflict:
        database.commit(
            [
                put("mine", table, mine, "attribute_not_exists(pk)"),
                put("taken", table, theirs | {"n": 2}, "attribute_not_exists(pk)"),
            ]
        )
    assert conflict.value.failed == {"taken"}
    assert plain(conflict.value.items["taken"])["n"] == 1
    assert database.get(table, mine, consistent=True) is None


def test_deleting_what_is_not_there_changes_nothing(database: Database) -> None:
    table, where = database.tables.members, key()
    database.commit([put("new", table, where)])
    for _ in range(2):
        database.commit([delete("old", table, where)])
        assert database.get(table, where, consistent=True) is None


def test_a_mistake_in_a_request_is_no_lost_race(database: Database) -> None:
    wrong = Write("wrong", "Update", {"TableName": database.tables.members, "Key": typed({"pk": "only"})})
    with pytest.raises(ClientError):
        database.commit([wrong])


# ---------------------------------------------------------------- conflicts


def refused(code: str, *reasons: str) -> ClientError:
    """What DynamoDB answers to writes that it does not do."""
    answer: Any = {"Error": {"Code": code}}
    if reasons:
        answer["CancellationReasons"] = [{"Code": reason} for reason in reasons]
    return ClientError(answer, "?")


def committed(error: ClientError, labels: str) -> None:
    """Commit writes with these labels to a client that answers with an error."""

    def refuse(**_: Any) -> None:
        raise error

    client: Any = SimpleNamespace(put_item=refuse, transact_write_items=refuse)
    Database(client, Tables()).commit([put(label, "table", {}) for label in labels])


CANCELLED = "TransactionCanceledException"


@pytest.mark.parametrize(
    ("error", "labels", "failed"),
    [
        (refused("ConditionalCheckFailedException"), "a", "a"),
        (refused(CANCELLED, "None", "ConditionalCheckFailed"), "ab", "b"),
        (refused(CANCELLED, "ConditionalCheckFailed", "ConditionalCheckFailed"), "ab", "ab"),
        (refused(CANCELLED, "ConditionalCheckFailed", "ThrottlingError"), "ab", "a"),
    ],
)
def test_a_condition_that_failed_says_which(error: ClientError, labels: str, failed: str) -> None:
    with pytest.raises(ConditionFailed) as conflict:
        committed(error, labels)
    assert conflict.value.failed == set(failed)


@pytest.mark.parametrize(
    ("error", "labels"),
    [
        (refused("TransactionConflictException"), "a"),
        (refused(CANCELLED, "None", "TransactionConflict"), "ab"),
        (refused(CANCELLED, "ConditionalCheckFailed", "TransactionConflict"), "ab"),
        (refused(CANCELLED, "TransactionConflict", "ConditionalCheckFailed"), "ab"),
    ],
)
def test_another_transaction_says_nothing_of_conditions_even_where_they_failed(
    error: ClientError, labels: str
) -> None:
    with pytest.raises(TransactionConflict) as conflict:
        committed(error, labels)
    assert conflict.value.failed == frozenset()
    assert not isinstance(conflict.value, ConditionFailed)


@pytest.mark.parametrize(
    "error",
    [refused("ThrottlingException"), refused(CANCELLED, "None", "ThrottlingError"), refused(CANCELLED)],
)
def test_what_is_no_conflict_stays_what_it_is(error: ClientError) -> None:
    with pytest.raises(ClientError) as found:
        committed(error, "ab")
    assert found.value is error


@pytest.mark.parametrize("conflict", [ConditionFailed({"a"}, {}), TransactionConflict()])
def test_an_attempt_is_given_the_conflict_that_it_lost_to(conflict: Conflict) -> None:
    given: list[Conflict | None] = []

    def attempt(lost_to: Conflict | None) -> str:
        given.append(lost_to)
        if len(given) < 3:
            raise conflict
        return "done"

    assert retry_on_conflict(attempt) == "done"
    assert given == [None, conflict, conflict]


def test_whoever_always_loses_gives_up_and_says_so() -> None:
    tries: list[Conflict | None] = []

    def lose(lost_to: Conflict | None) -> None:
        tries.append(lost_to)
        raise TransactionConflict

    with pytest.raises(Contention) as gave_up:
        retry_on_conflict(lose)
    assert 10 <= len(tries) <= 100
    assert isinstance(gave_up.value.__cause__, TransactionConflict)


def test_a_refusal_is_not_tried_again() -> None:
    tries: list[Conflict | None] = []

    def refuse(lost_to: Conflict | None) -> None:
        tries.append(lost_to)
        raise ValueError("No.")

    with pytest.raises(ValueError, match="No"):
        retry_on_conflict(refuse)
    assert tries == [None]
