"""A language in which all that is translated stands in brackets; what does not, is not."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from make_translations import release
from planner.core.pictures.picture import Group, Picture, Text
from planner.ui.diagram.zoom_view import ZoomView
from planner.ui.widgets.link_label import LinkLabel
from planner.ui.widgets.picture_view import PictureView

_PLACE = re.compile(r"(\{\w+\})")
_SAID = re.compile(r"⟦[^⟧]*⟧")
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_MOST_ROWS = 40


def write_pseudo(ts_path: Path, folder: Path, name: str) -> None:
    """Write a translation in which each stretch of words between the places is bracketed."""
    tree = ET.parse(ts_path)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        translation.text = in_brackets(message.findtext("source", ""))
    copy = folder / f"{name}.ts"
    tree.write(copy, encoding="utf-8", xml_declaration=True)
    release(copy, folder / f"{name}.qm")


def in_brackets(source: str) -> str:
    """Return the words in brackets, the places outside of them."""
    parts = _PLACE.split(source)
    return "".join(
        part if number % 2 or not part.strip() else f"⟦{part}⟧"
        for number, part in enumerate(parts)
    )


def left_in_english(words: str) -> str:
    """Return what of some words was not translated."""
    return _SAID.sub(" ", words)


def visible_texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield everything that can be read or heard in a window, with where it stands."""
    for action in top.findChildren(QAction):
        yield "action", action.text()
        yield "action's tip", action.toolTip()
    for widget in [top, *top.findChildren(QWidget)]:
        if widget is not top and not widget.isVisibleTo(top):
            continue
        if isinstance(widget, LinkLabel):
            continue  # an address
        where = f"{type(widget).__name__} {widget.objectName()}"
        for words in _words_of(widget):
            yield where, words


def _words_of(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QSpinBox():
            yield widget.suffix()
            yield widget.specialValueText()
        case PictureView() | ZoomView():
            if widget.picture is not None:
                yield from _picture_words(widget.picture)
        case QAbstractItemView():
            if widget.model() is not None:
                yield from _model_words(widget.model())
        case _:
            pass


def _picture_words(picture: Picture) -> Iterator[str]:
    yield picture.title
    yield picture.description
    marks = list(picture.marks)
    while marks:
        mark = marks.pop()
        if isinstance(mark, Text):
            yield mark.words
        elif isinstance(mark, Group):
            yield mark.words
            marks += mark.marks


def _model_words(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    root = QModelIndex() if parent is None else parent
    columns = range(model.columnCount(root))
    for column in columns if parent is None else ():
        for role in _ROLES:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
    for row in range(min(_MOST_ROWS, model.rowCount(root))):
        for column in columns:
            index = model.index(row, column, root)
            for role in _ROLES:
                yield str(index.data(role) or "")
            # A table tells that a cell has no rows.
            if column == 0 and model.rowCount(index):
                yield from _model_words(model, index)
