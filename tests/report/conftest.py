"""Reports to render: one machine with a card, one plan of each verdict."""

from datetime import UTC, datetime

import pytest

from planner.catalogue import load_catalogue
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import PlanOptions
from planner.core.units import GIB, MIB
from planner.report.fit_report import build_report
from planner.session import PlannerSession

UUID = "GPU-6f1d8a52-aaaa-bbbb-cccc-333344445555"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

CARD = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4090",
    source="nvml",
    total_bytes=24564 * MIB,
    free_bytes=24000 * MIB,
    bandwidth_gb_per_s=1008.1,
    compute_capability="8.9",
    uuid=UUID,
    pci_bus_id="00000000:01:00.0",
)
RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="AMD Ryzen 7 7700",
    source="psutil",
    total_bytes=64 * GIB,
    free_bytes=60 * GIB,
    notes=("The system does not give the bandwidth of its memory.",),
)


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture
def machine():
    note = f"CUDA_VISIBLE_DEVICES={UUID} leaves 1 of 2 NVIDIA GPUs to programs."
    return Machine(
        pools=(CARD, RAM), notes=(note,), driver_version="575.64", cuda_version="12.9"
    )


@pytest.fixture
def make_report(catalogue, machine):
    """Return a report that is led by a plan where a model is given."""

    def make(
        model=None, quant="Q4_K_M", *, machine=machine, created=NOON, formats=(), **options
    ):
        session = PlannerSession(models=catalogue.models, machine=machine)
        choices = PlanOptions(**options)
        detail = None
        if model is not None:
            detail = session.detail(catalogue.find(model), quant, choices)
        more = {"quant_formats": formats} if formats else {}
        return build_report(session.grid(choices, **more), created=created, detail=detail)

    return make
