"""From a clone to a running app: makes .venv, installs the locked versions, starts the program.

Needs only a Python's standard library. `make run` and `make test` come through here:

    python3 packaging/bootstrap.py run [ARGUMENTS OF phi-planner]
    python3 packaging/bootstrap.py install [--test]

What is installed already is left alone: a stamp in .venv says what it was made from.
"""

import sys

# An old Python gets a sentence and no traceback: all of this file must be readable to it, and
# what is newer comes after these lines.
if sys.version_info < (3, 11):
    sys.exit(
        f"Phi Planner needs Python 3.11 or newer, and {sys.executable} is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}. Install a newer one and name it: "
        "make run PYTHON=python3.12"
    )

import hashlib
import importlib.util
import os
import subprocess
from pathlib import Path
from typing import Final

from system_packages import SetUpError, install_packages, require_qt_libraries

ROOT: Final = Path(__file__).resolve().parent.parent
RUN_LOCK: Final = "packaging/requirements.lock"
TEST_LOCK: Final = "packaging/requirements-test.lock"
# What an installation is made from; a change in any of them makes it stale.
_INGREDIENTS: Final = (
    "pyproject.toml",
    "planner/version.py",
    "packaging/hatch_build.py",
    RUN_LOCK,
)


def venv_program(root: Path, name: str) -> Path:
    """Return the path of a program of `root`/.venv, there or not."""
    if sys.platform == "win32":
        return root / ".venv" / "Scripts" / f"{name}.exe"
    return root / ".venv" / "bin" / name


def install(root: Path, *, with_tests: bool) -> None:
    """Bring .venv up to date; does nothing when it is.

    Raises:
        SetUpError: a step failed. The stamp is then not written, so the next run tries again.
    """
    if not _is_fresh(root, with_tests=False):
        _prepare_venv(root)
        _stamp_path(root, with_tests=False).unlink(missing_ok=True)
        print("Installing the app's libraries into .venv (once) ...", flush=True)
        _pip(root, "--requirement", RUN_LOCK)
        # The build library is in the lock too: no second, unlocked download to build with.
        _pip(root, "--no-deps", "--no-build-isolation", "--editable", ".")
        # Only for a quicker first start: a file that does not compile says so when it is run.
        compile_all = [str(venv_program(root, "python")), "-m", "compileall", "-qq", "planner"]
        subprocess.run(compile_all, cwd=root, check=False)
        _write_stamp(root, with_tests=False)
    if with_tests and not _is_fresh(root, with_tests=True):
        _stamp_path(root, with_tests=True).unlink(missing_ok=True)
        print("Installing the test tools into .venv (once) ...", flush=True)
        _pip(root, "--requirement", TEST_LOCK)
        _write_stamp(root, with_tests=True)
    _refresh_checked_specs(root)


def digest(root: Path, *, with_tests: bool) -> str:
    """Return a digest of all that the installation depends on."""
    python = venv_program(root, "python")
    # The real path tells when the system's Python was replaced by another version.
    parts = [str(root).encode(), os.path.realpath(python).encode()]
    names = [*_INGREDIENTS, TEST_LOCK] if with_tests else _INGREDIENTS
    parts += [(root / name).read_bytes() for name in (*names, ".venv/pyvenv.cfg")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _stamp_path(root: Path, *, with_tests: bool) -> Path:
    return root / ".venv" / (".installed-test" if with_tests else ".installed-run")


def _is_fresh(root: Path, *, with_tests: bool) -> bool:
    stamp = _stamp_path(root, with_tests=with_tests)
    if not (stamp.is_file() and venv_program(root, "python").exists()):
        return False
    return stamp.read_text(encoding="ascii") == digest(root, with_tests=with_tests)


def _write_stamp(root: Path, *, with_tests: bool) -> None:
    text = digest(root, with_tests=with_tests)
    _stamp_path(root, with_tests=with_tests).write_text(text, encoding="ascii")


def _prepare_venv(root: Path) -> None:
    """Make .venv, unless there is one that has pip and a Python new enough."""
    python = venv_program(root, "python")
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    if python.exists():
        tried = subprocess.run([python, "-c", probe], capture_output=True, check=False)
        if tried.returncode == 0:
            return
    if importlib.util.find_spec("ensurepip") is None:
        _install_ensurepip()
    print("Making .venv ...", flush=True)
    _run(sys.executable, "-m", "venv", "--clear", ".venv", cwd=root)


def _refresh_checked_specs(root: Path) -> None:
    """Check edited specs again; unchecked ones are read as well, only slower at each start."""
    sources = [*root.glob("specs/**/*.toml"), *root.glob("planner/catalogue/*.py")]
    sources += root.glob("planner/core/*_spec.py")
    target = root / "planner/_data/checked_specs.json"
    newest = max(source.stat().st_mtime_ns for source in sources)
    if target.is_file() and target.stat().st_mtime_ns > newest:
        return
    code = (
        "from pathlib import Path; from planner.catalogue.checked import write_checked_specs; "
        f"write_checked_specs(Path('specs'), Path({str(target)!r}))"
    )
    # A spec that is wrong is the app's to tell, in full.
    command = [str(venv_program(root, "python")), "-c", code]
    subprocess.run(command, cwd=root, capture_output=True, check=False)


def _install_ensurepip() -> None:
    """Debian and Ubuntu keep a part of `venv` in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    install_packages([package], why=f"{sys.executable} cannot make virtual environments")


def _pip(root: Path, *arguments: str) -> None:
    # Twice quiet: errors only.
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    _run(venv_program(root, "python"), "-m", "pip", "install", *quiet, *arguments, cwd=root)


def _run(program: str | Path, *arguments: str, cwd: Path) -> None:
    # A personal wish for --user or --target has no place in a virtual environment.
    stray = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    environment = {name: value for name, value in os.environ.items() if name not in stray}
    command = [str(program), *arguments]
    if subprocess.run(command, cwd=cwd, env=environment, check=False).returncode:
        msg = f"This step failed (its own words stand above): {' '.join(command)}"
        raise SetUpError(msg)


def has_display(environment: dict[str, str]) -> bool:
    """Whether a window could be shown; a Qt platform asked for by hand counts too."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def qt_platforms(environment: dict[str, str]) -> list[str]:
    """Return the names of the Qt platforms whose libraries a window here needs."""
    wish = environment.get("QT_QPA_PLATFORM")
    if wish:
        return [wish.split(":")[0].split(";")[0]]
    servers = {"DISPLAY": "xcb", "WAYLAND_DISPLAY": "wayland"}
    return [platform for name, platform in servers.items() if environment.get(name)]


def run(root: Path, arguments: list[str]) -> None:
    """Install, then become the app: the window where there is a display, else its answer."""
    install(root, with_tests=False)
    environment = dict(os.environ)
    if not arguments or arguments[0] == "app":
        if has_display(environment):
            require_qt_libraries(root / ".venv", qt_platforms(environment))
        else:
            print(
                "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): "
                "this is `phi-planner check` in place of the window.",
                flush=True,
            )
            arguments = ["check"]
    # Else every start compiles the app anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    app = str(venv_program(root, "phi-planner"))
    if sys.platform == "win32":
        sys.exit(subprocess.run([app, *arguments], env=environment, check=False).returncode)
    os.execve(app, [app, *arguments], environment)


def main(arguments: list[str]) -> None:
    """Do what the command line asks; a failure ends in one sentence and exit code 1."""
    try:
        if arguments[:1] == ["run"]:
            run(ROOT, arguments[1:])
        elif arguments in (["install"], ["install", "--test"]):
            with_tests = "--test" in arguments
            install(ROOT, with_tests=with_tests)
            if with_tests:
                require_qt_libraries(ROOT / ".venv", ["offscreen"])
        else:
            sys.exit(__doc__)
    except SetUpError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
