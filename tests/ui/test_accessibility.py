"""Qt's tree for screen readers, in every sight: roles, names, values."""

import re

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QWidget

from planner.ui.panels.chart_section import ChartSection
from planner.ui.widgets.picture_view import PictureView
from tests.ui.machines import LONG_NAMES, NO_GPU, ONE_GPU
from tests.ui.sights import every_page, every_sight, seen_widgets

Role = QAccessible.Role
CONTROLS = {
    Role.Button,
    Role.PushButton,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.Slider,
    Role.SpinBox,
    Role.Table,
    Role.Tree,
    Role.List,
    Role.PageTab,
    Role.PageTabList,
    Role.Document,
    Role.ProgressBar,
    Role.Graphic,
}
WITH_VALUES = {Role.Slider, Role.SpinBox, Role.ProgressBar}
CLASS_NAME = re.compile(r"Q[A-Z]\w+|[A-Z]\w+(View|Panel|Page|Widget|Table|Bar)")

no_screen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def tree(root: QWidget):
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        interface = waiting.pop()
        yield interface
        if interface.role() is not Role.Table:
            children = (interface.child(place) for place in range(interface.childCount()))
            waiting += [each for each in children if each.isValid()]


def controls(root: QWidget):
    """Return the controls that are seen, but for those that Qt builds into others."""
    inner = {
        part
        for widget in root.findChildren(QAbstractScrollArea)
        for part in (widget.verticalScrollBar(), widget.horizontalScrollBar())
    }
    for interface in tree(root):
        widget = interface.object()
        if not isinstance(widget, QWidget) or not widget.isVisibleTo(root):
            continue
        is_inner = widget in inner or widget.objectName().startswith("qt_")
        if interface.role() in CONTROLS and not is_inner:
            yield interface, widget


def complaint(interface, widget) -> str:
    name = interface.text(QAccessible.Text.Name).strip()
    if not name:
        return "has no name"
    if CLASS_NAME.fullmatch(name):
        return f"is called by its class: {name}"
    if interface.role() in WITH_VALUES:
        value = interface.valueInterface()
        if value is None or value.currentValue() is None:
            return "has no value"
    return ""


@no_screen
@pytest.mark.parametrize("machine", [ONE_GPU, NO_GPU, LONG_NAMES], ids=["gpu", "ram", "three"])
def test_that_every_control_of_every_sight_has_a_name_and_its_value(make_window, machine):
    window, found, count = make_window(machine), set(), 0
    for sight, root in every_sight(window):
        for interface, widget in controls(root):
            count += 1
            why = complaint(interface, widget)
            if why:
                found.add((sight, type(widget).__name__, interface.role().name, why))
    assert count > 100
    assert found == set()


@no_screen
def test_that_every_window_has_a_title(window):
    assert [root for _, root in every_sight(window) if not root.windowTitle().strip()] == []


def test_that_every_chart_is_told_in_words_and_has_a_table(window):
    silent, without, charts = [], [], 0
    for sight, root in every_page(window):
        for view in root.findChildren(PictureView):
            if view.isVisibleTo(root) and view.picture is not None:
                charts += 1
                name, words = view.accessibleName(), view.accessibleDescription()
                if not name or len(words) < 20:
                    silent.append((sight, type(view).__name__, name, words))
        for section in root.findChildren(ChartSection):
            if section.isVisibleTo(root):
                section.table_button.setChecked(True)
                if section.table is None or not section.table.model().rowCount():
                    without.append((sight, section.heading.text()))
                section.table_button.setChecked(False)
    assert charts >= 4
    assert silent == []
    assert without == []


def test_that_what_takes_the_keyboard_can_be_heard(window):
    """A focus on something nameless is silence."""
    silent = set()
    for sight, root in every_page(window):
        for widget in seen_widgets(root):
            takes = bool(widget.focusPolicy().value & 1)  # Qt.FocusPolicy.TabFocus
            is_part = widget.focusProxy() is not None or isinstance(widget, QHeaderView)
            interface = QAccessible.queryAccessibleInterface(widget)
            if takes and not is_part and not interface.text(QAccessible.Text.Name).strip():
                silent.add((sight, type(widget).__name__, widget.parent().__class__.__name__))
    assert silent == set()


def test_that_a_cell_speaks_its_model_format_verdict_and_size(make_window):
    window = make_window(context_length=16384)
    table = QAccessible.queryAccessibleInterface(window.grid_panel.view)
    cells = [table.child(place) for place in range(table.childCount())]
    said = [each.text(QAccessible.Text.Name) for each in cells if each.role() is Role.Cell]
    pattern = re.compile(
        r".+ \w+: ("
        r"(fits|fits, but tight|part in RAM|part of it in RAM|does not fit)\b.*[\d.]+ GiB"
        r"|.*(not|no|cannot).*)",
        re.IGNORECASE,
    )
    assert len(said) == 24 * 7
    assert [each for each in said if not pattern.match(each)] == []
