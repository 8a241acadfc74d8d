"""Which of two media types a caller prefers: JSON, unless CSV has a higher quality."""

_EXACT, _FAMILY, _ANYTHING = 2, 1, 0


def prefers_csv(accept: str | None) -> bool:
    """Whether an `Accept` header (RFC 9110) asks for `text/csv` more than for JSON."""
    ranges = [_range(part) for part in (accept or "").split(",")]
    return _quality("text/csv", ranges) > _quality("application/json", ranges)


def _range(part: str) -> tuple[str, float]:
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    try:
        return media_type, float(quality)
    except ValueError:
        return media_type, 0.0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers a media type; 0 when none does."""
    family = f"{media_type.partition('/')[0]}/*"
    specific = {media_type: _EXACT, family: _FAMILY, "*/*": _ANYTHING}
    fitting = [(specific[name], quality) for name, quality in ranges if name in specific]
    return max(fitting, default=(_ANYTHING, 0.0))[1]
