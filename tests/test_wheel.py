"""The wheel as somebody installs it: away from the checkout, with the shipped data inside."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program as a stranger to this checkout, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def files_of(folder: Path) -> list[Path]:
    """Return all files below `folder` that somebody wrote."""
    found = [path for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return [path for path in found if path.is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the build library of this environment: no network needed."""
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target, cwd=ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare_environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds nothing but the wheel.

    The libraries it needs are lent by this environment through a `.pth` file. A `.pth` in a
    lent folder is not read, so an editable installation of the checkout is not lent too.
    """
    folder = tmp_path_factory.mktemp("bare")
    run(sys.executable, "-m", "venv", "--without-pip", "new", cwd=folder)
    python = folder / "new" / "bin" / "python"
    options = ("--no-deps", "--no-index", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel, cwd=folder)
    site = run(python, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder)
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site.strip(), "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return folder / "new"


def test_that_the_wheel_holds_the_code_and_all_shipped_data(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    code = {path.relative_to(ROOT).as_posix() for path in files_of(ROOT / "planner")}
    expected = {name for name in code if not name.startswith("planner/_data/")}
    for folder in ("specs", "resources"):
        files = files_of(ROOT / folder)
        assert files, f"{folder}/ is empty"
        expected |= {f"planner/_data/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert names == expected | {"planner/_data/checked_specs.json"}


def test_that_the_wheel_says_that_it_is_typed_and_which_extras_it_has(wheel):
    with zipfile.ZipFile(wheel) as packed:
        assert "planner/py.typed" in packed.namelist()
        (name,) = (each for each in packed.namelist() if each.endswith("/METADATA"))
        about = packed.read(name).decode()
    assert {"measure", "fleet"} <= {
        line.removeprefix("Provides-Extra: ")
        for line in about.splitlines()
        if line.startswith("Provides-Extra: ")
    }


def test_that_the_same_inputs_give_the_same_wheel(wheel, tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_that_the_source_archive_holds_what_the_wheel_is_built_from(wheel, tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
        packed.extractall(tmp_path, filter="data")
    expected = {
        *("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"),
        *(".gitignore", "PKG-INFO", "packaging/hatch_build.py"),
    }
    for folder in ("planner", "specs", "resources"):
        found = {path.relative_to(ROOT).as_posix() for path in files_of(ROOT / folder)}
        expected |= {name for name in found if not name.startswith("planner/_data/")}
    assert names == expected
    # A wheel that is built from the archive is the wheel that is built from the checkout.
    (source,) = tmp_path.glob("phi_planner-*/")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=source)
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == wheel.read_bytes()


def test_that_the_installed_program_answers_away_from_the_checkout(bare_environment, tmp_path):
    program = bare_environment / "bin" / "phi-planner"
    answer = json.loads(run(program, "check", "--json", cwd=tmp_path))
    assert answer["schema"] == "phi-planner/check/1"
    assert answer["results"]


def test_that_the_installed_program_uses_its_own_data(bare_environment, tmp_path):
    code = "from planner.paths import shipped; print(shipped('specs'), shipped('resources'))"
    folders = run(bare_environment / "bin" / "python", "-c", code, cwd=tmp_path).split()
    assert len(folders) == 2
    for folder in folders:
        assert Path(folder).is_relative_to(bare_environment.resolve())
        assert any(Path(folder).iterdir())
