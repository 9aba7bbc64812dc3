"""Where the packaged program starts; its children and its commands start here too."""

import os
import sys

from stand_ins import stand_in_for_unused  # type: ignore[import-not-found] # beside this

from planner.__main__ import main

# PyInstaller's loader points this at the app's own libraries. What the app opens (a browser, a
# file manager) must find the system's.
_EARLIER = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _EARLIER is not None:
    os.environ["LD_LIBRARY_PATH"] = _EARLIER
elif sys.platform == "linux":
    os.environ.pop("LD_LIBRARY_PATH", None)

stand_in_for_unused()
sys.exit(main())
