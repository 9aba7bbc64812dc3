"""Keeps PySide from looking at every kind of widget before the first paint."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def set_known_viewport(
    area: QAbstractScrollArea, role: QPalette.ColorRole = QPalette.ColorRole.Base
) -> None:
    """Give a scrolling widget a viewport that Python knows, filled with a colour's role.

    Asked for one that Qt made itself, PySide goes through every kind of widget there is to find
    out which it is, and makes a class of each: 13 ms, once, before the first paint.
    """
    viewport = QWidget()
    viewport.setBackgroundRole(role)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
