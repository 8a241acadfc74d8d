import json
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag.core.evidence import count
from redflag.core.instants import DAY, MINUTE
from redflag.core.rules import CONFIGURABLE
from redflag.core.rules.visit_frequency import VisitFrequency
from redflag.core.setting_types import Mode, Range
from redflag.core.settings import CheckInSettings, Gate, Notifications, Retention, Settings
from tests.unit.builders import settings

DEFAULTS = json.loads("""
{
  "check_in": {"cooldown_minutes": 60},
  "rules": {
    "visit_frequency": {"mode": "on", "limit": 5, "window_days": 7},
    "consecutive_check_ins": {"mode": "off", "limit": 3},
    "back_to_back": {
      "mode": "off", "limit": 2, "max_gap_minutes": 10, "window_days": 30, "match_on": "location"
    },
    "point_edits": {"mode": "off", "amount_limit": 500, "count_limit": null, "window_days": 7},
    "outside_hours": {"mode": "off", "override_open": null, "override_close": null}
  },
  "automatically_suspend": false,
  "show_flags_on_members_page": true,
  "notifications": {"frequency": "daily", "recipients": [], "time_zone": "UTC", "hour": 8},
  "contact_us": {"phone": null, "email": null, "url": null},
  "gate": {"fail_open": false},
  "retention": {"history_days": 400}
}
""")

RANGES = {
    "check_in.cooldown_minutes": (0, 1440),
    "rules.visit_frequency.limit": (2, 15),
    "rules.visit_frequency.window_days": (1, 90),
    "rules.consecutive_check_ins.limit": (2, 10),
    "rules.back_to_back.limit": (2, 10),
    "rules.back_to_back.max_gap_minutes": (1, 1440),
    "rules.back_to_back.window_days": (1, 90),
    "rules.point_edits.amount_limit": (1, 1_000_000),
    "rules.point_edits.count_limit": (2, 100),
    "rules.point_edits.window_days": (1, 90),
    "notifications.hour": (0, 23),
    "retention.history_days": (1, 3650),
}


def as_json(document: Any) -> Any:
    """A document as JSON has it, without the rules that the table here does not know."""
    found = json.loads(json.dumps(document))
    return found | {
        "rules": {name: rule for name, rule in found["rules"].items() if name in DEFAULTS["rules"]}
    }


def test_the_defaults_are_those_of_the_api() -> None:
    assert as_json(Settings().to_document()) == DEFAULTS
    assert Settings.from_document(DEFAULTS) == Settings()


def test_every_other_rule_is_off_by_default() -> None:
    others = set(CONFIGURABLE) - set(DEFAULTS["rules"])
    assert all(Settings().rules.mode(rule) is Mode.OFF for rule in others)


def test_what_is_left_out_takes_its_default() -> None:
    changed = Settings.from_document({"rules": {"visit_frequency": {"limit": 9}}})
    expected = as_json(DEFAULTS)
    expected["rules"]["visit_frequency"]["limit"] = 9
    assert as_json(changed.to_document()) == expected
    assert Settings.from_document({}) == Settings()


def ranges(cls: type, path: str = "") -> dict[str, tuple[int, int]]:
    """Every range that is stated in a class of settings and in those inside it."""
    found: dict[str, tuple[int, int]] = {}
    for name, hint in get_type_hints(cls, include_extras=True).items():
        for kind in (hint, *get_args(hint)):
            if get_origin(kind) is Annotated:
                for stated in (extra for extra in kind.__metadata__ if isinstance(extra, Range)):
                    found[path + name] = (stated.low, stated.high)
        if hasattr(hint, "__dataclass_fields__"):
            found |= ranges(hint, f"{path}{name}.")
    return found


def test_the_ranges_are_those_of_the_rules() -> None:
    assert RANGES.items() <= ranges(Settings).items()


def test_every_default_lies_in_its_range() -> None:
    for path, (low, high) in ranges(Settings).items():
        value: Any = Settings().to_document()
        for name in path.split("."):
            value = value[name]
        assert value is None or low <= value <= high


@given(
    cooldown=st.integers(0, 1440),
    limits=st.lists(st.integers(2, 10), min_size=3, max_size=3),
    modes=st.lists(st.sampled_from(Mode), min_size=5, max_size=5),
    count_limit=st.none() | st.integers(2, 100),
    override=st.sampled_from([(None, None), ("09:00", "17:00"), ("22:00", "04:00")]),
    recipients=st.lists(st.emails(), max_size=3),
    switches=st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_a_document_reads_back_as_it_was_written(
    *,
    cooldown: int,
    limits: list[int],
    modes: list[Mode],
    count_limit: int | None,
    override: tuple[str | None, str | None],
    recipients: list[str],
    switches: list[bool],
) -> None:
    document = as_json(DEFAULTS)
    document["check_in"]["cooldown_minutes"] = cooldown
    rules = document["rules"]
    for rule, mode in zip(rules.values(), modes, strict=True):
        rule["mode"] = mode.value
    limited = ("visit_frequency", "consecutive_check_ins", "back_to_back")
    for name, limit in zip(limited, limits, strict=True):
        rules[name]["limit"] = limit
    rules["point_edits"]["count_limit"] = count_limit
    rules["outside_hours"]["override_open"], rules["outside_hours"]["override_close"] = override
    document["notifications"]["recipients"] = recipients
    document["automatically_suspend"], document["show_flags_on_members_page"], fail_open = switches
    document["gate"]["fail_open"] = fail_open

    read = Settings.from_document(document)
    assert as_json(read.to_document()) == document
    assert Settings.from_document(read.to_document()) == read
    assert hash(read) == hash(Settings.from_document(document))


def test_modes_are_read_as_modes() -> None:
    read = settings(visit_frequency={"mode": "shadow"})
    assert read.rules.visit_frequency.mode is Mode.SHADOW


def test_documents_have_types_of_their_own() -> None:
    read = Settings.from_document({"notifications": {"recipients": ["eve@example.com"]}})
    assert read.notifications == Notifications(recipients=("eve@example.com",))
    assert (read.gate, read.retention) == (Gate(), Retention())


def test_times_are_in_milliseconds() -> None:
    assert CheckInSettings(cooldown_minutes=90).cooldown == 90 * MINUTE
    assert VisitFrequency(window_days=2).window_start(10 * DAY) == 8 * DAY


@pytest.mark.parametrize(("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_numbers_agree_with_their_nouns(number: int, text: str) -> None:
    assert count(number, "day") == text
