"""The Debian package and the archive for other Linux systems, from the one-folder app."""

import gzip
import hashlib
import os
import platform
import shutil
import tarfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from build_parts import ROOT, VERSION, SetUpError, epoch, run

_LINUX: Final = ROOT / "packaging/linux"
_ICON: Final = ROOT / "packaging/icons/phi-planner.svg"
_ICON_SIZES_PX: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_METAINFO: Final = "local.phi_planner.phi_planner.metainfo.xml"
_MAINTAINER: Final = "Phi Planner contributors <phi-planner@localhost>"
_ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}


def make_deb(app: Path, help_folder: Path, scratch: Path, out: Path) -> Path:
    """Build the Debian package and return it."""
    tree = scratch / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(app, tree / "usr/lib/phi-planner", symlinks=True)
    programs = tree / "usr/bin"
    programs.mkdir(parents=True)
    (programs / "phi-planner").symlink_to("../lib/phi-planner/phi-planner")
    install_shared(tree / "usr/share", help_folder)
    _move_documents(tree)
    _write_control(tree)
    _settle(tree)
    deb = out / f"phi-planner_{VERSION}-1_{_architecture()}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, deb)
    return deb


def make_archive(app: Path, help_folder: Path, scratch: Path, out: Path) -> Path:
    """Build the archive and return it."""
    name = f"phi-planner-{VERSION}-linux-{platform.machine()}"
    tree = scratch / "archive" / name
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(app, tree, symlinks=True)
    install_shared(tree / "share", help_folder)
    for file in ("README.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / file, tree)
    _settle(tree)
    archive = out / f"{name}.tar.gz"
    with (
        archive.open("wb") as stream,
        gzip.GzipFile(fileobj=stream, mode="wb", filename="", mtime=epoch()) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as pack,
    ):
        for path in (tree, *sorted(tree.rglob("*"))):
            pack.add(path, path.relative_to(tree.parent), recursive=False, filter=_nobodys)
    return archive


def write_digests(out: Path) -> None:
    """Write the digest of every package beside them."""
    files = sorted(
        each for each in out.iterdir() if each.is_file() and each.name != "SHA256SUMS"
    )
    lines = [
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files
    ]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def install_shared(share: Path, help_folder: Path) -> None:
    """Put what the desktop and the shells look for into a `share` folder."""
    _copy(_LINUX / "phi-planner.desktop", share / "applications/phi-planner.desktop")
    metainfo = (_LINUX / _METAINFO).read_text(encoding="utf-8")
    place = share / "metainfo" / _METAINFO
    place.parent.mkdir(parents=True)
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    place.write_text(metainfo.format(version=VERSION, day=day), encoding="utf-8")
    _copy(_LINUX / "phi-planner-mime.xml", share / "mime/packages/phi-planner.xml")
    _copy(help_folder / "phi-planner.bash", share / "bash-completion/completions/phi-planner")
    _copy(help_folder / "_phi-planner", share / "zsh/vendor-completions/_phi-planner")
    _copy(
        help_folder / "phi-planner.fish", share / "fish/vendor_completions.d/phi-planner.fish"
    )
    manual = share / "man/man1/phi-planner.1.gz"
    _write_gzip(manual, (help_folder / "phi-planner.1").read_bytes())
    icons = share / "icons/hicolor"
    _copy(_ICON, icons / "scalable/apps/phi-planner.svg")
    for size in _ICON_SIZES_PX:
        picture = icons / f"{size}x{size}/apps/phi-planner.png"
        picture.parent.mkdir(parents=True)
        run("rsvg-convert", "-w", str(size), "-h", str(size), "-o", picture, _ICON)


def _move_documents(tree: Path) -> None:
    """Put licences, bill of materials and changes where Debian has them."""
    documents = tree / "usr/share/doc/phi-planner"
    documents.mkdir(parents=True)
    app = tree / "usr/lib/phi-planner"
    (app / "licenses").rename(documents / "licenses")
    # Debian has the GNU licences on every system.
    for name in ("GPL-3", "LGPL-3"):
        text = documents / "licenses" / f"{name}.0.txt"
        text.unlink(missing_ok=True)
        text.symlink_to(f"../../../common-licenses/{name}")
    (app / "sbom.cdx.json").rename(documents / "sbom.cdx.json")
    _copy(_LINUX / "debian/copyright", documents / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    _write_gzip(documents / "changelog.gz", changes)
    _write_gzip(documents / "changelog.Debian.gz", _debian_changes().encode())


def _debian_changes() -> str:
    day = format_datetime(datetime.fromtimestamp(epoch(), UTC))
    lines = (
        f"phi-planner ({VERSION}-1) unstable; urgency=medium",
        f"  * Release {VERSION}; changelog.gz says what is new.",
        f" -- {_MAINTAINER}  {day}",
    )
    return "\n\n".join(lines) + "\n"


def _write_control(tree: Path) -> None:
    debian = tree / "DEBIAN"
    debian.mkdir()
    sizes = [each.lstat().st_size for each in tree.rglob("*") if each.is_file()]
    depends = " ".join((_LINUX / "debian/depends").read_text(encoding="ascii").split())
    control = (_LINUX / "debian/control").read_text(encoding="utf-8")
    text = control.format(
        version=VERSION,
        architecture=_architecture(),
        maintainer=_MAINTAINER,
        installed_kib=sum(sizes) // 1024,
        depends=depends,
    )
    (debian / "control").write_text(text, encoding="utf-8")
    overrides = tree / "usr/share/lintian/overrides/phi-planner"
    _copy(_LINUX / "debian/lintian-overrides", overrides)
    files = sorted(each for each in tree.rglob("*") if each.is_file() and not each.is_symlink())
    sums = [
        f"{hashlib.md5(each.read_bytes()).hexdigest()}  {each.relative_to(tree).as_posix()}\n"
        for each in files
        if debian not in each.parents
    ]
    (debian / "md5sums").write_text("".join(sums), encoding="utf-8")


def _settle(tree: Path) -> None:
    """Give every file the modes that dpkg expects and the time of the build."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            is_program = path.is_dir() or (path.name == "phi-planner" and _is_elf(path))
            path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def _architecture() -> str:
    try:
        return _ARCHITECTURES[platform.machine()]
    except KeyError:
        raise SetUpError(f"No Debian package is made for {platform.machine()}.") from None


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write_gzip(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, 9, mtime=0))
