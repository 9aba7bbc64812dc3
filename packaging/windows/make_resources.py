"""Writes the version resource and the icon of the Windows programs. Not run yet on Windows.

Qt draws the picture: run it with the Python of .venv.
"""

import os
import struct
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from build_parts import VERSION  # noqa: E402 - from the folder above

_SIZES_PX: Final = (16, 24, 32, 48, 64, 128, 256)
# https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource, as PyInstaller has it.
_TEMPLATE: Final = """\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
    subtype=0x0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "Phi Planner contributors"),
      StringStruct("FileDescription", "Phi Planner"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "phi-planner"),
      StringStruct("LegalCopyright", "Phi Planner contributors, MIT licence"),
      StringStruct("OriginalFilename", "phi-planner.exe"),
      StringStruct("ProductName", "Phi Planner"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ]
)
"""


def version_resource(version: str) -> str:
    """Return the resource as PyInstaller's `version` takes it."""
    numbers = [int(part) for part in version.split(".")[:4]]
    return _TEMPLATE.format(version=version, numbers=tuple(numbers + [0] * (4 - len(numbers))))


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """Return an .ico file of PNG pictures by their size in pixels.

    The layout is that of https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10).
    """
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries, bodies = [], []
    for size, picture in sorted(pictures.items()):
        # A size of 256 is written 0.
        entries.append(
            struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        )
        bodies.append(picture)
        offset += len(picture)
    return head + b"".join(entries) + b"".join(bodies)


def draw_pictures() -> dict[int, bytes]:
    """Return the icon as PNG in every size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: TID251 - no part of the app
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: TID251 - no part of the app
    from PySide6.QtSvg import QSvgRenderer  # noqa: TID251 - no part of the app

    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(ROOT / "packaging/icons/phi-planner.svg"), application)
    pictures = {}
    for size in _SIZES_PX:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # wants a str, its stubs bytes
        pictures[size] = bytes(buffer.data().data())
    return pictures


def main() -> None:
    """Write both files into the folder of the build."""
    folder = ROOT / "build/package"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "version_info.txt").write_text(version_resource(VERSION), encoding="utf-8")
    (folder / "phi-planner.ico").write_bytes(icon_file(draw_pictures()))


if __name__ == "__main__":
    main()
