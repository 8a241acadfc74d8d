"""The demo's modules lie beside its script, where no package finds them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[3] / "tools"))
