"""Files that the program is told to open: one after the other, each where it belongs."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from planner.core.report_choices import ReportChoices, ReportFormat
from planner.files.machine_card import save_machine_card
from planner.session import open_path
from planner.ui.app import files_of
from planner.ui.controller.reports import ReportMaker
from planner.ui.main_window.file_queue import FileQueue
from planner.ui.models.comparison_values import Side
from planner.ui.models.report_values import ReportWish
from tests.ui.conftest import CATALOGUE, FoundAtOnce
from tests.ui.machines import ONE_GPU, SMALL_GPU

LONG_MS = 20_000


def beside(window):
    return window.controller.choices.what_if


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "workshop.json"
    save_machine_card(SMALL_GPU, path)
    return path


@pytest.fixture
def window(make_window, below):
    below.open_path = lambda path: open_path(path, CATALOGUE.models)
    return make_window()


@pytest.fixture
def report(window, tmp_path):
    wish = ReportWish(choices=ReportChoices(format=ReportFormat.JSON))
    made = ReportMaker(window.controller.report_order()).render(wish, lambda *_: None)
    path = tmp_path / "monday.fit-report.json"
    path.write_bytes(made.content)
    return path


@pytest.mark.parametrize(
    ("arguments", "argv", "files"),
    [
        (["phi-planner"], [], ()),
        (["phi-planner", "a.gguf", "b c.json"], ["a.gguf", "b c.json"], ("a.gguf", "b c.json")),
        # Qt has taken its own option with its value.
        (["phi-planner", "a.gguf"], ["-platform", "xcb", "a.gguf"], ("a.gguf",)),
        # Windows may give the whole command instead.
        (["python", "-m", "planner", "app", "a.gguf"], ["a.gguf"], ("a.gguf",)),
        (["phi-planner", "--odd"], ["--odd"], ()),
    ],
)
def test_that_words_after_app_are_files(arguments, argv, files):
    assert files_of(arguments, argv) == files


def test_that_a_file_waits_for_the_one_before_it():
    opened: list[str] = []
    queue = FileQueue(opened.append)
    queue.begin()
    queue.add(("a", "b"))
    assert opened == []
    queue.begin()
    queue.begin()
    assert opened == ["a"]
    queue.add(("c",))
    queue.go_on()
    assert opened == ["a", "b"]
    queue.go_on()
    queue.go_on()
    assert opened == ["a", "b", "c"]
    queue.add(("d",))
    queue.begin()
    assert opened[-1] == "d"


def test_that_files_are_opened_once_the_hardware_is_known(qtbot, window, card):
    window.open_files((str(card),), once_known=True)
    assert beside(window) is None
    window.controller.detect(FoundAtOnce(ONE_GPU))
    qtbot.waitUntil(lambda: beside(window) is not None, timeout=LONG_MS)
    assert beside(window).pools[0].name == SMALL_GPU.pools[0].name


def test_that_a_file_that_cannot_be_opened_does_not_keep_the_next_one_back(
    qtbot, window, card, tmp_path
):
    window.open_files((str(tmp_path / "none.gguf"), str(card)))
    qtbot.waitUntil(lambda: beside(window) is not None, timeout=LONG_MS)


def test_that_a_saved_report_is_compared_with_what_is_shown(qtbot, window, report):
    window.open_files((str(report),))
    qtbot.waitUntil(lambda: window.dialogs.comparison is not None, timeout=LONG_MS)
    names = window.dialogs.comparison.page.names
    qtbot.waitUntil(
        lambda: (
            names[Side.BEFORE].text() == "monday.fit-report.json, a fit report"
            and names[Side.AFTER].text() == "The answer shown now, a fit report"
        ),
        timeout=LONG_MS,
    )
    assert window.dialogs.comparison.dialog.isVisible()


def test_that_every_file_that_is_dropped_is_opened(qtbot, window, card, report):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(card)), QUrl.fromLocalFile(str(report))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.dialogs.comparison is not None, timeout=LONG_MS)
    assert beside(window) is not None
    assert json.loads(report.read_bytes())["schema"] == "phi-planner/report/1"
    page = window.dialogs.comparison.page
    qtbot.waitUntil(page.export_button.isEnabled, timeout=LONG_MS)
