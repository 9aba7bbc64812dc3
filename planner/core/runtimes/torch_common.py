"""What every torch program holds on a GPU beside its tensors, as lines of the ledger."""

from typing import Final

from planner.core.ledger import Band, LedgerLine, Part, Place
from planner.core.units import GIB, MIB

CUDA_CONTEXT_SOURCE: Final = (
    "cudaMemGetInfo after context creation in public llama.cpp logs, below the card's total: "
    "T4 368 MiB, RTX 4090 565, RTX 5090 1,007, H100 994 to 1,007; torch's context alone some "
    "300 MiB with lazy loading (CUDA 11.7 on), some 1,000 before"
)
ALLOCATOR_SOURCE: Final = (
    "https://github.com/pytorch/pytorch/blob/main/c10/cuda/CUDACachingAllocator.cpp"
)
CUBLAS_SOURCE: Final = "https://github.com/pytorch/pytorch/pull/120925"
TORCH_HOST_SOURCE: Final = "no published measurement; a wide guess, to be measured"

CUDA_CONTEXT: Final = Band(int(0.30 * GIB), int(0.50 * GIB), GIB)
# One handle and stream take 8,519,680 B on most cards, some 32 MiB on Hopper.
CUBLAS_WORKSPACE: Final = Band(8_519_680, 32 * MIB, 70 * MIB)
TORCH_HOST: Final = Band(256 * MIB, GIB, 4 * GIB)


def slack_band(dynamic: Band) -> Band:
    """Return what the caching allocator reserves beyond the cache and the activations.

    Replaying the traces of seven Phi models through the allocator's rules gave 35 MiB to 1.1
    GiB; this band covers all 42 of them.
    """
    return Band(
        0,
        dynamic.expected_bytes * 15 // 100 + 128 * MIB,
        dynamic.high_bytes * 35 // 100 + 256 * MIB,
    )


def gpu_overhead_lines(dynamic: Band) -> tuple[LedgerLine, ...]:
    """Return the allocator's slack, cuBLAS and the context; `dynamic` is cache and peak."""
    return (
        LedgerLine(
            part=Part.RUNTIME_OVERHEAD,
            place=Place.GPU,
            band=slack_band(dynamic),
            template="15 % (0 to 35 %) of {:,} B of cache and activations + 128 MiB",
            figures=(dynamic.expected_bytes,),
            reason="torch's caching allocator keeps what it freed; nvidia-smi counts it too.",
            source=ALLOCATOR_SOURCE,
        ),
        LedgerLine(
            part=Part.RUNTIME_OVERHEAD,
            place=Place.GPU,
            band=CUBLAS_WORKSPACE,
            template="cuBLAS workspaces: 8 to 70 MiB",
            reason="They differ by card; torch counts them as allocated.",
            source=CUBLAS_SOURCE,
        ),
        cuda_context_line(),
    )


def cuda_context_line() -> LedgerLine:
    """Return what the driver allocates for a process."""
    return LedgerLine(
        part=Part.RUNTIME_OVERHEAD,
        place=Place.GPU,
        band=CUDA_CONTEXT,
        template="CUDA context and kernels: 0.30 to 1.00 GiB",
        reason="The driver allocates this for each process; Hopper and Blackwell take some 0.2 "
        "GiB more than is expected here.",
        source=CUDA_CONTEXT_SOURCE,
    )


def host_process_line(
    band: Band = TORCH_HOST, *, what: str = "Python with torch"
) -> LedgerLine:
    """Return the process in RAM, which nobody has measured for these models."""
    return LedgerLine(
        part=Part.RUNTIME_OVERHEAD,
        place=Place.HOST,
        band=band,
        template="{}: {:,} to {:,} MiB",
        figures=(what, band.low_bytes // MIB, band.high_bytes // MIB),
        reason="What the process and its libraries take of RAM was not measured.",
        source=TORCH_HOST_SOURCE,
    )
