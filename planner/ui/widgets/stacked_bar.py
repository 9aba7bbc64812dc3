"""What a plan takes, part by part, against what a pool of memory holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.text import gib, part_name
from planner.ui.theme import RHYTHM, Theme, Tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QFont, QPaintEvent

    from planner.core.ledger import MemoryLedger, Part, Place

_BAR_HEIGHT: Final = 8 * RHYTHM
_BAR_CORNER: Final = 8
_OVERHANG: Final = RHYTHM  # how far the mark of the capacity stands out above and below
_SWATCH: Final = 10
_SWATCH_GAP: Final = 6
_KEY_GAP: Final = 4 * RHYTHM
_HATCH_STEP: Final = 5.0
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of what a plan takes."""

    part: Part
    label: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BarContent:
    """All that the bar shows. `None` is a figure that nobody gave.

    `used_by_others_bytes` is all of the capacity that is not free now. `high_bytes` is the high
    estimate of all the parts together, `reserve_bytes` what should stay free at the end.
    """

    parts: tuple[BarPart, ...] = ()
    capacity_bytes: int | None = None
    used_by_others_bytes: int | None = None
    reserve_bytes: int = 0
    high_bytes: int | None = None


class _Look(Enum):
    HELD = auto()
    PART = auto()
    FREE = auto()
    UNCERTAIN = auto()
    BEYOND = auto()
    RESERVE = auto()
    CAPACITY = auto()


@dataclass(frozen=True, slots=True)
class _Piece:
    look: _Look
    text: str
    start_bytes: int
    size_bytes: int
    part: Part | None = None


def bar_parts(ledger: MemoryLedger, *places: Place) -> tuple[BarPart, ...]:
    """Return the parts of a ledger that sit in these places, in the ledger's order."""
    sizes: dict[Part, int] = {}
    for line in ledger.lines:
        if line.place in places:
            sizes[line.part] = sizes.get(line.part, 0) + line.band.expected_bytes
    return tuple(BarPart(part, part_name(part), size) for part, size in sizes.items() if size)


def _pieces(content: BarContent) -> tuple[_Piece, ...]:
    """Cut the bar up, in the order in which the pieces are drawn over one another."""
    held = content.used_by_others_bytes or 0
    found = []
    if held:
        found.append(_piece(_Look.HELD, 0, held))
    at_bytes = held
    for part in content.parts:
        words = translate("stacked_bar", "{part} {size}").format(
            part=part.label, size=gib(part.size_bytes)
        )
        found.append(_Piece(_Look.PART, words, at_bytes, part.size_bytes, part.part))
        at_bytes += part.size_bytes
    capacity = content.capacity_bytes
    if capacity is not None and at_bytes < capacity:
        found.append(_piece(_Look.FREE, at_bytes, capacity - at_bytes))
    high = held + (content.high_bytes or 0)
    if high > at_bytes:
        found.append(_piece(_Look.UNCERTAIN, at_bytes, high - at_bytes))
    if capacity is None:
        return tuple(found)
    if at_bytes > capacity:
        found.append(_piece(_Look.BEYOND, capacity, at_bytes - capacity))
    if content.reserve_bytes:
        start = max(0, capacity - content.reserve_bytes)
        found.append(_piece(_Look.RESERVE, start, content.reserve_bytes))
    if max(at_bytes, high) > capacity:
        found.append(_piece(_Look.CAPACITY, 0, capacity))
    return tuple(found)


def _piece(look: _Look, start_bytes: int, size_bytes: int) -> _Piece:
    words = {
        _Look.HELD: translate("stacked_bar", "Held by others {size}"),
        _Look.FREE: translate("stacked_bar", "Left free {size}"),
        _Look.UNCERTAIN: translate("stacked_bar", "May need {size} more"),
        _Look.BEYOND: translate("stacked_bar", "Too much by {size}"),
        _Look.RESERVE: translate("stacked_bar", "Reserve {size}"),
        _Look.CAPACITY: translate("stacked_bar", "Capacity {size}"),
    }[look]
    return _Piece(look, words.format(size=gib(size_bytes)), start_bytes, size_bytes)


def _scale_bytes(content: BarContent, pieces: Sequence[_Piece]) -> int:
    """Return what the width stands for: the capacity, or all there is where that is more."""
    ends = (piece.start_bytes + piece.size_bytes for piece in pieces)
    return max(1, content.capacity_bytes or 0, *ends)


def draw_memory_bar(
    painter: QPainter, rect: QRectF, content: BarContent, tokens: Tokens
) -> None:
    """Draw the bar into `rect`: on a widget, into a picture or a file.

    From the left: what others hold, the parts, hatched what they may need beyond the expected,
    and what stays free, with a dashed line where the reserve begins. Where a plan may be larger
    than the capacity a mark stands there, and what surely is beyond it is striped.
    """
    pieces = _pieces(content)
    per_byte = rect.width() / _scale_bytes(content, pieces)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, _BAR_CORNER, _BAR_CORNER)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, QColor(tokens.free))
    for piece in pieces:
        left = rect.left() + piece.start_bytes * per_byte
        box = QRectF(left, rect.top(), piece.size_bytes * per_byte, rect.height())
        if piece.look is _Look.CAPACITY:
            # It stands out of the bar above and below, so it is drawn without the clip.
            painter.setClipping(False)
            box.adjust(0, -_OVERHANG, 0, _OVERHANG)
        _draw_piece(painter, box, piece, tokens)
        if left > rect.left() and piece.look in (_Look.PART, _Look.UNCERTAIN):
            # A gap tells neighbours apart without their colours.
            painter.fillRect(
                QRectF(left - 0.5, box.top(), 1, box.height()), QColor(tokens.panel)
            )
    painter.restore()


def _draw_piece(painter: QPainter, box: QRectF, piece: _Piece, tokens: Tokens) -> None:
    match piece.look:
        case _Look.HELD:
            painter.fillRect(box, QColor(tokens.used_by_others))
            _hatch(painter, box, tokens.free)
        case _Look.PART if piece.part is not None:
            painter.fillRect(box, QColor(tokens.part_colour(piece.part)))
        case _Look.UNCERTAIN:
            painter.fillRect(box, QColor(tokens.free))
            _hatch(painter, box, tokens.runtime_overhead)
        case _Look.BEYOND:
            _hatch(painter, box, tokens.panel, wide=True)
        case _Look.RESERVE:
            pen = QPen(QColor(tokens.ink), 1)
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QLineF(box.topLeft(), box.bottomLeft()))
        case _Look.CAPACITY:
            mark = QRectF(box.right() - 1, box.top(), 2, box.height())
            painter.fillRect(mark, QColor(tokens.ink))
        case _:
            painter.fillRect(box, QColor(tokens.free))


def _hatch(painter: QPainter, box: QRectF, colour: str, *, wide: bool = False) -> None:
    """Draw rising lines, or falling and wider ones for what there is no room for."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(colour), 2.5 if wide else 1.2))
    height = box.height()
    step = _HATCH_STEP * 1.5 if wide else _HATCH_STEP
    # Counted from the picture's left, so that a hatch stands still while its piece grows.
    at = (box.left() // step) * step - height
    while at < box.right():
        low, high = (at + height, at) if wide else (at, at + height)
        painter.drawLine(QLineF(low, box.bottom(), high, box.top()))
        at += step
    painter.restore()


def _key_places(
    pieces: Sequence[_Piece], metrics: QFontMetricsF, width: float
) -> Iterator[tuple[_Piece, QRectF]]:
    """Yield where the keys of the pieces stand, but for the parts: the ledger names those."""
    left = top = 0.0
    line_height = metrics.height() + RHYTHM
    for piece in pieces:
        if piece.look is _Look.PART:
            continue
        wide = _SWATCH + _SWATCH_GAP + metrics.horizontalAdvance(piece.text) + 1
        if left and left + wide > width:
            left, top = 0.0, top + line_height
        yield piece, QRectF(left, top, wide, metrics.height())
        left += wide + _KEY_GAP


class MemoryBar(QWidget):
    """One stacked bar with its keys, and a summary in words for a screen reader."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._content = BarContent()
        self._drawn: tuple[_Piece, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Memory"))
        theme.changed.connect(self.update)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    @property
    def content(self) -> BarContent:
        """What is shown."""
        return self._content

    def set_parts(
        self,
        parts: Sequence[BarPart],
        *,
        capacity_bytes: int | None,
        used_by_others_bytes: int | None = None,
        reserve_bytes: int = 0,
        high_bytes: int | None = None,
    ) -> None:
        """Show a plan; `BarContent` says what the figures are."""
        content = BarContent(
            parts=tuple(parts),
            capacity_bytes=capacity_bytes,
            used_by_others_bytes=used_by_others_bytes,
            reserve_bytes=reserve_bytes,
            high_bytes=high_bytes,
        )
        if content == self._content:
            return
        self._content = content
        self._drawn = _pieces(content)
        self.setAccessibleDescription(self._summary())
        self.updateGeometry()
        self.update()

    def _summary(self) -> str:
        parts = ", ".join(piece.text for piece in self._drawn)
        if self._content.capacity_bytes is None:
            return self.tr("The capacity is not known: {parts}").format(parts=parts)
        capacity = gib(self._content.capacity_bytes)
        return self.tr("Of {capacity}: {parts}").format(capacity=capacity, parts=parts)

    @override
    def sizeHint(self) -> QSize:
        return QSize(90 * RHYTHM, self.heightForWidth(90 * RHYTHM))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40 * RHYTHM, _BAR_HEIGHT + 2 * _OVERHANG)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        height = 2 * _OVERHANG + _BAR_HEIGHT
        keys = [place for _, place in self._keys(width)]
        return height + RHYTHM + math.ceil(keys[-1].bottom()) + 1 if keys else height

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            draw_memory_bar(painter, self._bar_rect(), self._content, tokens)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font())
            painter.translate(0, _BAR_HEIGHT + 2 * _OVERHANG + RHYTHM)
            for piece, place in self._keys(self.width()):
                swatch = QRectF(0, 0, _SWATCH, _SWATCH)
                swatch.moveCenter(QPointF(place.left() + _SWATCH / 2, place.center().y()))
                _draw_key(painter, swatch, piece, tokens)
                place.setLeft(swatch.right() + _SWATCH_GAP)
                painter.setPen(QColor(tokens.muted))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, piece.text)
        finally:
            painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().event(event)
        help_event = cast("QHelpEvent", event)
        piece = self._piece_at(help_event.pos().x(), help_event.pos().y())
        if piece is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(help_event.globalPos(), piece.text, self)
        return True

    def _piece_at(self, x: float, y: float) -> _Piece | None:
        bar = self._bar_rect()
        if not bar.contains(QPointF(x, y)):
            return None
        scale = _scale_bytes(self._content, self._drawn)
        at_bytes = (x - bar.left()) / bar.width() * scale
        for piece in reversed(self._drawn):
            if piece.look in (_Look.RESERVE, _Look.CAPACITY, _Look.BEYOND):
                continue
            if piece.start_bytes <= at_bytes < piece.start_bytes + piece.size_bytes:
                return piece
        return None

    def _bar_rect(self) -> QRectF:
        return QRectF(0, _OVERHANG, self.width(), _BAR_HEIGHT)

    def _keys(self, width: float) -> Iterator[tuple[_Piece, QRectF]]:
        return _key_places(self._drawn, QFontMetricsF(self._font()), width)

    def _font(self) -> QFont:
        return sized(self.font(), SECONDARY_PX)


def _draw_key(painter: QPainter, swatch: QRectF, piece: _Piece, tokens: Tokens) -> None:
    painter.save()
    outline = QPainterPath()
    outline.addRoundedRect(swatch, 3, 3)
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    box = QRectF(swatch)
    if piece.look is _Look.BEYOND:
        painter.fillRect(box, QColor(tokens.muted))
    elif piece.look is _Look.RESERVE:
        box.translate(_SWATCH / 2, 0)
    elif piece.look is _Look.CAPACITY:
        box.translate(-_SWATCH / 2, 0)
    _draw_piece(painter, box, piece, tokens)
    if piece.look is _Look.FREE:
        painter.setPen(QPen(QColor(tokens.outline), 2))
        painter.drawPath(outline)
    painter.restore()
