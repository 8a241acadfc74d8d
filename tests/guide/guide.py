"""A page of the documentation as what it tells to do: files to write, and changes to files there are."""

import re
from dataclasses import dataclass
from pathlib import Path

_STEP = re.compile(r"^### \d+\. [^`\n]*`([^`\n]+)`$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One numbered step: a file, and its whole content or the changes to it."""

    path: str
    language: str
    text: str

    def follow(self, root: Path) -> None:
        """Do what the step says in a copy of the repository."""
        file = root / self.path
        if self.language != "diff":
            assert not file.exists(), f"{self.path} is there already"
            file.write_text(self.text, encoding="utf-8")
            return
        content = file.read_text(encoding="utf-8")
        for hunk in re.split(r"^@@\n", self.text, flags=re.MULTILINE):
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] in " -")
            after = "".join(line[1:] for line in lines if line[0] in " +")
            assert content.count(before) == 1, (
                f"{self.path} has this {content.count(before)} times:\n{before}"
            )
            content = content.replace(before, after)
        file.write_text(content, encoding="utf-8")


def steps_of(page: Path) -> list[Step]:
    """The numbered steps of a page, in their order; each has one block of code."""
    found = []
    for path, body in _STEP.findall(page.read_text(encoding="utf-8")):
        ((language, text),) = _BLOCK.findall(body)
        found.append(Step(path, language, text))
    return found
