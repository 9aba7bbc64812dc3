"""The window."""

from planner.ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
