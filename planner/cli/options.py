"""The options that make a plan and a machine: spellings, bounds, defaults."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Final

from planner.cli.command import UsageError
from planner.cli.runtime_options import (
    add_runtime_options,
    check_owners,
    runtime_choices,
    runtime_name,
    whose,
)
from planner.core.gguf_layout import TensorLayout
from planner.core.plan import (
    DEFAULT_BATCH_SIZE,
    DEFAULT_MICRO_BATCH_SIZE,
    MAX_BATCH_SIZE,
    MAX_PARALLEL_SEQUENCES,
    CacheType,
    GpuLayers,
    PlanOptions,
    Program,
    RuntimeName,
)
from planner.core.quant_mix import MixRules
from planner.core.units import GB, GIB, KIB, MIB

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from planner.core.model_spec import ModelSpec

# llama.cpp keeps lengths in 32 bits; what is beyond is a slip of the finger.
MAX_COUNT: Final = (1 << 31) - 1
# No computer has that much, and no sum of ours runs away below it.
MAX_SIZE_BYTES: Final = 1 << 50
_LONGEST_WORD: Final = 40

# The first counts on what is free now, the other on what closing programs would give.
BUDGETS: Final = ("now", "closed")

_UNITS: Final = {
    "b": 1,
    "k": KIB,
    "kib": KIB,
    "kb": 10**3,
    "m": MIB,
    "mib": MIB,
    "mb": 10**6,
    "g": GIB,
    "gib": GIB,
    "gb": GB,
    "t": 1 << 40,
    "tib": 1 << 40,
    "tb": 10**12,
}


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_WORD else f"{text[:_LONGEST_WORD]}…")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def whole_number(text: str, *, lowest: int, highest: int, k_means: int | None = None) -> int:
    """Return a number within its bounds; with `k_means`, a final `k` multiplies by it.

    Raises:
        ArgumentTypeError: it is no whole number, or out of bounds.
    """
    word = text.strip()
    factor = 1
    if k_means is not None and word[-1:] in {"k", "K"}:
        word, factor = word[:-1], k_means
    negative = word.startswith("-")
    if not _is_digits(word[negative:]):
        example = " such as 8192 or 8k" if k_means else ""
        raise ArgumentTypeError(f"{_shown(text)} is not a whole number{example}.")
    # Python refuses to read thousands of digits; they are out of bounds anyhow.
    digits = word[negative:].lstrip("0")
    value: int = highest + 1 if len(digits) > 18 else int(digits or "0") * factor
    if negative or not lowest <= value <= highest:
        raise ArgumentTypeError(
            f"{_shown(text)} is out of range: it must be from {lowest:,} to {highest:,}."
        )
    return value


def context_length(text: str) -> int:
    """Read `8192`, `8k` or `128k`; k is 1,024."""
    return whole_number(text, lowest=1, highest=MAX_COUNT, k_means=1024)


def gpu_layers(text: str) -> GpuLayers | int:
    """Read `all`, `auto` or a number of layers."""
    word = text.strip().casefold()
    if word in (GpuLayers.ALL, GpuLayers.AUTO):
        return GpuLayers(word)
    try:
        return whole_number(text, lowest=0, highest=MAX_COUNT)
    except ArgumentTypeError as error:
        raise ArgumentTypeError(f"{error} It may also be 'all' or 'auto'.") from None


def size_bytes(text: str) -> int:
    """Read a size above zero with its unit, such as `24GiB`."""
    size = reserve_bytes(text)
    if size == 0:
        raise ArgumentTypeError(f"{_shown(text)} is no size: it must be above zero.")
    return size


def reserve_bytes(text: str) -> int:
    """Read a size that may be 0: `24GiB` and `24G` are 2**30s, `24GB` is 10**9s."""
    word = text.strip()
    number = word.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    unit = _UNITS.get(word[len(number) :].casefold())
    whole, _, fraction = number.rstrip().partition(".")
    is_number = _is_digits(whole) and (fraction == "" or _is_digits(fraction))
    if not is_number or len(word) > _LONGEST_WORD:
        raise ArgumentTypeError(f"{_shown(text)} is not a size such as 24GiB or 512MiB.")
    digits = int(whole + fraction)
    if unit is None:
        if word.strip("0.") == "":
            return 0
        raise ArgumentTypeError(
            f"{_shown(text)} needs a unit: GiB, MiB, or GB for 10**9 bytes."
        )
    size: int = digits * unit // 10 ** len(fraction)
    if size > MAX_SIZE_BYTES:
        raise ArgumentTypeError(f"{_shown(text)} is more memory than any computer has.")
    return size


def _parallel(text: str) -> int:
    return whole_number(text, lowest=1, highest=MAX_PARALLEL_SEQUENCES)


def _batch(text: str) -> int:
    return whole_number(text, lowest=1, highest=MAX_BATCH_SIZE)


def add_plan_options(parser: ArgumentParser, *, default_gpu_layers: GpuLayers) -> None:
    """Add every option that a plan is made of."""
    add = parser.add_argument_group("the plan").add_argument
    add(
        "--quant",
        metavar="FORMAT",
        help="a quant format of the runtime, such as Q4_K_M or F16; bf16 or nf4",
    )
    add(
        "--runtime",
        metavar="NAME",
        default=RuntimeName.LLAMA_CPP.value,
        help=f"{' '.join(RuntimeName)} (default: {RuntimeName.LLAMA_CPP})",
    )
    add(
        "--context",
        metavar="TOKENS",
        type=context_length,
        help="8192, 8k or 128k (k is 1,024); default: 4096, or the model's limit if less",
    )
    add(
        "--parallel",
        metavar="N",
        type=_parallel,
        default=1,
        help="sequences that hold a cache at once (default: 1)",
    )
    types = [each.value for each in CacheType]
    add("--cache-type", choices=types, metavar="TYPE", help="KV cache type, keys and values")
    add("--cache-type-k", choices=types, metavar="TYPE", help=f"keys: {' '.join(types)}")
    add("--cache-type-v", choices=types, metavar="TYPE", help="values (default of both: f16)")
    add("--flash-attention", choices=("on", "off"), default="on", help="default: on")
    add(
        "--batch",
        metavar="TOKENS",
        type=_batch,
        default=DEFAULT_BATCH_SIZE,
        help=f"tokens of a batch (default: {DEFAULT_BATCH_SIZE})",
    )
    add(
        "--ubatch",
        metavar="TOKENS",
        type=_batch,
        default=DEFAULT_MICRO_BATCH_SIZE,
        help=f"tokens of a micro-batch (default: {DEFAULT_MICRO_BATCH_SIZE})",
    )
    add(
        "--gpu-layers",
        metavar="N",
        type=gpu_layers,
        default=default_gpu_layers,
        help=f"all, auto or a number as llama.cpp's -ngl (default: {default_gpu_layers})",
    )
    add(
        "--program",
        choices=[each.value for each in Program],
        default=Program.SERVER.value,
        help="llama-server and llama-cli, or libllama's defaults (default: server)",
    )
    add(
        "--mix",
        choices=[each.value for each in MixRules],
        default=MixRules.CURRENT.value,
        help="which quantiser rules made the file (default: current)",
    )
    add(
        "--layout",
        choices=[each.value for each in TensorLayout],
        default=TensorLayout.DEFAULT.value,
        help="how the converter stored the tensors: fused QKV, or split (default: default)",
    )
    add("--imatrix", action="store_true", help="the file was made with an importance matrix")
    add_runtime_options(parser, whole_number)


def add_machine_options(parser: ArgumentParser) -> None:
    """Add the options that choose or invent a machine."""
    add = parser.add_argument_group("the machine").add_argument
    add(
        "--device",
        metavar="NAME",
        action="append",
        help="what if it were a device of the catalogue: rtx-4090, '2x l4', 'm3-max 64GB'; "
        "repeat it for more GPUs",
    )
    add(
        "--vram",
        metavar="SIZE",
        type=size_bytes,
        action="append",
        help="what if there were a GPU with 24GiB; repeat it for more GPUs",
    )
    add("--ram", metavar="SIZE", type=size_bytes, help="what if there were 64GiB of RAM")
    add_file_options(add)
    add(
        "--target", metavar="POOL", help="gpu0, gpu1, ram … (default: the freest GPU, else ram)"
    )
    add(
        "--reserve",
        metavar="SIZE",
        type=reserve_bytes,
        help="memory to leave free on the target (default: 0.5GiB of a GPU, 2GiB of RAM)",
    )
    add(
        "--budget",
        choices=BUDGETS,
        default=BUDGETS[0],
        help="count on what is free now, or with other programs closed (default: now)",
    )


def add_file_options(add: Callable[..., object]) -> None:
    """Add the options that open a machine from a file."""
    add(
        "--machine",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="a machine card (`devices --save FILE` writes one) instead of this machine; "
        "`check` takes several, or a folder of them",
    )
    add(
        "--replay",
        metavar="FILE",
        help="the machine of a diagnostic bundle (`devices --diagnostics FILE`)",
    )


def plan_options(options: Namespace) -> PlanOptions:
    """Return what the options say of the plan.

    Raises:
        PlannerError: there is no such runtime.
        UsageError: an option is one that the runtime does not have.
    """
    both = options.cache_type or CacheType.F16
    choices = PlanOptions(
        runtime=runtime_name(options.runtime),
        context_length=options.context,
        parallel_sequences=options.parallel,
        cache_type_k=CacheType(options.cache_type_k or both),
        cache_type_v=CacheType(options.cache_type_v or both),
        flash_attention=options.flash_attention == "on",
        batch_size=options.batch,
        micro_batch_size=options.ubatch,
        gpu_layers=options.gpu_layers,
        program=Program(options.program),
        mix=MixRules(options.mix),
        layout=TensorLayout(options.layout),
        imatrix=options.imatrix,
        **runtime_choices(options),
    )
    check_owners(choices)
    if options.cpu_moe and choices.runtime is not RuntimeName.LLAMA_CPP:
        raise UsageError(whose("cpu_expert_layers", choices.runtime, spelled="--cpu-moe"))
    return choices


def options_for_model(
    choices: PlanOptions, options: Namespace, model: ModelSpec | None
) -> PlanOptions:
    """Return the choices with what depends on the model: how many layers `--cpu-moe` means.

    Raises:
        UsageError: there is no one model that it could be about.
    """
    if not options.cpu_moe:
        return choices
    if model is None:
        raise UsageError("--cpu-moe is about one model: name MODEL.")
    from dataclasses import replace

    layers = 0 if model.shape is None else model.shape.layer_count
    return replace(choices, cpu_expert_layers=layers)
