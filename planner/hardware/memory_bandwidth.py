"""The bandwidth of the system's memory, measured in a tenth of a second."""

import os
import time
from typing import Final

from planner.core.errors import PlannerError
from planner.core.units import MIB

# More than the third-level cache of nearly any processor, and little enough to be had.
BUFFER_BYTES: Final = 512 * MIB
DURATION_S: Final = 0.1
MAX_THREADS: Final = 8
_CHUNK_BYTES: Final = 4 * MIB


def measure_memory_bandwidth(
    *, duration_s: float = DURATION_S, buffer_bytes: int = BUFFER_BYTES
) -> float:
    """Return GB/s (10**9 bytes) that this computer's processors copy, read plus written.

    Up to eight threads copy one half of a buffer larger than the caches into the other, over
    and over. That is what a program sees, commonly 60 to 80 % of the modules' peak; on a
    machine with more than 512 MiB of cache it is the cache's.

    Raises:
        PlannerError: there is too little memory left to measure with.
    """
    # Late: only a wish of the user brings anybody here.
    from concurrent.futures import ThreadPoolExecutor

    count = min(MAX_THREADS, _processor_count())
    try:
        # Written once, so that the pages are there before the clock runs.
        halves = [_filled(buffer_bytes // count // 2) for _ in range(2 * count)]
    except MemoryError as error:
        raise PlannerError(
            f"There is too little memory to measure with: {buffer_bytes // MIB} MiB are "
            "needed. Close other programs and try again."
        ) from error
    with ThreadPoolExecutor(count, thread_name_prefix="bandwidth") as threads:
        start_s = time.perf_counter()
        deadline_s = start_s + duration_s
        copies = threads.map(_copy_until, halves[:count], halves[count:], [deadline_s] * count)
        copied_bytes = sum(copies)
        elapsed_s = time.perf_counter() - start_s
    return round(2 * copied_bytes / elapsed_s / 1e9, 1)


def _processor_count() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _filled(size_bytes: int) -> bytearray:
    # Not of zeros: the system hands those out as one page for all until they are written.
    return bytearray(b"\1") * size_bytes


def _copy_until(source: bytearray, target: bytearray, deadline_s: float) -> int:
    """Copy again and again until the time is over, and return the bytes."""
    import ctypes  # as above

    length = len(source)
    # Calls through ctypes let the other threads run; a copy by slices would not.
    addresses = [
        ctypes.addressof(ctypes.c_char.from_buffer(buffer)) for buffer in (target, source)
    ]
    copied_bytes = 0
    while time.perf_counter() < deadline_s:
        at = copied_bytes % length
        step = min(_CHUNK_BYTES, length - at)
        ctypes.memmove(addresses[0] + at, addresses[1] + at, step)
        copied_bytes += step
    return copied_bytes
