"""A block as the content of its box: name, colour, figures, and the words of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.core.diagram.facts import ComponentFacts, NormFacts
from planner.core.diagram.layout.boxes import MIN_WIDTH, BoxContent
from planner.core.diagram.layout.says import says
from planner.core.pictures.picture import Ink

if TYPE_CHECKING:
    from planner.core.diagram.model import Block, Diagram
    from planner.core.diagram.words import DiagramWords

# The least share of the next step of the ramp, as the legend has it.
_STEPS: Final = (
    (0.40, Ink.SHARE_4),
    (0.20, Ink.SHARE_3),
    (0.05, Ink.SHARE_2),
    (0.01, Ink.SHARE_1),
)
RAMP: Final = (Ink.SHARE_0, Ink.SHARE_1, Ink.SHARE_2, Ink.SHARE_3, Ink.SHARE_4)
COMPACT_WIDTH: Final = 152.0


@dataclass(frozen=True, slots=True)
class Contents:
    """Says what the blocks of one diagram are, in one language."""

    diagram: Diagram
    words: DiagramWords

    def box(
        self, block: Block, *, is_compact: bool = False, min_width: float = 0
    ) -> BoxContent:
        """Return a block's content; a compact one stands beside several others."""
        said = says(block, self.words, is_compact=is_compact)
        ratio = self.diagram.share(block)
        is_empty = ratio is None or not block.tensors
        lines = said.lines
        if ratio is None:
            lines = (*lines, self.words.not_in_file)
        return BoxContent(
            title=self.title(block),
            lines=tuple(line for line in lines if line),
            rows=said.rows,
            key=block.key,
            spoken=self.spoken(block),
            fill=Ink.PANEL if ratio is None or is_empty else _share_ink(ratio),
            is_dashed=is_empty,
            min_width=max(min_width, COMPACT_WIDTH if is_compact else MIN_WIDTH),
        )

    def title(self, block: Block) -> str:
        """Return a block's name; a part beside the text has one of its own."""
        match block.facts:
            case ComponentFacts(name=name):
                return name[:1].upper() + name[1:]
            case NormFacts(kind=kind):
                return self.words.block_titles[block.kind].format(norm=kind.value)
        return self.words.block_titles[block.kind]

    def figures(self, block: Block, *, is_layer: bool = False) -> str:
        """Return the parameters and bytes of a block, or of one layer of it."""
        count = block.layer_parameter_count if is_layer else block.parameter_count
        size = block.layer_bytes if is_layer else block.total_bytes
        parameters = self.words.parameters(count)
        if size is None:
            return parameters
        return self.words.parameters_and_size.format(
            parameters=parameters, size=self.words.size(size)
        )

    def spoken(self, block: Block) -> str:
        """Return what a screen reader says of a block."""
        words = self.words
        if not block.tensors:
            return words.spoken.format(title=self.title(block), facts=words.spoken_no_weights)
        facts = [
            words.spoken_parameters.format(parameters=words.parameters(block.parameter_count))
        ]
        ratio, size = self.diagram.share(block), block.total_bytes
        if ratio is None:
            facts.append(words.not_in_file)
        elif size is None:
            facts.append(words.spoken_share.format(share=words.share(ratio)))
        else:
            facts.append(
                words.spoken_size.format(size=words.size(size), share=words.share(ratio))
            )
        if block.repeat_count > 1:
            facts.append(words.spoken_layers.format(count=block.repeat_count))
        return words.spoken.format(title=self.title(block), facts=", ".join(facts))


def _share_ink(ratio: float) -> Ink:
    return next((ink for least, ink in _STEPS if ratio >= least), Ink.SHARE_0)
