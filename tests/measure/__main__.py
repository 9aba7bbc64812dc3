"""`python -m tests.measure --date 2026-11-21`: measures and appends to the data."""

import sys

from tests.measure.run import main

# The processes of the runs import this file too.
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
