from redflag.core.instants import DAY, MINUTE, SECOND, Instant
from redflag.core.model import Arrival, Following
from redflag.store import places
from redflag.store.database import Database
from redflag.store.ids import check_in_id, new_program_id
from tests.cloud.program import NOON

COUNTER, CELL = "l_00000001", "cell:dr5ru7c8"
ANA, BEN = "m_0000000000ana", "m_0000000000ben"


def arrival(number: int, member_id: str = ANA, at: Instant | None = None) -> Arrival:
    instant = NOON + number * MINUTE if at is None else at
    return Arrival(check_in_id(instant, f"{number:011d}"), member_id, instant)


def following(number: int, place: str = COUNTER) -> Following:
    first, second = arrival(2 * number, ANA), arrival(2 * number + 1, BEN)
    return Following(first, second, place) if number % 2 else Following(second, first, place)


def test_a_place_tells_who_arrived_directly_before(database: Database) -> None:
    program_id = new_program_id()
    told = [places.arrive(database, program_id, COUNTER, arrival(n), now=NOON) for n in range(4)]
    assert told == [None, arrival(0), arrival(1), arrival(2)]
    assert places.arrivals(database, program_id, COUNTER) == [arrival(n) for n in (3, 2, 1, 0)]


def test_order_is_that_in_which_the_place_learned_whatever_the_instants(database: Database) -> None:
    program_id = new_program_id()
    late = arrival(9, BEN, at=NOON - DAY)
    places.arrive(database, program_id, COUNTER, arrival(1), now=NOON)
    assert places.arrive(database, program_id, COUNTER, late, now=NOON) == arrival(1)
    assert places.arrive(database, program_id, COUNTER, arrival(2), now=NOON) == late


def test_telling_a_place_twice_answers_the_same_and_changes_nothing(database: Database) -> None:
    program_id = new_program_id()
    for number in range(5):
        places.arrive(database, program_id, COUNTER, arrival(number), now=NOON)
    for number, before in ((3, arrival(2)), (0, None), (4, arrival(3))):
        assert places.arrive(database, program_id, COUNTER, arrival(number), now=NOON) == before
    assert len(places.arrivals(database, program_id, COUNTER)) == 5


def test_a_place_remembers_the_newest_sixteen(database: Database) -> None:
    program_id = new_program_id()
    for number in range(20):
        places.arrive(database, program_id, COUNTER, arrival(number), now=NOON)
    assert places.arrivals(database, program_id, COUNTER) == [arrival(n) for n in range(19, 3, -1)]
    assert places.arrive(database, program_id, COUNTER, arrival(4), now=NOON) is None


def test_places_of_a_name_in_two_programs_are_two(database: Database) -> None:
    one, other = new_program_id(), new_program_id()
    places.arrive(database, one, COUNTER, arrival(1), now=NOON)
    assert places.arrive(database, other, COUNTER, arrival(2), now=NOON) is None


def test_cells_expire_and_locations_do_not(database: Database) -> None:
    program_id = new_program_id()
    for place in (COUNTER, CELL):
        places.arrive(database, program_id, place, arrival(1), now=NOON)
    items = {
        place: database.get(
            database.tables.places, {"pk": places.place_key(program_id, place)}, consistent=True
        )
        for place in (COUNTER, CELL)
    }
    assert "expires_at" not in (items[COUNTER] or {})
    assert (items[CELL] or {})["expires_at"] == (NOON + 91 * DAY) // SECOND


def test_an_arrival_was_missed_when_the_place_would_remember_it(database: Database) -> None:
    program_id, lost = new_program_id(), arrival(99, BEN)

    def missed(since: Instant) -> bool:
        return places.missed(database, program_id, COUNTER, lost, since=since)

    assert missed(NOON)
    for number in range(16):
        places.arrive(database, program_id, COUNTER, arrival(number), now=NOON + number * MINUTE)
    assert missed(NOON + MINUTE)
    # Before the oldest that it remembers, or so close to it that clocks may differ: it may have forgotten.
    assert not missed(NOON + 15 * SECOND)
    assert not missed(NOON - 1)
    places.arrive(database, program_id, COUNTER, lost, now=NOON + 16 * MINUTE)
    assert not missed(NOON + DAY)


def test_a_pair_is_one_whoever_came_first_and_reads_back_what_it_was_told(database: Database) -> None:
    program_id, known = new_program_id(), list[Following]()
    for number in range(3):
        place = CELL if number == 2 else COUNTER
        known, new = places.follow(database, program_id, following(number, place), now=NOON)
        assert new
        assert known[0] == following(number, place)
        assert len(known) == number + 1
    assert places.followings(database, program_id, following(0)) == known


def test_counting_an_occurrence_twice_changes_nothing(database: Database) -> None:
    program_id, known = new_program_id(), list[Following]()
    for number, expected in ((0, True), (1, True), (0, False), (1, False), (1, False)):
        known, new = places.follow(database, program_id, following(number), now=NOON)
        assert new is expected
        assert following(number) in known
    assert known == [following(1), following(0)]


def test_a_pair_remembers_the_newest_sixteen_and_expires(database: Database) -> None:
    program_id, known = new_program_id(), list[Following]()
    for number in range(18):
        known, _ = places.follow(database, program_id, following(number), now=NOON + number)
    assert known == [following(n) for n in range(17, 1, -1)]
    pair_key = places.pair_key(program_id, following(0))
    item = database.get(database.tables.places, {"pk": pair_key}, consistent=True)
    assert item is not None
    assert item["expires_at"] == (NOON + 17) // SECOND + 91 * DAY // SECOND
