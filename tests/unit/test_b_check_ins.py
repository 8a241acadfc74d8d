import pytest

from redflag.core.b_check_ins import BCheckIns, b_check_ins, pairs_of
from redflag.core.evidence import following_occurrence
from redflag.core.instants import DAY, MINUTE, Instant
from redflag.core.model import Arrival, Following, Occurrence
from tests.unit.builders import ANA, BEN, CYD, KIOSK, SHOP, T


def follows(first: str, second: str, at: Instant = T, gap: Instant = MINUTE, place: str = SHOP) -> Occurrence:
    """One member follows another at a place; the evidence of it."""
    arrivals = (Arrival(f"c_{first}{at}", first, at), Arrival(f"c_{second}{at + gap}", second, at + gap))
    return following_occurrence(Following(*arrivals, place))


def line(first: str, second: str, times: int = 1, **more: object) -> BCheckIns:
    known: dict[str, object] = {
        "location_id": SHOP,
        "cell": None,
        "shortest_gap": MINUTE,
        "longest_gap": MINUTE,
        "last_at": T + MINUTE,
    }
    return BCheckIns(first, second, times=times, **known | more)  # type: ignore[arg-type]  # a table's words


@pytest.mark.parametrize(
    ("evidence", "lines"),
    [
        pytest.param([], [], id="no evidence"),
        pytest.param([follows(ANA, BEN)], [line(ANA, BEN)], id="once"),
        pytest.param(
            [follows(ANA, BEN, T + DAY, 500), follows(ANA, BEN, T, 3 * MINUTE), follows(ANA, BEN)],
            [line(ANA, BEN, 3, shortest_gap=500, longest_gap=3 * MINUTE, last_at=T + DAY + 500)],
            id="the shortest and the longest gap",
        ),
        pytest.param(
            [follows(BEN, ANA, T + DAY), follows(ANA, BEN, T), follows(ANA, BEN, T - DAY)],
            [line(ANA, BEN, 2), line(BEN, ANA, last_at=T + DAY + MINUTE)],
            id="either way is a line; the more frequent one stands first",
        ),
        pytest.param(
            [follows(BEN, ANA, T + DAY), follows(ANA, BEN)],
            [line(BEN, ANA, last_at=T + DAY + MINUTE), line(ANA, BEN)],
            id="of equally frequent ones the last stands first",
        ),
        pytest.param(
            [follows(ANA, BEN, T + DAY), follows(ANA, BEN, place=KIOSK)],
            [line(ANA, BEN, last_at=T + DAY + MINUTE), line(ANA, BEN, location_id=KIOSK)],
            id="each place is a line",
        ),
        pytest.param(
            [follows(ANA, BEN, place="cell:dr5ru7k5")],
            [line(ANA, BEN, location_id=None, cell="dr5ru7k5")],
            id="a cell is a place",
        ),
        pytest.param(
            [follows(ANA, BEN), follows(ANA, CYD, T + DAY)],
            [line(ANA, CYD, last_at=T + DAY + MINUTE), line(ANA, BEN)],
            id="each member who followed is a line",
        ),
        pytest.param(
            [follows(ANA, BEN, gap=-2 * MINUTE)],
            [line(ANA, BEN, shortest_gap=2 * MINUTE, longest_gap=2 * MINUTE, last_at=T)],
            id="one learned of late, from before the other",
        ),
        pytest.param(
            [follows(ANA, BEN, gap=0)],
            [line(ANA, BEN, shortest_gap=0, longest_gap=0, last_at=T)],
            id="at the same instant",
        ),
    ],
)
def test_evidence_is_told_in_lines_of_who_followed_whom_where(
    evidence: list[Occurrence], lines: list[BCheckIns]
) -> None:
    assert list(b_check_ins(evidence)) == lines


def test_a_pair_is_the_same_whoever_came_first() -> None:
    evidence = [follows(ANA, BEN), follows(BEN, ANA, T + DAY), follows(ANA, CYD)]
    assert pairs_of(evidence) == {frozenset((ANA, BEN)), frozenset((ANA, CYD))}
    assert {each.pair for each in b_check_ins(evidence)} == pairs_of(evidence)
