"""What is made of Windows' answers: of figures that people published, and of whatever else.

Each file under tests/data/hardware/windows says where its figures are from.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.windows_adapters import REGISTRY_NOTE, is_integrated
from planner.hardware.windows_pools import BUDGET_NOTE, NO_GPU_NOTE, windows_reading

ANSWERS = Path(__file__).resolve().parents[1] / "data/hardware/windows"


def ram_of(mib: int, *, free_mib: int) -> MemoryPool:
    return MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="CPU",
        source="psutil",
        total_bytes=mib * MIB,
        used_by_others_bytes=(mib - free_mib) * MIB,
        free_bytes=free_mib * MIB,
    )


def answer(name: str) -> dict[str, object]:
    record: dict[str, object] = json.loads((ANSWERS / f"{name}.json").read_text())
    return record


@pytest.mark.parametrize(
    ("name", "ram_mib", "own_mib", "shared_mib"),
    [
        ("arc_140v", 32 * 1024, 128, 18376),
        ("adreno_x1_85", 15978, 128, 7989),
        ("radeon_780m_8_gb_set_aside", 24394, 8448, 12197),
        ("uhd_630_only", 16228, 128, 8114),
    ],
)
def test_that_a_gpu_in_the_processor_has_what_is_set_aside_and_its_share_of_ram(
    name, ram_mib, own_mib, shared_mib
):
    ram = ram_of(ram_mib, free_mib=ram_mib)
    reading = windows_reading(answer(name), ram=ram)
    (pool,) = reading.pools
    assert (pool.kind, pool.same_memory_as) == (PoolKind.UNIFIED, "ram")
    assert pool.source == "dxgi, psutil"
    assert pool.total_bytes == (ram_mib + own_mib) * MIB
    assert pool.reserved_bytes == (ram_mib - shared_mib) * MIB
    # Of the UHD 630, Windows grants a program a little less.
    assert pool.free_bytes in {(own_mib + shared_mib) * MIB, shared_mib * MIB}
    assert reading.notes == ()


def test_that_it_has_no_more_of_ram_than_is_free():
    record = answer("radeon_780m_8_gb_set_aside")
    (pool,) = windows_reading(record, ram=ram_of(24394, free_mib=5000)).pools
    assert pool.free_bytes == (8448 + 5000) * MIB
    (note,) = pool.notes
    assert note == (
        "The GPU may have 8.25 GiB that the firmware set aside for it and 11.91 GiB of RAM "
        "(as Windows says)."
    )


def test_that_memory_set_aside_for_a_ryzen_ai_max_does_not_make_it_a_card():
    (pool,) = windows_reading(answer("radeon_8060s"), ram=ram_of(24214, free_mib=20000)).pools
    assert (pool.kind, pool.pci_device_id) == (PoolKind.UNIFIED, "1002:1586")
    assert pool.total_bytes == 24214 * MIB + 8354103296


def test_that_a_laptop_has_both_of_its_gpus():
    record = answer("radeon_860m_and_rtx_5060_laptop")
    first, second = windows_reading(record, ram=ram_of(31864, free_mib=20000)).pools
    assert (first.id, first.kind) == ("gpu0", PoolKind.UNIFIED)
    assert (second.id, second.kind) == ("gpu1", PoolKind.DEDICATED)
    assert (second.name, second.pci_device_id) == (
        "NVIDIA GeForce RTX 5060 Laptop GPU",
        "10de:2d19",
    )
    assert (second.total_bytes, second.free_bytes) == (7899 * MIB, None)
    assert second.notes == ("Windows does not tell what is free of its memory.",)


def test_that_a_cards_free_memory_is_what_windows_grants():
    (pool,) = windows_reading(answer("radeon_rx_580")).pools
    assert (pool.name, pool.kind) == ("Radeon RX 580 Series", PoolKind.DEDICATED)
    assert (pool.total_bytes, pool.free_bytes) == (8568963072, 7 * GIB)
    assert pool.notes == (BUDGET_NOTE,)


def test_that_a_gpu_without_its_driver_is_told_and_not_offered():
    reading = windows_reading(answer("no_driver"))
    assert reading.pools == ()
    assert reading.notes[0] == NO_GPU_NOTE
    assert "installing its maker's driver" in reading.notes[1]


def test_that_the_registry_is_not_asked_where_dxgi_answers():
    record = answer("no_driver") | {"registry": answer("registry_r9700")["registry"]}
    assert windows_reading(record).pools == ()


def test_that_without_dxgi_the_registry_gives_64_bits_of_memory_and_each_card_once():
    reading = windows_reading(answer("registry_r9700"))
    (pool,) = reading.pools
    assert (pool.name, pool.pci_device_id) == ("AMD Radeon AI PRO R9700", "1002:7551")
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (
        PoolKind.DEDICATED,
        32 * GIB,
        None,
    )
    assert pool.notes[0] == REGISTRY_NOTE
    assert "0x887A0022" in reading.notes[0]


def test_that_32_bits_of_memory_at_their_end_are_unknown():
    (pool,) = windows_reading(answer("registry_arc_a770")).pools
    assert (pool.total_bytes, pool.free_bytes) == (None, None)
    assert pool.notes[-1] == "Windows does not tell its memory."


def test_that_a_gpu_of_the_registry_in_the_processor_may_have_half_of_ram():
    record = answer("registry_radeon_780m")
    (pool,) = windows_reading(record, ram=ram_of(24394, free_mib=24394)).pools
    assert pool.kind is PoolKind.UNIFIED
    assert pool.free_bytes == (8448 + 12197) * MIB
    assert "half of it, as Windows does by default" in pool.notes[-1]


def test_that_without_any_answer_both_reasons_are_told():
    record = {"dxgi": {"reason": "no dxgi.dll"}, "registry": {"reason": "no such key"}}
    reading = windows_reading(record)
    assert reading.pools == ()
    assert "no dxgi.dll" in reading.notes[0]
    assert "no such key" in reading.notes[1]


def adapter(**fields: object) -> dict[str, object]:
    known: dict[str, object] = {
        "description": "AMD Radeon RX 7900 XTX",
        "vendor_id": 0x1002,
        "device_id": 0x744C,
        "dedicated_video_bytes": 24 * GIB,
    }
    return {"dxgi": {"adapters": [known | fields]}}


def test_that_an_adapter_of_a_remote_session_is_no_gpu():
    reading = windows_reading(adapter(flags=1))
    assert reading.pools == ()
    assert "remote session" in reading.notes[1]


def test_that_an_adapter_that_refuses_is_told():
    reading = windows_reading({"dxgi": {"adapters": [{"reason": "GetDesc1 answered 0x8"}]}})
    assert reading.notes == (
        NO_GPU_NOTE,
        "A graphics adapter could not be read (GetDesc1 answered 0x8).",
    )


def test_that_one_adapter_listed_twice_is_one():
    record = answer("radeon_rx_580")
    dxgi = record["dxgi"]
    assert isinstance(dxgi, dict)
    dxgi["adapters"] *= 2
    assert windows_reading(record).board_count == 1


def test_that_memory_of_one_kind_is_a_sign_of_a_gpu_in_the_processor():
    budgets = {"local": {"budget_bytes": 16 * GIB}, "non_local": {"budget_bytes": 0}}
    (one,) = windows_reading(adapter(description="A new GPU", **budgets)).pools
    (two,) = windows_reading(adapter(description="A new GPU", local=budgets["local"])).pools
    assert (one.kind, two.kind) == (PoolKind.UNIFIED, PoolKind.DEDICATED)


def test_that_shared_memory_is_unknown_without_the_systems():
    (pool,) = windows_reading(answer("arc_140v")).pools
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (PoolKind.UNIFIED, None, None)
    assert pool.same_memory_as is None


@pytest.mark.parametrize(
    ("name", "own_mib", "is_inside"),
    [
        ("Intel(R) Iris(R) Xe Graphics", 1024, True),
        ("Intel(R) Iris(R) Xe MAX Graphics", 4096, False),
        ("Intel(R) Graphics", 2048, True),
        ("Intel(R) Arc(TM) Graphics", 2048, True),
        ("Intel(R) Arc(TM) B390 GPU", 128, True),
        ("Intel(R) Arc(TM) B580 Graphics", 12216, False),
        ("AMD Radeon(TM) Graphics", 4096, True),
        ("AMD Radeon(TM) RX Vega 11 Graphics", 2048, True),
        ("Radeon RX Vega", 8176, False),
        ("AMD Radeon RX 6800M", 12272, False),
        ("AMD Radeon 610M", 2048, True),
        ("NVIDIA GeForce GTX 1650", 3962, False),
    ],
)
def test_that_gpus_inside_the_processor_are_told_from_cards(name, own_mib, is_inside):
    assert is_integrated(name, own_mib * MIB) is is_inside


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 1 << 65) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    [
        "description",
        "vendor_id",
        "device_id",
        "dedicated_video_bytes",
        "shared_system_bytes",
        "luid_low",
        "flags",
        "local",
        "non_local",
        "matching_device_id",
        "memory_bytes",
        "memory_32_bits",
        "reason",
    ]
)
ADAPTER = st.dictionaries(
    FIELDS,
    VALUES
    | st.integers(0, 1 << 45)
    | st.just("PCI\\VEN_1002&DEV_744C")
    | st.fixed_dictionaries({"budget_bytes": VALUES}),
)
PART = st.fixed_dictionaries({"adapters": st.lists(ADAPTER, max_size=3)}) | VALUES


@given(record=st.fixed_dictionaries({"dxgi": PART, "registry": PART}) | VALUES)
def test_that_no_answer_makes_memory_negative_or_counts_it_twice(record):
    for pool in windows_reading(record, ram=ram_of(16384, free_mib=9000)).pools:
        parts = (pool.reserved_bytes or 0, pool.free_bytes or 0)
        assert min(parts) >= 0
        assert pool.total_bytes is None or sum(parts) <= pool.total_bytes
