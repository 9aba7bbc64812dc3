"""Compiles the installer with Inno Setup. Not run yet by anyone."""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from build_parts import VERSION, run  # noqa: E402 - from the folder above

if __name__ == "__main__":
    run("iscc", f"/DVersion={VERSION}", ROOT / "packaging/windows/phi-planner.iss")
