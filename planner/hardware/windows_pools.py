"""Makes a reading of what Windows told: pools, and sentences for what is missing.

The answers in the tests are made of figures that people published; none of it has run on
Windows.
"""

from typing import Final

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.core.units import format_gib
from planner.hardware.answers import clean_text, mapping
from planner.hardware.probe import ProbeReading
from planner.hardware.windows_adapters import Adapter, dxgi_adapters, registry_adapters

NO_GPU_NOTE: Final = "Windows shows no GPU."
BUDGET_NOTE: Final = (
    "Free is what Windows grants a new program now; it does not tell who holds the rest. "
    "Beyond that it moves memory to RAM, which is many times slower, instead of refusing."
)


def windows_reading(
    record: object, *, first_gpu_number: int = 0, ram: MemoryPool | None = None
) -> ProbeReading:
    """Turn the child's answer into pools; whatever it holds, this raises nothing.

    Args:
        record: What `read_windows` returned, after JSON.
        first_gpu_number: The number of the first GPU.
        ram: The system's memory, which a GPU inside the processor shares.
    """
    root = mapping(record)
    adapters, notes = _adapters(root)
    return ProbeReading(
        pools=tuple(
            _pool(adapter, f"gpu{number}", ram)
            for number, adapter in enumerate(adapters, start=first_gpu_number)
        ),
        notes=tuple(notes),
        board_count=len(adapters),
    )


def _adapters(root: dict[str, object]) -> tuple[list[Adapter], list[str]]:
    """Return DXGI's adapters; the registry's only where DXGI gave no answer at all."""
    dxgi, registry = mapping(root.get("dxgi")), mapping(root.get("registry"))
    if "adapters" in dxgi:
        adapters, notes = dxgi_adapters(dxgi)
        return adapters, notes if adapters else [NO_GPU_NOTE, *notes]
    why = clean_text(dxgi.get("reason")) or "no answer"
    notes = [f"Windows' graphics interface DXGI could not be asked ({why})."]
    adapters = registry_adapters(registry)
    if not adapters:
        why = clean_text(registry.get("reason")) or "it lists none"
        notes.append(f"The registry gave no GPU either ({why}).")
    return adapters, notes


def _pool(adapter: Adapter, pool_id: str, ram: MemoryPool | None) -> MemoryPool:
    if adapter.is_integrated:
        return _unified_pool(adapter, pool_id, ram)
    return _card_pool(adapter, pool_id)


def _card_pool(adapter: Adapter, pool_id: str) -> MemoryPool:
    total_bytes, budget_bytes = adapter.own_bytes, adapter.budget_bytes
    if total_bytes and budget_bytes:
        free_bytes = min(total_bytes, budget_bytes)
        note = BUDGET_NOTE
    else:
        free_bytes = None
        note = f"Windows does not tell {'what is free of' if total_bytes else ''} its memory."
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=adapter.name,
        source=adapter.source,
        total_bytes=total_bytes or None,
        free_bytes=free_bytes,
        pci_device_id=adapter.pci_device_id,
        notes=(*adapter.notes, " ".join(note.split())),
    )


def _unified_pool(adapter: Adapter, pool_id: str, ram: MemoryPool | None) -> MemoryPool:
    """Return the pool of a GPU inside the processor.

    Its memory is what firmware set aside for it, which is no RAM to Windows any more, and what
    Windows lets it have of RAM: half, where Windows does not tell.
    """
    own_bytes = adapter.own_bytes or 0
    ram_bytes = ram.total_bytes if ram else None
    total_bytes = limit_bytes = free_bytes = None
    notes = list(adapter.notes)
    if ram is None or ram_bytes is None:
        notes.append("This GPU computes from the system's memory, which is not known.")
    else:
        is_rule = adapter.shared_bytes is None
        shared_bytes = ram_bytes // 2 if adapter.shared_bytes is None else adapter.shared_bytes
        shared_bytes = min(shared_bytes, ram_bytes)
        total_bytes = own_bytes + ram_bytes
        limit_bytes = own_bytes + shared_bytes
        if ram.free_bytes is not None:
            free_bytes = own_bytes + min(shared_bytes, ram.free_bytes)
            free_bytes = min(free_bytes, adapter.budget_bytes or free_bytes)
        notes.append(_limit_note(own_bytes, shared_bytes, is_rule=is_rule))
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.UNIFIED,
        name=adapter.name,
        source=f"{adapter.source}, {ram.source}" if ram else adapter.source,
        total_bytes=total_bytes,
        reserved_bytes=(
            None if total_bytes is None or limit_bytes is None else total_bytes - limit_bytes
        ),
        used_by_others_bytes=ram.used_by_others_bytes if ram else None,
        free_bytes=free_bytes,
        pci_device_id=adapter.pci_device_id,
        same_memory_as=RAM_POOL_ID if ram else None,
        notes=tuple(notes),
    )


def _limit_note(own_bytes: int, shared_bytes: int, *, is_rule: bool) -> str:
    own = (
        f"{format_gib(own_bytes)} that the firmware set aside for it and " if own_bytes else ""
    )
    how = "half of it, as Windows does by default" if is_rule else "as Windows says"
    return f"The GPU may have {own}{format_gib(shared_bytes)} of RAM ({how})."
