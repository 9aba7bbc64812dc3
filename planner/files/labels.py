"""Quant formats in names that people gave: `phi-4-Q4_K_M.gguf`, `3.8b-mini-instruct-q4_K_M`."""

import re
from typing import Final

from planner.core.quant_format import QUANT_FORMATS

# The longest first, since `Q4_K` would be found in `Q4_K_M`.
_NAMES: Final = sorted((each.name for each in QUANT_FORMATS), key=len, reverse=True)
_LABEL: Final = re.compile(
    rf"(?<![0-9a-z])({'|'.join(map(re.escape, _NAMES))})(?![0-9a-z_])", re.IGNORECASE
)


def label_in_name(name: str) -> str | None:
    """Return the quant format that a name ends with or contains, `None` where there is none."""
    found = _LABEL.findall(name[-200:])
    return found[-1].upper() if found else None
