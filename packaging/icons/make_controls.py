"""Draw the style sheet's arrows and ticks as PNG: `python packaging/icons/make_controls.py`.

The style sheet could show the SVG itself, but Qt would load its SVG plugin for it before the
first paint. They are shown at 8 to 14 logical pixels, so one picture of 56 serves any scale.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SOURCES: Final = Path(__file__).with_name("controls")
_ICONS: Final = Path(__file__).parents[2] / "resources" / "icons"
_SIDE_PX: Final = 56


def main() -> None:
    """Write a PNG for each SVG."""
    app = QGuiApplication(["make_controls", "-platform", "offscreen"])
    for source in sorted(_SOURCES.glob("*.svg")):
        image = QImage(_SIDE_PX, _SIDE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(str(source)).render(painter)
        painter.end()
        target = _ICONS / f"{source.stem}.png"
        if not image.save(str(target)):
            raise SystemExit(f"{target} could not be written.")
    app.quit()


if __name__ == "__main__":
    main()
