"""The small system files that a detection reads: kept, and laid out again elsewhere."""

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from planner.core.errors import PlannerError

MOST_FILES: Final = 4096
MOST_FILE_BYTES: Final = 64 * 1024
_MOST_LISTED: Final = 1024
# Where Linux tells of itself, and where distributions put the names of chips. `/proc/PID` is
# about programs, and they stay out.
_NAMES_BELOW: Final = "usr/share/"
_KEPT_BELOW: Final = ("proc/", "sys/", _NAMES_BELOW)
_PCI_TABLE: Final = "/pci.ids"
_MOST_TABLE_BYTES: Final = 8 << 20
_PCI_ID: Final = re.compile(r"^PCI_ID=([0-9A-F]{4}:[0-9A-F]{4})$", re.MULTILINE)
# Asked only whether they are there, which Python does not report.
_MARKS: Final = (".dockerenv", "run/.containerenv", "sys/module/nouveau")
_MOUNTS: Final = "proc/self/mountinfo"
_MOST_LINKS_IN_A_PATH: Final = 16


class RecordedFiles(NamedTuple):
    """Texts of files, folders that were looked into, and links, by paths below the root."""

    files: Mapping[str, str]
    folders: tuple[str, ...]
    links: Mapping[str, str]


class FileRecorder:
    """Notes which system files this process opens and which folders it lists.

    Python reports both (PEP 578), so whatever a probe reads is kept, also what a later version
    reads. The report cannot be switched off again: outside of `listening` nothing is noted.
    """

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = os.path.realpath(root)
        self._opened: dict[str, None] = {}
        self._listed: dict[str, None] = {}
        self._is_listening = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note what is read while the block runs."""
        sys.addaudithook(self._hear)
        self._is_listening = True
        try:
            yield
        finally:
            self._is_listening = False

    def recorded(self) -> RecordedFiles:
        """Return what was read, as it is now."""
        found = _Found(self._root)
        # Tables of names last: of those only the lines about boards that were met are kept.
        for name in sorted(self._opened, key=lambda each: each.startswith(_NAMES_BELOW)):
            found.add_file(name)
        for name in self._listed:
            found.add_folder(name)
        for name in _MARKS:
            found.add_mark(name)
        return RecordedFiles(found.files, tuple(found.folders), found.links)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_listening or event not in {"open", "os.listdir", "os.scandir"}:
            return
        path = arguments[0]
        if not isinstance(path, str | os.PathLike):
            return
        name = self._below_root(os.fspath(path))
        if name is None or not name.startswith(_KEPT_BELOW) or _is_of_a_program(name):
            return
        (self._opened if event == "open" else self._listed)[name] = None

    def _below_root(self, path: str | bytes) -> str | None:
        text = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - links are kept as they are
        lead = self._root.rstrip(os.sep) + os.sep
        return text[len(lead) :] if text.startswith(lead) else None


class _Found:
    def __init__(self, root: str) -> None:
        self._root = root
        self.files: dict[str, str] = {}
        self.folders: dict[str, None] = {}
        self.links: dict[str, str] = {}

    def add_file(self, name: str) -> None:
        real = self._follow(name)
        if real is None or len(self.files) >= MOST_FILES:
            return
        try:
            path = Path(self._root, real)
            if not stat.S_ISREG(path.stat().st_mode):
                return
            is_table = real.endswith(_PCI_TABLE)
            with path.open("rb") as file:
                content = file.read(_MOST_TABLE_BYTES if is_table else MOST_FILE_BYTES)
        except OSError:
            return
        text = content.decode("utf-8", "replace")
        self.files[real] = self._names(text) if is_table else _kept_text(real, text)

    def _names(self, table: str) -> str:
        """Return the lines of `pci.ids` about the boards that were met, below their makers."""
        met = {each.lower() for text in self.files.values() for each in _PCI_ID.findall(text)}
        maker, kept = "", [""]
        for line in table.splitlines():
            if line[:1].isalnum():
                maker = line
            elif line[:1] == "\t" and f"{maker[:4]}:{line[1:5]}" in met:
                kept += [line] if maker in kept else [maker, line]
        return "\n".join([*kept, ""])

    def add_folder(self, name: str) -> None:
        real = self._follow(name)
        if real is None:
            return
        try:
            entries = sorted(Path(self._root, real).iterdir())[:_MOST_LISTED]
        except OSError:
            return
        self.folders[real] = None
        for entry in entries:
            below = f"{real}/{entry.name}"
            if entry.is_symlink():
                self._follow(below)
            elif entry.is_dir():
                self.folders[below] = None
            else:
                self.files.setdefault(below, "")

    def add_mark(self, name: str) -> None:
        path = Path(self._root, name)
        if path.is_dir():
            self.folders[name] = None
        elif path.exists():
            self.files.setdefault(name, "")

    def _follow(self, name: str) -> str | None:
        """Return where a path leads below the root; the links on the way are kept.

        `None` where it leads nowhere, or out of the root.
        """
        parts = name.split("/")
        done: list[str] = []
        link_count = 0
        while parts:
            done.append(parts.pop(0))
            here = "/".join(done)
            path = Path(self._root, here)
            if here == "proc/self" or not path.is_symlink():
                continue  # `/proc/self` is another program's when it is read again
            link_count += 1
            # An absolute one, as `/proc/device-tree` is, replaces the whole path.
            target = os.path.relpath(Path(self._root, *done[:-1], path.readlink()), self._root)
            if link_count > _MOST_LINKS_IN_A_PATH or target.startswith(".."):
                return None
            self.links[here] = os.path.relpath(target, "/".join(done[:-1]) or ".")
            parts, done = target.split("/") + parts, []
        return "/".join(done)


def lay_out(recorded: RecordedFiles, folder: Path) -> None:
    """Put recorded files, folders and links below a folder.

    Raises:
        PlannerError: this system cannot hold files of these names.
    """
    try:
        for name in recorded.folders:
            _inside(folder, name).mkdir(parents=True, exist_ok=True)
        for name, text in recorded.files.items():
            path = _inside(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "replace"))
        for name, target in recorded.links.items():
            path = _inside(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Looked at where it really leads: through the links that are there already.
            _refuse_outside(folder, Path(path.parent, target))
            path.symlink_to(target)
    except (OSError, ValueError) as error:
        raise PlannerError(
            "The files of this bundle cannot be laid out here "
            f"({getattr(error, 'strerror', None) or error}): Linux replays bundles of any "
            "system, and names that Linux has are not all allowed elsewhere."
        ) from error


def _inside(folder: Path, name: str) -> Path:
    """Return a path below the folder.

    Raises:
        ValueError: the name leads out of it.
    """
    parts = name.split("/")
    if any(part in {"", "..", "."} or "\\" in part for part in parts):
        raise ValueError(f"{name[:80]!r} is no name of a file in it")
    path = folder.joinpath(*parts)
    _refuse_outside(folder, path)
    return path


def _refuse_outside(folder: Path, path: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError("a name leads out of it")


def _is_of_a_program(name: str) -> bool:
    first, _, rest = name.partition("/")
    return first == "proc" and rest.partition("/")[0].isdigit()


def _kept_text(name: str, text: str) -> str:
    """Return what is kept of a file: of all mounted disks, only the control groups."""
    if name != _MOUNTS:
        return text
    return "".join(line for line in text.splitlines(keepends=True) if " - cgroup" in line)
