"""What-if machines made of devices."""

import pytest

from planner.catalogue.devices import load_devices
from planner.core.budget import Budget, machine_under
from planner.core.device_spec import (
    Confidence,
    DeviceChoice,
    DeviceSpec,
    DeviceVendor,
    UnifiedShare,
)
from planner.core.errors import PlannerError
from planner.core.machine import PoolKind
from planner.core.units import GIB
from planner.hardware.simulated import device_machine

CARD = DeviceChoice(
    device=DeviceSpec(
        id="l4",
        name="L4",
        vendor=DeviceVendor.NVIDIA,
        memory_gb=(24,),
        bandwidth_gb_per_s=300.0,
        compute_capability="8.9",
        confidence=Confidence.HIGH,
        sources=("sheet",),
        note="A note.",
    ),
    memory_gb=24,
)
MAC = DeviceChoice(
    device=DeviceSpec(
        id="m4-max-40c",
        name="Apple M4 Max",
        vendor=DeviceVendor.APPLE,
        memory_gb=(48, 64),
        unified=UnifiedShare.METAL,
        bandwidth_gb_per_s=546.1,
        confidence=Confidence.HIGH,
        sources=("sheet",),
    ),
    memory_gb=64,
)


def test_that_devices_come_first_then_gpus_by_size_then_ram():
    machine = device_machine((CARD, CARD), vram_bytes=(8 * GIB,), ram_bytes=32 * GIB)
    assert [pool.id for pool in machine.pools] == ["gpu0", "gpu1", "gpu2", "ram"]
    assert [pool.source for pool in machine.pools] == [
        "catalogue", "catalogue", "what-if", "what-if",
    ]  # fmt: skip
    card = machine.pools[0]
    assert (card.bandwidth_gb_per_s, card.compute_capability) == (300.0, "8.9")
    assert card.total_bytes == card.free_bytes == 24 * GIB
    assert card.notes == ("A note.",)
    assert machine.is_what_if


@pytest.mark.parametrize("budget", Budget)
def test_that_a_mac_never_gives_its_gpu_more_than_metals_working_set(budget):
    machine = machine_under(device_machine((MAC,)), budget)
    gpu, ram = machine.pools
    assert gpu.kind is PoolKind.UNIFIED
    assert (gpu.total_bytes, gpu.free_bytes) == (64 * GIB, 48 * GIB)
    assert ram.total_bytes == 64 * GIB
    assert gpu.same_memory_as == ram.id
    assert "48.00 GiB of 64.00 GiB" in gpu.notes[0]


@pytest.mark.parametrize(
    ("choices", "sizes"),
    [
        ((MAC, MAC), {}),
        ((CARD, MAC), {}),
        ((MAC,), {"ram_bytes": GIB}),
        ((MAC,), {"vram_bytes": (GIB,)}),
    ],
)
def test_that_nothing_goes_with_a_computer_by_itself(choices, sizes):
    with pytest.raises(PlannerError, match=r"^Apple M4 Max is a computer by itself"):
        device_machine(choices, **sizes)


def test_that_a_device_brings_what_its_data_sheet_says_of_its_speed():
    # NVIDIA's data sheet of the RTX 4090: 1,008 GB/s, 330 TFLOPS dense FP16 and half of that
    # where sums are kept in FP32, as matrix kernels for language models do.
    (choice,) = load_devices().choose("rtx-4090")
    (gpu, *_) = device_machine((choice,)).pools
    assert gpu.bandwidth_gb_per_s == pytest.approx(1008, rel=0.001)
    assert gpu.fp16_tflops == pytest.approx(330 / 2, rel=0.01)
