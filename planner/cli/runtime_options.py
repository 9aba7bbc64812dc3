"""The options that belong to one runtime or another, and whose they are."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any, Final

from planner.cli.command import UsageError
from planner.core.errors import PlannerError
from planner.core.plan import (
    CACHE_TYPES,
    DEFAULT_GPU_MEMORY_UTILIZATION,
    DEFAULT_MAX_SEQUENCES,
    MAX_TENSOR_PARALLEL,
    MAX_TOKENS,
    Attention,
    CacheKind,
    CacheType,
    PlanOptions,
    RuntimeName,
    SplitMode,
)
from planner.core.units import KIB

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

_LLAMA: Final = (RuntimeName.LLAMA_CPP,)
_TORCH: Final = (RuntimeName.TRANSFORMERS,)
_VLLM: Final = (RuntimeName.VLLM,)
_ONNX: Final = (RuntimeName.ONNX_GENAI,)
_WHOLE_PROMPT: Final = (RuntimeName.TRANSFORMERS, RuntimeName.MLX, RuntimeName.ONNX_GENAI)
# Each choice that only some runtimes have: how it is spelled, and who has it. The order is
# that of the plan's JSON.
OWNERS: Final[dict[str, tuple[str, tuple[RuntimeName, ...]]]] = {
    "flash_attention": ("--flash-attention", _LLAMA),
    "batch_size": ("--batch", (*_LLAMA, *_VLLM)),
    "micro_batch_size": ("--ubatch", _LLAMA),
    "program": ("--program", _LLAMA),
    "mix": ("--mix", _LLAMA),
    "layout": ("--layout", _LLAMA),
    "imatrix": ("--imatrix", _LLAMA),
    "unified_cache": ("--kv-unified", _LLAMA),
    "split_mode": ("--split-mode", _LLAMA),
    "tensor_split": ("--tensor-split", _LLAMA),
    "cpu_expert_layers": ("--n-cpu-moe", _LLAMA),
    "repack": ("--no-repack", _LLAMA),
    "attention": ("--attention", _TORCH),
    "cache_kind": ("--cache-kind", _TORCH),
    "prompt_length": ("--prompt", _WHOLE_PROMPT),
    "max_length": ("--max-length", _ONNX),
    "chunk_size": ("--chunk-size", _ONNX),
    "gpu_memory_utilization": ("--gpu-memory-utilization", _VLLM),
    "max_sequences": ("--max-sequences", _VLLM),
    "tensor_parallel": ("--tensor-parallel", _VLLM),
    "enforce_eager": ("--enforce-eager", _VLLM),
}
_DEFAULTS: Final = PlanOptions()
_MOST_CARDS: Final = 64


def runtime_name(name: str) -> RuntimeName:
    """Return the runtime of that name.

    Raises:
        PlannerError: there is none.
    """
    known: list[Any] = list(RuntimeName)
    if name in known:
        return RuntimeName(name)
    from planner.core.nearest import unknown_name

    raise PlannerError(unknown_name("runtime", name, [each.value for each in RuntimeName]))


def foreign_choice(choices: PlanOptions) -> str | None:
    """Return the field of a choice that the runtime does not have, `None` where it has all.

    What stands at its default was not chosen.
    """
    for name, (_, owners) in OWNERS.items():
        if choices.runtime not in owners and getattr(choices, name) != getattr(_DEFAULTS, name):
            return name
    return None


def whose(name: str, runtime: RuntimeName, *, spelled: str | None = None) -> str:
    """Return the sentence that says which runtimes have a choice that this one has not."""
    option, owners = OWNERS[name]
    return f"{spelled or option} is of {_listed(owners)}; {runtime} does not have it."


def check_owners(choices: PlanOptions) -> None:
    """Refuse an option, or a cache type, that the runtime does not have.

    Raises:
        UsageError: with whose it is, or which types there are.
    """
    name = foreign_choice(choices)
    if name is not None:
        raise UsageError(whose(name, choices.runtime))
    known = CACHE_TYPES[choices.runtime]
    for cache_type in (choices.cache_type_k, choices.cache_type_v):
        if cache_type not in known:
            having = [each for each, types in CACHE_TYPES.items() if cache_type in types]
            raise UsageError(
                f"A cache of type {cache_type} is of {_listed(having)}; {choices.runtime} has "
                f"{_listed(known)}."
            )


def _listed(names: Sequence[RuntimeName | CacheType]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else str(last)


def add_runtime_options(parser: ArgumentParser, count: Callable[..., int]) -> None:
    """Add the options that one runtime has and others do not.

    `count` reads a whole number within its bounds.
    """

    def tokens(text: str) -> int:
        return count(text, lowest=1, highest=MAX_TOKENS, k_means=KIB)

    add = parser.add_argument_group(
        "llama.cpp with several GPUs, experts, sequences"
    ).add_argument
    add(
        "--split-mode",
        choices=[each.value for each in SplitMode],
        default=SplitMode.NONE.value,
        help="one GPU, or whole layers over all GPUs; llama.cpp's row no longer loads "
        "(default: none)",
    )
    add("--tensor-split", metavar="SHARES", type=_shares, default=(), help="such as 3,1")
    add("--cpu-moe", action="store_true", help="all experts stay in RAM (needs MODEL)")
    add(
        "--n-cpu-moe",
        metavar="N",
        type=lambda text: count(text, lowest=0, highest=MAX_TOKENS),
        default=0,
        help="the experts of the first N layers stay in RAM",
    )
    add("--kv-unified", action="store_true", help="the sequences share one cache")
    add(
        "--no-repack",
        action="store_true",
        help="no rearranged second copy of weights on a CPU: less RAM, slower prompts",
    )

    add = parser.add_argument_group("other runtimes").add_argument
    add(
        "--attention",
        choices=[each.value for each in Attention],
        default=Attention.SDPA.value,
        help="transformers: a fused kernel, or every score (default: sdpa)",
    )
    add(
        "--cache-kind",
        choices=[each.value for each in CacheKind],
        default=CacheKind.DYNAMIC.value,
        help="transformers: a cache that grows, or of full length (default: dynamic)",
    )
    add(
        "--prompt",
        metavar="TOKENS",
        type=tokens,
        help="tokens that are read in one go (default: the context); not llama.cpp, vllm",
    )
    add("--max-length", metavar="TOKENS", type=tokens, help="onnx-genai (default: the context)")
    add("--chunk-size", metavar="TOKENS", type=tokens, help="onnx-genai: tokens read at once")
    add(
        "--gpu-memory-utilization",
        metavar="SHARE",
        type=_share,
        default=DEFAULT_GPU_MEMORY_UTILIZATION,
        help=f"vllm: its share of the card (default: {DEFAULT_GPU_MEMORY_UTILIZATION})",
    )
    add(
        "--max-sequences",
        metavar="N",
        type=lambda text: count(text, lowest=1, highest=MAX_TOKENS),
        default=DEFAULT_MAX_SEQUENCES,
        help=f"vllm: its --max-num-seqs (default: {DEFAULT_MAX_SEQUENCES})",
    )
    add(
        "--tensor-parallel",
        metavar="N",
        type=lambda text: count(text, lowest=1, highest=MAX_TENSOR_PARALLEL),
        default=1,
        help="vllm: cards that share each layer (default: 1)",
    )
    add("--enforce-eager", action="store_true", help="vllm: no CUDA graphs")


def runtime_choices(options: Namespace) -> dict[str, Any]:
    """Return what the options of single runtimes say, by the names of the plan's fields."""
    return {
        "unified_cache": options.kv_unified,
        "split_mode": SplitMode(options.split_mode),
        "tensor_split": options.tensor_split,
        "cpu_expert_layers": options.n_cpu_moe,
        "repack": not options.no_repack,
        "attention": Attention(options.attention),
        "cache_kind": CacheKind(options.cache_kind),
        "prompt_length": options.prompt,
        "max_length": options.max_length,
        "chunk_size": options.chunk_size,
        "gpu_memory_utilization": options.gpu_memory_utilization,
        "max_sequences": options.max_sequences,
        "tensor_parallel": options.tensor_parallel,
        "enforce_eager": options.enforce_eager,
    }


def _number(text: str) -> float | None:
    """Return a plain decimal number; the signs and words that `float` takes are none here."""
    whole, _, fraction = text.strip().partition(".")
    is_plain = (whole + fraction).isascii() and (whole + fraction).isdigit()
    return float(f"{whole or 0}.{fraction or 0}") if is_plain and len(text) <= 20 else None


def _share(text: str) -> float:
    """Read a share above 0 and at most 1."""
    share = _number(text)
    if share is None or not 0 < share <= 1:
        raise ArgumentTypeError(f"{text[:40]!r} is no share: above 0 and at most 1, as 0.9.")
    return share


def _shares(text: str) -> tuple[float, ...]:
    """Read the GPUs' shares, such as `3,1`, as llama.cpp's `-ts` takes them."""
    shares = [_number(each) for each in text.replace("/", ",").split(",")[: _MOST_CARDS + 1]]
    known = tuple(share for share in shares if share is not None)
    if len(known) < len(shares) or len(known) > _MOST_CARDS or not any(known):
        raise ArgumentTypeError(f"{text[:40]!r} are no shares of GPUs such as 3,1.")
    return known
