"""Makes a reading of what NVIDIA's driver told: pools, and sentences for what is missing."""

from typing import Final

from planner.core.machine import MemoryPool
from planner.hardware.answers import Answer, answer_of, clean_text, items, mapping
from planner.hardware.hidden_boards import hidden_board_notes
from planner.hardware.nvml_board import board_pool, slice_pool, unreadable_pool
from planner.hardware.nvml_errors import (
    device_sentence,
    init_sentence,
    package_sentence,
    refusals_note,
)
from planner.hardware.pci_boards import PciBoard
from planner.hardware.probe import ProbeReading
from planner.hardware.surroundings import Surroundings

_NOWHERE: Final = Surroundings()
MAX_BOARDS: Final = 64
MAX_SLICES_PER_BOARD: Final = 16

NO_GPU_NOTE: Final = (
    "An NVIDIA driver is running, but it finds no GPU. A card newer than the driver needs a "
    "newer one, and RTX 50 cards need the driver's open kernel modules."
)


def nvml_reading(
    record: object,
    *,
    first_gpu_number: int = 0,
    ram: MemoryPool | None = None,
    cuda_visible_devices: str | None = None,
    pci_boards: tuple[PciBoard, ...] = (),
    around: Surroundings = _NOWHERE,
) -> ProbeReading:
    """Turn the child's answer into pools; whatever it holds, this raises nothing.

    Args:
        record: What `read_nvml` returned, after JSON.
        first_gpu_number: The number of the first board.
        ram: The system's memory, which a GPU without its own shares.
        cuda_visible_devices: The environment variable, which NVML does not heed.
        pci_boards: NVIDIA's boards as PCI shows them.
        around: What a refusal may come from.
    """
    root = mapping(record)
    failure = _failure(root, around)
    if failure:
        return ProbeReading(notes=(failure,))
    boards = items(root.get("boards"), limit=MAX_BOARDS)
    pools: list[MemoryPool] = []
    notes = _count_notes(answer_of(root, "board_count"), len(boards))
    for number, board in enumerate(boards, start=first_gpu_number):
        board_pools = _board_pools(mapping(board), number=number, ram=ram)
        pools += board_pools
        if not board_pools:
            notes.append(_no_slice_note(mapping(board), number))
    notes += hidden_board_notes(pci_boards, pools=pools, has_driver=True, around=around)
    notes += _hidden_from_cuda(cuda_visible_devices, len(pools))
    return ProbeReading(
        pools=tuple(pools),
        notes=tuple(notes),
        board_count=len(boards),
        driver_version=answer_of(root, "driver_version").text,
        cuda_version=_cuda_version(answer_of(root, "cuda_version").count),
    )


def _failure(root: dict[str, object], around: Surroundings) -> str | None:
    package = package_sentence(
        package_error=clean_text(root.get("package_error")),
        old_package=clean_text(root.get("old_package")),
    )
    if package or "value" in mapping(root.get("init")):
        return package
    return init_sentence(
        answer_of(root, "init"),
        loader=clean_text(mapping(root.get("init")).get("loader")),
        around=around,
    )


def _count_notes(count: Answer, board_count: int) -> list[str]:
    if count.count is None:
        return [refusals_note({"the number of GPUs": count})]
    if count.count == 0:
        return [NO_GPU_NOTE]
    if count.count > board_count:
        return [f"Only {board_count} of {count.count} NVIDIA GPUs are shown."]
    return []


def _board_pools(
    board: dict[str, object], *, number: int, ram: MemoryPool | None
) -> list[MemoryPool]:
    pool_id = f"gpu{number}"
    if "handle" in board:
        note = device_sentence(answer_of(board, "handle"))
        return [unreadable_pool(pool_id=pool_id, name=f"NVIDIA GPU {number}", note=note)]
    whole = board_pool(board, pool_id=pool_id, ram=ram)
    if "mig_slices" not in board:
        return [whole]
    slot_count = answer_of(board, "mig_slot_count")
    if slot_count.count is None:
        note = f"This GPU is in MIG mode. {refusals_note({'its slices': slot_count})}"
        return [unreadable_pool(pool_id=pool_id, name=whole.name, note=note)]
    return [
        slice_pool(mapping(one), pool_id=f"{pool_id}.mig{index}", whole=whole)
        for index, one in enumerate(items(board["mig_slices"], limit=MAX_SLICES_PER_BOARD))
    ]


def _no_slice_note(board: dict[str, object], number: int) -> str:
    name = answer_of(board, "name").text or "NVIDIA GPU"
    return (
        f"{name} (gpu{number}) is in MIG mode and shows no slice: nothing can run on it until "
        "one is made (`nvidia-smi mig`) or MIG mode is switched off."
    )


def _cuda_version(number: int | None) -> str | None:
    # 12080 is 12.8: the newest CUDA that the driver runs, not an installed toolkit.
    return f"{number // 1000}.{number % 1000 // 10}" if number else None


def _hidden_from_cuda(variable: str | None, gpu_count: int) -> list[str]:
    """Return a note if the variable leaves CUDA programs fewer GPUs than the driver shows."""
    if variable is None or not gpu_count:
        return []
    visible = 0
    # CUDA reads the list up to the first entry that names no GPU (CUDA C++ Programming Guide,
    # "CUDA Environment Variables").
    for entry in variable.split(","):
        word = entry.strip()
        is_number = (
            word.isascii() and word.isdigit() and len(word) < 4 and int(word) < gpu_count
        )
        if not is_number and not word.startswith(("GPU-", "MIG-")):
            break
        visible += 1
    if visible >= gpu_count:
        return []
    shown = clean_text(variable) or ""
    note = (
        f"CUDA_VISIBLE_DEVICES={shown} leaves {visible} of {gpu_count} NVIDIA GPUs to programs "
        "started from here. All of them are shown."
    )
    return [note]
