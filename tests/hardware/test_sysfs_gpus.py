"""AMD's and Intel's GPUs, from copies of /sys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.sysfs_gpus import SysfsProbe, sysfs_reading
from tests.hardware.trees import (
    amd_memory,
    amd_names,
    drm_card,
    kfd_node,
    pci_board,
    phoenix,
    put,
    rx_7900_xtx,
    strix_halo,
)


def system(*, total_gib: float, free_gib: float) -> MemoryPool:
    return MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="CPU",
        source="psutil",
        total_bytes=int(total_gib * GIB),
        free_bytes=int(free_gib * GIB),
    )


RAM = system(total_gib=31, free_gib=24)


def read(root, ram=RAM, first=0):
    return SysfsProbe(root=root).start().result(first_gpu_number=first, ram=ram)


def test_that_a_computer_without_such_a_gpu_gives_nothing(tmp_path):
    reading = read(tmp_path)
    assert (reading.pools, reading.notes, reading.board_count) == ((), (), 0)


def test_that_a_radeon_is_told_with_its_name_memory_and_architecture(tmp_path):
    rx_7900_xtx(tmp_path)
    amd_names(
        tmp_path, "744C,\tCC,\tAMD Radeon RX 7900 XT", "744C,\tC8,\tAMD Radeon RX 7900 XTX"
    )
    kfd_node(tmp_path, 0, render_minor=0, gfx_version=0)
    kfd_node(tmp_path, 1, render_minor=128, gfx_version=110000)
    (pool,) = read(tmp_path).pools
    assert (pool.id, pool.name, pool.kind) == (
        "gpu0",
        "AMD Radeon RX 7900 XTX",
        PoolKind.DEDICATED,
    )
    assert pool.total_bytes == 24560 * MIB
    assert (pool.used_by_others_bytes, pool.free_bytes) == (1024 * MIB, 23536 * MIB)
    assert (pool.pci_device_id, pool.pci_bus_id) == ("1002:744c", "0000:03:00.0")
    assert pool.compute_capability == "gfx1100"
    assert pool.source == "sysfs"
    assert pool.bandwidth_gb_per_s is None
    assert pool.notes == ("The driver does not give its bandwidth.",)


@pytest.mark.parametrize(
    ("version", "name"),
    [(90010, "gfx90a"), (110501, "gfx1151"), (100302, "gfx1032"), (90402, "gfx942")],
)
def test_that_an_architecture_has_its_name_from_the_kernels_number(tmp_path, version, name):
    rx_7900_xtx(tmp_path)
    kfd_node(tmp_path, 1, render_minor=128, gfx_version=version)
    assert read(tmp_path).pools[0].compute_capability == name


def test_that_the_makers_name_of_a_product_goes_first(tmp_path):
    put(rx_7900_xtx(tmp_path) / "product_name", "Radeon PRO W7900\n")
    assert read(tmp_path).pools[0].name == "Radeon PRO W7900"


def test_that_a_gpu_without_a_name_is_called_by_its_pci_id(tmp_path):
    rx_7900_xtx(tmp_path)
    assert read(tmp_path).pools[0].name == "AMD GPU 1002:744c"


@pytest.mark.parametrize("used", ["", "no number", str(25 * GIB)])
def test_that_use_that_is_not_told_is_unknown(tmp_path, used):
    put(rx_7900_xtx(tmp_path) / "mem_info_vram_used", used)
    (pool,) = read(tmp_path).pools
    assert (pool.total_bytes, pool.free_bytes, pool.used_by_others_bytes) == (
        24560 * MIB,
        None,
        None,
    )
    assert "how much of this memory is in use" in pool.notes[0]


def test_that_memory_that_is_not_told_is_unknown(tmp_path):
    drm_card(tmp_path, 0, "0000:03:00.0", "1002:744C", driver="radeon")
    (pool,) = read(tmp_path).pools
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (PoolKind.DEDICATED, None, None)
    assert "does not tell this GPU's memory" in pool.notes[0]


def test_that_strix_halo_is_one_memory_with_a_limit(tmp_path):
    # 128 GiB: 512 MiB set aside, of the rest the GPU may map half.
    strix_halo(tmp_path, vram_mib=512, gtt_mib=62 * 1024)
    (pool,) = read(tmp_path, system(total_gib=124, free_gib=110)).pools
    assert pool.kind is PoolKind.UNIFIED
    assert pool.same_memory_as == "ram"
    assert pool.total_bytes == 124 * GIB + 512 * MIB
    assert pool.reserved_bytes == 62 * GIB
    assert pool.free_bytes == (512 - 200) * MIB + 62 * GIB - 56 * MIB
    assert pool.source == "sysfs, psutil"
    assert "up to 62.00 GiB of the RAM, which is counted once" in pool.notes[0]


def test_that_a_large_part_set_aside_by_firmware_is_the_gpus_too(tmp_path):
    # 128 GiB, of which 96 are set aside: the system has 31, and the GPU may map half of those.
    strix_halo(tmp_path, vram_mib=96 * 1024, gtt_mib=15872)
    (pool,) = read(tmp_path, system(total_gib=31, free_gib=24)).pools
    assert pool.kind is PoolKind.UNIFIED
    assert pool.total_bytes == 127 * GIB
    assert pool.free_bytes == 96 * GIB - 200 * MIB + 15872 * MIB - 56 * MIB


def test_that_a_limit_above_the_ram_is_cut_to_it(tmp_path):
    strix_halo(tmp_path, vram_mib=512, gtt_mib=200 * 1024)
    (pool,) = read(tmp_path, system(total_gib=124, free_gib=100)).pools
    assert pool.reserved_bytes == 0
    assert pool.free_bytes == 312 * MIB + 100 * GIB


def test_that_a_processors_gpu_alone_is_a_pool_of_unified_memory(tmp_path):
    phoenix(tmp_path, number=0)
    (pool,) = read(tmp_path).pools
    assert (pool.id, pool.kind, pool.same_memory_as) == ("gpu0", PoolKind.UNIFIED, "ram")
    assert pool.free_bytes == 112 * MIB + (15800 - 300) * MIB


def test_that_an_unknown_chip_is_integrated_by_its_proportions(tmp_path):
    device = drm_card(tmp_path, 0, "0000:05:00.0", "1002:FFFF", driver="amdgpu")
    amd_memory(device, vram_total=2048, vram_used=1, gtt_total=16000, gtt_used=1)
    assert read(tmp_path).pools[0].kind is PoolKind.UNIFIED
    # Memory chips with a maker are a card's.
    put(device / "mem_info_vram_vendor", "hynix\n")
    assert read(tmp_path).pools[0].kind is PoolKind.DEDICATED


def test_that_a_small_card_beside_much_ram_stays_a_card(tmp_path):
    device = drm_card(tmp_path, 0, "0000:05:00.0", "1002:67DF", driver="amdgpu")
    amd_memory(
        device,
        vram_total=4096,
        vram_used=100,
        vram_vendor="micron",
        gtt_total=64000,
        gtt_used=1,
    )
    assert read(tmp_path).pools[0].kind is PoolKind.DEDICATED


@pytest.mark.parametrize("first", [0, 1])
def test_that_a_processors_gpu_beside_a_card_is_named_and_not_counted(tmp_path, first):
    phoenix(tmp_path)
    amd_names(tmp_path, "15BF,\tC1,\tAMD Radeon 780M Graphics")
    if first == 0:  # else the card is another maker's, found by an earlier probe
        rx_7900_xtx(tmp_path, number=2)
    reading = read(tmp_path, first=first)
    assert [pool.pci_device_id for pool in reading.pools] == ["1002:744c"] * (1 - first)
    (note,) = reading.notes
    assert "own GPU (AMD Radeon 780M Graphics) is not counted beside a card" in note


def test_that_strix_halo_stays_beside_a_card_and_after_it(tmp_path):
    strix_halo(tmp_path, vram_mib=512, gtt_mib=62 * 1024)
    rx_7900_xtx(tmp_path, number=1, address="0000:c6:00.0")
    pools = read(tmp_path, system(total_gib=124, free_gib=110), first=2).pools
    assert [(pool.id, pool.kind) for pool in pools] == [
        ("gpu2", PoolKind.DEDICATED),
        ("gpu3", PoolKind.UNIFIED),
    ]


@pytest.mark.parametrize(
    "ram", [None, MemoryPool(id="ram", kind=PoolKind.SYSTEM, name="", source="")]
)
def test_that_without_the_systems_figures_unified_memory_is_unknown(tmp_path, ram):
    phoenix(tmp_path)
    (pool,) = read(tmp_path, ram).pools
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (PoolKind.UNIFIED, None, None)
    assert pool.notes


def test_that_an_arc_of_the_driver_xe_has_the_memory_of_its_tiles(tmp_path):
    device = drm_card(tmp_path, 0, "0000:03:00.0", "8086:E20B", driver="xe")
    put(device / "tile0/physical_vram_size_bytes", f"{12 * GIB}\n")
    (pool,) = read(tmp_path).pools
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (
        PoolKind.DEDICATED,
        12 * GIB,
        None,
    )
    assert (pool.compute_capability, pool.pci_device_id) == ("xe", "8086:e20b")
    assert "no ordinary program how much of this memory is free" in pool.notes[0]


def test_that_an_arc_of_the_driver_i915_has_the_memory_of_its_card(tmp_path):
    device = drm_card(tmp_path, 1, "0000:03:00.0", "8086:56A0", driver="i915")
    put(device / "drm/card1/lmem_total_bytes", f"{16 * GIB}\n")
    assert read(tmp_path).pools[0].total_bytes == 16 * GIB


@pytest.mark.parametrize(
    ("window", "total"),
    [
        ("0x6000000000 0x63ffffffff 0x14220c", 16 * GIB),  # with Resizable BAR
        ("0x6000000000 0x600fffffff 0x14220c", None),  # without: 256 MiB
        ("broken", None),
    ],
)
def test_that_an_arc_that_tells_nothing_is_reckoned_from_its_window(tmp_path, window, total):
    device = drm_card(tmp_path, 0, "0000:03:00.0", "8086:56A0", driver="i915")
    put(device / "resource", f"0x1 0x2 0x0\n0x0 0x0 0x0\n{window}\n")
    (pool,) = read(tmp_path).pools
    assert (pool.total_bytes, pool.free_bytes) == (total, None)
    assert ("window" in pool.notes[0]) is (total is not None)


def test_that_an_arc_without_a_word_of_its_memory_is_unknown(tmp_path):
    drm_card(tmp_path, 0, "0000:03:00.0", "8086:56A0", driver="i915")
    (pool,) = read(tmp_path).pools
    assert (pool.kind, pool.total_bytes) == (PoolKind.DEDICATED, None)
    assert "does not tell this card's memory" in pool.notes[0]


@pytest.mark.parametrize(("free_gib", "free"), [(24, 15.5), (9, 9)])
def test_that_intels_gpu_in_the_processor_may_have_half_of_the_ram(tmp_path, free_gib, free):
    drm_card(tmp_path, 0, "0000:00:02.0", "8086:A7A0", driver="i915")
    (pool,) = read(tmp_path, system(total_gib=31, free_gib=free_gib)).pools
    assert (pool.kind, pool.same_memory_as) == (PoolKind.UNIFIED, "ram")
    assert (pool.total_bytes, pool.free_bytes) == (31 * GIB, int(free * GIB))
    assert "a rule, since the driver gives no figure" in pool.notes[0]


def test_that_connectors_and_other_makers_are_no_cards(tmp_path):
    rx_7900_xtx(tmp_path)
    put(tmp_path / "sys/class/drm/card0-DP-1/status", "connected\n")
    put(tmp_path / "sys/class/drm/version", "drm 1.1.0\n")
    drm_card(tmp_path, 1, "0000:01:00.0", "10DE:2684", driver="nvidia")
    drm_card(tmp_path, 2, "0000:02:00.0", "1A03:2000", driver="ast")
    assert [pool.pci_device_id for pool in read(tmp_path).pools] == ["1002:744c"]


@pytest.mark.parametrize(
    "text", ["", "PCI_ID=1002:744C", "PCI_ID=x:y\nPCI_CLASS=30000\nPCI_SLOT_NAME=a", "\0" * 99]
)
def test_that_a_device_of_broken_words_is_none(tmp_path, text):
    put(tmp_path / "sys/class/drm/card0/device/uevent", text)
    assert read(tmp_path).pools == ()


@pytest.mark.parametrize(
    ("driver", "name"), [("amdxdna", "AMD XDNA"), ("intel_vpu", "Intel NPU"), ("other", None)]
)
def test_that_a_neural_processor_is_named_and_not_counted(tmp_path, driver, name):
    device = pci_board(tmp_path, "0000:c6:00.1", "1022:17F0", driver=driver, kind="118000")
    accel = tmp_path / "sys/class/accel/accel0"
    accel.mkdir(parents=True)
    (accel / "device").symlink_to(device)
    reading = read(tmp_path)
    assert reading.pools == ()
    assert [name in note for note in reading.notes] == ([True] if name else [])


MIBS = st.integers(0, 1 << 20)


@given(vram=MIBS, used=MIBS, gtt=MIBS, gtt_used=MIBS, total=MIBS, free=MIBS)
def test_that_unified_memory_is_counted_once_and_never_negative(
    tmp_path_factory, *, vram, used, gtt, gtt_used, total, free
):
    root = tmp_path_factory.mktemp("root")
    device = strix_halo(root, vram_mib=vram, gtt_mib=gtt)
    amd_memory(device, vram_used=used, gtt_used=gtt_used)
    free = min(free, total)
    ram = system(total_gib=total / 1024, free_gib=free / 1024)
    (pool,) = sysfs_reading(root, first_gpu_number=0, ram=ram).pools
    if pool.total_bytes is None:
        assert pool.free_bytes is None
        assert pool.notes
        return
    assert pool.reserved_bytes is not None
    assert pool.free_bytes is not None
    assert pool.used_by_others_bytes is not None
    figures = (pool.reserved_bytes, pool.used_by_others_bytes, pool.free_bytes)
    assert all(figure >= 0 for figure in figures)
    assert sum(figures) == pool.total_bytes == (vram + total) * MIB
    assert pool.free_bytes <= vram * MIB + free * MIB
