"""Which device a detected GPU is: by PCI id, whole name and memory together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue.devices import load_devices
from planner.core.device_match import matched
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB, MIB

DEVICES = load_devices().devices


def gpu(name: str, total_mib: int | None, pci: str | None = None, **figures) -> MemoryPool:
    return MemoryPool(
        id="gpu0",
        kind=PoolKind.DEDICATED,
        name=name,
        source="nvml",
        total_bytes=None if total_mib is None else total_mib * MIB,
        pci_device_id=pci,
        **figures,
    )


def mac(name: str, ram_gib: int) -> MemoryPool:
    return replace(gpu(name, ram_gib * 1024), kind=PoolKind.UNIFIED, same_memory_as="ram")


def match(pool: MemoryPool) -> MemoryPool:
    return matched(Machine(pools=(pool,)), DEVICES).pools[0]


@pytest.mark.parametrize(
    ("name", "total_mib", "pci", "device_id"),
    [
        # What drivers print; totals and ids as in public logs of nvidia-smi and lspci.
        ("NVIDIA GeForce RTX 4090", 24564, "10de:2684", "rtx-4090"),
        ("NVIDIA GeForce RTX 4090", 24564, None, "rtx-4090"),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", 16376, "10de:2717", "rtx-4090-laptop"),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", 16376, None, "rtx-4090-laptop"),
        # One id and one name for two sizes.
        ("NVIDIA GeForce RTX 5060 Ti", 8151, "10de:2d04", "rtx-5060-ti-8-gb"),
        ("NVIDIA GeForce RTX 5060 Ti", 16311, "10de:2d04", "rtx-5060-ti-16-gb"),
        ("NVIDIA GeForce RTX 3060", 12288, "10de:2504", "rtx-3060-12-gb"),
        # Turing laptops report the desktop's name: only the id tells them apart.
        ("NVIDIA GeForce RTX 2070", 8192, "10de:1f10", "rtx-2070-laptop"),
        ("NVIDIA GeForce RTX 2070", 8192, "10de:1f02", "rtx-2070"),
        # With and without ECC.
        ("NVIDIA L40S", 46068, None, "l40s"),
        ("NVIDIA L40S", 49140, None, "l40s"),
        ("NVIDIA A100-SXM4-80GB", 81920, None, "a100-sxm4-80-gb"),
        ("AMD Radeon RX 7900 XT", 20464, "1002:744c", "rx-7900-xt"),
        ("AMD GPU", 24560, "1002:744c", "rx-7900-xtx"),
        ("AMD GPU", 16368, "1002:744c:ce", "rx-7900-gre"),
        ("Intel(R) Arc(TM) A770 Graphics", 16288, None, "arc-a770-16-gb"),
        ("Intel Arc A770", 16288, None, "arc-a770-16-gb"),
        ("AMD Radeon RX 7900 XTX (RADV NAVI31)", 24560, None, "rx-7900-xtx"),
    ],
)
def test_that_a_gpu_is_found_by_what_its_driver_says(name, total_mib, pci, device_id):
    assert match(gpu(name, total_mib, pci)).device_id == device_id


@pytest.mark.parametrize(
    ("name", "total_mib", "pci"),
    [
        ("NVIDIA GeForce RTX 4090", 8192, None),  # another memory
        ("NVIDIA GeForce RTX 4090 D v3", 24564, None),  # only begins like one
        ("RTX", 24564, None),
        ("GPU with 24.00 GiB", 24576, None),
        ("???", None, None),
        ("NVIDIA GeForce RTX 4090", 49140, "10de:2684"),  # rebuilt with twice the memory
        ("AMD GPU 1002:ffff", 16368, "1002:ffff"),
    ],
)
def test_that_a_gpu_that_is_only_like_a_device_is_none(name, total_mib, pci):
    pool = gpu(name, total_mib, pci)
    assert match(pool) == pool


def test_that_the_catalogue_gives_only_what_the_driver_did_not():
    told = match(gpu("NVIDIA GeForce RTX 4090", 24564, bandwidth_gb_per_s=1008.1))
    assert told.bandwidth_gb_per_s == 1008.1
    assert told.fp16_tflops == pytest.approx(165, rel=0.01)
    assert told.rates_source == "driver, catalogue"
    silent = match(gpu("NVIDIA GeForce RTX 4090", 24564))
    assert silent.bandwidth_gb_per_s == 1008.0
    assert silent.rates_source == "catalogue"
    assert silent.compute_capability == "8.9"
    whole = match(replace(told, device_id=None, rates_source="driver"))
    assert whole.rates_source == "driver"


def test_that_a_stand_in_for_a_name_gives_way_to_the_devices_name():
    assert match(gpu("NVIDIA GPU 10de:2684", 24564, "10de:2684")).name == "GeForce RTX 4090"
    assert match(gpu("My card", 24564, "10de:2684")).name == "My card"


@pytest.mark.parametrize(
    ("name", "ram_gib", "device_id", "gb_per_s"),
    [
        ("Apple M3 Max (40-core GPU)", 64, "m3-max-40c", 410),
        ("Apple M3 Max (30-core GPU)", 36, "m3-max-30c", 307),
        # Without the cores, the memory tells the bins apart where Apple sold them so.
        ("Apple M3 Max", 128, "m3-max-40c", 410),
        ("Apple M3 Max", 96, "m3-max-30c", 307),
        ("Apple M4 Max", 36, "m4-max-32c", 410),
    ],
)
def test_that_the_bin_of_an_apple_chip_is_found(name, ram_gib, device_id, gb_per_s):
    pool = match(mac(name, ram_gib))
    assert pool.device_id == device_id
    assert pool.bandwidth_gb_per_s == pytest.approx(gb_per_s, rel=0.01)


def test_that_of_several_devices_only_what_they_agree_on_is_taken():
    pool = match(mac("Apple M1", 16))
    assert pool.device_id is None
    assert pool.bandwidth_gb_per_s == pytest.approx(68, rel=0.01)
    assert pool.fp16_tflops is None
    (note,) = pool.notes
    assert note == (
        "What the driver tells fits Apple M1 (7-core GPU) and Apple M1 (8-core GPU): of the "
        "catalogue's figures, only those that are the same for all of them are taken."
    )


def test_that_a_long_list_of_devices_is_cut():
    orin = replace(gpu("Orin (nvgpu)", None), kind=PoolKind.UNIFIED)
    (note,) = match(orin).notes
    assert note.count("Orin") == 4
    assert " and others: " in note
    # AGX and NX modules differ.
    assert match(orin).bandwidth_gb_per_s is None
    agx = match(replace(orin, total_bytes=int(61.4 * GIB)))
    assert agx.device_id == "jetson-agx-orin-64-gb"


def test_that_firmware_that_took_most_of_the_ram_hides_no_device():
    # A Ryzen AI Max with 128 GB, of which the firmware kept 96 for the GPU.
    pool = replace(gpu("AMD GPU", 20 * 1024, "1002:1586:c1"), kind=PoolKind.UNIFIED)
    assert match(pool).device_id == "ryzen-ai-max-395"


def test_that_ram_is_as_fast_as_the_gpu_that_computes_from_it():
    ram = MemoryPool(
        id="ram", kind=PoolKind.SYSTEM, name="Apple M3 Max", source="psutil",
        total_bytes=64 * GIB,
    )  # fmt: skip
    chip = mac("Apple M3 Max", 64)
    _, shared = matched(Machine(pools=(chip, ram)), DEVICES).pools
    assert shared.bandwidth_gb_per_s == pytest.approx(410, rel=0.01)
    assert shared.rates_source == "catalogue"
    measured = replace(ram, bandwidth_gb_per_s=300.0, rates_source="measured")
    assert matched(Machine(pools=(chip, measured)), DEVICES).pools[1] == measured
    card = gpu("NVIDIA GeForce RTX 4090", 24564)
    assert matched(Machine(pools=(card, ram)), DEVICES).pools[1] == ram


def test_that_a_slice_has_its_share_of_the_cards_bandwidth():
    # A 1g.10gb slice of an H100 with 80 GB: 9,984 MiB.
    pool = replace(gpu("NVIDIA H100 80GB HBM3 MIG 1g.10gb", 9984), id="gpu0.mig0")
    found = match(pool)
    assert found.device_id == "h100-sxm5-80-gb"
    whole = next(each for each in DEVICES if each.id == found.device_id)
    assert whole.memory_mib is not None
    assert whole.bandwidth_gb_per_s is not None
    assert found.bandwidth_gb_per_s == pytest.approx(
        whole.bandwidth_gb_per_s * 9984 / whole.memory_mib, abs=0.1
    )
    assert found.fp16_tflops is None
    assert "share of the memory" in found.notes[0]
    unread = match(replace(pool, total_bytes=None))
    assert unread.bandwidth_gb_per_s is None
    assert unread.device_id == "h100-sxm5-80-gb"


def test_that_a_virtual_gpu_is_the_card_below_it_with_memory_of_its_own():
    found = match(gpu("NVIDIA A40-12Q", 12288, "10de:2235"))
    assert found.device_id == "a40"
    assert found.total_bytes == 12288 * MIB
    assert found.bandwidth_gb_per_s == pytest.approx(696, rel=0.01)
    assert found.fp16_tflops is None
    assert "virtual machines share" in found.notes[0]
    assert match(gpu("NVIDIA A40-12Q", 60 * 1024, "10de:2235")).device_id is None


def test_that_a_device_without_a_known_bandwidth_gives_none():
    found = match(mac("Apple M5 Ultra", 256))
    assert found.device_id == "m5-ultra-80c"
    assert found.bandwidth_gb_per_s is None


def test_that_ram_and_known_devices_are_left_as_they_are():
    machine = Machine(
        pools=(
            gpu("NVIDIA GeForce RTX 4090", 24564, device_id="l4"),
            MemoryPool(id="ram", kind=PoolKind.SYSTEM, name="Apple M1", source="psutil"),
        )
    )
    assert matched(machine, DEVICES) == machine


@given(
    st.sampled_from([name for each in DEVICES for name in each.reported_names]),
    st.one_of(st.none(), st.integers(0, 600 * 1024)),
)
def test_that_matching_never_changes_what_the_driver_said(name, total_mib):
    pool = gpu(name, total_mib, bandwidth_gb_per_s=1.0, compute_capability="x")
    found = match(pool)
    before = (pool.name, pool.total_bytes, pool.free_bytes, 1.0, "x", pool.source)
    assert before == (
        found.name, found.total_bytes, found.free_bytes, found.bandwidth_gb_per_s,
        found.compute_capability, found.source,
    )  # fmt: skip


@pytest.mark.parametrize("device", DEVICES, ids=lambda each: each.id)
def test_that_every_device_is_found_by_its_own_figures(device):
    size_mib = device.memory_mib or device.memory_gb[0] * 1024
    kind = PoolKind.DEDICATED if device.unified is None else PoolKind.UNIFIED
    # Turing laptops share the desktop's name: only the id tells them apart.
    for pci in device.pci_device_ids or (None,):
        pool = replace(gpu(device.name, size_mib, pci), kind=kind)
        assert match(pool).device_id == device.id
