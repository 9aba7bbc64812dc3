"""Memory limits that Linux sets on this process: containers, services, user sessions.

Every ancestor's limit holds, so each is read. The root of the file system is an argument, for
a copy of `/proc` and `/sys` to stand in.

Rules: https://docs.kernel.org/admin-guide/cgroup-v2.html and
https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
"""

from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

MAX_FILE_BYTES: Final = 1 << 18
MAX_DEPTH: Final = 64


# Named tuples here: every start pays for these classes, and dataclasses take ten times as long.


class CgroupMemory(NamedTuple):
    """The tightest limit, and the least that any limit leaves; `None` where none is set."""

    limit_bytes: int | None = None
    available_bytes: int | None = None


class _Version(NamedTuple):
    """What one version of cgroups calls its files."""

    file_system: str
    default_mount: str
    limit: str
    usage: str
    inactive_file: str


_V1: Final = _Version(
    file_system="cgroup",
    default_mount="/sys/fs/cgroup/memory",
    limit="memory.limit_in_bytes",
    usage="memory.usage_in_bytes",
    inactive_file="total_inactive_file",
)
_V2: Final = _Version(
    file_system="cgroup2",
    default_mount="/sys/fs/cgroup",
    limit="memory.max",
    usage="memory.current",
    inactive_file="inactive_file",
)


def cgroup_memory(root: Path = Path("/")) -> CgroupMemory:
    """Return the limits on this process, from versions 1 and 2 and from every ancestor."""
    limits: list[int] = []
    available: list[int] = []
    for version, group in _groups(_read(root / "proc/self/cgroup")):
        for folder in _folders(root, version, group):
            limit = _number(_read(folder / version.limit))
            if limit is None:  # `max`, or no such file: the root group has none
                continue
            limits.append(limit)
            usage = _number(_read(folder / version.usage))
            if usage is not None:
                # File pages that nobody uses are given back before anything is refused.
                inactive = _statistic(_read(folder / "memory.stat"), version.inactive_file)
                available.append(max(0, limit - max(0, usage - inactive)))
    return CgroupMemory(
        limit_bytes=min(limits, default=None), available_bytes=min(available, default=None)
    )


def _groups(text: str) -> list[tuple[_Version, str]]:
    """Return this process's group in each hierarchy that counts memory."""
    groups: list[tuple[_Version, str]] = []
    for line in text.splitlines():
        number, _, rest = line.partition(":")
        controllers, _, group = rest.partition(":")
        if number == "0" and not controllers:
            groups.append((_V2, group))
        elif "memory" in controllers.split(","):
            groups.append((_V1, group))
    return groups


def _folders(root: Path, version: _Version, group: str) -> list[Path]:
    """Return the group's folder and those of its ancestors, up to where it is mounted."""
    mount, mounted_group = _mount(_read(root / "proc/self/mountinfo"), version)
    path = PurePosixPath(group)
    # In a container the mount may begin below the host's root, at the container's own group.
    inside = (
        path.relative_to(mounted_group)
        if path.is_relative_to(mounted_group) and ".." not in path.parts
        else PurePosixPath()
    )
    top = root / mount.lstrip("/")
    parts = inside.parts[:MAX_DEPTH]
    return [top.joinpath(*parts[:depth]) for depth in range(len(parts), -1, -1)]


def _mount(mountinfo: str, version: _Version) -> tuple[str, str]:
    """Return where the hierarchy is mounted, and which of its groups is on top there.

    A line is `id parent major:minor root mount-point options ... - type source options`
    (man 5 proc_pid_mountinfo).
    """
    for line in mountinfo.splitlines():
        mount, _, file_system = line.partition(" - ")
        fields = mount.split()
        kind, *options = file_system.split() or [""]
        if len(fields) < 5 or kind != version.file_system:
            continue
        if version is _V2 or (options and "memory" in options[-1].split(",")):
            return fields[4].replace("\\040", " "), fields[3].replace("\\040", " ")
    return version.default_mount, "/"


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _number(text: str) -> int | None:
    word = text.strip()
    return int(word) if word.isascii() and word.isdigit() and len(word) < 20 else None


def _statistic(text: str, name: str) -> int:
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == name:
            return _number(value) or 0
    return 0
