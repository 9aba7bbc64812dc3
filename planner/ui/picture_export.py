"""Saves a picture as a file of its own: PNG or SVG, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSaveFile
from PySide6.QtGui import QImageWriter

from planner.core.errors import PlannerError
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.legend import titled
from planner.core.pictures.svg import picture_svg
from planner.ui.picture_painter import picture_image

if TYPE_CHECKING:
    from planner.core.pictures.picture import Picture

SUFFIXES: Final = (".png", ".svg")
_PNG_SCALE: Final = 2.0  # sharp on dense screens and in print


def save_picture(picture: Picture, path: Path | str, scheme: str = "light") -> None:
    """Write the picture under its title; the suffix of `path` picks the format.

    Raises:
        PlannerError: there is no such format, or the file cannot be written. What was there
            before is then still there.
    """
    suffix = Path(path).suffix.casefold()
    whole, colours = titled(picture), COLOURS[scheme]
    if suffix == ".svg":
        _write_whole(path, picture_svg(whole, colours).encode("utf-8"))
    elif suffix == ".png":
        _write_whole(path, _png(whole, scheme))
    else:
        raise PlannerError(
            f"The picture {str(path)!r} was not saved: its name must end in "
            f"{' or '.join(SUFFIXES)}, which picks the format."
        )


def _png(picture: Picture, scheme: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = picture_image(picture, COLOURS[scheme], _PNG_SCALE)
    image.setText("Title", picture.title)
    image.setText("Description", picture.description)
    # An image beyond what Qt can hold is a null one, which cannot be written.
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise PlannerError("The picture was not saved: it is too large to be written as PNG.")
    buffer.close()
    return bytes(data.data())


def _write_whole(path: Path | str, content: bytes) -> None:
    # It writes beside the file and puts it in its place when all of it is on the disk.
    file = QSaveFile(str(path))
    is_whole = (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and file.write(content) == len(content)
        and file.commit()
    )
    if not is_whole:
        raise PlannerError(
            f"The picture {str(path)!r} was not saved: {file.errorString()}. "
            "Nothing was changed."
        )
