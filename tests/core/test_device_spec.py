"""Devices: their memory, what the GPU may have of it, and which one a name means."""

from dataclasses import replace

import pytest

from planner.core.device_spec import (
    Confidence,
    DeviceChoice,
    DeviceSpec,
    DeviceVendor,
    MemoryBasis,
    UnifiedShare,
    choices_of,
    choose,
    own_names,
    shared_names,
    slug,
)
from planner.core.errors import PlannerError
from planner.core.units import GIB, MIB

RTX_4090 = DeviceSpec(
    id="rtx-4090",
    name="GeForce RTX 4090",
    vendor=DeviceVendor.NVIDIA,
    memory_gb=(24,),
    memory_mib=24564,
    memory_basis=MemoryBasis.OBSERVED,
    reported_names=("NVIDIA GeForce RTX 4090",),
    confidence=Confidence.HIGH,
    sources=("a-page",),
)
M3_MAX = DeviceSpec(
    id="m3-max-40c",
    name="Apple M3 Max (40-core GPU)",
    vendor=DeviceVendor.APPLE,
    memory_gb=(48, 64, 128),
    unified=UnifiedShare.METAL,
    reported_names=("Apple M3 Max",),
    confidence=Confidence.HIGH,
    sources=("a-page",),
)
SMALL_M3_MAX = replace(
    M3_MAX, id="m3-max-30c", name="Apple M3 Max (30-core GPU)", memory_gb=(36, 96)
)


def with_size(device, memory_gb):
    return DeviceChoice(device=device, memory_gb=memory_gb)


def test_that_what_a_driver_shows_goes_before_the_size_on_the_box():
    (card,) = choices_of(RTX_4090)
    assert card.total_bytes == card.usable_bytes == 24564 * MIB
    nominal = replace(RTX_4090, memory_mib=None, memory_basis=MemoryBasis.NOMINAL)
    assert choices_of(nominal)[0].total_bytes == 24 * GIB


# What Metal recommends up to macOS 15, in logs of llama.cpp (its issue 3213 among others).
@pytest.mark.parametrize(
    ("memory_gb", "observed_mib"),
    [(8, 5461), (16, 10923), (32, 21845), (36, 27648), (64, 49152), (128, 98304)],
)
def test_that_the_metal_rule_gives_what_macs_report(memory_gb, observed_mib):
    usable = with_size(M3_MAX, memory_gb).usable_bytes
    assert usable / MIB == pytest.approx(observed_mib, abs=0.5)


def test_that_an_integrated_gpu_has_half_and_a_superchip_all():
    shared = replace(M3_MAX, unified=UnifiedShare.HALF)
    assert with_size(shared, 64).usable_bytes == 32 * GIB
    whole = replace(M3_MAX, unified=UnifiedShare.ALL)
    assert with_size(whole, 64).usable_bytes == 64 * GIB


def test_that_a_label_has_the_size_only_where_there_are_several():
    assert choices_of(RTX_4090)[0].label == "GeForce RTX 4090"
    assert [each.label for each in choices_of(SMALL_M3_MAX)] == [
        "Apple M3 Max (30-core GPU), 36 GB",
        "Apple M3 Max (30-core GPU), 96 GB",
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"id": "RTX 4090"}, "small letters"),
        ({"id": ""}, "small letters"),
        ({"memory_gb": ()}, "memory_gb"),
        ({"memory_gb": (24, 24)}, "memory_gb"),
        ({"memory_gb": (48, 24)}, "memory_gb"),
        ({"memory_mib": None}, "memory_basis"),
        ({"memory_basis": MemoryBasis.NOMINAL}, "memory_basis"),
        ({"memory_mib": 24577}, "not about memory_gb"),
        ({"memory_mib": 12288}, "not about memory_gb"),
        ({"memory_gb": (24, 48)}, "not about memory_gb"),
        ({"bandwidth_gb_per_s": 0.0}, "bandwidth_gb_per_s must be above zero"),
        ({"fp16_tflops": -1.0}, "fp16_tflops must be above zero"),
        ({"sources": ()}, "sources"),
    ],
)
def test_that_figures_that_contradict_one_another_are_refused(change, what):
    with pytest.raises(ValueError, match=what):
        replace(RTX_4090, **change)


def test_that_a_name_goes_without_its_maker():
    assert slug(" NVIDIA GeForce RTX™ 4090 ") == "nvidia-geforce-rtx-4090"
    assert {"geforce-rtx-4090", "rtx-4090"} <= own_names(RTX_4090)
    assert "nvidia-geforce-rtx-4090" in shared_names(RTX_4090)
    assert "m3-max" in shared_names(M3_MAX)
    assert "m3-max" not in own_names(M3_MAX)


def test_that_the_size_tells_two_devices_of_one_name_apart():
    both = (SMALL_M3_MAX, M3_MAX)
    assert choose("m3-max", both, memory_gb=64) == with_size(M3_MAX, 64)
    assert choose("m3-max", both, memory_gb=36) == with_size(SMALL_M3_MAX, 36)
    assert choose("rtx-4090", (RTX_4090,)) == with_size(RTX_4090, 24)


@pytest.mark.parametrize(
    ("named", "memory_gb", "sentence"),
    [
        (
            (SMALL_M3_MAX, M3_MAX),
            65,
            "There is no it with 65 GB: it comes with 36, 48, 64, 96 or 128 GB.",
        ),
        ((RTX_4090,), 12, "There is no it with 12 GB: it comes with 24 GB."),
        (
            (SMALL_M3_MAX,),
            None,
            (
                "Apple M3 Max (30-core GPU) comes with 36 or 96 GB: name the memory too, "
                "such as 'm3-max-30c 36GB'."
            ),
        ),
        (
            (SMALL_M3_MAX, M3_MAX),
            None,
            "Several devices are called 'it': name m3-max-30c or m3-max-40c.",
        ),
    ],
)
def test_that_what_is_not_clear_is_asked_for(named, memory_gb, sentence):
    with pytest.raises(PlannerError) as caught:
        choose("it", named, memory_gb=memory_gb)
    assert str(caught.value) == sentence
