"""The words of the window for enums and figures: the one place where they are made.

Sentences are whole, with placeholders, so that a translator can turn them round.
"""

import re
from typing import Final, NamedTuple, assert_never

from PySide6.QtCore import QCoreApplication, QDate, Qt

from planner.core.fit import FitResult, FitVerdict, Reserve
from planner.core.ledger import Band, Part, Place
from planner.core.machine import MemoryPool, PoolKind
from planner.ui import figures
from planner.ui.core_texts import core_text

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

# A pool's source when nobody measured it: its size alone, or a device of the catalogue.
_IMAGINED: Final = frozenset({"what-if", "catalogue"})
_BRACKETED_MNEMONIC: Final = re.compile(r"\(&.\)")
FACT_MARK: Final = " · "  # between facts that stand in a row


def gib(size_bytes: int | None, digits: int = 2) -> str:
    """Return `8.43 GiB`, `< 0.01 GiB` for what would read as nothing, or `not known`.

    Where somebody chose GB for the window, it is GB here and in all that follows.
    """
    if size_bytes is None:
        return not_known()
    unit = figures.size_unit()
    least = 10**-digits
    if 0 < size_bytes < least * unit.unit_bytes / 2:
        return translate("text", "< {least} {unit}").format(
            least=figures.number(least, digits), unit=unit
        )
    return translate("text", "{size} {unit}").format(
        size=figures.size_number(size_bytes, digits), unit=unit
    )


def gib_number(size_bytes: int, digits: int = 1) -> str:
    """Return the figure alone, for cells and columns whose head names the unit."""
    return figures.size_number(size_bytes, digits)


def unit_suffix() -> str:
    """Return what stands behind the figure in a field for a size."""
    return f" {figures.size_unit()}"


def band_text(band: Band, digits: int = 2) -> str:
    """Return `0.30 to 1.00 GiB`, or one figure where both ends read the same."""
    numbers = band_numbers(band, digits)
    if not numbers:
        return gib(band.expected_bytes, digits)
    return translate("text", "{range} {unit}").format(range=numbers, unit=figures.size_unit())


def band_numbers(band: Band, digits: int = 2) -> str:
    """Return `0.30 to 1.00`, to stand beside a figure with its unit, or nothing."""
    low, high = gib_number(band.low_bytes, digits), gib_number(band.high_bytes, digits)
    if low == high:
        return ""
    return translate("text", "{low} to {high}").format(low=low, high=high)


def token_text(token_count: int) -> str:
    """Return `8,192 tokens`."""
    if token_count == 1:
        return translate("text", "1 token")
    return translate("text", "{count} tokens").format(count=figures.number(token_count))


def without_mnemonic(words: str) -> str:
    """Return the words of a button or menu as they are spoken.

    Where keys have letters that the language has not, the mnemonic stands behind in brackets.
    """
    return _BRACKETED_MNEMONIC.sub("", words).replace("&", "")


def day_text(words: str) -> str:
    """Return a day such as `2024-12-12` as the language writes it; other words as they are."""
    day = QDate.fromString(words, Qt.DateFormat.ISODate)
    # Letters of QDate: d, M and y.
    return day.toString(translate("text", "yyyy-MM-dd")) if day.isValid() else words


def not_known() -> str:
    """Return the words for a figure that nobody gave."""
    return translate("text", "not known")


def part_name(part: Part) -> str:
    """Return the name of a part of the memory, such as `KV cache`."""
    match part:
        case Part.WEIGHTS:
            return translate("text", "Weights")
        case Part.REPACKED_WEIGHTS:
            return translate("text", "Repacked weights")
        case Part.KV_CACHE:
            return translate("text", "KV cache")
        case Part.COMPUTE_BUFFER:
            return translate("text", "Compute buffer")
        case Part.OUTPUT_BUFFER:
            return translate("text", "Output buffer")
        case Part.RUNTIME_OVERHEAD:
            return translate("text", "Runtime overhead")
    assert_never(part)


def place_name(place: Place) -> str:
    """Return `On the GPU` or `In RAM`, the heads of the ledger."""
    if place is Place.GPU:
        return translate("text", "On the GPU")
    return translate("text", "In RAM")


def verdict_word(verdict: FitVerdict) -> str:
    """Return a word or two for legends and for what a screen reader says of a cell."""
    match verdict:
        case FitVerdict.FITS:
            return translate("text", "fits")
        case FitVerdict.TIGHT:
            return translate("text", "fits, tight")
        case FitVerdict.PARTIAL:
            return translate("text", "part of it in RAM")
        case FitVerdict.NO:
            return translate("text", "does not fit")
        case FitVerdict.UNSUPPORTED:
            return translate("text", "not supported")
        case FitVerdict.UNKNOWN:
            return translate("text", "not known")
    assert_never(verdict)


def verdict_sentence(
    result: FitResult,
    target: MemoryPool,
    reserve: Reserve | None = None,
    *,
    knows_ram: bool = True,
) -> str:
    """Return the verdict with its figures, such as `Fits: needs 8.9 of 10.6 GiB free`.

    Args:
        result: What was found.
        target: The pool that it was found for.
        reserve: What should stay free. Without it a tight fit cannot say that it takes from it.
        knows_ram: Whether it is known what is free of the RAM beside a GPU.
    """
    if result.verdict is FitVerdict.UNSUPPORTED:
        words = translate("text", "Not supported: {reason}")
        return words.format(reason=core_text(result.reason or ""))
    if result.verdict is FitVerdict.UNKNOWN:
        words = translate("text", "Not known: {reason}")
        return words.format(reason=core_text(result.reason or ""))
    if result.verdict is FitVerdict.NO and result.reason:
        words = translate("text", "Does not fit: {reason}")
        return words.format(reason=core_text(result.reason))
    if result.needed is None or target.free_bytes is None:
        return _capitalised(verdict_word(result.verdict))
    sides = _Sides(
        needed=result.needed,
        free_bytes=target.free_bytes,
        kind=target.kind,
        reserve_bytes=0 if reserve is None else reserve.of(target),
        share_bytes=result.occupied_bytes,
        knows_ram=knows_ram,
    )
    needed_bytes, high_bytes = result.needed.expected_bytes, result.needed.high_bytes
    digits = _telling_digits(needed_bytes, sides.limit_bytes, high_bytes)
    return _sentence_template(result.verdict, sides).format(
        needed=gib_number(needed_bytes, digits),
        free=gib_number(target.free_bytes, digits),
        high=gib_number(high_bytes, digits),
        reserve=gib_number(sides.reserve_bytes),
        share=gib_number(sides.limit_bytes, digits),
        layers=_layers_words(result),
        all_layers=result.layer_count,
        unit=figures.size_unit(),
    )


def _layers_words(result: FitResult) -> str:
    count = 0 if result.plan is None else result.plan.gpu_layer_count
    if result.is_rough:
        return translate("text", "about {count}").format(count=count)
    return str(count)


def pool_title(pool: MemoryPool) -> str:
    """Return a pool's name; RAM is named after the processor, so it says that it is RAM."""
    if pool.kind is PoolKind.SYSTEM:
        return translate("text", "{name} · RAM").format(name=pool.name)
    return pool.name


def pool_detail(pool: MemoryPool) -> str:
    """Return what is known beside the sizes, such as `CUDA 8.9 · 504 GB/s`; may be empty."""
    facts = []
    if pool.kind is PoolKind.UNIFIED:
        facts.append(translate("text", "unified memory"))
    if pool.compute_capability is not None:
        version = pool.compute_capability
        facts.append(translate("text", "CUDA {version}").format(version=version))
    if pool.bandwidth_gb_per_s is not None:
        speed = figures.number(pool.bandwidth_gb_per_s)
        facts.append(translate("text", "{speed} GB/s").format(speed=speed))
    return FACT_MARK.join(facts)


def holder_lines(pool: MemoryPool, most: int = 6) -> tuple[str, ...]:
    """Return what the programs that hold the most of a pool hold, a line each."""
    by_size = sorted(pool.holders, key=lambda each: each.used_bytes or 0, reverse=True)
    lines = [
        translate("text", "{program}: {size}").format(
            program=each.name, size=gib(each.used_bytes)
        )
        for each in by_size[:most]
    ]
    if len(by_size) > most:
        more = translate("text", "and {count} more programs")
        lines.append(more.format(count=len(by_size) - most))
    return tuple(lines)


def pool_is_what_if(pool: MemoryPool) -> bool:
    """Tell whether a pool is imagined and not of this computer."""
    return pool.source in _IMAGINED


def what_if_mark() -> str:
    """Return what stands on everything that is not of this computer."""
    return translate("text", "not this computer")


def pool_free_text(pool: MemoryPool) -> str:
    """Return `10.6 GiB free of 11.99 GiB`, with words where a figure is not known."""
    if pool.total_bytes is None and pool.free_bytes is None:
        return translate("text", "size not known")
    total = gib(pool.total_bytes, 2 if pool.kind is PoolKind.DEDICATED else 1)
    if pool.free_bytes is None:
        return translate("text", "{total}, free not known").format(total=total)
    free = gib(pool.free_bytes, 1)
    if pool.total_bytes is None:
        return translate("text", "{free} free, total not known").format(free=free)
    if pool.kind is PoolKind.SYSTEM:
        return translate("text", "{free} available of {total}").format(free=free, total=total)
    return translate("text", "{free} free of {total}").format(free=free, total=total)


class _Sides(NamedTuple):
    """What stands against what; it only decides which sentence is the true one."""

    needed: Band
    free_bytes: int
    kind: PoolKind
    reserve_bytes: int
    # What a runtime takes at its start, whatever the plan needs of it.
    share_bytes: int | None
    knows_ram: bool

    @property
    def limit_bytes(self) -> int:
        return self.free_bytes if self.share_bytes is None else self.share_bytes

    @property
    def target_is_short(self) -> bool:
        return self.needed.expected_bytes > self.limit_bytes


def _sentence_template(verdict: FitVerdict, sides: _Sides) -> str:
    if sides.share_bytes is not None:
        words = _share_template(verdict, sides)
        if words is not None:
            return words
    if verdict is FitVerdict.TIGHT:
        return _tight_template(sides)
    if verdict is FitVerdict.PARTIAL:
        return _partial_template(sides)
    if verdict is FitVerdict.NO:
        return _no_template(sides)
    if sides.kind is PoolKind.SYSTEM:
        return translate("text", "Fits in RAM: needs {needed} of {free} {unit} available")
    return translate("text", "Fits: needs {needed} of {free} {unit} free")


def _share_template(verdict: FitVerdict, sides: _Sides) -> str | None:
    """Say how a plan stands to what its runtime takes; `None` where that is not the point."""
    if verdict is FitVerdict.FITS:
        return translate(
            "text", "Fits: needs {needed} of {share} {unit} that the runtime takes"
        )
    if verdict is FitVerdict.NO and sides.target_is_short:
        return translate(
            "text", "Does not fit: needs {needed} of {share} {unit} that the runtime takes"
        )
    if verdict is not FitVerdict.TIGHT:
        return None
    if sides.needed.high_bytes > sides.limit_bytes:
        return translate(
            "text",
            "Fits, tight: needs {needed} of {share} {unit} that the runtime takes, and may "
            "need {high}",
        )
    if sides.limit_bytes + sides.reserve_bytes > sides.free_bytes:
        return translate(
            "text",
            "Fits, tight: the runtime takes {share} of {free} {unit} free; the reserve is "
            "{reserve}",
        )
    return None


def _partial_template(sides: _Sides) -> str:
    if sides.target_is_short:
        return translate(
            "text",
            "Part in RAM: {layers} of {all_layers} layers on the GPU; all would need {needed}, "
            "{free} {unit} are free",
        )
    return translate(
        "text",
        "Part in RAM: {layers} of {all_layers} layers on the GPU, which need {needed} of "
        "{free} {unit} free",
    )


def _no_template(sides: _Sides) -> str:
    if sides.target_is_short:
        return translate("text", "Does not fit: needs {needed} {unit}, {free} {unit} are free")
    return translate(
        "text", "Does not fit: the GPU has room, but RAM is short for the part beside it"
    )


def _tight_template(sides: _Sides) -> str:
    """Say which of the three made it tight: the high estimate, the reserve, or RAM."""
    high_bytes = sides.needed.high_bytes
    if high_bytes > sides.free_bytes:
        return translate(
            "text", "Fits, tight: needs {needed} of {free} {unit} free, and may need {high}"
        )
    if high_bytes + sides.reserve_bytes > sides.free_bytes:
        return translate(
            "text",
            "Fits, tight: needs {needed} to {high} of {free} {unit} free; the reserve is "
            "{reserve}",
        )
    if sides.kind is PoolKind.DEDICATED and not sides.knows_ram:
        return translate(
            "text",
            "Fits, tight: needs {needed} of {free} {unit} free; what RAM beside it has free is "
            "not known",
        )
    if sides.kind is PoolKind.DEDICATED and sides.reserve_bytes:
        return translate(
            "text",
            "Fits, tight: needs {needed} of {free} {unit} free, but RAM beside it is short",
        )
    return translate("text", "Fits, tight: needs {needed} of {free} {unit} free")


def _telling_digits(needed_bytes: int, free_bytes: int, high_bytes: int) -> int:
    """Return one decimal, or two where one would hide on which side of free a figure is."""
    free = gib_number(free_bytes)
    hides = any(
        gib_number(size_bytes) == free and size_bytes != free_bytes
        for size_bytes in (needed_bytes, high_bytes)
    )
    return 2 if hides else 1


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
