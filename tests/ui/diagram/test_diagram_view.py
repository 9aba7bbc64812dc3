"""The diagram under the hands: pointer, wheel and keyboard."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from planner.catalogue import load_catalogue
from planner.core.diagram import plan_diagram
from planner.core.diagram.picture import diagram_picture
from planner.core.plan import PlanOptions
from planner.ui.diagram.diagram_view import DiagramView
from planner.ui.theme import SchemeChoice

MODELS = {model.id: model for model in load_catalogue().models}
PHI_2 = [
    "embedding",
    "layer.attention_norm",
    "layer.attention",
    "layer.feed_forward",
    "final_norm",
    "head",
]


def picture_of(model_id, quant_format="Q4_K_M"):
    model = MODELS[model_id]
    return diagram_picture(plan_diagram(model, PlanOptions().plan(model, quant_format)))


@pytest.fixture
def view(qtbot, theme):
    view = DiagramView(theme)
    qtbot.addWidget(view)
    view.resize(800, 1000)
    view.set_picture(picture_of("phi-2"))
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def active(qtbot, theme):
    """The view between two buttons in a window that has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, view, after = QPushButton("before"), DiagramView(theme), QPushButton("after")
    for widget in (before, view, after):
        layout.addWidget(widget)
    view.set_picture(picture_of("phi-2"))
    window.resize(700, 700)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)
    before.setFocus()
    return window, before, view, after


def centre(view, key):
    return view.block_rect(key).center().toPoint()


def press(view, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(view, key, modifier)


NOWHERE = QPoint()


def wheel(view, at, *, degrees=120, pixels=NOWHERE, modifier=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(at),
        view.mapToGlobal(QPointF(at)),
        pixels,
        QPoint(0, degrees),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_that_pointing_at_a_block_tells_of_it(qtbot, view):
    with qtbot.waitSignal(view.block_shown) as told:
        QTest.mouseMove(view, centre(view, "layer.feed_forward"))
    assert told.args == ["layer.feed_forward"]
    with qtbot.waitSignal(view.block_shown) as told:
        QTest.mouseMove(view, QPoint(2, 2))
    assert told.args == [""]


def test_that_a_click_pins_a_block_until_the_next_click(view):
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, "embedding"))
    assert view.pinned_key == "embedding"
    QTest.mouseMove(view, QPoint(2, 2))
    assert view.shown_key == "embedding"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, "head"))
    assert view.pinned_key == "head"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert view.pinned_key == ""


def test_that_another_button_pins_nothing(view):
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=centre(view, "embedding"))
    assert view.pinned_key == ""


def test_that_the_keyboard_walks_the_blocks_in_the_order_of_reading(view):
    seen = []
    for _ in PHI_2:
        press(view, Qt.Key.Key_Down)
        seen.append(view.focused_key)
    assert seen == PHI_2
    press(view, Qt.Key.Key_Down)
    assert view.focused_key == "head"
    press(view, Qt.Key.Key_Left)
    assert view.focused_key == "final_norm"
    press(view, Qt.Key.Key_Home)
    assert view.focused_key == "embedding"
    press(view, Qt.Key.Key_End)
    assert view.focused_key == "head"


def test_that_tab_goes_through_the_blocks_and_on(active):
    window, before, view, after = active
    seen = []
    for _ in PHI_2:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert view.hasFocus()
        seen.append(view.focused_key)
    assert seen == PHI_2
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert view.focused_key == ""
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert view.focused_key == "head"
    for _ in PHI_2:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert before.hasFocus()


def test_that_enter_pins_and_escape_lets_go(view):
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert view.pinned_key == "embedding"
    press(view, Qt.Key.Key_Escape)
    assert view.pinned_key == ""


def test_that_escape_with_nothing_pinned_is_left_to_the_window(active):
    _, _, view, _ = active
    assert not view._choose(Qt.Key.Key_Escape)
    assert not view._choose(Qt.Key.Key_Return)


def test_that_the_keyboard_zooms_pans_and_fits(view):
    view.fit()
    fitted = view.scale
    press(view, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert view.scale == pytest.approx(fitted * 1.25**2)
    press(view, Qt.Key.Key_Minus)
    assert view.scale == pytest.approx(fitted * 1.25)
    before = view.block_rect("embedding").top()
    press(view, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    assert view.block_rect("embedding").top() < before
    assert view.focused_key == ""
    press(view, Qt.Key.Key_0)
    assert view.scale == pytest.approx(fitted)


def test_that_the_walk_brings_a_block_into_the_view(view):
    view.resize(300, 260)
    press(view, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    for key in PHI_2:
        press(view, Qt.Key.Key_Down)
        assert view.rect().intersects(view.block_rect(key).toRect())


def test_that_the_wheel_zooms_at_the_pointer(view):
    at = centre(view, "layer.attention")
    before = view.scale
    wheel(view, at)
    assert view.scale == pytest.approx(before * 1.25)
    wheel(view, at, degrees=-120)
    assert view.scale == pytest.approx(before)
    wheel(view, at, degrees=0)
    assert view.scale == pytest.approx(before)


def test_that_two_fingers_move_the_picture(view):
    view.resize(300, 300)
    view.zoom(2)
    before, scale = view.block_rect("embedding"), view.scale
    wheel(view, QPoint(50, 50), degrees=-40, pixels=QPoint(-10, -30))
    assert view.scale == scale
    after = view.block_rect("embedding")
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((-10, -30))
    control = Qt.KeyboardModifier.ControlModifier
    wheel(view, QPoint(50, 50), pixels=QPoint(0, 30), modifier=control)
    assert view.scale > scale


def test_that_a_drag_moves_the_picture_and_pins_nothing(view):
    view.resize(300, 300)
    view.zoom(2)
    view.pan(-200, -200)
    before = view.block_rect("embedding").topLeft()
    start = QPoint(150, 150)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 40, 60):
        QTest.mouseMove(view, start + QPoint(step, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert view.block_rect("embedding").topLeft().x() == pytest.approx(before.x() + 60)
    assert view.pinned_key == ""


def test_that_what_is_pinned_stays_when_the_format_changes(view):
    view.pin("layer.attention")
    view.zoom(1.5)
    scale = view.scale
    view.set_picture(picture_of("phi-2", "Q8_0"), keeps_place=True)
    assert (view.pinned_key, view.scale) == ("layer.attention", scale)
    view.set_picture(picture_of("phi-3.5-moe"), keeps_place=False)
    assert (view.pinned_key, view.shown_key) == ("", "")


def test_that_a_picture_follows_the_size_until_somebody_zooms(view):
    view.resize(400, 500)
    small = view.scale
    view.resize(800, 1000)
    assert view.scale > small
    view.zoom(0.5)
    held = view.scale
    view.resize(400, 500)
    assert view.scale == held


def test_that_a_screen_reader_hears_the_block_with_the_focus(view):
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Architecture diagram"
    assert "Output head" in interface.text(QAccessible.Text.Description)
    press(view, Qt.Key.Key_Down)
    said = interface.text(QAccessible.Text.Name)
    assert said == "Token embedding: 131.1 M parameters, 70.3 MiB, 4 % of the weights"
    assert interface.text(QAccessible.Text.Description) == "Block 1 of 6"
    press(view, Qt.Key.Key_Return)
    assert interface.text(QAccessible.Text.Description) == "Block 1 of 6, pinned"


def test_that_nothing_happens_without_a_picture(view):
    view.set_picture(None)
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_0)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert (view.focused_key, view.pinned_key, view.picture) == ("", "", None)


def test_that_the_diagram_follows_the_scheme(view, theme):
    light = view.grab().toImage().pixelColor(2, 2)
    theme.set_choice(SchemeChoice.DARK)
    assert view.grab().toImage().pixelColor(2, 2) != light


@pytest.mark.parametrize("model_id", ["phi-2", "phi-4-mini-flash-reasoning"])
def test_that_diagrams_look_as_they_were_drawn(qtbot, each_theme, snapshots, model_id):
    view = DiagramView(each_theme)
    qtbot.addWidget(view)
    picture = picture_of(model_id)
    view.set_picture(picture)
    size = QSize(round(picture.width), round(picture.height))
    snapshots.check(view, f"diagram-{model_id}-{each_theme.scheme}", size=size)
