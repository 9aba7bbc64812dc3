"""Files that are ready to download: which of them a plan means, and where a label misleads.

The records come from `specs/published_files.toml`; `planner.catalogue.published` reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from planner.core.estimate import runtime_of
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Band, Place
from planner.core.model_spec import Count, CountOrZero, ModelSpec
from planner.core.plan import Plan, RuntimeName
from planner.core.quant_mix import MixRules
from planner.core.runtimes.common import is_on_cpu
from planner.core.units import GB, format_gib

FIRST_PARTY: Final = "microsoft"
# Published files of one format differ by some hundredths of their size at most: other tables of
# the quantiser, an embedding kept larger. Beyond this the label is of another format.
_STRAYS_ABOVE: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """One download. `quant_format` is its publisher's label, in the runtime's spelling.

    `rounded_to_bytes` is the step to which its publisher rounds the size, 0 where every byte is
    known. `place` is of packages that are made for one side. `mix`, `layout` and `imatrix` say
    how a GGUF file was made. `url` is where it is offered or where its size can be looked up.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    model: str
    runtime: RuntimeName
    quant_format: str
    size_bytes: Count
    rounded_to_bytes: CountOrZero = 0
    publisher: str
    name: str
    place: Place | None = None
    layout: TensorLayout = TensorLayout.DEFAULT
    mix: MixRules = MixRules.CURRENT
    imatrix: bool = False
    url: str
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse a source that cannot be opened, and a size that says nothing."""
        if not self.url.startswith("https://"):
            raise ValueError(f"url must start with https://, got {self.url!r}")
        if self.rounded_to_bytes > self.size_bytes:
            raise ValueError(
                f"rounded_to_bytes ({self.rounded_to_bytes}) is more than size_bytes "
                f"({self.size_bytes})"
            )

    @property
    def is_exact(self) -> bool:
        """Whether every byte of the size is known."""
        return self.rounded_to_bytes == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComparison:
    """A published file beside what is computed for a file made in the same way.

    `difference_bytes` is the published size less the expected one. Bits per weight count what
    is not the vocabulary. `warning` is a sentence where the label misleads.
    """

    file: PublishedFile
    estimated: Band
    difference_bytes: int
    bits_per_weight: float
    estimated_bits_per_weight: float
    warning: str | None


def matching_files(files: Iterable[PublishedFile], plan: Plan) -> tuple[PublishedFile, ...]:
    """Return the files of a plan's model, runtime and format, the likest first.

    The likest is made as the plan says; among those Microsoft's own comes first, then one
    whose size is known to the byte, then the order of `files`.
    """
    place = Place.HOST if is_on_cpu(plan) else Place.GPU
    found = [
        file
        for file in files
        if (file.model, file.runtime, file.quant_format)
        == (plan.model_id, plan.runtime, plan.quant_format)
        and file.place in (None, place)
    ]

    def unlikeness(file: PublishedFile) -> tuple[int, bool, bool]:
        differences = (
            file.layout is not plan.layout,
            file.mix is not plan.mix,
            file.imatrix is not plan.imatrix,
        )
        return (sum(differences), file.publisher != FIRST_PARTY, not file.is_exact)

    return tuple(sorted(found, key=unlikeness))


def compare_file(file: PublishedFile, model: ModelSpec, plan: Plan) -> FileComparison:
    """Set a published file beside our figure for it: the plan's, but made as the file was.

    Raises:
        PlannerError: the runtime cannot run the plan.
    """
    made = replace(plan, mix=file.mix, layout=file.layout, imatrix=file.imatrix)
    runtime = runtime_of(made.runtime)
    runtime.check(model, made)
    figures = runtime.file_figures(model, made)
    estimated = figures.file or Band.exact(figures.tensor_bytes)
    # The vocabulary and the names of the tensors are part of a file and of no weight.
    beside = estimated.expected_bytes - figures.tensor_bytes
    bits = (file.size_bytes - beside) * 8 / figures.parameter_count
    usual_bits = figures.tensor_bytes * 8 / figures.parameter_count
    return FileComparison(
        file=file,
        estimated=estimated,
        difference_bytes=file.size_bytes - estimated.expected_bytes,
        bits_per_weight=bits,
        estimated_bits_per_weight=usual_bits,
        warning=_warning(file, estimated, bits, usual_bits),
    )


def _warning(
    file: PublishedFile, estimated: Band, bits: float, usual_bits: float
) -> str | None:
    smallest = file.size_bytes - file.rounded_to_bytes // 2
    largest = file.size_bytes + file.rounded_to_bytes // 2
    is_larger = smallest > estimated.high_bytes * (1 + _STRAYS_ABOVE)
    if not is_larger and largest >= estimated.low_bytes * (1 - _STRAYS_ABOVE):
        return None
    apart = format_gib(abs(file.size_bytes - estimated.expected_bytes))
    text = (
        f"{file.name} by {file.publisher} is labelled {file.quant_format} but has {bits:.2f} "
        f"bits per weight, where {file.quant_format} of this model has {usual_bits:.2f}: its "
        f"weights take {apart} {'more' if is_larger else 'less'} than is estimated here."
    )
    return f"{text} {file.note}" if file.note else text


def describe_file(file: PublishedFile) -> str:
    """Return the words for one file: `file 9.05 GB, as published by ollama (phi4:latest)`.

    A rounded size keeps the digits that its publisher gives.
    """
    digits = 2
    if not file.is_exact:
        # 10_000_000 is two digits of a GB; a step in GiB is a little more than a round one.
        digits = max(0, 10 - len(str(file.rounded_to_bytes)))
    size_gb = file.size_bytes / GB
    return f"file {size_gb:,.{digits}f} GB, as published by {file.publisher} ({file.name})"
