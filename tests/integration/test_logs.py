"""What the functions log, and that nobody is named in it. The whole run is watched, see conftest.py."""

import logging
from typing import Any

import pytest

from redflag.service.members import enrolment
from tests.cloud.faults import failing
from tests.cloud.program import Shop
from tests.cloud.watch import Watch


def extras(record: logging.LogRecord, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name, None) for name in names}


def test_an_attempt_is_logged_with_its_place_and_outcome_and_no_member(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    ana = shop.enrol()
    with caplog.at_level(logging.INFO, "redflag"):
        answer = shop.check_in({"phone": ana.phone})
        shop.check_in(ana)
    lines = [record for record in caplog.records if record.name.startswith("redflag")]
    assert [extras(line, "program_id", "location_id", "outcome") for line in lines] == [
        {"program_id": shop.program_id, "location_id": shop.counter, "outcome": outcome}
        for outcome in ("accepted", "too_soon")
    ]
    assert extras(lines[0], "check_in_id") == {"check_in_id": answer.body["check_in_id"]}
    assert not any(ana.member_id in str(vars(line)) for line in lines)


def test_a_failure_is_logged_with_its_traceback_and_answered_without(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    with failing(shop, lambda call: "MembersTable" in call.tables, "ValidationException"):
        answer = shop.check_in({"phone": "+12125550100"})
    assert (answer.status, answer.code) == (500, "internal_error")
    assert "ValidationException" not in answer.text
    (line,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert line.exc_info is not None


@pytest.mark.parametrize(
    "line",
    [
        ("number +12125550100", {}),
        ("number", {"phone": "(212) 555-0100"}),
        ("name", {"who": {"name": "Zelda Quince"}}),
        ("token", {"authorization": "Bearer abc"}),
        ("token eyJhbGciOiJSUzI1NiJ9.e30.x", {}),
    ],
)
def test_the_watch_sees_what_it_is_there_for(line: tuple[str, dict[str, Any]]) -> None:
    watch, (text, extra) = Watch(), line
    record = logging.getLogger("x").makeRecord("x", logging.INFO, "x", 1, text, (), None, extra=extra)
    watch.emit(record)
    assert len(watch.leaks) == 1


def test_the_watch_sees_tracebacks_and_lets_the_rest_pass() -> None:
    watch = Watch()
    try:
        raise ValueError("+12125550100")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    for text, exc_info in (("failed", info), ("attempt c_2ir2ggds0SbGx2Pz0DFI at 2846577600000", None)):
        watch.emit(logging.LogRecord("x", logging.ERROR, "x", 1, text, (), exc_info))
    assert (watch.seen, len(watch.leaks)) == (2, 1)


def test_phones_and_profiles_do_not_show_numbers_when_they_are_printed(shop: Shop) -> None:
    phone = enrolment.read_phone(shop.program_id, "+12125550100", "phone")
    assert "555" not in f"{phone!r} {phone}"
