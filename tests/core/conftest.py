"""Models of the catalogue and machines made by hand."""

import pytest

from planner.catalogue import load_catalogue
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.units import GIB


@pytest.fixture(scope="session")
def catalogue() -> dict[str, ModelSpec]:
    return {model.id: model for model in load_catalogue().models}


@pytest.fixture(scope="session")
def phi_4(catalogue: dict[str, ModelSpec]) -> ModelSpec:
    return catalogue["phi-4"]


@pytest.fixture
def make_machine():
    """Build a machine of free sizes in GiB; `None` for a size that is not known."""

    def make(
        *gpus_gib: float | None,
        ram_gib: float | None = 64,
        kind: PoolKind = PoolKind.DEDICATED,
        has_ram: bool = True,
    ) -> Machine:
        def pool(pool_id: str, pool_kind: PoolKind, free: float | None) -> MemoryPool:
            size = None if free is None else int(free * GIB)
            return MemoryPool(
                id=pool_id,
                kind=pool_kind,
                name=pool_id.upper(),
                source="test",
                total_bytes=size,
                free_bytes=size,
                notes=() if size is not None else ("The driver refused the question.",),
            )

        gpus = tuple(pool(f"gpu{i}", kind, free) for i, free in enumerate(gpus_gib))
        ram = (pool("ram", PoolKind.SYSTEM, ram_gib),) if has_ram else ()
        return Machine(pools=gpus + ram)

    return make
