"""What is worth saying about a user's own file: sentences, each with its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planner.core.foreign_shape import OwnShape
from planner.core.mix_match import MixMatch, TypeDifference
from planner.core.model_file import Label, ModelFile
from planner.core.model_spec import TransformerShape
from planner.core.quant_format import BLOCKS, QuantFormat, find_quant_format
from planner.core.quant_mix import MixRules
from planner.core.resemblance import OtherShape, Resemblance

# Published files of one format and model differ by up to 17 % over the generations of the
# quantiser (Phi-4 at IQ1_S), commonly by less than 3 %: what is further off was mislabelled.
LABEL_TOLERANCE_RATIO: Final = 0.1
# Without a catalogue entry only the type of most tensors is known. Output and embedding in a
# better type make a mix larger, in a small model with a large vocabulary by a third.
LABEL_HIGHEST_RATIO: Final = 1.4
_SHOWN: Final = 3


class FindingKind(StrEnum):
    """What a finding is about; the values are the JSON's."""

    RESEMBLANCE = "resemblance"
    MIX = "mix"
    RULES = "rules"
    LABEL = "label"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a file; `is_warning` where something is not as it is said to be."""

    kind: FindingKind
    text: str
    is_warning: bool = False


def findings(
    file: ModelFile,
    resemblance: Resemblance | None,
    mix: MixMatch | None,
    *,
    usual_bits: float | None,
) -> tuple[Finding, ...]:
    """Return what sets a file apart from the catalogue and from its own labels.

    `usual_bits` are the bits per weight that the labelled format has for this model.
    """
    return (
        *_about_resemblance(resemblance),
        *_about_mix(mix),
        *_about_labels(file, mix, usual_bits),
        *_about_metadata(file.shape, resemblance),
    )


def _about_resemblance(found: Resemblance | None) -> Iterator[Finding]:
    if found is None:
        yield Finding(
            FindingKind.RESEMBLANCE, "No model of the catalogue has tensors like these."
        )
        return
    names = _listed([model.name for model in found.models])
    stored = ""
    if found.layout is not None and found.layout.value != "default":
        stored = f" in the {found.layout.value} layout"
    if found.is_exact:
        yield Finding(FindingKind.RESEMBLANCE, f"Same shape as {names}{stored}.")
        return
    count = len(found.differences)
    shown = "; ".join(_shape_words(each) for each in found.differences[:_SHOWN])
    more = "" if count <= _SHOWN else f"; and {count - _SHOWN:,} more"
    are = "tensor differs" if count == 1 else "tensors differ"
    yield Finding(
        FindingKind.RESEMBLANCE,
        f"Nearest to {names}{stored}, but {count:,} {are}: {shown}{more}.",
    )


def _shape_words(each: OtherShape) -> str:
    if each.here is None:
        return f"{each.name} is missing here"
    if each.there is None:
        return f"{each.name} is only here"
    return f"{each.name} is {_dims(each.here)} here and {_dims(each.there)} there"


def _dims(shape: tuple[int, ...]) -> str:
    return " x ".join(f"{size:,}" for size in shape)


def _about_mix(mix: MixMatch | None) -> Iterator[Finding]:
    if mix is None:
        return
    if not mix.is_exact:
        yield Finding(
            FindingKind.MIX,
            f"Not a plain {mix.quant_format}, which is the nearest: "
            f"{_type_words(mix.differences, f'in a plain {mix.quant_format}')}.",
            is_warning=True,
        )
    if MixRules.CURRENT in mix.rules:
        if mix.is_exact:
            made = " with an importance matrix" if mix.imatrix else ""
            yield Finding(
                FindingKind.RULES,
                f"Every tensor has the type that today's quantiser chooses for "
                f"{mix.quant_format}{made}.",
            )
        return
    yield Finding(
        FindingKind.RULES,
        f"{_type_words(mix.differences_from_current, 'under current rules')}: made by "
        f"{_listed([rules.value for rules in mix.rules], joint='or')} rules.",
    )


def _type_words(differences: Sequence[TypeDifference], where: str) -> str:
    words = [
        f"{_short(each.name)} is {each.here} here and {each.there} {where}"
        + ("" if each.tensor_count == 1 else f" ({each.tensor_count} layers)")
        for each in differences[:_SHOWN]
    ]
    more = len(differences) - _SHOWN
    return "; ".join(words) + (f"; and {more} more kinds" if more > 0 else "")


def _short(name: str) -> str:
    return name.removeprefix("blk.*.").removesuffix(".weight")


def _about_labels(
    file: ModelFile, mix: MixMatch | None, usual_bits: float | None
) -> Iterator[Finding]:
    bits = file.bits_per_weight
    for label in file.labels:
        quant = _known(label)
        if bits is None or quant is None:
            continue
        if usual_bits is not None and label is file.labels[0]:
            is_wrong = abs(bits / usual_bits - 1) > LABEL_TOLERANCE_RATIO
            usual = f"{usual_bits:.2f}"
        else:
            elements, size = BLOCKS[quant.base]
            lowest = size * 8 / elements
            is_wrong = not 0.98 * lowest <= bits <= LABEL_HIGHEST_RATIO * lowest
            usual = f"{lowest:.2f} and somewhat more"
        if is_wrong:
            nearest = "" if mix is None else f" The tensors come nearest to {mix.quant_format}."
            yield Finding(
                FindingKind.LABEL,
                f"A label ({label.source}) says {label.quant_format}, but the tensors take "
                f"{bits:.2f} bits per weight where {label.quant_format} takes {usual}."
                f"{nearest}",
                is_warning=True,
            )


def _known(label: Label) -> QuantFormat | None:
    from planner.core.errors import UnknownNameError

    try:
        return find_quant_format(label.quant_format)
    except UnknownNameError:
        return None


def _about_metadata(
    shape: OwnShape | None, resemblance: Resemblance | None
) -> Iterator[Finding]:
    """Compare what no tensor shows: only a plain conversion says it as the catalogue does."""
    if resemblance is None or not resemblance.is_exact:
        return
    if not isinstance(shape, TransformerShape):
        return
    known = [model.shape for model in resemblance.models if model.shape is not None]
    for words, field in (
        ("context limit", "position_limit"),
        ("rotary dimension", "rotary_dim"),
        ("rope theta", "rope_theta"),
        ("number of experts for a token", "experts_per_token"),
    ):
        here = getattr(shape, field)
        there = sorted({getattr(each, field) for each in known})
        if here is not None and there and here not in there:
            yield Finding(
                FindingKind.METADATA,
                f"The file's {words} is {here:,}; the catalogue's is "
                f"{_listed([f'{each:,}' for each in there], joint='or')}.",
                is_warning=True,
            )


def _listed(words: Sequence[str], *, joint: str = "and") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
