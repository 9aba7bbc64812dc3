"""What the Debian package and the archive are made of, from a small app in place of ours."""

import configparser
import gzip
import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from linux import make_packages
from planner.core.machine import Machine
from planner.files.machine_card import save_machine_card
from planner.version import __version__

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging/linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
needs_tools = pytest.mark.skipif(
    shutil.which("dpkg-deb") is None or shutil.which("rsvg-convert") is None,
    reason="dpkg-deb or rsvg-convert is not installed",
)


@pytest.fixture(autouse=True)
def _time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")


@pytest.fixture
def app(tmp_path):
    folder = tmp_path / "app"
    for name in ("phi-planner", "_internal/libQt6Core.so.6", "licenses/GPL-3.0.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\x7fELF of " + name.encode())
    (folder / "sbom.cdx.json").write_text("{}")
    return folder


@pytest.fixture
def help_folder(tmp_path):
    folder = tmp_path / "help"
    folder.mkdir()
    for name in ("phi-planner.1", "phi-planner.bash", "_phi-planner", "phi-planner.fish"):
        (folder / name).write_text(name)
    return folder


@needs_tools
def test_that_the_same_app_gives_the_same_bytes(app, help_folder, tmp_path):
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        # Times that differ, as on another day.
        os.utime(app / "phi-planner", (len(name), 1))
        make_packages.make_deb(app, help_folder, out / "scratch", out)
        make_packages.make_archive(app, help_folder, out / "scratch", out)
        make_packages.write_digests(out)
        made.append({each.name: each.read_bytes() for each in out.iterdir() if each.is_file()})
    assert len(made[0]) == 3
    assert made[0] == made[1]


@needs_tools
def test_that_the_package_puts_each_thing_where_debian_has_it(app, help_folder, tmp_path):
    deb = make_packages.make_deb(app, help_folder, tmp_path / "scratch", tmp_path)
    told = subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True)
    modes = {line.split()[5]: line.split()[0] for line in told.stdout.splitlines()}
    share = "./usr/share"
    for name in (
        "./usr/lib/phi-planner/_internal/libQt6Core.so.6",
        f"{share}/applications/phi-planner.desktop",
        f"{share}/metainfo/local.phi_planner.phi_planner.metainfo.xml",
        f"{share}/mime/packages/phi-planner.xml",
        f"{share}/man/man1/phi-planner.1.gz",
        f"{share}/bash-completion/completions/phi-planner",
        f"{share}/zsh/vendor-completions/_phi-planner",
        f"{share}/fish/vendor_completions.d/phi-planner.fish",
        f"{share}/icons/hicolor/scalable/apps/phi-planner.svg",
        f"{share}/doc/phi-planner/copyright",
        f"{share}/doc/phi-planner/changelog.Debian.gz",
        f"{share}/doc/phi-planner/sbom.cdx.json",
    ):
        assert modes[name] == "-rw-r--r--", name
    assert modes["./usr/lib/phi-planner/phi-planner"] == "-rwxr-xr-x"
    sizes = {name.split("/")[5] for name in modes if name.endswith("apps/phi-planner.png")}
    assert {"16x16", "48x48", "256x256", "512x512"} <= sizes
    fields = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True, check=True)
    assert f"Version: {__version__}-1" in fields.stdout
    assert "libxcb-cursor0" in fields.stdout


@needs_tools
def test_that_the_archive_is_nobodys_and_of_the_time_of_the_build(app, help_folder, tmp_path):
    archive = make_packages.make_archive(app, help_folder, tmp_path / "scratch", tmp_path)
    with tarfile.open(archive) as packed:
        entries = packed.getmembers()
    assert {(each.uname, each.uid, each.mtime) for each in entries} == {("root", 0, 1763769600)}
    with gzip.open(archive) as stream:
        assert stream.read(1)


def test_that_the_window_is_found_under_the_name_of_the_desktop_entry():
    # Read and not imported: the window's module brings Qt.
    source = (ROOT / "planner/ui/app.py").read_text(encoding="utf-8")
    (name,) = re.findall(r'^DESKTOP_FILE_NAME: Final = "(.*)"$', source, re.MULTILINE)
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / f"{name}.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["StartupWMClass"] == name
    metainfo = ET.parse(LINUX / "local.phi_planner.phi_planner.metainfo.xml")
    assert metainfo.findtext("launchable") == f"{name}.desktop"


def test_that_the_desktop_opens_our_files_with_the_window():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "phi-planner.desktop", encoding="utf-8")
    types = ET.parse(LINUX / "phi-planner-mime.xml").getroot()
    ours = [each.attrib["type"] for each in types.iter(f"{MIME}mime-type")]
    assert len(ours) == 2
    opened = entry["Desktop Entry"]["MimeType"].rstrip(";").split(";")
    assert sorted(opened) == sorted(ours)
    assert entry["Desktop Entry"]["Exec"] == "phi-planner app %F"
    metainfo = ET.parse(LINUX / "local.phi_planner.phi_planner.metainfo.xml").getroot()
    assert sorted(each.text or "" for each in metainfo.iter("mediatype")) == sorted(ours)


@pytest.mark.parametrize("kind", ["machine", "report"])
def test_that_the_desktop_tells_our_files_by_their_beginning(kind, tmp_path):
    path = tmp_path / "file.json"
    if kind == "machine":
        save_machine_card(Machine(pools=()), path, with_identity=False, private_words=())
    else:
        schema = (ROOT / "resources/report/fit-report.schema.json").read_text(encoding="utf-8")
        identity = json.loads(schema)["properties"]["schema"]["const"]
        path.write_text(json.dumps({"schema": identity}, indent=1), encoding="utf-8")
    types = ET.parse(LINUX / "phi-planner-mime.xml").getroot()
    (match,) = (
        each
        for kind_of_file in types.iter(f"{MIME}mime-type")
        if f"phi-planner.{kind}+json" in kind_of_file.attrib["type"]
        for each in kind_of_file.iter(f"{MIME}match")
    )
    head = path.read_bytes()[: 64 + len(match.attrib["value"])]
    assert match.attrib["value"].encode() in head
