import pytest

from planner.hardware.gpu_names import amd_name, intel_name
from tests.hardware.trees import amd_names, pci_names, put

PCI_IDS = """# a comment
1002  Advanced Micro Devices, Inc. [AMD/ATI]
\t744c  Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]
\t\t1002 0e3b  Radeon RX 7900 XTX
1022  Advanced Micro Devices, Inc. [AMD]
\t17f0  Strix Neural Processing Unit
8086  Intel Corporation
\t1234  Something
\t\t8086 56a0  No name of this one
\t56a0  DG2 [Arc A770]
\ta7a0  Raptor Lake-P [Iris Xe Graphics]
\te20b  Battlemage G21
"""


def test_that_amds_revision_tells_boards_of_one_id_apart(tmp_path):
    amd_names(
        tmp_path, "744C,\tC8,\tAMD Radeon RX 7900 XTX", "744C,\tCC,\tAMD Radeon RX 7900 XT"
    )
    assert amd_name(tmp_path, 0x744C, 0xC8) == "AMD Radeon RX 7900 XTX"
    assert amd_name(tmp_path, 0x744C, 0xCC) == "AMD Radeon RX 7900 XT"
    assert amd_name(tmp_path, 0x744C, None) is None


def test_that_the_table_of_pci_stands_in_for_libdrms(tmp_path):
    pci_names(tmp_path, PCI_IDS)
    name = "AMD Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M"
    assert amd_name(tmp_path, 0x744C, 0xC8) == name


@pytest.mark.parametrize(
    ("device", "name"),
    [
        (0x56A0, "Intel Arc A770"),
        (0xA7A0, "Intel Iris Xe Graphics"),
        (0xE20B, "Intel Battlemage G21"),
        (0x744C, None),  # another maker's
        (0x0001, None),
    ],
)
def test_that_intels_names_are_those_of_the_pci_table(tmp_path, device, name):
    put(tmp_path / "usr/share/hwdata/pci.ids", PCI_IDS)
    assert intel_name(tmp_path, device) == name


def test_that_a_name_is_one_printable_line(tmp_path):
    amd_names(tmp_path, "0001,\t00,\tAMD \x1b[31m Radeon\t\x07X" + "y" * 500)
    name = amd_name(tmp_path, 1, 0)
    assert name is not None
    assert name.isprintable()
    assert len(name) <= 160


def test_that_a_computer_without_tables_has_no_names(tmp_path):
    assert amd_name(tmp_path, 0x744C, 0xC8) is None
    assert intel_name(tmp_path, 0x56A0) is None
