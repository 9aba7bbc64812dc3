"""`python -m tests.bench`: measures, prints, and fails where a bar is missed."""

import sys

from tests.bench.run import main

sys.exit(main())
