"""How long the functions that members wait for take to start, against the yardstick.

The ratio is of medians of runs taken in turns, so a busy machine slows both down. What is too slow
is measured once more, for longer: only a slow start is slow twice.
"""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "tools"))
import cold_start

AT_MOST = 0.5


@pytest.fixture(scope="session")
def ratios() -> dict[str, float]:
    """Seconds of each function's start, as parts of the yardstick's."""
    found = _measure(5)
    return found if max(found.values()) <= AT_MOST else _measure(15)


def _measure(rounds: int) -> dict[str, float]:
    medians = cold_start.measure(rounds)
    yardstick = medians.pop(cold_start.YARDSTICK)
    return {function: seconds / yardstick for function, seconds in medians.items()}


@pytest.mark.parametrize("function", cold_start.FUNCTIONS)
def test_a_function_starts_in_half_the_time_of_a_boto3_client(
    ratios: dict[str, float], function: str
) -> None:
    assert ratios[function] <= AT_MOST
