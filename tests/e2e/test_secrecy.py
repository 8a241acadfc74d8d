"""The eye on the logs sees what it is to see. What the run's own logs hold is looked at when it ends."""

import pytest

from tests.e2e.secrecy import Secrets

REQUEST = "5c6c2f0e-8a9b-4f0e-9d0a-3a1d5a0c9b11"


@pytest.mark.parametrize(
    "line",
    [
        "no member has +12015550142",
        "no member has 2015550142",
        "no member has 201-555-0142",
        "Enrolled THESSALY BRACKWATER",
        "Enrolled Brackwater, T.",
        "bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl refused",
        "claims eyJzdWIiOi refused",
        f"REPORT RequestId: {REQUEST}\tDuration: 3 ms\tPhone: 2015550142",
    ],
)
def test_a_line_that_shows_a_secret_is_found(line: str) -> None:
    secrets = Secrets()
    secrets.keep("+12015550142", "Thessaly Brackwater", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl", None)
    ours = [f"START RequestId: {REQUEST} Version: $LATEST", '{"outcome": "accepted"}']
    assert secrets.found_in([*ours, line]) == [line]
    assert secrets.found_in(ours) == []
