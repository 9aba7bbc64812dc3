"""Where the shipped data is: in a checkout, in an installed wheel, in a frozen app."""

import sys
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `specs` or `resources` of this installation.

    A wheel and a frozen app carry both as `planner/_data`; a checkout has them beside
    `planner`.
    """
    frozen_root = getattr(sys, "_MEIPASS", None)
    package = _PACKAGE if frozen_root is None else Path(frozen_root) / "planner"
    packed = package / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
