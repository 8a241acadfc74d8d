"""How the files of tests are shared among workers.

Tests on a deployed stack wait a good part of their time: for streams, for pages. So there is one worker
more than processors. It takes the files that need no stack of their own: a stack is half a minute of work.
"""

from collections.abc import Iterable

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

WITH_STACK = ("gw0", "gw1")
"""The workers that deploy a stack."""

_ON_A_STACK = ("tests/browser/", "tests/e2e/")


def without_stack(files: Iterable[str]) -> str | None:
    """The first of the files whose tests need no deployed stack."""
    return next((file for file in files if not file.startswith(_ON_A_STACK)), None)


class StacksApart(LoadFileScheduling):
    """A file goes to one worker, in the order of collection; one with a stack to a worker that has one."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node.gateway.id not in WITH_STACK:
            file = without_stack(self.workqueue)
            if file is None:
                node.shutdown()
                return
            self.workqueue.move_to_end(file, last=False)
        super()._assign_work_unit(node)


def scheduler(config: pytest.Config, log: Producer) -> StacksApart | None:
    """The scheduler of `--dist loadfile` with more workers than stacks; else xdist's own."""
    workers = config.getoption("numprocesses", 0) or 0
    apart = config.getoption("dist") == "loadfile" and workers > len(WITH_STACK)
    return StacksApart(config, log) if apart else None
