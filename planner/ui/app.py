"""Starts the window. Nothing is loaded here that the first painted verdict does not need.

What was measured to be dear and comes later or never: numpy and pyqtgraph (charts), pydantic
(reports, a changed settings file), pynvml (a child process of its own), star imports of Qt.
"""

from __future__ import annotations

import gc
import logging
import sys
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from planner.catalogue import load_catalogue
from planner.core.fit import Reserve
from planner.core.grid_values import GridMode
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.report_choices import ReportChoices
from planner.core.runtimes import llama_cpp  # noqa: F401 - the first grid's, see below
from planner.hardware.at_start import start_detection_early
from planner.hardware.system_memory import read_system_memory
from planner.session import PlannerSession, open_path
from planner.settings import Settings, load_settings, save_settings, settings_path
from planner.ui.controller import FIRST_CELL, Choices, Services
from planner.ui.models.cell import Cell
from planner.ui.models.page import Page
from planner.ui.models.what_if_key import what_if_pool
from planner.version import __version__

# isort: split
# What is above knows no Qt. Once Qt is loaded, each module that is imported is read once more.
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from planner.ui.tasks.plain_imports import use_plain_imports

use_plain_imports()

# isort: split
from planner.ui.fonts import BODY_PX, load_fonts, ui_font
from planner.ui.main_window import MainWindow
from planner.ui.tasks.start_guard import qt_starts_or_says_why
from planner.ui.theme import FUSION, STYLE_PROPERTY, SchemeChoice, Theme
from planner.ui.translations import speak

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from planner.core.device_spec import DeviceSpec
    from planner.ui.controller import Detection, LiveSource
    from planner.ui.models.what_if import WhatIfOrder

logger = logging.getLogger(__name__)

NAME: Final = "phi-planner"
# The name of the desktop entry and, on X11, of the window's class: they must be equal.
DESKTOP_FILE_NAME: Final = "phi-planner"
_OPTION_NAMES: Final = tuple(field.name for field in fields(PlanOptions))
_REPORT_NAMES: Final = tuple(field.name for field in fields(ReportChoices))


def run(argv: Sequence[str] = ()) -> int:
    """Open the window and return the exit code once it is closed."""
    # The driver is asked by a child process, beside all that follows.
    detection = start_detection_early()
    loaded = load_settings(settings_path())
    app = make_application(argv)
    window = build_window(settings=loaded.settings, unknown_settings=loaded.unknown)
    for note in loaded.notes:
        window.show_message(note)
    window.open_files(files_of(app.arguments(), argv), once_known=True)
    known = _KnownMachine(detection)
    rest = partial(_start_the_rest, app, window, known)
    window.first_painted.connect(lambda: QTimer.singleShot(0, window, rest))
    window.show()
    code = app.exec()
    # A signal may have ended the loop with the window still open.
    window.close()
    detection.cancel()
    return code


def files_of(arguments: Sequence[str], argv: Sequence[str]) -> tuple[str, ...]:
    """Return the files that the program was asked to open.

    Args:
        arguments: What Qt left of its own options; on Windows it may be the whole command.
        argv: The words after `app`, Qt's options among them.
    """
    return tuple(word for word in arguments[1:] if word in argv and not word.startswith("-"))


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """Return the application with its names set, or the one there is."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    with qt_starts_or_says_why():
        # Named here, Qt makes it once; set later it is made beside the platform's own.
        app = QApplication([NAME, "-style", FUSION, *argv])
    app.setProperty(STYLE_PROPERTY, FUSION)
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Phi Planner")
    app.setApplicationVersion(__version__)
    app.setOrganizationName(NAME)
    app.setDesktopFileName(DESKTOP_FILE_NAME)
    return app


def build_window(
    *,
    machine: Machine | None = None,
    settings: Settings | None = None,
    unknown_settings: Mapping[str, Any] | None = None,
    services: Services | None = None,
    keeps_geometry: bool = True,
    text_scale: float = 1.0,
) -> MainWindow:
    """Return the window with its verdicts, not shown yet.

    Args:
        machine: What to plan for; the RAM of this computer where not given.
        settings: What a person chose earlier.
        unknown_settings: Keys of the settings file that go back into it as they are.
        services: What lies below the window.
        keeps_geometry: Whether size and place are read and written.
        text_scale: How much larger than usual all text is.
    """
    app = make_application()
    settings = Settings() if settings is None else settings
    # Before the first widget: each asks for its words when it is made.
    speak(settings.language, settings.size_unit)
    load_fonts()
    app.setFont(ui_font(round(BODY_PX * text_scale)))
    theme = Theme(SchemeChoice(settings.scheme.value), parent=None)
    theme.follow(app)
    window = MainWindow(
        theme,
        services or real_services(settings, unknown_settings),
        machine=Machine(pools=(read_system_memory(),)) if machine is None else machine,
        choices=_choices_of(settings),
    )
    # After the widgets, see there.
    theme.paint()
    if keeps_geometry:
        window.keep_geometry_in(QSettings(NAME, "window"))
    theme.setParent(window)
    return window


def real_services(
    settings: Settings, unknown_settings: Mapping[str, Any] | None = None
) -> Services:
    """Return what lies below the window on a person's computer."""
    models = load_catalogue().models
    return Services(
        open_session=lambda machine, reserve: PlannerSession(
            models=models, machine=machine, reserve=reserve
        ),
        start_detection=lambda: _KnownMachine(start_detection_early()),
        start_live=_start_live,
        open_path=lambda path: open_path(path, models),
        make_what_if=_make_what_if,
        load_devices=_load_devices,
        save_choices=lambda choices: save_settings(
            _settings_of(choices, settings), settings_path(), unknown=unknown_settings
        ),
    )


def _choices_of(settings: Settings) -> Choices:
    cell = FIRST_CELL
    if settings.model_id is not None and settings.quant_format is not None:
        cell = Cell(settings.model_id, settings.quant_format)
    pages = {page.value: page for page in Page}
    modes = {mode.value: mode for mode in GridMode}
    return Choices(
        options=PlanOptions(**{name: getattr(settings, name) for name in _OPTION_NAMES}),
        reserve=Reserve(
            gpu_bytes=settings.gpu_reserve_bytes, ram_bytes=settings.ram_reserve_bytes
        ),
        cell=cell,
        target_id=settings.target_id,
        page=pages.get(settings.page or "", Page.MEMORY),
        scheme=settings.scheme,
        language=settings.language,
        size_unit=settings.size_unit,
        refresh_seconds=settings.refresh_seconds,
        shows_all_formats=settings.shows_all_formats,
        grid_mode=modes.get(settings.grid_mode or "", GridMode.NEEDED),
        recent_files=settings.recent_files,
        corrections=settings.corrections,
        report=ReportChoices(
            **{name: getattr(settings, f"report_{name}") for name in _REPORT_NAMES}
        ),
    )


def _settings_of(choices: Choices, before: Settings) -> Settings:
    cell, target_id = choices.cell, choices.target_id
    if target_id is not None and what_if_pool(target_id) is not None:
        # The what-if machine is not kept: at the next start the choice is as before.
        target_id = before.target_id
    is_first, is_memory = cell == FIRST_CELL, choices.page is Page.MEMORY
    is_needed = choices.grid_mode is GridMode.NEEDED
    return replace(
        before,
        **{name: getattr(choices.options, name) for name in _OPTION_NAMES},
        scheme=choices.scheme,
        language=choices.language,
        size_unit=choices.size_unit,
        refresh_seconds=choices.refresh_seconds,
        gpu_reserve_bytes=choices.reserve.gpu_bytes,
        ram_reserve_bytes=choices.reserve.ram_bytes,
        target_id=target_id,
        model_id=None if is_first else cell.model_id,
        quant_format=None if is_first else cell.quant_format,
        page=None if is_memory else choices.page.value,
        grid_mode=None if is_needed else choices.grid_mode.value,
        corrections=choices.corrections,
        recent_files=choices.recent_files,
        shows_all_formats=choices.shows_all_formats,
        **{f"report_{name}": getattr(choices.report, name) for name in _REPORT_NAMES},
    )


class _KnownMachine:
    """A look at the hardware whose answer has what the catalogue knows, too."""

    def __init__(self, detection: Detection) -> None:
        self._detection = detection

    def result(self) -> Machine:
        return _known(self._detection.result())

    def cancel(self) -> None:
        self._detection.cancel()


def _known(machine: Machine) -> Machine:
    """Return what was found with the figures of the catalogue."""
    from planner.catalogue.device_matches import matched_machine

    return matched_machine(machine)


def _start_live(machine: Machine) -> LiveSource | None:
    """Return what reads live figures of this computer."""
    # Late: figures are live once the hardware is known.
    from planner.hardware.detect import detect_machine
    from planner.hardware.live import LiveReader

    return LiveReader(machine, detect=lambda: _known(detect_machine()))


def _make_what_if(order: WhatIfOrder) -> Machine:
    from planner.hardware.simulated import device_machine

    return device_machine(order.devices, vram_bytes=order.vram_bytes, ram_bytes=order.ram_bytes)


def _load_devices() -> tuple[DeviceSpec, ...]:
    from planner.catalogue.devices import load_devices

    return tuple(load_devices())


def _start_the_rest(app: QApplication, window: MainWindow, detection: Detection) -> None:
    """Do what could wait for the first paint."""
    # Late: it brings sockets and signals, which no paint needs.
    from planner.ui.tasks.fault_log import fault_log_path
    from planner.ui.tasks.interruptions import close_on_signals, report_exceptions

    # `planner.__main__` had switched the collector off: nothing dies while a program starts.
    gc.freeze()
    gc.enable()
    report_exceptions(app, window, fault_log_path())
    close_on_signals(app, window)
    window.controller.detect(detection)
    # Last: the desktop's answer may repaint everything.
    window.theme.ask_desktop()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
