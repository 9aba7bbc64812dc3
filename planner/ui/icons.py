"""Icons that take their colour from the application's palette at the moment they are painted.

They are Lucide's, drawn in `currentColor` (resources/icons, licence beside them).
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

from planner.paths import shipped
from planner.ui.overrides import override

Role = QPalette.ColorRole


def icon(name: str, *, role: Role = Role.ButtonText) -> QIcon:
    """Return the icon of a name from resources/icons, such as `export`.

    Args:
        name: The file's name without its ending.
        role: The palette's role that it is painted in; `HighlightedText` where the button is
            filled with the accent.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return QIcon(_PaletteIconEngine(_source(name), role))


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (shipped("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _pixmap(source: str, colour: str, width: int, height: int) -> QPixmap:
    # Loaded with the first icon that is painted, so that it does not hold up the first window.
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    try:
        side = min(width, height)
        renderer.render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    finally:
        painter.end()
    return pixmap


class _PaletteIconEngine(QIconEngine):
    def __init__(self, source: str, role: Role) -> None:
        super().__init__()
        self._svg = source
        self._role = role

    @override
    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # From Qt 6.8 on, `size` is in logical pixels here.
        pixels = size * scale
        pixmap = QPixmap(
            _pixmap(self._svg, self._colour(mode), pixels.width(), pixels.height())
        )
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _PaletteIconEngine(self._svg, self._role)

    def _colour(self, mode: QIcon.Mode) -> str:
        group = QPalette.ColorGroup.Active
        role = self._role
        if mode is QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled
        elif mode is QIcon.Mode.Selected:
            role = Role.HighlightedText
        return QGuiApplication.palette().color(group, role).name()
