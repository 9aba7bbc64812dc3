"""Makes the frozen folder smaller by what no part of the app can reach.

Two things: the names that a debugger would want, and most of ICU's data. Qt's ICU carries 31 MB
of names of currencies, regions, time zones and old encodings; of all that the app uses how
letters are sorted and what properties they have. ICU's own tools take the rest out, as
https://unicode-org.github.io/icu/userguide/icu_data/ describes.
"""

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Final

# Items of ICU's data that stay: sorting in all languages, properties of characters, and what
# the languages of the window need.
_KEPT_DATA: Final = re.compile(
    r"coll/.*|(?!unames)[^/]*\.(icu|nrm)|(root|res_index|pool|en|de|zh|zh_Hans|zh_Hant|metadata"
    r"|supplementalData|likelySubtags|zoneinfo64|timezoneTypes|keyTypeData|numberingSystems)\.res"
)
_DATA_LIBRARY: Final = re.compile(r"libicudata\.so\.(\d+)")
_TOOLS: Final = ("icupkg", "genccode", "ld", "nm", "strip")
# The header of ICU's data starts with its own size and these two bytes.
_MAGIC: Final = b"\xda\x27"


def missing_tools() -> list[str]:
    """Return the programs that are needed and not there (Debian: binutils, icu-devtools)."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return [tool for tool in _TOOLS if shutil.which(tool, path=path) is None]


def shrink(folder: Path) -> None:
    """Strip every library of a frozen app and cut its ICU data down.

    Raises:
        subprocess.CalledProcessError: a tool failed.
    """
    for library in sorted(folder.rglob("libicudata.so.*")):
        _cut_icu_data(library)
    for library in sorted(folder.rglob("*.so*")):
        # What has no symbols left is not written again.
        if library.is_file() and not library.is_symlink() and _has_symbols(library):
            _run("strip", "--strip-unneeded", library)


def sort_base_library(folder: Path) -> None:
    """Put the modules that Python starts with into one order: PyInstaller's is by chance."""
    for archive in folder.rglob("base_library.zip"):
        with zipfile.ZipFile(archive) as packed:
            modules = {name: packed.read(name) for name in sorted(packed.namelist())}
        with zipfile.ZipFile(archive, "w") as packed:
            for name, content in modules.items():
                # Without a time of its own, an entry is of 1980.
                packed.writestr(zipfile.ZipInfo(name), content)


def _has_symbols(library: Path) -> bool:
    told = subprocess.run(["nm", str(library)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip())


def _cut_icu_data(library: Path) -> None:
    match = _DATA_LIBRARY.fullmatch(library.name)
    if match is None or library.is_symlink():
        return
    version = match[1]
    with tempfile.TemporaryDirectory(prefix="phi-planner-icu-") as name:
        scratch = Path(name)
        # The items carry the name of the file as a prefix: it has to stay the same.
        package = f"icudt{version}l.dat"
        whole, cut = scratch / package, scratch / "cut" / package
        cut.parent.mkdir()
        whole.write_bytes(_data_of(library))
        items = _run("icupkg", "-l", whole).splitlines()
        unwanted = [item for item in items if not _KEPT_DATA.fullmatch(item)]
        listed = scratch / "unwanted.txt"
        listed.write_text("\n".join(unwanted) + "\n", encoding="ascii")
        _run("icupkg", "--ignore-deps", "-r", listed, whole, cut)
        sibling = library.with_name(f"libicuuc.so.{version}")
        entry = ("-e", f"icudt{version}", "-f", "icudata", "-m", sibling, "-d", scratch)
        _run("genccode", "-q", "-o", *entry, cut)
        _run(
            *("ld", "-shared", "-z", "noexecstack", "-soname", library.name),
            *("-o", library, scratch / "icudata.o"),
        )


def _data_of(library: Path) -> bytes:
    """Return the data of the library, which holds nothing else: from its header on."""
    content = library.read_bytes()
    start = content.index(_MAGIC, 0x1000 if len(content) > 0x1000 else 0) - 2
    return content[start:]


def _run(program: str, *arguments: str | Path) -> str:
    environment = os.environ | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}
    command = [program, *map(str, arguments)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return told.stdout
