"""Pictures of widgets, compared with stored ones."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage, QPalette, QRegion
from PySide6.QtWidgets import QWidget

PICTURES = Path(__file__).with_name("pictures")
SAME_SHARE = 0.995  # of the pixels: another FreeType draws some edges otherwise
CHANNEL_TOLERANCE = 1


@dataclass(frozen=True)
class Snapshots:
    """Compares widgets with the pictures beside this file, or stores new ones."""

    update: bool
    failures: Path

    def check(self, widget: QWidget, name: str, *, size: QSize) -> None:
        """Fail if `widget` at this size does not look like `pictures/<name>.png`."""
        image = picture_of(widget, size)
        stored = PICTURES / f"{name}.png"
        if self.update:
            assert image.save(str(stored)), f"{stored} could not be written"
            return
        expected = QImage(str(stored)).convertToFormat(QImage.Format.Format_RGB32)
        assert not expected.isNull(), f"{stored} is missing; make it with --update-snapshots"
        assert image.size() == expected.size(), f"{name}: {image.size()}, not {expected.size()}"
        share = same_share(image, expected)
        if share < SAME_SHARE:
            image.save(str(self.failures / f"{name}.png"))
            pytest.fail(
                f"{name}: only {share:.2%} of the pixels are as they were. The new picture is "
                f"in {self.failures}; --update-snapshots takes it over."
            )


def picture_of(widget: QWidget, size: QSize) -> QImage:
    """Draw a widget and its children on the palette's panel, without a window around it."""
    widget.setFixedSize(size)
    widget.ensurePolished()
    widget.grab()  # lays out what was never shown
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(widget.palette().color(QPalette.ColorRole.Base)))
    flags = QWidget.RenderFlag.DrawChildren
    widget.render(image, QPoint(), QRegion(), flags)
    return image


def same_share(first: QImage, second: QImage) -> float:
    """Return the share of pixels whose channels differ by one at the most."""
    one, other = bytes(first.constBits()), bytes(second.constBits())
    if one == other:
        return 1.0
    # Format_RGB32 has four bytes a pixel; the fourth is the same in both.
    different = {
        place // 4
        for place, (left, right) in enumerate(zip(one, other, strict=True))
        if abs(left - right) > CHANNEL_TOLERANCE
    }
    return 1 - len(different) / (first.width() * first.height())
