"""The table beside the diagram: a block's tensors, or all blocks where none is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.core.diagram.layout.contents import Contents
from planner.ui.overrides import override
from planner.ui.text import not_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from planner.core.diagram.model import Block, Diagram
    from planner.core.diagram.tensors import SizedTensors
    from planner.core.diagram.words import DiagramWords

KEY_ROLE: Final = Qt.ItemDataRole.UserRole
_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# What stands in a name for the number of the layer, as in a shell's pattern.
_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    tip: str = ""
    key: str = ""


class BlockTableModel(QAbstractTableModel):
    """Rows of text; figures stand on the right."""

    def __init__(
        self, words: Callable[[], DiagramWords], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[_Row, ...] = ()

    def show_blocks(self, diagram: Diagram | None) -> None:
        """Show a row for each block; none without a diagram."""
        rows: tuple[_Row, ...] = ()
        if diagram is not None:
            contents = Contents(diagram, self._words())
            rows = tuple(_block_row(block, contents) for block in diagram.blocks())
        heads = (self.tr("Block"), self.tr("Parameters"), self.tr("Size"), self.tr("Share"))
        self._show(heads, rows)

    def show_tensors(self, block: Block) -> None:
        """Show a row for each kind of tensor of a block."""
        words = self._words()
        heads = (
            self.tr("Tensor"),
            self.tr("Shape"),
            self.tr("Type"),
            self.tr("Number"),
            self.tr("Size"),
        )
        self._show(heads, tuple(self._tensor_row(each, words) for each in block.tensors))

    def key_at(self, row: int) -> str:
        """Return the block of a row, empty where rows are tensors."""
        return self._rows[row].key if 0 <= row < len(self._rows) else ""

    def _show(self, heads: tuple[str, ...], rows: tuple[_Row, ...]) -> None:
        if (heads, rows) == (self._heads, self._rows):
            return
        self.beginResetModel()
        self._heads, self._rows = heads, rows
        self.endResetModel()

    def _tensor_row(self, sized: SizedTensors, words: DiagramWords) -> _Row:
        tensors = sized.tensors
        size = sized.total_bytes
        name = tensors.name.format(layer=_ANY, expert=_ANY)
        return _Row(
            (
                name,
                " × ".join(words.count(length) for length in tensors.shape),
                not_known() if sized.storage is None else sized.storage,
                words.count(sized.tensor_count),
                not_known() if size is None else words.size(size),
            ),
            self._tip(name, tensors.layers),
        )

    def _tip(self, name: str, layers: tuple[int, ...]) -> str:
        if not layers:
            return name
        return self.tr("{name}, layers {layers}").format(name=name, layers=_stretches(layers))

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == _Role.DisplayRole:
            return self._heads[section]
        return self._alignment(section) if role == _Role.TextAlignmentRole else None

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case _Role.DisplayRole:
                return row.cells[index.column()]
            case _Role.ToolTipRole:
                return row.tip or None
            case _Role.TextAlignmentRole:
                return self._alignment(index.column())
            case _ if role == KEY_ROLE:
                return row.key
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _block_row(block: Block, contents: Contents) -> _Row:
    words = contents.words
    size, ratio = block.total_bytes, contents.diagram.share(block)
    title = contents.title(block)
    if block.repeat_count > 1:
        title = f"{title} × {words.count(block.repeat_count)}"
    return _Row(
        (
            title,
            words.parameters(block.parameter_count),
            "–" if size is None else words.size(size),
            "–" if ratio is None or not block.tensors else words.share(ratio),
        ),
        contents.spoken(block),
        block.key,
    )


def _stretches(layers: tuple[int, ...]) -> str:
    """Return `0–3, 6, 9` for the layers in their order."""
    parts: list[list[int]] = []
    for layer in layers:
        if parts and layer == parts[-1][-1] + 1:
            parts[-1].append(layer)
        else:
            parts.append([layer])
    return ", ".join(
        f"{part[0]}–{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts
    )
