"""What files hold, as one short text: whether something has to be made anew."""

import hashlib
from collections.abc import Iterable

from local_cloud.emulator import ROOT


def fingerprint_of(sources: Iterable[str]) -> str:
    """Of files and folders, named from the root of the repository."""
    digest = hashlib.sha256()
    for source in sources:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            skipped = "__pycache__" in file.parts or file.parent.suffix == ".egg-info"
            if file.is_file() and not skipped:
                digest.update(
                    f"{file.relative_to(ROOT)}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
                )
    return digest.hexdigest()
