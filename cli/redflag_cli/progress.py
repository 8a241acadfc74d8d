"""Progress bars on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

type Step = Callable[[str, int | None], Callable[[], None]]


@contextmanager
def progress(messages: Console) -> Iterator[Step]:
    """A bar a step on standard error, and nothing at all when that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as bars:

        def step(description: str, total: int | None) -> Callable[[], None]:
            if bars.disable:
                return lambda: None
            task = bars.add_task(description, total=total)
            return lambda: bars.advance(task)

        yield step
