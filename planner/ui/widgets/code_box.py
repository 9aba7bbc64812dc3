"""Text to be copied as it stands, with a button that copies it and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.widgets.words import heading_label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_SAID_MS: Final = 1600
_MOST_LINES: Final = 16  # seen at once; the others are a scroll away
_PADDING: Final = 8


class CodeText(QPlainTextEdit):
    """Read-only lines, broken where there is no room; it is as high as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setObjectName("code")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(sized(self.font(), SECONDARY_PX).pixelSize())
        self.setFont(fixed)
        self.document().setDocumentMargin(_PADDING)

    @override
    def sizeHint(self) -> QSize:
        height = QFontMetrics(self.font()).lineSpacing() * min(self._lines(), _MOST_LINES)
        return QSize(super().sizeHint().width(), height + 2 * _PADDING + 4)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_height()

    def fit_height(self) -> None:
        """Be as high as the lines are; only what is very long scrolls."""
        bars = Qt.ScrollBarPolicy
        is_long = self._lines() > _MOST_LINES
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if is_long else bars.ScrollBarAlwaysOff
        )
        self.updateGeometry()

    def _lines(self) -> int:
        # A plain document's height is counted in lines.
        return max(1, round(self.document().size().height()))


class CodeBox(QWidget):
    """A text with its name over it, and Copy beside the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading: QLabel = heading_label(self)
        self.copy_button = QPushButton()
        self.copy_button.setAutoDefault(False)
        self.view = CodeText()
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.heading, 1)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.view)
        self.copy_button.clicked.connect(self.copy)
        self._said.timeout.connect(self._say_copy)
        self._say_copy()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.copy_button, self.view)

    def show_code(self, title: str, code: str) -> None:
        """Show another text; one that is already shown keeps its selection."""
        self.heading.setText(title)
        self.view.setAccessibleName(title)
        self.copy_button.setAccessibleName(self.tr("Copy: {what}").format(what=title))
        if code != self.view.toPlainText():
            self.view.setPlainText(code)
            self.view.fit_height()
            self._said.stop()
            self._say_copy()

    @Slot()
    def copy(self) -> None:
        """Put the whole text on the clipboard."""
        QGuiApplication.clipboard().setText(self.view.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
        self._said.start()

    @Slot()
    def _say_copy(self) -> None:
        self.copy_button.setText(self.tr("Copy"))
