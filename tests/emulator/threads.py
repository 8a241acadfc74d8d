"""Many callers at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier

from tests.cloud.backends import Backend


def at_once[T](backend: Backend, function: str | None, jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Do all jobs at the same time, each in a thread of its own; answers in their order.

    They have the environment and the grants of a function, or of all.
    """
    start = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        start.wait(timeout=30)
        return job()

    acting = backend.acting(function) if function else nullcontext()
    with acting, ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
