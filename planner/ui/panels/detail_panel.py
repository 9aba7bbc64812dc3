"""The chosen cell in full: the verdict, where the memory goes, and whose word it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.core.fit import FitVerdict
from planner.core.ledger import Place
from planner.core.machine import PoolKind
from planner.ui import text
from planner.ui.fonts import SECONDARY_PX, SEMIBOLD, TITLE_PX, sized
from planner.ui.models.cell_words import model_summary
from planner.ui.widgets.ledger_view import LedgerView
from planner.ui.widgets.stacked_bar import MemoryBar, bar_parts
from planner.ui.widgets.verdict_badge import VerdictBadge

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from planner.core.estimate import Estimate
    from planner.core.grid import FitDetail
    from planner.core.machine import MemoryPool
    from planner.ui.theme import Theme


class DetailPanel(QWidget):
    """Shows one `FitDetail`; where there is no figure, its reason in a sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = _label("title", sized(self.font(), TITLE_PX, SEMIBOLD))
        self._summary = _label("summary", sized(self.font(), SECONDARY_PX), muted=True)
        self._badge = VerdictBadge(theme)
        self._verdict_text = ""
        self._shown: FitDetail | None = None
        self._bar_head = _label("bar_head", sized(self.font(), SECONDARY_PX), muted=True)
        self.bar = MemoryBar(theme)
        self._facts = _label("facts", sized(self.font(), SECONDARY_PX), muted=True)
        self._ledger = LedgerView(theme)
        self._notes = _label("notes", sized(self.font(), SECONDARY_PX), muted=True)
        self._build()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard."""
        return (self._ledger,)

    @property
    def title_text(self) -> str:
        """Which plan is shown."""
        return self._title.text()

    @property
    def verdict_text(self) -> str:
        """The verdict in words."""
        return self._verdict_text

    @property
    def detail(self) -> FitDetail | None:
        """All of what is shown."""
        return self._shown

    @property
    def facts_text(self) -> str:
        """The file, its bits, and where the layers are; empty where nothing can be said."""
        return "" if self._facts.isHidden() else self._facts.text()

    @property
    def notes_text(self) -> str:
        """What limits the figures."""
        return self._notes.text()

    def show_detail(self, detail: FitDetail) -> None:
        """Show another cell."""
        self._shown = detail
        result, figures = detail.result, detail.estimate
        words = self.tr("{model} · {quant_format}")
        self._title.setText(
            words.format(model=detail.model.name, quant_format=result.quant_format)
        )
        self._summary.setText(model_summary(detail.model))
        self._verdict_text = text.verdict_sentence(result, detail.target, detail.reserve)
        self._badge.set_verdict(result.verdict, self._verdict_text)
        self._show_figures(detail, figures)
        _write(self._notes, self._notes_text(detail))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._summary)
        layout.addSpacing(8)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(8)
        layout.addWidget(self._bar_head)
        layout.addWidget(self.bar)
        layout.addSpacing(4)
        layout.addWidget(self._facts)
        layout.addSpacing(8)
        layout.addWidget(self._ledger, 1)
        layout.addWidget(self._notes)
        # Takes the room where there is no ledger.
        layout.addStretch(0)

    def _show_figures(self, detail: FitDetail, figures: Estimate | None) -> None:
        for widget in (self._bar_head, self.bar, self._facts, self._ledger):
            widget.setVisible(figures is not None)
        if figures is None:
            self._ledger.set_ledger(None)
            return
        places = _places_of(detail.target)
        self._bar_head.setText(self._bar_words(detail.target))
        self.bar.set_parts(
            bar_parts(figures.ledger, *places),
            capacity_bytes=detail.target.total_bytes,
            used_by_others_bytes=_not_free_bytes(detail.target),
            reserve_bytes=detail.reserve.of(detail.target),
            high_bytes=sum(figures.ledger.total(place).high_bytes for place in places),
        )
        self._facts.setText(self._facts_text(detail, figures))
        self._ledger.set_ledger(figures.ledger)

    def _bar_words(self, target: MemoryPool) -> str:
        return self.tr("Memory of {pool}, {total}").format(
            pool=target.name, total=text.gib(target.total_bytes)
        )

    def _facts_text(self, detail: FitDetail, figures: Estimate) -> str:
        """Return the file, its bits and where the layers are, in one line."""
        parts = []
        if figures.file is None:
            parts.append(self.tr("size of the GGUF file not known"))
        else:
            file_words = self.tr("GGUF file {size}")
            parts.append(file_words.format(size=text.band_text(figures.file)))
        bits = self.tr("{bits} bits per weight")
        parts.append(bits.format(bits=f"{figures.bits_per_weight:.2f}"))
        layers = detail.result.layer_count
        if detail.target.is_gpu and layers is not None:
            words = self.tr("{count} of {layers} layers on the GPU")
            parts.append(words.format(count=figures.plan.gpu_layer_count, layers=layers))
        parts.append(text.token_text(figures.plan.context_length))
        return " · ".join(parts)

    def _notes_text(self, detail: FitDetail) -> str:
        """Return what limits the figures: what of the model runs."""
        notes: list[str] = []
        if detail.result.verdict not in (FitVerdict.UNSUPPORTED, FitVerdict.UNKNOWN):
            support = detail.model.runtimes.get(_runtime_name(detail))
            if support is not None and support.note:
                notes.append(support.note)
        return "\n".join(notes)


def _runtime_name(detail: FitDetail) -> str:
    plan = detail.result.plan
    return "" if plan is None else plan.runtime.value


def _label(name: str, font: QFont, *, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFont(font)
    label.setProperty("muted", muted)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _write(label: QLabel, words: str) -> None:
    """Show words, or nothing at all."""
    label.setText(words)
    label.setVisible(bool(words))


def _places_of(target: MemoryPool) -> tuple[Place, ...]:
    match target.kind:
        case PoolKind.DEDICATED:
            return (Place.GPU,)
        case PoolKind.SYSTEM:
            return (Place.HOST,)
        case PoolKind.UNIFIED:
            return (Place.GPU, Place.HOST)
    assert_never(target.kind)


def _not_free_bytes(pool: MemoryPool) -> int | None:
    if pool.total_bytes is None or pool.free_bytes is None:
        return None
    return pool.total_bytes - pool.free_bytes
