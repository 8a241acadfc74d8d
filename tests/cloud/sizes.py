"""What items weigh and writes cost, by DynamoDB's documented rules.

"DynamoDB item sizes and formats": names and strings count their UTF-8 bytes; a number a byte for every
two significant digits, and one more; a boolean one; a map three, one for each entry, and its contents.
Writing an item of up to 1 KB takes one unit; a query or an eventually consistent read of up to 4 KB half.
"""

from collections.abc import Mapping
from typing import Any

KB = 1024


def size_of(item: Mapping[str, Any]) -> int:
    """The bytes of an item in DynamoDB's typed JSON."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(value: Mapping[str, Any]) -> int:
    ((kind, inner),) = value.items()
    match kind:
        case "S":
            return len(inner.encode())
        case "N":
            digits = inner.lstrip("-").strip("0") or "0"
            return (len(digits) + 1) // 2 + 1
        case "BOOL":
            return 1
        case "M":
            return 3 + len(inner) + size_of(inner)
    raise AssertionError(f"no item holds {kind}")


def write_units(item: Mapping[str, Any]) -> int:
    """What writing an item costs outside a transaction."""
    return -(-size_of(item) // KB)
