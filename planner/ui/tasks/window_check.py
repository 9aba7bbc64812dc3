"""What `phi-planner doctor` wants to know of Qt; run in a process of its own.

Where no screen answers, Qt ends the process: the command line must not be that process.
"""

from __future__ import annotations

import importlib
import json
import os
import sys


def main() -> None:
    """Print the answer as JSON, and end the process."""
    sys.stdout.write(json.dumps(_read()))
    sys.stdout.flush()
    # Qt's own clean-up may hang with its screen, and nothing needs it.
    os._exit(0)


def _read() -> dict[str, object]:
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontInfo, QGuiApplication

    from planner.ui.fonts import FAMILY, load_fonts, ui_font
    from planner.ui.tasks.start_guard import qt_starts_or_says_why

    with qt_starts_or_says_why():
        app = QGuiApplication(["phi-planner"])
    load_fonts()
    return {
        "qt_version": qVersion(),
        "platform": app.platformName(),
        "screens": [
            {
                "width_px": screen.size().width(),
                "height_px": screen.size().height(),
                "scale": screen.devicePixelRatio(),
            }
            for screen in app.screens()
        ],
        "has_font": QFontInfo(ui_font()).family() == FAMILY,
        "charts_problem": _charts_problem(),
    }


def _charts_problem() -> str | None:
    """Return why charts cannot be explored, or `None`: their libraries load late, and alone."""
    try:
        # By name: views may not be reached from here.
        importlib.import_module("planner.ui.plots.curve_plot")
    except ImportError as error:
        return str(error)
    return None
