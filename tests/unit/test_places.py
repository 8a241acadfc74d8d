import pytest

from redflag.core.instants import MINUTE, Instant
from redflag.core.model import REGISTER_DEPTH, Arrival, Following, Position
from redflag.core.places import following, place_of, remember
from redflag.core.rules.back_to_back import BackToBack, MatchOn
from tests.unit.builders import ANA, BEN, SHOP, T, attempt, check_in_id

GAP = 10 * MINUTE
BY_POSITION = BackToBack(match_on=MatchOn.POSITION)


def arrival(at: Instant, member_id: str = ANA) -> Arrival:
    return Arrival(check_in_id(at, member_id), member_id, at)


def pair(at: Instant) -> Following:
    return Following(arrival(at), arrival(at, BEN), SHOP)


def test_the_place_of_an_attempt_is_its_location() -> None:
    assert place_of(attempt(T), BackToBack()) == SHOP
    assert place_of(attempt(T, position=Position(57.64911, 10.40744)), BackToBack()) == SHOP


def test_by_position_it_is_the_cell_of_the_phone_or_nowhere() -> None:
    assert place_of(attempt(T, position=Position(57.64911, 10.40744, 12.5)), BY_POSITION) == "cell:u4pruydq"
    assert place_of(attempt(T), BY_POSITION) is None


def test_nobody_follows_the_first_arrival() -> None:
    assert following(None, arrival(T), SHOP, GAP) is None


@pytest.mark.parametrize(
    ("gap", "follows"),
    [
        pytest.param(0, True, id="at the same instant"),
        pytest.param(GAP, True, id="after exactly the gap"),
        pytest.param(GAP + 1, False, id="a millisecond later"),
        pytest.param(-GAP, True, id="exactly the gap before"),
        pytest.param(-GAP - 1, False, id="a millisecond earlier"),
    ],
)
def test_another_member_follows_within_the_gap(*, gap: Instant, follows: bool) -> None:
    first, second = arrival(T), arrival(T + gap, BEN)
    assert following(first, second, SHOP, GAP) == (Following(first, second, SHOP) if follows else None)


def test_members_do_not_follow_themselves() -> None:
    assert following(arrival(T), arrival(T + 1), SHOP, GAP) is None


def test_an_occurrence_counts_from_the_later_of_its_check_ins() -> None:
    assert Following(arrival(T), arrival(T + 1, BEN), SHOP).at == T + 1
    assert Following(arrival(T + 1), arrival(T, BEN), SHOP).at == T + 1


def test_each_of_a_pair_has_their_own_check_in() -> None:
    one = pair(T)
    assert (one.of(ANA), one.of(BEN)) == (one.first, one.second)


def test_a_pair_remembers_its_occurrences_newest_first() -> None:
    assert remember((pair(T),), pair(T + 1)) == (pair(T + 1), pair(T))
    assert remember((), pair(T)) == (pair(T),)


def test_an_occurrence_that_is_known_is_not_counted_again() -> None:
    known = (pair(T + 1), pair(T))
    assert remember(known, pair(T)) == known


def test_a_pair_remembers_as_many_occurrences_as_a_register() -> None:
    known: tuple[Following, ...] = ()
    for i in range(20):
        known = remember(known, pair(T + i))
    assert [f.at for f in known] == [T + i for i in range(19, 19 - REGISTER_DEPTH, -1)]
