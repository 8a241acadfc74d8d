"""A stack that is gone with all it holds when whoever asked for it is done: for tests and for pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_cloud import console
from local_cloud.deployment import up
from local_cloud.stack import Stack


@contextmanager
def running_stack(directory: Path, port: int = 0) -> Iterator[Stack]:
    """A stack of one's own, on a free port unless one is named."""
    instance, stack = up(directory, port, persistent=False, quiet=True)
    try:
        yield stack
    finally:
        console.stop(directory)
        instance.stop()
