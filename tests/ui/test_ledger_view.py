from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, Place
from planner.core.units import GIB, MIB
from planner.ui.fonts import ui_font
from planner.ui.widgets.ledger_model import LedgerColumn, LedgerModel
from planner.ui.widgets.ledger_view import LedgerView

WEIGHTS = LedgerLine(
    part=Part.WEIGHTS,
    place=Place.GPU,
    band=Band.exact(8 * GIB),
    template="every layer and the output: 8,589,934,592 B of 8,878,948,352 B of tensors",
    reason="The token embedding stays in RAM; each tensor is padded to 32 B.",
    source="https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp",
)
KV_CACHE = LedgerLine(
    part=Part.KV_CACHE,
    place=Place.GPU,
    band=Band.exact(int(1.5625 * GIB)),
    template="8,192 cells x 40 layers x 10 KV heads x 128 values x (2 B f16 K + 2 B f16 V)",
    reason="The cells are rounded up to 256; the cache is allocated in full at the start.",
    source="https://github.com/ggml-org/llama.cpp/blob/master/src/llama-kv-cache.cpp",
)
OVERHEAD = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.GPU,
    band=Band(int(0.3 * GIB), GIB // 2, GIB),
    template="CUDA context, kernels and workspaces: 0.30 to 1.00 GiB",
    reason="The driver allocates this for each process; it differs by card and driver.",
    source="public logs of llama.cpp",
)
OUTPUT = LedgerLine(
    part=Part.OUTPUT_BUFFER,
    place=Place.HOST,
    band=Band.exact(MIB),
    template="100,352 logits x 4 B x 1 sequences",
    reason="The program reads one row of logits for each sequence.",
    source="https://github.com/ggml-org/llama.cpp/blob/master/src/llama-context.cpp",
)
LEDGER = MemoryLedger((WEIGHTS, OUTPUT, KV_CACHE, OVERHEAD))


def longer_context(ledger: MemoryLedger) -> MemoryLedger:
    """Return the ledger with a cache of twice the size and all else as it was."""
    doubled = Band.exact(2 * KV_CACHE.band.expected_bytes)
    return MemoryLedger(
        tuple(
            replace(line, band=doubled, template="16,384 cells") if line is KV_CACHE else line
            for line in ledger.lines
        )
    )


@pytest.fixture
def model(qtbot) -> LedgerModel:
    model = LedgerModel()
    model.set_ledger(LEDGER)
    return model


@pytest.fixture
def view(qtbot, theme) -> LedgerView:
    view = LedgerView(theme)
    qtbot.addWidget(view)
    view.set_ledger(LEDGER)
    view.resize(480, 400)
    view.show()
    return view


def rows(model: LedgerModel, parent: QModelIndex | None = None) -> list[list[str]]:
    above = QModelIndex() if parent is None else parent
    return [
        [model.index(row, column, above).data() for column in range(model.columnCount())]
        for row in range(model.rowCount(above))
    ]


def line(view: LedgerView, place: int, row: int) -> QModelIndex:
    return view.model().index(row, 0, view.model().index(place, 0))


def test_that_the_model_keeps_qts_contract(qtmodeltester, model: LedgerModel):
    qtmodeltester.check(model)


def test_that_an_empty_ledger_keeps_qts_contract(qtbot, qtmodeltester):
    model = LedgerModel()
    qtmodeltester.check(model)
    model.set_ledger(LEDGER)
    model.set_ledger(None)
    assert model.rowCount() == 0


def test_that_the_model_keeps_qts_contract_while_its_figures_change(
    qtmodeltester, model: LedgerModel
):
    qtmodeltester.check(model)
    model.set_ledger(longer_context(LEDGER))
    model.set_ledger(MemoryLedger((OUTPUT,)))
    model.set_ledger(LEDGER)
    assert model.rowCount() == 2


def test_that_lines_stand_under_their_place_with_its_total(model: LedgerModel):
    assert rows(model) == [["On the GPU", "", "10.06 GiB"], ["In RAM", "", "< 0.01 GiB"]]
    on_gpu = rows(model, model.index(0, 0))
    assert [row[0] for row in on_gpu] == ["Weights", "KV cache", "Runtime overhead"]
    assert [row[2] for row in on_gpu] == ["8.00 GiB", "1.56 GiB", "0.50 GiB"]
    assert on_gpu[1][1] == KV_CACHE.formula


def test_that_behind_a_line_stand_formula_reason_and_source_in_full(model: LedgerModel):
    first = model.index(0, 0, model.index(0, 0))
    details = [row[0] for row in rows(model, first)]
    assert details == [
        f"Computed: {WEIGHTS.formula}",
        WEIGHTS.reason,
        f"Source: {WEIGHTS.source}",
    ]


def test_that_a_line_is_one_phrase_for_a_screen_reader(model: LedgerModel):
    place = model.index(0, 0)
    spoken = [
        model.index(row, 0, place).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)
    ]
    assert spoken[0] == "Weights: 8.00 GiB"
    assert spoken[2] == "Runtime overhead: 0.50 GiB, 0.30 to 1.00 GiB"


def test_that_bytes_and_the_whole_formula_are_in_the_tooltips(model: LedgerModel):
    place = model.index(0, 0)
    formula = model.index(1, LedgerColumn.FORMULA, place)
    size = model.index(2, LedgerColumn.SIZE, place)
    assert formula.data(Qt.ItemDataRole.ToolTipRole) == KV_CACHE.formula
    assert size.data(Qt.ItemDataRole.ToolTipRole) == (
        "322,122,547 B at least, 536,870,912 B expected, 1,073,741,824 B at most"
    )


def test_that_new_figures_keep_every_row_and_only_tell_what_changed(qtbot, model: LedgerModel):
    changed: list[str] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.data()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_ledger(longer_context(LEDGER))
    assert changed[:2] == ["On the GPU", "KV cache"]
    assert "Weights" not in changed
    assert rows(model, model.index(0, 0))[1][2] == "3.12 GiB"


def test_that_an_equal_ledger_tells_nothing(qtbot, model: LedgerModel):
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.set_ledger(MemoryLedger(LEDGER.lines))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Right])
def test_that_the_keyboard_opens_a_line(view: LedgerView, key: Qt.Key):
    view.setCurrentIndex(line(view, 0, 1))
    QTest.keyClick(view, key)
    assert view.isExpanded(line(view, 0, 1))


def test_that_the_keyboard_closes_a_line_but_not_a_place(view: LedgerView):
    view.setCurrentIndex(line(view, 0, 1))
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert not view.isExpanded(line(view, 0, 1))
    place = view.model().index(0, 0)
    view.setCurrentIndex(place)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.isExpanded(place)


def test_that_a_click_on_any_column_opens_a_line(view: LedgerView):
    index = line(view, 0, 0).siblingAtColumn(LedgerColumn.FORMULA)
    middle = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.isExpanded(line(view, 0, 0))


def test_that_an_opened_line_stays_open_when_the_ledger_changes(view: LedgerView):
    view.expand(line(view, 0, 1))
    view.set_ledger(longer_context(LEDGER))
    assert view.isExpanded(line(view, 0, 1))
    view.set_ledger(MemoryLedger((WEIGHTS, KV_CACHE)))
    assert view.isExpanded(line(view, 0, 1)), "other lines came and went"
    view.set_ledger(None)
    view.set_ledger(LEDGER)
    assert view.isExpanded(line(view, 0, 1)), "for a moment there was none"


def test_that_a_line_can_be_copied(view: LedgerView):
    view.setCurrentIndex(line(view, 0, 2))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == f"Runtime overhead\t{OVERHEAD.formula}\t0.50 GiB\t0.30 to 1.00 GiB"


def test_that_the_whole_ledger_can_be_copied(view: LedgerView):
    view.copy_all()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [words.split("\t")[0] for words in lines] == [
        "On the GPU",
        "Weights",
        "KV cache",
        "Runtime overhead",
        "In RAM",
        "Output buffer",
    ]


def test_that_the_view_is_as_high_as_what_it_shows(qtbot, view: LedgerView):
    closed = view.sizeHint().height()
    view.expand(line(view, 0, 0))
    opened = view.sizeHint().height()
    assert opened > closed
    assert view.minimumSizeHint().height() == opened
    view.resize(220, 400)
    qtbot.waitUntil(lambda: view.sizeHint().height() > opened, timeout=1000)


def test_that_rows_grow_with_the_text(view: LedgerView):
    before = view.visualRect(line(view, 0, 0)).height()
    view.setFont(ui_font(20))
    view.grab()
    assert view.visualRect(line(view, 0, 0)).height() > before


def test_that_tab_leaves_the_view(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    view, other = LedgerView(theme, page), LedgerView(theme, page)
    view.set_ledger(LEDGER)
    page.show()
    page.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=1000)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert other.hasFocus()


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
def test_that_ledgers_look_as_they_were_drawn(qtbot, each_theme, snapshots, is_open: bool):
    view = LedgerView(each_theme)
    qtbot.addWidget(view)
    view.set_ledger(LEDGER)
    if is_open:
        view.expand(line(view, 0, 2))
    name = f"ledger-{'open' if is_open else 'closed'}-{each_theme.scheme}"
    snapshots.check(view, name, size=QSize(480, 300 if is_open else 190))
