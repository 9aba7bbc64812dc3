"""The way from a clone to a running app, on machines that lack one thing or another."""

import ast
import os
import runpy
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bootstrap
import system_packages

ROOT = Path(__file__).resolve().parent.parent
LDD_OUTPUT = """\
/qt/libqxcb.so:
\tlinux-vdso.so.1 (0x00007fff)
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f00)
/qt/libQt6Svg.so.6:
\tlibEGL.so.1 => not found
"""


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """An empty folder that is the only place where programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def write_program(path: Path, script: str) -> None:
    """Write a small program for the shell."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


# ------------------------------------------------------------------------ system packages


def test_that_each_missing_library_is_named_once(programs):
    (programs / "output").write_text(LDD_OUTPUT, encoding="utf-8")
    write_program(programs / "ldd", f'while read -r l; do echo "$l"; done < {programs}/output')
    found = system_packages.missing_libraries([Path("/qt/libqxcb.so")])
    assert found == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_that_a_system_without_apt_is_told_the_packages(programs):
    with pytest.raises(system_packages.SetUpError, match=r"Qt is sad.*libegl1, libgl1"):
        system_packages.install_packages(["libegl1", "libgl1"], why="Qt is sad")


def test_that_a_plain_user_is_given_the_exact_command(programs, monkeypatch):
    write_program(programs / "apt-get", "exit 99")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(system_packages.SetUpError) as refusal:
        system_packages.install_packages(["libegl1"], why="Qt is sad")
    command = "sudo apt-get install -y --no-install-recommends libegl1"
    assert str(refusal.value).endswith(f"  sudo apt-get update && {command}")


@pytest.mark.parametrize(("user", "sudo"), [(0, None), (1000, 'shift; exec "$@"')])
def test_that_apt_is_run_where_that_is_allowed(programs, monkeypatch, user, sudo):
    log = programs / "log"
    write_program(programs / "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}')
    (programs / "env").symlink_to("/usr/bin/env")
    (programs / "true").symlink_to("/usr/bin/true")
    if sudo is not None:
        write_program(programs / "sudo", sudo)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    system_packages.install_packages(["libegl1", "libgl1"], why="Qt is sad")
    assert log.read_text(encoding="utf-8").splitlines() == [
        "noninteractive update",
        "noninteractive install -y --no-install-recommends libegl1 libgl1",
    ]


def test_that_what_apt_said_is_shown_when_it_fails(programs, monkeypatch):
    write_program(programs / "apt-get", "echo E: no such host >&2; exit 100")
    (programs / "env").symlink_to("/usr/bin/env")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(system_packages.SetUpError, match=r"(?s)E: no such host.*By hand"):
        system_packages.install_packages(["libegl1"], why="Qt is sad")


def test_that_a_library_of_no_known_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(system_packages, "missing_libraries", lambda _files: ["libnew.so.1"])
    with pytest.raises(system_packages.SetUpError, match=r"libnew\.so\.1"):
        system_packages.require_qt_libraries(tmp_path, ["offscreen"])


# ------------------------------------------------------------------------------ bootstrap


def test_that_an_old_python_is_told_so_in_a_sentence(monkeypatch):
    script = ROOT / "packaging" / "bootstrap.py"
    # Readable to it at all: a newer word anywhere in the file would be a SyntaxError.
    ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer.*is Python 3\.9"):
        runpy.run_path(str(script), run_name="bootstrap_on_an_old_python")


@pytest.fixture
def clone(tmp_path):
    """A checkout with a .venv whose Python only writes down what it is asked to do."""
    names = [*bootstrap._INGREDIENTS, bootstrap.TEST_LOCK, "planner/core/model_spec.py"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.11.2", encoding="utf-8")
    (tmp_path / "asked").touch()
    refuse = f'case "$*" in "-m pip"*) test ! -e {tmp_path}/broken;; esac'
    script = f'echo "$*" >> {tmp_path}/asked; {refuse}'
    write_program(programs / "python", script)
    return tmp_path


def pip_calls(clone: Path) -> list[str]:
    """Return what pip was asked for so far."""
    asked = (clone / "asked").read_text(encoding="utf-8").splitlines()
    return [line.partition(" --no-input ")[2] for line in asked if line.startswith("-m pip")]


RUN_CALLS = [
    "--requirement packaging/requirements.lock",
    "--no-deps --no-build-isolation --editable .",
]


def test_that_a_second_run_installs_nothing(clone):
    bootstrap.install(clone, with_tests=False)
    assert pip_calls(clone) == RUN_CALLS
    bootstrap.install(clone, with_tests=False)
    assert pip_calls(clone) == RUN_CALLS


def test_that_the_test_tools_are_added_to_what_is_there(clone):
    bootstrap.install(clone, with_tests=False)
    bootstrap.install(clone, with_tests=True)
    bootstrap.install(clone, with_tests=True)
    test_calls = ["--requirement packaging/requirements-test.lock"]
    assert pip_calls(clone) == RUN_CALLS + test_calls


def test_that_a_run_that_broke_off_is_tried_again(clone):
    (clone / "broken").touch()
    with pytest.raises(system_packages.SetUpError, match=r"requirements\.lock"):
        bootstrap.install(clone, with_tests=False)
    (clone / "broken").unlink()
    bootstrap.install(clone, with_tests=False)
    assert pip_calls(clone)[1:] == RUN_CALLS


@pytest.mark.parametrize("name", [*bootstrap._INGREDIENTS, ".venv/pyvenv.cfg"])
def test_that_a_changed_ingredient_makes_both_installations_stale(clone, name):
    before = [bootstrap.digest(clone, with_tests=tests) for tests in (False, True)]
    (clone / name).write_text("changed", encoding="utf-8")
    after = [bootstrap.digest(clone, with_tests=tests) for tests in (False, True)]
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_that_a_changed_test_lock_leaves_the_app_as_it_is(clone):
    bootstrap.install(clone, with_tests=True)
    done = pip_calls(clone)
    (clone / bootstrap.TEST_LOCK).write_text("changed", encoding="utf-8")
    bootstrap.install(clone, with_tests=False)
    assert pip_calls(clone) == done
    bootstrap.install(clone, with_tests=True)
    assert pip_calls(clone)[len(done) :] == ["--requirement packaging/requirements-test.lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize(
    ("environment", "shown", "platforms"),
    [
        ({}, False, []),
        ({"DISPLAY": ""}, False, []),
        ({"DISPLAY": ":0"}, True, ["xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, True, ["xcb", "wayland"]),
        ({"QT_QPA_PLATFORM": "offscreen:size=1x1"}, True, ["offscreen"]),
    ],
)
def test_that_the_display_decides_what_qt_needs(environment, shown, platforms):
    assert bootstrap.has_display(environment) is shown
    assert bootstrap.qt_platforms(environment) == platforms


@pytest.fixture
def started(monkeypatch):
    """What `run` would have turned into."""
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "install", lambda _root, **_options: None)
    monkeypatch.setattr(bootstrap, "require_qt_libraries", lambda _venv, _platforms: None)
    monkeypatch.setattr(os, "execve", lambda _path, command, _env: calls.append(command[1:]))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return calls


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_that_without_a_display_one_line_says_so_and_check_runs(started, clone, capsys):
    bootstrap.run(clone, [])
    assert started == [["check"]]
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("No display here")


def test_that_with_a_display_the_window_opens(started, clone, monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":0")
    bootstrap.run(clone, [])
    assert started == [[]]
    assert capsys.readouterr().out == ""


def test_that_a_command_needs_no_display(started, clone, capsys):
    bootstrap.run(clone, ["devices", "--json"])
    assert started == [["devices", "--json"]]
    assert capsys.readouterr().out == ""


# ---------------------------------------------------------------------------------- locks


def locked(name: str) -> dict[str, Requirement]:
    """Return the lines of a lock by package."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    packages = [Requirement(line) for line in lines if line and line[0] not in "#-"]
    return {canonicalize_name(package.name): package for package in packages}


@pytest.fixture
def project():
    """The project's own ranges."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_that_a_lock_names_exact_versions_and_no_address():
    for name in (bootstrap.RUN_LOCK, bootstrap.TEST_LOCK):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text.replace("no index addresses", "")
        for package in locked(name).values():
            (pin,) = package.specifier
            assert pin.operator == "=="
            assert "*" not in pin.version


def test_that_the_locks_hold_what_the_ranges_ask_for(project):
    run_lock = locked(bootstrap.RUN_LOCK)
    both = run_lock | locked(bootstrap.TEST_LOCK)
    runs = project["project"]["dependencies"] + project["build-system"]["requires"]
    tests = project["project"]["optional-dependencies"]["test"]
    for wishes, lock in ((runs, run_lock), (tests, both)):
        for wish in map(Requirement, wishes):
            (pin,) = lock[canonicalize_name(wish.name)].specifier
            assert wish.specifier.contains(pin.version), wish


def test_that_the_package_named_pynvml_is_not_used(project):
    assert "pynvml" not in locked(bootstrap.RUN_LOCK)
    names = {Requirement(wish).name for wish in project["project"]["dependencies"]}
    assert "nvidia-ml-py" in names
    assert "pynvml" not in names
