"""What goes into the packaged app, and what stays out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pyinstaller.contents import HIDDEN_MODULES, is_wanted

ENVIRONMENT = "/build/venv"
SITE = f"{ENVIRONMENT}/lib/python3.11/site-packages"
QT = "PySide6/Qt"


def wanted(name, source=None, system="linux"):
    return is_wanted(
        name, source=source or f"{SITE}/{name}", environment=ENVIRONMENT, system=system
    )


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqwayland.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/lib/libQt6Widgets.so.6",
        f"{QT}/translations/qtbase_de.qm",
        "planner/_data/specs/models/phi-4.toml",
        "pypdfium2_raw/libpdfium.so",
        "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_that_what_the_app_needs_is_in_it(name):
    assert wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/imageformats/libqjpeg.so",
        f"{QT}/lib/libQt6Network.so.6",
        f"{QT}/lib/libQt6Qml.so.6",
        f"{QT}/lib/libQt6Pdf.so.6",
        f"{QT}/translations/qtbase_fr.qm",
        "reportlab/fonts/Vera.ttf",
        "PySide6/QtCore.pyi",
    ],
)
def test_that_what_it_never_loads_is_not(name):
    assert not wanted(name)


def test_that_the_desktops_own_libraries_stay_in_the_system():
    for name in ("libX11.so.6", "libGL.so.1", "libfontconfig.so.1", "libdbus-1.so.3"):
        assert not wanted(name, f"/lib/x86_64-linux-gnu/{name}")
    for name in ("libpython3.11.so.1.0", "libffi.so.8", "libz.so.1"):
        assert wanted(name, f"/lib/x86_64-linux-gnu/{name}")
    assert wanted("VCRUNTIME140.dll", "C:/Windows/VCRUNTIME140.dll", system="win32")


def test_that_the_plugins_of_the_other_systems_are_in_it_too():
    assert wanted(
        "PySide6\\plugins\\platforms\\qwindows.dll".replace("\\", "/"), system="win32"
    )
    assert wanted(f"{QT}/plugins/platforms/libqcocoa.dylib", system="darwin")
    network = f"{QT}/lib/QtNetwork.framework/Versions/A/QtNetwork"
    assert not wanted(network, system="darwin")


# Everything that loads late, where the modules that stay out cannot be found.
LOAD_ALL = """
import sys
from pyinstaller.contents import EXCLUDED_MODULES
from pyinstaller.stand_ins import stand_in_for_unused

class Excluded:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in EXCLUDED_MODULES):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Excluded)
sys.path_importer_cache.clear()
stand_in_for_unused()
import planner.ui.app, planner.ui.plots.curve_plot
import planner.report.html, planner.report.pdf, planner.report.png
from planner.cli.main import command_parsers
command_parsers()
print(*(name for name in EXCLUDED_MODULES if getattr(sys.modules.get(name), "__file__", None)))
"""


def test_that_nothing_needs_a_module_that_stays_out():
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", LOAD_ALL],
        env=dict(os.environ, PYTHONPATH=f"{root}{os.pathsep}{root / 'packaging'}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == ""


def test_that_every_child_of_the_packaged_app_is_named():
    source = Path(__file__).resolve().parents[2] / "planner/hardware/children.py"
    text = source.read_text(encoding="utf-8")
    children = {name for name in HIDDEN_MODULES if name.rpartition(".")[2] in text}
    assert children == set(HIDDEN_MODULES)
    assert text.count('case ["--') == len(HIDDEN_MODULES)
