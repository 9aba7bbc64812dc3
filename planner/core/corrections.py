"""What the user knows better than the drivers and the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryPool

USER: Final = "user"
MEASURED: Final = "measured"
MOST_CORRECTIONS: Final = 64
# No pool has 2**50 bytes, and nothing comes near a thousand TB/s or a million TFLOPS.
MOST_BYTES: Final = 1 << 50
MOST_GB_PER_S: Final = 1e6
MOST_TFLOPS: Final = 1e6
_LONGEST_TEXT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Figures for one pool of this computer; `None` leaves what was found.

    It is for the pool of that id and that name: another card in the same slot is not corrected.
    `rates_source` tells what a person typed (`user`) from what was `measured` for them.
    """

    pool_id: str
    name: str
    total_bytes: int | None = None
    bandwidth_gb_per_s: float | None = None
    fp16_tflops: float | None = None
    rates_source: str = USER

    def __post_init__(self) -> None:
        """Refuse figures that no pool has."""
        if self.rates_source not in (USER, MEASURED):
            raise ValueError(f"rates_source must be {USER} or {MEASURED}")
        for name, value, highest in (
            ("total_bytes", self.total_bytes, MOST_BYTES),
            ("bandwidth_gb_per_s", self.bandwidth_gb_per_s, MOST_GB_PER_S),
            ("fp16_tflops", self.fp16_tflops, MOST_TFLOPS),
        ):
            # Written so that a NaN is refused too.
            if value is not None and not 0 < value <= highest:
                raise ValueError(f"{name} must be above zero and at most {highest:,.0f}")


def corrected(machine: Machine, corrections: Iterable[Correction]) -> Machine:
    """Return the machine with the user's figures, each marked as the user's."""
    by_pool = {(each.pool_id, each.name): each for each in corrections}
    if not by_pool:
        return machine
    pools = tuple(
        _corrected_pool(pool, by_pool.get((pool.id, pool.name))) for pool in machine.pools
    )
    return replace(machine, pools=pools)


def with_correction(
    corrections: Iterable[Correction],
    machine: Machine,
    pool_id: str,
    figures: Mapping[str, float | int] | None,
    *,
    rates_source: str = USER,
) -> tuple[Correction, ...]:
    """Return the corrections with one pool's figures added, or all of them taken back.

    Args:
        corrections: Those that hold so far.
        machine: Has the pool.
        pool_id: Which pool.
        figures: Fields of `Correction` and their values; `None` takes back.
        rates_source: Where they come from.

    Raises:
        PlannerError: the machine has no such pool, or a figure cannot be.
    """
    pool = next((each for each in machine.pools if each.id == pool_id), None)
    if pool is None:
        known = ", ".join(each.id for each in machine.pools) or "none"
        raise PlannerError(f"This machine has no memory pool {pool_id!r}; it has: {known}.")
    own = (pool.id, pool.name)
    kept = [each for each in corrections if (each.pool_id, each.name) != own]
    if figures is None:
        return tuple(kept)
    before = next(
        (each for each in corrections if (each.pool_id, each.name) == own),
        Correction(pool_id=pool.id, name=pool.name),
    )
    try:
        # A plain dictionary, since each figure has a type of its own.
        changes: dict[str, Any] = {**figures, "rates_source": rates_source}
        return (*kept, replace(before, **changes))
    except ValueError as error:
        raise PlannerError(f"{pool.id} cannot be corrected: {error}.") from error


def corrections_of(raw: object) -> tuple[Correction, ...]:
    """Return the corrections that a settings file holds.

    Raises:
        ValueError: it holds something else.
    """
    if not isinstance(raw, list) or len(raw) > MOST_CORRECTIONS:
        raise ValueError(f"it should be a list of at most {MOST_CORRECTIONS}")
    return tuple(_correction_of(each) for each in raw)


def _correction_of(raw: object) -> Correction:
    if not isinstance(raw, dict):
        raise ValueError("each should be an object")  # noqa: TRY004 - one kind for the caller
    texts = [raw.get("pool_id"), raw.get("name")]
    if not all(isinstance(text, str) and 0 < len(text) <= _LONGEST_TEXT for text in texts):
        raise ValueError("each should name a pool_id and a name")
    numbers = {name: raw.get(name) for name in _FIGURES}
    for name, value in numbers.items():
        kinds = (int,) if name == "total_bytes" else (int, float)
        if value is not None and type(value) not in kinds:
            raise ValueError(f"{name} should be a number")
    source = raw.get("rates_source", USER)
    if source not in (USER, MEASURED):
        raise ValueError(f"rates_source should be {USER} or {MEASURED}")
    return Correction(pool_id=str(texts[0]), name=str(texts[1]), rates_source=source, **numbers)


_FIGURES: Final = ("total_bytes", "bandwidth_gb_per_s", "fp16_tflops")


def _corrected_pool(pool: MemoryPool, correction: Correction | None) -> MemoryPool:
    if correction is None:
        return pool
    if correction.total_bytes is not None:
        pool = _with_total(pool, correction.total_bytes)
    bandwidth, compute = correction.bandwidth_gb_per_s, correction.fp16_tflops
    if bandwidth is None and compute is None:
        return pool
    return replace(
        pool,
        bandwidth_gb_per_s=bandwidth or pool.bandwidth_gb_per_s,
        fp16_tflops=compute or pool.fp16_tflops,
        rates_source=correction.rates_source,
    )


def _with_total(pool: MemoryPool, total_bytes: int) -> MemoryPool:
    """Return the pool with another size; what is free keeps to it."""
    free_bytes, notes = pool.free_bytes, pool.notes
    if free_bytes is None:
        held = (pool.reserved_bytes or 0) + (pool.used_by_others_bytes or 0)
        free_bytes = max(0, total_bytes - held)
        notes = (*notes, "What is free is not known: all of your figure for it counts as free.")
    return replace(
        pool,
        source=USER,
        total_bytes=total_bytes,
        free_bytes=min(free_bytes, total_bytes),
        notes=notes,
    )
