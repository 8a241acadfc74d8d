"""What the demo has done so far, so that a second run goes on where the first one ended.

`demo.json` says which location and which member stands for which store and household;
`demo-answers.csv` has a line for every visit that was answered.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, TextIO


@dataclass
class Record:
    """One demo on one program."""

    directory: Path
    program_id: str
    weeks_moved: int
    settings: dict[str, Any] = field(default_factory=dict)
    """The settings under which the visits were replayed."""
    locations: dict[str, str] = field(default_factory=dict)
    """Location ids by store."""
    members: dict[str, str] = field(default_factory=dict)
    """Member ids by household."""

    @classmethod
    def load(cls, directory: Path) -> Self | None:
        """The record of the last run, if there is one."""
        try:
            return cls(directory, **json.loads(_record_in(directory).read_text()))
        except FileNotFoundError:
            return None

    @classmethod
    def begin(cls, directory: Path, program_id: str, weeks_moved: int) -> Self:
        """A new record, and no answers."""
        record = cls(directory, program_id, weeks_moved)
        record._answers.unlink(missing_ok=True)
        record.save()
        return record

    def save(self) -> None:
        """Write it whole, or leave the one before."""
        document = asdict(self)
        del document["directory"]
        path = _record_in(self.directory)
        written = path.with_suffix(".new")
        written.write_text(json.dumps(document, indent=2) + "\n")
        written.rename(path)

    def answers(self) -> dict[str, str]:
        """The outcome of every visit that was answered, by its key."""
        # A line that a crash has cut short does not count: that visit is sent again, with the same key.
        return dict(line.split(",") for line in self._whole_lines().splitlines())

    def open_answers(self) -> TextIO:
        """The file to which answers are added, a line each."""
        self._answers.write_text(self._whole_lines())
        return self._answers.open("a", buffering=1)

    @property
    def _answers(self) -> Path:
        return self.directory / "demo-answers.csv"

    def _whole_lines(self) -> str:
        text = self._answers.read_text() if self._answers.exists() else ""
        return text[: text.rfind("\n") + 1]


def _record_in(directory: Path) -> Path:
    return directory / "demo.json"
