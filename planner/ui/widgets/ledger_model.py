"""The ledger as a tree: places with their totals, lines, and behind each line its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from planner.core.ledger import Band, LedgerLine, MemoryLedger, Place
from planner.ui import figures
from planner.ui.core_texts import core_text
from planner.ui.overrides import override
from planner.ui.text import band_numbers, band_text, gib, part_name, place_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QObject

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Role = Qt.ItemDataRole

LINE_ROLE: Final = _Role.UserRole
KIND_ROLE: Final = _Role.UserRole + 1
EXPECTED_ROLE: Final = _Role.UserRole + 2
RANGE_ROLE: Final = _Role.UserRole + 3


class RowKind(IntEnum):
    """What a row of the tree is."""

    PLACE = 0
    LINE = 1
    FORMULA = 2
    REASON = 3
    SOURCE = 4


class LedgerColumn(IntEnum):
    """The columns."""

    WHAT = 0
    FORMULA = 1
    SIZE = 2


@dataclass(slots=True, eq=False)
class _Node:
    kind: RowKind
    key: tuple[object, ...]
    place: Place
    band: Band
    line: LedgerLine | None = None
    parent: _Node | None = None
    row: int = 0
    children: list[_Node] = field(default_factory=list)

    def add(self, child: _Node) -> None:
        child.parent, child.row = self, len(self.children)
        self.children.append(child)


class LedgerModel(QAbstractItemModel):
    """Shows a ledger. As long as its lines are the same ones, new figures keep every row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger: MemoryLedger | None = None
        self._roots: list[_Node] = []

    @property
    def ledger(self) -> MemoryLedger | None:
        """The ledger that is shown."""
        return self._ledger

    def set_ledger(self, ledger: MemoryLedger | None) -> None:
        """Show another ledger, or none."""
        if ledger == self._ledger:
            return
        roots = [] if ledger is None else _tree(ledger)
        same_rows = _keys(roots) == _keys(self._roots)
        self._ledger = ledger
        if same_rows:
            for node in _take_figures(self._roots, roots):
                last = self.createIndex(node.row, len(LedgerColumn) - 1, node)
                self.dataChanged.emit(self.createIndex(node.row, 0, node), last)
            return
        self.beginResetModel()
        self._roots = roots
        self.endResetModel()

    def key(self, index: _Index) -> tuple[object, ...] | None:
        """Return what names a row for as long as its line is in the ledger."""
        return self._node(index).key if index.isValid() else None

    @override
    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._children(parent)[row])

    @override
    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # overloads
        if not index.isValid():
            return QModelIndex()
        above = self._node(index).parent
        return QModelIndex() if above is None else self.createIndex(above.row, 0, above)

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.column() > 0 else len(self._children(parent))

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return len(LedgerColumn)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        names = (self.tr("Part"), self.tr("How it is computed"), self.tr("Memory"))
        return names[section] if 0 <= section < len(names) else None

    @override
    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self._node(index)
        match role:
            case _Role.DisplayRole:
                return self._text(node, LedgerColumn(index.column()))
            case _Role.ToolTipRole:
                return self._tool_tip(node, LedgerColumn(index.column()))
            case _Role.AccessibleTextRole if index.column() == LedgerColumn.WHAT:
                return self._spoken(node)
            case _Role.TextAlignmentRole if index.column() == LedgerColumn.SIZE:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._own_data(node, role)

    @staticmethod
    def _own_data(node: _Node, role: int) -> object:
        if role == KIND_ROLE:
            return node.kind
        if role == LINE_ROLE:
            return node.line
        if node.kind > RowKind.LINE:
            return None
        if role == EXPECTED_ROLE:
            return gib(node.band.expected_bytes)
        if role == RANGE_ROLE:
            return band_numbers(node.band)
        return None

    def row_text(self, index: _Index) -> str:
        """Return a row as text to copy, its columns with tabs between."""
        node = self._node(index)
        if node.kind > RowKind.LINE:
            return self._text(node, LedgerColumn.WHAT)
        cells = [self._text(node, column) for column in LedgerColumn]
        if band_numbers(node.band):
            cells.append(band_text(node.band))
        return "\t".join(cells)

    def _text(self, node: _Node, column: LedgerColumn) -> str:
        if node.kind > RowKind.LINE:
            return self._detail(node) if column is LedgerColumn.WHAT else ""
        if column is LedgerColumn.SIZE:
            return gib(node.band.expected_bytes)
        if node.line is None:
            return place_name(node.place) if column is LedgerColumn.WHAT else ""
        return (
            part_name(node.line.part)
            if column is LedgerColumn.WHAT
            else core_text(node.line.formula)
        )

    def _detail(self, node: _Node) -> str:
        assert node.line is not None, "only a line has details"
        if node.kind is RowKind.FORMULA:
            return self.tr("Computed: {formula}").format(formula=core_text(node.line.formula))
        if node.kind is RowKind.REASON:
            return core_text(node.line.reason)
        return self.tr("Source: {source}").format(source=node.line.source)

    def _tool_tip(self, node: _Node, column: LedgerColumn) -> str | None:
        if node.kind > RowKind.LINE:
            return None
        if column is LedgerColumn.SIZE:
            return self.tr("{low} B at least, {expected} B expected, {high} B at most").format(
                low=figures.number(node.band.low_bytes),
                expected=figures.number(node.band.expected_bytes),
                high=figures.number(node.band.high_bytes),
            )
        return self._text(node, LedgerColumn.FORMULA) or None

    def _spoken(self, node: _Node) -> str:
        if node.kind > RowKind.LINE:
            return self._text(node, LedgerColumn.WHAT)
        what, size = self._text(node, LedgerColumn.WHAT), gib(node.band.expected_bytes)
        if not band_numbers(node.band):
            return self.tr("{what}: {size}").format(what=what, size=size)
        return self.tr("{what}: {size}, {range}").format(
            what=what, size=size, range=band_text(node.band)
        )

    def _children(self, parent: _Index) -> Sequence[_Node]:
        return self._node(parent).children if parent.isValid() else self._roots

    @staticmethod
    def _node(index: _Index) -> _Node:
        node = index.internalPointer()
        assert isinstance(node, _Node)
        return node


def _tree(ledger: MemoryLedger) -> list[_Node]:
    """Group the lines by place; a place without lines is left out."""
    roots: list[_Node] = []
    for place in Place:
        lines = [line for line in ledger.lines if line.place is place]
        if not lines:
            continue
        root = _Node(RowKind.PLACE, (place,), place, ledger.total(place), row=len(roots))
        for number, line in enumerate(lines):
            key = (place, line.part, number)
            node = _Node(RowKind.LINE, key, place, line.band, line)
            for kind in (RowKind.FORMULA, RowKind.REASON, RowKind.SOURCE):
                node.add(_Node(kind, (*key, kind), place, line.band, line))
            root.add(node)
        roots.append(root)
    return roots


def _keys(nodes: Sequence[_Node]) -> list[object]:
    return [(node.key, _keys(node.children)) for node in nodes]


def _take_figures(nodes: Sequence[_Node], newer: Sequence[_Node]) -> Iterator[_Node]:
    """Yield the nodes that say something else than before."""
    for node, new in zip(nodes, newer, strict=True):
        differs = (node.band, node.line) != (new.band, new.line)
        node.band, node.line = new.band, new.line
        if differs:
            yield node
        yield from _take_figures(node.children, new.children)
