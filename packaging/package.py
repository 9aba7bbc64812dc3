"""Builds everything that can be installed, into dist/: `make package`.

The wheel and the source archive; from the wheel the one-folder app; and from that, on Linux,
the Debian package and an archive. The same inputs give the same bytes: SOURCE_DATE_EPOCH, or
the time of the commit, is the time of every file.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from build_frozen import build_wheel, freeze, make_environment
from build_parts import ROOT, SetUpError, run
from linux.make_packages import make_archive, make_deb, write_digests

SCRATCH: Final = ROOT / "build/package"
OUT: Final = ROOT / "dist"
_LINUX_TOOLS: Final = {"dpkg-deb": "dpkg", "rsvg-convert": "librsvg2-bin"}


def build(scratch: Path, out: Path) -> list[Path]:
    """Build all packages and return them.

    Raises:
        SetUpError: a tool is missing or a step failed.
    """
    if sys.platform == "linux":
        _require_tools()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    scratch.mkdir(parents=True, exist_ok=True)
    python = make_environment(scratch)
    wheel = build_wheel(python, out)
    app = freeze(python, wheel, scratch)
    run(python, ROOT / "packaging/build_bill.py", app)
    if sys.platform == "linux":
        help_folder = scratch / "help"
        run(python, ROOT / "packaging/shell_help.py", help_folder)
        make_deb(app, help_folder, scratch, out)
        make_archive(app, help_folder, scratch, out)
    write_digests(out)
    return sorted(out.iterdir())


def _require_tools() -> None:
    missing = [package for tool, package in _LINUX_TOOLS.items() if shutil.which(tool) is None]
    if missing:
        raise SetUpError(f"Install these Debian packages first: {', '.join(missing)}.")


def main() -> None:
    """Build, and list what there is now."""
    try:
        packages = build(SCRATCH, OUT)
    except (SetUpError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
    for package in packages:
        print(f"{package.stat().st_size / 1e6:7.1f} MB  {package.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
