"""One window, shown offscreen, up to its first paint: ours, or an empty one of Qt.

Run as a whole process: `python -m tests.bench.window --home DIR [--empty]`.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

_SIZE = (1280, 800)


def main() -> int:
    """Show one window and end with its first paint."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--home", required=True, help="a folder in place of the person's own")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        os.environ[name] = str(Path(options.home).resolve())
    return _show_empty() if options.empty else _show_ours()


def _show_empty() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, app.quit)

    app = QApplication([])
    window = Empty()
    window.resize(*_SIZE)
    window.show()
    return app.exec()


def _show_ours() -> int:
    # As `planner.__main__` does.
    gc.disable()
    from planner.hardware.at_start import start_detection_early
    from planner.ui.app import build_window, make_application

    # As the app does: drivers are asked beside the start, and read after the paint.
    detection = start_detection_early()

    app = make_application([])
    window = build_window(keeps_geometry=False)
    window.resize(*_SIZE)
    # The clock stops at the painted verdict; what closing takes is no part of it.
    window.first_painted.connect(partial(_stop, detection.cancel))
    window.show()
    return app.exec()


def _stop(cancel: Callable[[], None]) -> None:
    cancel()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
