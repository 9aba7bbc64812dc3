from pathlib import Path

import pytest

from planner.hardware.nvml_library import LIBRARY_NAME, nvml_may_be_installed


def put(path: Path, content: bytes = b"") -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def test_that_an_empty_computer_has_none(tmp_path):
    assert not nvml_may_be_installed({}, platform="linux", root=tmp_path)


@pytest.mark.parametrize(
    "folder",
    [
        "usr/lib64",
        "usr/lib/x86_64-linux-gnu",
        "usr/lib/aarch64-linux-gnu",
        "usr/lib/wsl/lib",
    ],
)
def test_that_the_loaders_own_folders_are_searched(tmp_path, folder):
    put(tmp_path / folder / LIBRARY_NAME)
    assert nvml_may_be_installed({}, platform="linux", root=tmp_path)


@pytest.mark.parametrize("separator", [":", ";"])
def test_that_the_library_path_is_searched(tmp_path, separator):
    put(tmp_path / "driver" / LIBRARY_NAME)
    environ = {"LD_LIBRARY_PATH": f"/nowhere{separator}{tmp_path / 'driver'}"}
    assert nvml_may_be_installed(environ, platform="linux", root=tmp_path / "root")


@pytest.mark.parametrize(
    ("entry", "is_found"),
    [
        (b"libnvidia-ml.so.1\0/opt/driver/libnvidia-ml.so.1\0", True),
        (b"libnvidia-ml.so.10\0libnvidia-egl.so.1\0", False),
    ],
)
def test_that_the_loaders_cache_is_searched_for_the_whole_name(tmp_path, entry, is_found):
    put(tmp_path / "etc/ld.so.cache", b"glibc-ld.so.cache1.1" + entry)
    assert nvml_may_be_installed({}, platform="linux", root=tmp_path) is is_found


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("WINDIR", "System32/nvml.dll"),
        ("PROGRAMFILES", "NVIDIA Corporation/NVSMI/nvml.dll"),
    ],
)
def test_that_windows_has_it_where_nvidias_package_looks(tmp_path, variable, place):
    nowhere = str(tmp_path / "nowhere")
    environ = {"WINDIR": nowhere, "PROGRAMFILES": nowhere, variable: str(tmp_path)}
    assert not nvml_may_be_installed(environ, platform="win32")
    put(tmp_path / place)
    assert nvml_may_be_installed(environ, platform="win32")


def test_that_a_mac_has_none(tmp_path):
    put(tmp_path / "usr/lib" / LIBRARY_NAME)
    assert not nvml_may_be_installed({}, platform="darwin", root=tmp_path)
