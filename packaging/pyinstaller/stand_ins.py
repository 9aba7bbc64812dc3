"""What stands in for a library that is imported and never used."""

import sys
import types


def stand_in_for_unused() -> None:
    """Let pyqtgraph import Qt's OpenGL classes: our charts use none of them, and they are 9 MB.

    It names them only where a mesh is drawn by the graphics card.
    """
    name = "PySide6.QtOpenGL"
    sys.modules[name] = types.ModuleType(name)
