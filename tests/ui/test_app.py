"""Starting and ending: names, settings, reports in earnest, faults that nobody caught."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from planner.core.corrections import Correction
from planner.core.fit import Reserve
from planner.core.grid_values import GridMode
from planner.core.machine import RAM_POOL_ID
from planner.core.plan import CacheType, PlanOptions, Program
from planner.settings import Scheme, Settings, load_settings, settings_path
from planner.ui.app import (
    NAME,
    _start_the_rest,
    build_window,
    make_application,
    real_services,
)
from planner.ui.controller import Choices
from planner.ui.models.page import Page
from planner.ui.tasks.fault_log import fault_log_path
from planner.ui.tasks.interruptions import report_exceptions
from planner.ui.theme import Scheme as Look
from tests.ui.conftest import FoundAtOnce
from tests.ui.machines import ONE_GPU

MEASURED = Correction(
    pool_id="ram", name="A processor", bandwidth_gb_per_s=41.5, rates_source="measured"
)


def test_that_the_application_is_named_for_the_desktop(qapp):
    app = make_application()
    assert app is qapp
    assert NAME == "phi-planner"


def test_that_a_window_of_this_computer_shows_its_ram(qtbot):
    window = build_window(keeps_geometry=False)
    qtbot.addWidget(window)
    grid = window.grid_panel.model.grid
    assert grid is not None
    assert grid.target.id == RAM_POOL_ID
    assert window.grid_panel.model.rowCount() == 24


def test_that_settings_are_what_the_window_opens_with(qtbot, below):
    window = build_window(
        machine=ONE_GPU,
        services=below.services(),
        keeps_geometry=False,
        settings=Settings(
            scheme=Scheme.DARK,
            gpu_reserve_bytes=1 << 30,
            context_length=16384,
            cache_type_k=CacheType.Q8_0,
            cache_type_v=CacheType.Q8_0,
            parallel_sequences=2,
            flash_attention=True,
            program=Program.LIBRARY,
            shows_all_formats=True,
        ),
    )
    qtbot.addWidget(window)
    grid = window.grid_panel.model.grid
    assert grid is not None
    assert grid.options == PlanOptions(
        context_length=16384,
        cache_type_k=CacheType.Q8_0,
        cache_type_v=CacheType.Q8_0,
        parallel_sequences=2,
        program=Program.LIBRARY,
    )
    assert len(grid.quant_formats) == 30
    assert grid.reserve.gpu_bytes == 1 << 30
    assert window.theme.scheme is Look.DARK
    assert window.options_bar.context.field.text() == "16,384 tokens"


def test_that_choices_go_into_the_settings_file_and_back(home):
    services = real_services(Settings(target_id="gpu1"), {"from_the_future": 1})
    services.save_choices(
        Choices(
            options=PlanOptions(context_length=2048, flash_attention=False),
            reserve=Reserve(ram_bytes=0),
            scheme=Scheme.LIGHT,
            target_id="gpu1",
            shows_all_formats=True,
            grid_mode=GridMode.SPEED,
            page=Page.RUN_IT,
            corrections=(MEASURED,),
        )
    )
    path = settings_path()
    assert path is not None
    assert path.is_relative_to(home)
    assert json.loads(path.read_text(encoding="utf-8"))["from_the_future"] == 1
    assert load_settings(path).settings == Settings(
        scheme=Scheme.LIGHT,
        ram_reserve_bytes=0,
        target_id="gpu1",
        context_length=2048,
        flash_attention=False,
        shows_all_formats=True,
        grid_mode="speed",
        page="run-it",
        corrections=(MEASURED,),
    )


def test_that_the_window_opens_with_the_figures_and_the_page_of_the_last_time(qtbot, below):
    settings = Settings(grid_mode="share", page="speed", corrections=(MEASURED,))
    window = build_window(
        machine=ONE_GPU, services=below.services(), keeps_geometry=False, settings=settings
    )
    qtbot.addWidget(window)
    choices = window.controller.choices
    assert (choices.grid_mode, choices.page) == (GridMode.SHARE, Page.SPEED)
    assert choices.corrections == (MEASURED,)
    assert window.grid_panel.model.mode is GridMode.SHARE


@pytest.mark.parametrize("setting", [{"grid_mode": "of the future"}, {"page": "of the future"}])
def test_that_what_a_newer_version_chose_is_the_usual_here(qtbot, below, setting):
    window = build_window(
        machine=ONE_GPU,
        services=below.services(),
        keeps_geometry=False,
        settings=Settings(**setting),
    )
    qtbot.addWidget(window)
    choices = window.controller.choices
    assert (choices.grid_mode, choices.page) == (GridMode.NEEDED, Page.MEMORY)


@pytest.fixture
def reporter(qapp, qtbot, monkeypatch):
    """Faults are told to a list; whoever had them before has them again afterwards."""
    window = QWidget()
    qtbot.addWidget(window)
    earlier = sys.excepthook
    made = report_exceptions(qapp, window)
    told: list[str] = []
    monkeypatch.setattr(made, "tell", told.append)
    yield made, told
    made.stop()
    assert sys.excepthook is earlier


@pytest.mark.logs_warnings
def test_that_a_fault_is_logged_each_time_and_told_once(reporter, caplog):
    _, told = reporter
    for _ in range(3):
        sys.excepthook(ValueError, ValueError("a wheel came off"), None)
    QApplication.processEvents()
    assert told == ["ValueError: a wheel came off"]
    assert caplog.text.count("Nobody caught this.") == 3


def test_that_an_interruption_is_no_fault(reporter):
    made, told = reporter
    made._window.show()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not made._window.isVisible()
    assert told == []


def test_that_the_dialog_about_a_fault_does_not_stop_the_window(qapp, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = report_exceptions(qapp, window)
    try:
        made.tell("ValueError: a wheel came off")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        assert "went wrong" in dialog.text()
        dialog.reject()
    finally:
        made.stop()


@pytest.mark.logs_warnings
def test_that_a_fault_goes_into_a_log_that_the_dialog_names(qapp, qtbot, home):
    window = QWidget()
    qtbot.addWidget(window)
    path = fault_log_path()
    assert path is not None
    assert path.is_relative_to(home)
    made = report_exceptions(qapp, window, path)
    try:
        assert not path.exists()
        sys.excepthook(ValueError, ValueError("a wheel came off"), None)
        QApplication.processEvents()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QMessageBox)
        assert str(path) in dialog.informativeText()
        dialog.reject()
    finally:
        made.stop()
    assert "ValueError: a wheel came off" in path.read_text(encoding="utf-8")


@pytest.mark.logs_warnings
def test_that_the_log_of_faults_does_not_grow_for_ever(qapp, qtbot, home, monkeypatch):
    window = QWidget()
    qtbot.addWidget(window)
    path = fault_log_path()
    assert path is not None
    made = report_exceptions(qapp, window, path)
    monkeypatch.setattr(made, "tell", lambda _: None)
    try:
        for _ in range(60):
            sys.excepthook(ValueError, ValueError("x" * 30_000), None)
    finally:
        made.stop()
    sizes = [each.stat().st_size for each in path.parent.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= 256 * 1024


def test_that_a_log_that_cannot_be_written_is_no_fault(qapp, qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    (tmp_path / "file").write_bytes(b"")
    made = report_exceptions(qapp, window, tmp_path / "file" / "below" / "a.log")
    made.stop()


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.local/state"),
        ("linux", {"HOME": "/home/a", "XDG_STATE_HOME": "/s"}, "/s"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Logs"),
    ],
)
def test_that_the_log_is_in_the_systems_own_folder(platform, environ, folder):
    wanted = Path(folder, "phi-planner", "phi-planner.log")
    assert fault_log_path(environ, platform) == wanted
    assert fault_log_path({}, platform) is None


class DarkDesktop(QObject):
    """A desktop that answers at once that it is dark."""

    told = Signal(str)

    def ask(self) -> None:
        self.told.emit("dark")


def test_that_a_started_window_follows_the_desktop(qapp, window, monkeypatch):
    monkeypatch.setattr("planner.ui.desktop.DesktopScheme", DarkDesktop)
    # These change the whole process; they have tests of their own.
    for name in ("report_exceptions", "close_on_signals"):
        monkeypatch.setattr(f"planner.ui.tasks.interruptions.{name}", lambda *_: None)
    monkeypatch.setattr("planner.ui.app.gc.freeze", lambda: None)
    before = window.theme.scheme
    _start_the_rest(qapp, window, FoundAtOnce(ONE_GPU))
    assert [before, window.theme.scheme] == [Look.LIGHT, Look.DARK]
