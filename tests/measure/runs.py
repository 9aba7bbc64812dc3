"""What is measured: small truncated models, and the rows that come of it.

Nothing here needs torch; the accuracy page reads the same rows.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from planner.core.plan import Attention, CacheKind


@dataclass(frozen=True, kw_only=True)
class Run:
    """One model cut to `layers` layers (and perhaps to a part of its vocabulary), once run."""

    model: str
    layers: int
    vocab_size: int
    quant: str
    attention: Attention
    cache: CacheKind
    prompt_tokens: int
    sequences: int = 1
    # A static cache of that length; 0 for a cache that grows.
    cache_tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Row(Run):
    """One measured figure of a run."""

    device: str
    quantity: str
    measured_bytes: int
    torch: str
    transformers: str
    date: str

    @classmethod
    def of(cls, raw: dict[str, str]) -> "Row":
        """Read a row of the table."""
        counts = ("layers", "vocab_size", "prompt_tokens", "sequences", "cache_tokens")
        values: dict[str, object] = {**raw, "measured_bytes": int(raw["measured_bytes"])}
        values |= {key: int(raw[key]) for key in counts}
        values |= {"attention": Attention(raw["attention"]), "cache": CacheKind(raw["cache"])}
        return cls(**values)  # type: ignore[arg-type]  # the columns are the fields

    @property
    def is_on_cpu(self) -> bool:
        """Whether the run took place on a processor."""
        return self.device in (CPU_WITH_BF16, CPU_WITHOUT_BF16)

    @property
    def cells(self) -> dict[str, str]:
        """The row as text."""
        return {key: str(value) for key, value in asdict(self).items()}


COLUMNS = tuple(field.name for field in fields(Row))
WEIGHTS = "weights"
CACHE_AFTER_PROMPT = "cache after the prompt"
CACHE_AFTER_STEP = "cache after one more token"
PREFILL_PEAK = "activations of the prompt at their peak"
CPU_WITH_BF16 = "CPU with AVX512-BF16"
CPU_WITHOUT_BF16 = "CPU without AVX512-BF16"


VOCABULARIES = {"phi-1": 51_200, "phi-3-mini-4k": 32_064, "phi-4-mini": 200_064}


def planned_runs() -> Iterator[Run]:
    """Return the runs, each below 2 GiB of RAM.

    transformers fills an embedding and a head before it ties them, so a part of Phi-4-mini's
    vocabulary is left out.
    """
    yield _run("phi-1", 2, "fp32", 1024)
    yield _run("phi-1", 2, "bf16", 1024)
    yield _run("phi-1", 4, "bf16", 1024)
    yield _run("phi-3-mini-4k", 2, "fp32", 1024, vocab_parts=2)
    yield _run("phi-3-mini-4k", 2, "bf16", 1024)
    yield _run("phi-3-mini-4k", 4, "bf16", 1024)
    # Longer than its window of 2,047.
    yield _run("phi-3-mini-4k", 2, "bf16", 3000)
    yield _run("phi-4-mini", 2, "fp32", 1024, vocab_parts=8)
    yield _run("phi-4-mini", 2, "bf16", 1024, vocab_parts=2)
    yield _run("phi-4-mini", 4, "bf16", 1024, vocab_parts=4)
    for model, parts in (("phi-1", 1), ("phi-3-mini-4k", 1), ("phi-4-mini", 2)):
        yield _run(model, 2, "bf16", 512, vocab_parts=parts, attention=Attention.EAGER)
    yield _run("phi-4-mini", 2, "bf16", 512, vocab_parts=2, sequences=2)
    yield _run("phi-3-mini-4k", 2, "bf16", 1024, cache_tokens=3500)
    yield _run("phi-4-mini", 2, "bf16", 1024, vocab_parts=2, cache_tokens=4096)


def _run(
    model: str,
    layers: int,
    quant: str,
    prompt: int,
    *,
    vocab_parts: int = 1,
    attention: Attention = Attention.SDPA,
    sequences: int = 1,
    cache_tokens: int = 0,
) -> Run:
    return Run(
        model=model,
        layers=layers,
        vocab_size=VOCABULARIES[model] // vocab_parts,
        quant=quant,
        attention=attention,
        cache=CacheKind.STATIC if cache_tokens else CacheKind.DYNAMIC,
        prompt_tokens=prompt,
        sequences=sequences,
        cache_tokens=cache_tokens,
    )
