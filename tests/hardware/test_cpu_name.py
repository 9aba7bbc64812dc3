import platform
import sys

import pytest

from planner.hardware.cpu_name import cpu_name, short_name


@pytest.mark.parametrize(
    ("brand", "name"),
    [
        ("AMD Ryzen 7 7700 8-Core Processor", "AMD Ryzen 7 7700"),
        ("AMD Ryzen 7 5700G with Radeon Graphics         ", "AMD Ryzen 7 5700G"),
        ("AMD Ryzen 7 7840U w/ Radeon  780M Graphics", "AMD Ryzen 7 7840U"),
        ("AMD Ryzen Threadripper PRO 3975WX 32-Cores", "AMD Ryzen Threadripper PRO 3975WX"),
        ("AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763"),
        ("Intel(R) Core(TM) i7-9700K CPU @ 3.60GHz", "Intel Core i7-9700K"),
        ("13th Gen Intel(R) Core(TM) i7-13700K", "13th Gen Intel Core i7-13700K"),
        ("Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz", "Intel Xeon Gold 6230"),
        ("Intel(R) Core(TM) Ultra 7 155H", "Intel Core Ultra 7 155H"),
        ("Apple M2 Pro", "Apple M2 Pro"),
    ],
)
def test_that_a_brand_string_is_shortened_to_what_people_say(brand, name):
    assert short_name(brand) == name


def test_that_the_first_processors_entry_names_all(tmp_path):
    (tmp_path / "proc").mkdir()
    entry = "processor\t: {}\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 965{}\n\n"
    (tmp_path / "proc/cpuinfo").write_text("".join(entry.format(n, n) for n in range(384)))
    assert cpu_name(platform="linux", root=tmp_path) == "AMD EPYC 9650"


def test_that_an_arm_board_is_named_by_its_device_tree(tmp_path):
    (tmp_path / "proc/device-tree").mkdir(parents=True)
    (tmp_path / "proc/cpuinfo").write_text("processor\t: 0\nCPU part\t: 0xd0b\n")
    (tmp_path / "proc/device-tree/model").write_bytes(b"Raspberry Pi 5 Model B Rev 1.0\0")
    assert cpu_name(platform="linux", root=tmp_path) == "Raspberry Pi 5 Model B Rev 1.0"


def test_that_a_computer_that_tells_nothing_is_named_by_its_architecture(tmp_path, monkeypatch):
    monkeypatch.setattr(platform, "processor", lambda: "")
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert cpu_name(platform="linux", root=tmp_path) == "riscv64"
    assert cpu_name(platform="freebsd14", root=tmp_path) == "riscv64"


def test_that_no_name_at_all_still_names_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(platform, "processor", lambda: "")
    monkeypatch.setattr(platform, "machine", lambda: "")
    assert cpu_name(platform="linux", root=tmp_path) == "System memory"


@pytest.mark.skipif(
    sys.platform != "linux", reason="asks the C library of Linux for macOS's call"
)
def test_that_a_c_library_without_the_call_is_no_error():
    assert cpu_name(platform="darwin")
