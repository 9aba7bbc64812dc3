"""Installs the Debian package into a bare Debian, uses it, and removes it: `make package-test`.

Needs root, debootstrap, Xvfb, xdotool and ImageMagick's `import`. The bare system has no Python
and no X server: the window appears on an Xvfb of this system, whose socket is in no folder.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from build_parts import ROOT, VERSION, SetUpError

_MIRROR: Final = "http://deb.debian.org/debian"
_SUITE: Final = "bookworm"
_BASE: Final = ROOT / "build/package-test" / _SUITE
_PICTURE: Final = ROOT / "build/package-test/window.png"
_TOOLS: Final = {
    "debootstrap": "debootstrap",
    "Xvfb": "xvfb",
    "import": "imagemagick",
    "xdotool": "xdotool",
}
_USER: Final = "1000:1000"
_HOME: Final = "/home/tester"
# What the package manager writes for itself, whatever it installs.
_ITS_OWN: Final = (
    *("var/lib/apt", "var/lib/dpkg", "var/cache", "var/log", "etc/ld.so.cache", "tmp"),
    *("dev", "proc", "sys", "run", "root", "home"),
)
_WAIT_S: Final = 60.0


def main() -> None:
    """Go through all of it; the first step that fails ends it with a sentence."""
    try:
        deb = _require()
        _make_base()
        with tempfile.TemporaryDirectory(prefix="phi-planner-test-") as name:
            root = Path(name) / "root"
            _run("cp", "-a", "--reflink=auto", _BASE, root)
            _test(root, deb)
    except SetUpError as error:
        sys.exit(str(error))
    print("package-test: all of it passed.")


def _require() -> Path:
    """Return the package, if there is all that the test of it needs."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise SetUpError("The package is tried in a bare Debian, which takes Linux and root.")
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    if missing:
        raise SetUpError(f"Install these Debian packages first: {', '.join(missing)}.")
    deb = next(iter(sorted((ROOT / "dist").glob(f"phi-planner_{VERSION}*.deb"))), None)
    if deb is None:
        raise SetUpError("There is no package in dist/: `make package` builds it.")
    return deb


def _make_base() -> None:
    if (_BASE / "etc/debian_version").is_file():
        return
    shutil.rmtree(_BASE, ignore_errors=True)
    _BASE.parent.mkdir(parents=True, exist_ok=True)
    print("Making a bare Debian (once) ...", flush=True)
    half = _BASE.with_name(f"{_SUITE}.half")
    shutil.rmtree(half, ignore_errors=True)
    _run("debootstrap", "--variant=minbase", _SUITE, half, _MIRROR)
    half.rename(_BASE)


def _test(root: Path, deb: Path) -> None:
    (root / "home/tester").mkdir()
    os.chown(root / "home/tester", 1000, 1000)
    before = _files(root)
    shutil.copy(deb, root / "tmp/phi-planner.deb")
    with _mounted(root):
        apt = "DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o=Dpkg::Use-Pty=0"
        _inside(
            root, f"{apt} update && {apt} install --no-install-recommends /tmp/phi-planner.deb"
        )
        _say("installed")
        _use_commands(root)
        _show_window(root)
        _inside(root, f"{apt} purge phi-planner && {apt} --purge autoremove")
    left = sorted(_files(root) - before)
    if left:
        raise SetUpError(f"Left behind: {', '.join(left[:20])}")
    _say("removed, and nothing is left behind")
    kept = root / "home/tester/.config/phi-planner"
    if not kept.is_dir():
        raise SetUpError("The user's settings went with the package; they must stay.")
    _say("the user's own settings are still there")


def _use_commands(root: Path) -> None:
    told = _inside(root, "phi-planner check --json", user=True)
    answer = json.loads(told)
    if answer["schema"] != "phi-planner/check/1" or not answer["results"]:
        raise SetUpError("`check --json` did not answer.")
    _say(f"check --json: {len(answer['results'])} results")
    for suffix, head in (
        (".md", b"#"),
        (".pdf", b"%PDF"),
        (".html", b"<!"),
        (".png", b"\x89PNG"),
    ):
        command = f"phi-planner report phi-4 --quant Q4_K_M -o {_HOME}/fit{suffix}"
        _inside(root, command, user=True)
        if not (root / f"home/tester/fit{suffix}").read_bytes().startswith(head):
            raise SetUpError(f"The report {suffix} is not one.")
    _say("report: .md .pdf .html .png")
    command = "QT_QPA_PLATFORM=offscreen phi-planner doctor --json"
    findings = json.loads(_inside(root, command, user=True))["findings"]
    faults = [each["says"] for each in findings if each["state"] == "fault"]
    if faults or not any(each["part"] == "charts" for each in findings):
        raise SetUpError(f"doctor finds a fault: {' '.join(faults) or 'no charts'}")
    _say(f"doctor: {len(findings)} parts, no fault")


def _show_window(root: Path) -> None:
    with _screen() as display:
        inside = ("env", "-i", f"DISPLAY={display}", f"HOME={_HOME}", "LANG=C", "PATH=/usr/bin")
        chroot = ("chroot", f"--userspec={_USER}", str(root))
        window = subprocess.Popen([*chroot, *inside, "phi-planner"])
        try:
            search = ["xdotool", "search", "--onlyvisible", "--name", "Phi Planner"]
            _wait_for(search, display, window)
            # The grid follows the first paint.
            time.sleep(3)
            _run("import", "-window", "root", _PICTURE, environment={"DISPLAY": display})
        finally:
            window.terminate()
            window.wait(_WAIT_S)
        if window.returncode:
            raise SetUpError(f"The window ended with exit code {window.returncode}.")
    _say(f"the window opened and closed: {_PICTURE.relative_to(ROOT)}")


def _wait_for(command: list[str], display: str, window: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAIT_S
    environment = os.environ | {"DISPLAY": display}
    while time.monotonic() < deadline:
        if subprocess.run(command, env=environment, capture_output=True, check=False).stdout:
            return
        if window.poll() is not None:
            raise SetUpError(f"The window ended by itself: exit code {window.returncode}.")
        time.sleep(0.1)
    raise SetUpError("The window did not appear.")


@contextmanager
def _screen() -> Iterator[str]:
    """An Xvfb on a number that it chooses itself."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-ac"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as stream:
            yield f":{stream.readline().strip()}"
    finally:
        server.terminate()
        server.wait(_WAIT_S)


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    # Mounts of their own and no binds: whatever goes wrong, nothing of this system is in there.
    kinds = ("proc", "sysfs")
    places = (root / "proc", root / "sys")
    done: list[Path] = []
    try:
        for kind, place in zip(kinds, places, strict=True):
            _run("mount", "-t", kind, "-o", "ro" if kind == "sysfs" else "rw", kind, place)
            done.append(place)
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
        yield
    finally:
        for path in reversed(done):
            _run("umount", "--lazy", path)


def _files(root: Path) -> set[str]:
    """Return the files of the bare system, without those of its package manager."""
    found = set()
    for folder, folders, files in os.walk(root):
        inside = Path(folder).relative_to(root).as_posix()
        folders[:] = [
            each for each in folders if f"{inside}/{each}".removeprefix("./") not in _ITS_OWN
        ]
        names = (f"{inside}/{each}".removeprefix("./") for each in files)
        found |= {name for name in names if name not in _ITS_OWN}
    return found


def _inside(root: Path, command: str, *, user: bool = False) -> str:
    chroot = ["chroot", *([f"--userspec={_USER}"] if user else []), str(root)]
    environment = {"HOME": _HOME if user else "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    told = subprocess.run(
        [*chroot, "/bin/sh", "-c", command],
        env=environment | {"LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        words = (told.stderr or told.stdout).strip()[-2000:]
        raise SetUpError(f"{words}\nThis failed in the bare system: {command}")
    return told.stdout


def _run(*command: str | Path, environment: dict[str, str] | None = None) -> None:
    words = [str(each) for each in command]
    env = os.environ | (environment or {})
    told = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if told.returncode:
        said = (told.stderr or told.stdout).strip()[-2000:]
        raise SetUpError(f"{said}\nThis step failed: {shlex.join(words)}")


def _say(text: str) -> None:
    print(f"package-test: {text}", flush=True)


if __name__ == "__main__":
    main()
