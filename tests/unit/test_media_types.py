import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.http.flags.media_types import prefers_csv


@pytest.mark.parametrize(
    ("accept", "csv"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/csv", True),
        ("TEXT/CSV", True),
        (" text/csv ; charset=utf-8 ", True),
        ("text/*", True),
        ("text/csv, */*", False),
        ("text/csv, */*;q=0.9", True),
        ("text/csv, application/json;q=0.9", True),
        ("text/csv;q=0.5, application/json;q=0.9", False),
        ("text/csv;q=0.9, application/json;q=0.5", True),
        ("text/csv, application/json", False),
        ("text/csv;q=0", False),
        ("text/*, text/csv;q=0", False),
        ("text/csv;q=a", False),
        ("text/html", False),
        ("image/png", False),
        (";;,,;q=", False),
    ],
)
def test_csv_is_answered_only_when_it_is_asked_for_more_than_json(accept: str | None, csv: bool) -> None:  # noqa: FBT001  a column of the table
    assert prefers_csv(accept) is csv


@given(st.text())
def test_any_header_is_understood_somehow(accept: str) -> None:
    assert prefers_csv(accept) in (True, False)
