"""Write ACCURACY.md from the measured cases: `python -m tests.accuracy [FILE]`."""

import sys
from pathlib import Path

from tests.accuracy.page import page

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "ACCURACY.md")
    target.write_text(page(), encoding="utf-8")
