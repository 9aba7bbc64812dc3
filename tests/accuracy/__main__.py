"""Write ACCURACY.md from the measured cases, and its table for the app.

`python -m tests.accuracy [FILE [TABLE]]`
"""

import sys
from pathlib import Path

from planner.catalogue.accuracy import accuracy_json
from tests.accuracy.cases import all_cases
from tests.accuracy.page import page
from tests.accuracy.table import accuracy_table

if __name__ == "__main__":
    names = dict(enumerate(sys.argv))
    target = Path(names.get(1, "ACCURACY.md"))
    target.write_text(page(), encoding="utf-8")
    table = Path(names.get(2, "resources/accuracy.json"))
    table.write_text(accuracy_json(accuracy_table(all_cases())), encoding="utf-8")
