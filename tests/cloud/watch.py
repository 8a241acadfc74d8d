"""An eye on the log: nobody is named in it, by name, number or token."""

import json
import logging
import re

from tests.cloud.program import NAMES

_SECRETS = re.compile(
    r"\+\d{8,}|\b1?212555\d{4}|555-01\d\d|eyJ[A-Za-z0-9_-]{10,}|Bearer \S|"
    + "|".join(part for name in NAMES for part in name.split()),
    re.IGNORECASE,
)
_OWN_FIELDS = set(vars(logging.makeLogRecord({})))


class Watch(logging.Handler):
    """Keeps the lines that name a person, a number or a token, as Lambda would have logged them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line, with its extra fields and its traceback."""
        extra = {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}
        line = f"{record.name}: {logging.Formatter().format(record)} {json.dumps(extra, default=str)}"
        self.seen += 1
        if _SECRETS.search(line):
            self.leaks.append(line)
