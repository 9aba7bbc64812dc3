"""What is made of macOS' answers: nine recorded ones, and whatever else there may be."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.apple_pools import TRANSLATED_NOTE, VIRTUAL_NOTE, apple_reading

ROOT = Path(__file__).resolve().parents[2]
# Answers of `system_profiler -json SPDisplaysDataType`, shortened, from
# https://github.com/exelban/stats/issues/394, https://github.com/timmo001/system-bridge/pull/3408,
# https://github.com/sebhildebrandt/systeminformation/issues/348 and .../issues/536.
RECORDED = ROOT / "tests/data/hardware/apple"
MACOS_15, MACOS_26 = "24.6.0", "25.1.0"


def displays(name: str) -> dict[str, object]:
    answer = json.loads((RECORDED / f"{name}.json").read_text())
    return {"entries": answer["SPDisplaysDataType"]}


def kernel(**values: object) -> dict[str, object]:
    return {name.replace("__", "."): {"value": value} for name, value in values.items()}


def ram_of(gib: float, *, free_gib: float | None = None) -> MemoryPool:
    total = int(gib * GIB)
    free = total if free_gib is None else int(free_gib * GIB)
    return MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="Apple",
        source="psutil",
        total_bytes=total,
        used_by_others_bytes=total - free,
        free_bytes=free,
    )


def only_pool(record: object, ram: MemoryPool | None = None) -> MemoryPool:
    (pool,) = apple_reading(record, ram=ram).pools
    return pool


def metal(**device: object) -> dict[str, object]:
    known = {"name": "Apple M3 Max", "has_unified_memory": True, "registry_id": 4294968297}
    return {"metal": {"devices": [known | device]}}


NO_METAL: dict[str, object] = {"metal": {"reason": "Metal was not found"}}


@pytest.mark.parametrize(
    ("recorded", "ram_gib", "release", "name", "limit_mib"),
    [
        # The limits are what llama.cpp printed as Metal's working set on Macs of that size:
        # https://github.com/ggml-org/llama.cpp/issues/3213, https://github.com/ollama/ollama/issues/434
        ("m1_macos11", 16, "20.6.0", "Apple M1", 10923),
        ("m1_7core_macos12", 8, "21.6.0", "Apple M1 (7-core GPU)", 5461),
        ("m1_pro_16core", 32, MACOS_15, "Apple M1 Pro (16-core GPU)", 21845),
        ("m2_max_30core_macos26", 64, MACOS_26, "Apple M2 Max (30-core GPU)", 53084),
        ("m3_max_40core", 128, MACOS_15, "Apple M3 Max (40-core GPU)", 98304),
        ("m3_max_40core", 128, "27.0.0", "Apple M3 Max (40-core GPU)", 110100),
        ("m3_pro_14core", 36, MACOS_15, "Apple M3 Pro (14-core GPU)", 27648),
        ("m5_10core_macos26", 24, MACOS_26, "Apple M5 (10-core GPU)", 18186),
    ],
)
def test_that_without_metal_a_chip_may_have_what_such_macs_were_seen_to_give(
    recorded, ram_gib, release, name, limit_mib
):
    record = NO_METAL | {
        "displays": displays(recorded),
        "sysctl": kernel(kern__osrelease=release),
    }
    pool = only_pool(record, ram_of(ram_gib))
    assert (pool.kind, pool.name) == (PoolKind.UNIFIED, name)
    assert pool.same_memory_as == "ram"
    assert pool.source == "system_profiler, psutil"
    assert pool.free_bytes is not None
    assert pool.free_bytes / MIB == pytest.approx(limit_mib, rel=0.002)
    assert pool.total_bytes == ram_gib * GIB == (pool.reserved_bytes or 0) + pool.free_bytes
    assert "Metal was not found" in pool.notes[0]


def test_that_a_chip_with_its_cores_is_called_as_in_the_device_catalogue():
    devices = tomllib.loads((ROOT / "specs/devices/apple.toml").read_text())["devices"]
    names = {device["name"] for device in devices}
    found = {
        only_pool({"displays": displays(file.stem)}).name
        for file in RECORDED.glob("m*core*.json")
    }
    assert len(found) == 6
    assert found <= names


@pytest.mark.parametrize(
    ("recorded", "card"),
    [("intel_mac_560x", "Radeon Pro 560X"), ("intel_mac_5300m", "AMD Radeon Pro 5300M")],
)
def test_that_an_intel_mac_has_a_card_and_a_gpu_that_shares_the_ram(recorded, card):
    reading = apple_reading({"displays": displays(recorded)}, ram=ram_of(16, free_gib=9))
    inside, outside = reading.pools
    assert (inside.kind, inside.name) == (PoolKind.UNIFIED, "Intel UHD Graphics 630")
    assert inside.free_bytes == 1536 * MIB
    assert inside.reserved_bytes == 16 * GIB - 1536 * MIB
    assert (outside.id, outside.kind, outside.name) == ("gpu1", PoolKind.DEDICATED, card)
    assert (outside.total_bytes, outside.free_bytes) == (4 * GIB, None)
    assert outside.notes == ("macOS does not tell what programs hold of it.",)
    assert reading.board_count == 2


def test_that_what_metal_says_is_taken_and_the_core_count_from_the_registry():
    # llama.cpp on an M3 Max with 128 GB: recommendedMaxWorkingSetSize = 103079.22 MB
    record = metal(recommended_working_set_bytes=103_079_215_104) | {
        "accelerators": {
            "entries": [
                {
                    "registry_id": 4294968297,
                    "core_count": 40,
                    "system_in_use_bytes": 3 * GIB // 2,
                }
            ]
        },
        "sysctl": kernel(iogpu__wired_limit_mb=0),
    }
    pool = only_pool(record, ram_of(128, free_gib=100))
    assert pool.name == "Apple M3 Max (40-core GPU)"
    assert pool.source == "metal, psutil"
    assert (pool.free_bytes, pool.reserved_bytes) == (96 * GIB, 32 * GIB)
    assert pool.notes == (
        "The GPU may have 96.00 GiB of 128.00 GiB, as Metal says.",
        "Programs hold 1.50 GiB of it for the GPU now.",
    )


def test_that_the_gpu_gets_no_more_than_the_system_has_free():
    record = metal(recommended_working_set_bytes=96 * GIB)
    assert only_pool(record, ram_of(128, free_gib=20)).free_bytes == 20 * GIB


def test_that_a_limit_raised_by_hand_is_told_as_such():
    record = metal(recommended_working_set_bytes=120 * GIB) | {
        "sysctl": kernel(iogpu__wired_limit_mb=122880)
    }
    assert "it follows iogpu.wired_limit_mb" in only_pool(record, ram_of(128)).notes[0]


@pytest.mark.parametrize(
    "setting", [{"iogpu__wired_limit_mb": 28672}, {"debug__iogpu__wired_limit": 28 * GIB}]
)
def test_that_a_limit_set_by_hand_counts_where_metal_does_not_say(setting):
    brand = kernel(machdep__cpu__brand_string="Apple M2 Pro", **setting)
    pool = only_pool(NO_METAL | {"sysctl": brand}, ram_of(32))
    assert (pool.name, pool.source) == ("Apple M2 Pro", "sysctl, psutil")
    assert pool.free_bytes == 28 * GIB
    assert "set by hand" in pool.notes[0]


def test_that_a_limit_above_the_memory_leaves_nothing_reserved():
    pool = only_pool(metal(recommended_working_set_bytes=200 * GIB), ram_of(128))
    assert (pool.reserved_bytes, pool.free_bytes) == (0, 128 * GIB)


def test_that_a_virtual_mac_is_told_by_its_chip():
    # GitHub's runners: https://github.com/ahrefs/ocannl/issues/942
    record = metal(name="Apple Paravirtual device", recommended_working_set_bytes=5 * GIB) | {
        "sysctl": kernel(machdep__cpu__brand_string="Apple M1 (Virtual)")
    }
    pool = only_pool(record, ram_of(7))
    assert pool.name == "Apple M1"
    assert VIRTUAL_NOTE in pool.notes


def test_that_a_virtual_mac_without_a_chips_name_still_has_a_gpu():
    record = metal(name="Apple Paravirtual device", recommended_working_set_bytes=5 * GIB)
    assert only_pool(record, ram_of(7)).name == "Apple GPU"


def test_that_a_program_under_rosetta_is_told_so():
    reading = apple_reading(metal() | {"sysctl": kernel(sysctl__proc_translated=1)})
    assert reading.notes == (TRANSLATED_NOTE,)


def test_that_a_card_in_use_has_the_rest_free():
    card = {
        "name": "AMD Radeon Pro 5300M",
        "has_unified_memory": False,
        "registry_id": 4294968000,
        "recommended_working_set_bytes": 4278190080,
    }
    record = {
        "metal": {"devices": [card]},
        "accelerators": {
            "entries": [{"registry_id": 4294968000, "video_in_use_bytes": 183_681_024}]
        },
        "displays": displays("intel_mac_560x"),
    }
    # What system_profiler lists is another card: its 4 GB are not this one's.
    pool = only_pool(record)
    assert (pool.kind, pool.total_bytes) == (PoolKind.DEDICATED, 4278190080)
    record["displays"] = displays("intel_mac_5300m")
    pool = only_pool(record)
    assert (pool.total_bytes, pool.reserved_bytes) == (4 * GIB, 4 * GIB - 4278190080)
    assert pool.used_by_others_bytes == 183_681_024
    assert pool.free_bytes == 4278190080 - 183_681_024
    assert pool.notes == ()


def test_that_a_mac_without_a_gpu_says_why():
    reading = apple_reading(NO_METAL)
    assert (reading.pools, reading.board_count) == ((), 0)
    assert reading.notes == ("macOS shows no GPU (Metal was not found).",)


def test_that_without_the_systems_memory_the_kernels_figure_is_the_total():
    record = metal(recommended_working_set_bytes=96 * GIB) | {
        "sysctl": kernel(hw__memsize=128 * GIB)
    }
    pool = only_pool(record)
    assert (pool.total_bytes, pool.reserved_bytes) == (128 * GIB, 32 * GIB)
    assert (pool.free_bytes, pool.same_memory_as) == (None, None)


def test_that_gpus_are_numbered_after_those_of_other_probes():
    assert apple_reading(metal(), first_gpu_number=2).pools[0].id == "gpu2"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 1 << 65) | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    [
        "name",
        "has_unified_memory",
        "recommended_working_set_bytes",
        "registry_id",
        "value",
        "core_count",
        "video_in_use_bytes",
        "system_in_use_bytes",
        "sppci_model",
        "sppci_cores",
        "spdisplays_vram",
        "spdisplays_vendor",
        "_name",
    ]
)
ENTRIES = st.lists(st.dictionaries(FIELDS, VALUES | st.just("Apple M1")), max_size=3) | VALUES
KERNEL = st.dictionaries(
    st.sampled_from(["hw.memsize", "machdep.cpu.brand_string", "kern.osrelease"])
    | st.sampled_from(["iogpu.wired_limit_mb", "debug.iogpu.wired_limit"]),
    st.fixed_dictionaries({"value": VALUES | st.integers(0, 1 << 40)}) | VALUES,
)


@given(
    record=st.fixed_dictionaries(
        {
            "metal": st.fixed_dictionaries({"devices": ENTRIES}) | VALUES,
            "displays": st.fixed_dictionaries({"entries": ENTRIES}) | VALUES,
            "accelerators": st.fixed_dictionaries({"entries": ENTRIES}) | VALUES,
            "sysctl": KERNEL | VALUES,
        }
    )
    | VALUES,
    has_ram=st.booleans(),
)
def test_that_no_answer_makes_memory_negative_or_counts_it_twice(record, has_ram):
    ram = ram_of(16, free_gib=5) if has_ram else None
    for pool in apple_reading(record, ram=ram).pools:
        parts = (pool.reserved_bytes or 0, pool.free_bytes or 0)
        assert min(parts) >= 0
        assert pool.total_bytes is None or sum(parts) <= pool.total_bytes
        if pool.kind is PoolKind.UNIFIED and ram is not None:
            assert (pool.free_bytes or 0) <= 5 * GIB
