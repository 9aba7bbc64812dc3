"""The pace of the window in use, offscreen; prints JSON: `python -m tests.bench.pace`.

Whole updates are timed, from what somebody asks for to the painted answer: grid, detail and
charts for a step of the context, another model with its diagram, fresh live figures. With
`--everything` every page and dialog is opened once, for the memory that this takes.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from planner.core.machine import Machine
from planner.settings import Settings
from planner.ui.app import build_window, real_services
from planner.ui.controller import LiveAnswer
from planner.ui.main_window import MainWindow
from planner.ui.models.actions import ActionId
from planner.ui.models.cell import Cell
from planner.ui.models.page import Page
from tests.ui import machines

SCENES: Final = {
    "RAM": machines.NO_GPU,
    "RTX 4090": machines.ONE_GPU,
    "RTX 4070": machines.SMALL_GPU,
}
_SIZE: Final = (1440, 900)
_STEPS: Final = 120
_FIRST_CONTEXT: Final = 512
_SECONDS_OF_AN_HOUR: Final = 3600
_DIALOGS: Final = (
    ActionId.WHAT_IF,
    ActionId.PALETTE,
    ActionId.SETTINGS,
    ActionId.SHORTCUTS,
    ActionId.ABOUT,
    ActionId.RECEIPT,
    ActionId.ACCURACY,
    ActionId.ADD_TO_COMPARISON,
)


def main() -> int:
    """Measure in use, or open everything there is and end with the memory at its peak."""
    if "--everything" in sys.argv:
        window = _open(machines.ONE_GPU)
        _open_everything(window)
        _close(window)
        return 0
    steps, switches = {}, {}
    for name, machine in SCENES.items():
        window = _open(machine)
        steps[name] = _two(_context_steps(window))
        switches[name] = _two(_model_switches(window))
        _close(window)
    window = _open(machines.ONE_GPU)
    seconds, growth_bytes = _live_hour(window)
    _close(window)
    told = {
        "step_ms": steps,
        "switch_ms": switches,
        "live_cpu_percent": 100 * seconds / _SECONDS_OF_AN_HOUR,
        "live_growth_bytes": growth_bytes,
    }
    print(json.dumps(told))
    return 0


def _open(machine: Machine) -> MainWindow:
    settings = Settings()
    window = build_window(
        machine=machine,
        settings=settings,
        services=replace(real_services(settings), save_choices=lambda _: None),
        keeps_geometry=False,
    )
    window.resize(*_SIZE)
    window.show()
    QCoreApplication.processEvents()
    window.complete()
    # The charts come once nothing moves.
    QTest.qWait(400)
    return window


def _close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _timed_ms(window: MainWindow, ask: Callable[..., Any], *values: object) -> float:
    began = time.perf_counter()
    ask(*values)
    QCoreApplication.processEvents()
    while window.updates_are_due:
        QCoreApplication.processEvents()
    return 1000 * (time.perf_counter() - began)


def _context_steps(window: MainWindow) -> list[float]:
    """Drag the slider once through its range, at its own steps."""
    controller, slider = window.controller, window.options_bar.context.slider
    places = range(slider.minimum(), slider.maximum() + 1)
    stride = max(1, len(places) // _STEPS)
    taken = [_timed_ms(window, slider.setValue, at) for at in places[::stride]]
    controller.set_options(replace(controller.choices.options, context_length=None))
    # What the first steps load is no part of a drag.
    return taken[5:]


def _model_switches(window: MainWindow) -> list[float]:
    """Walk down the models with the diagram in sight."""
    window.detail_panel.set_page(Page.ARCHITECTURE)
    window.controller.choose_page(Page.ARCHITECTURE)
    _timed_ms(window, lambda: None)
    models = [model.id for model in window.controller.models if model.shape is not None]
    return [
        _timed_ms(window, window.controller.choose_cell, Cell(each, "Q4_K_M"))
        for each in models
    ]


def _live_hour(window: MainWindow) -> tuple[float, int]:
    """Hand the window fresh figures as an hour brings them; return CPU seconds and growth."""

    def figures(number: int) -> None:
        moved = (number % 7 - 3) * 300_000
        pools = tuple(
            replace(pool, free_bytes=(pool.free_bytes or 0) + moved)
            for pool in machines.ONE_GPU.pools
        )
        machine = replace(machines.ONE_GPU, pools=pools)
        window.controller.figures_read(LiveAnswer(0, machine))

    for number in range(50):
        _timed_ms(window, figures, number)
    before, began = _resident_bytes(), time.process_time()
    for number in range(_SECONDS_OF_AN_HOUR):
        _timed_ms(window, figures, number)
    return time.process_time() - began, _resident_bytes() - before


def _open_everything(window: MainWindow) -> None:
    """Look at every page and open every dialog once."""
    for page in Page:
        window.detail_panel.set_page(page)
        window.controller.choose_page(page)
        _timed_ms(window, lambda: None)
    for action in _DIALOGS:
        window.do(action)
        QCoreApplication.processEvents()
        opened = window.dialogs.opened
        if opened is not None:
            opened.reject()
    QCoreApplication.processEvents()


def _two(taken: list[float]) -> dict[str, float]:
    return {
        "median": statistics.median(taken),
        "p95": sorted(taken)[int(0.95 * (len(taken) - 1))],
    }


def _resident_bytes() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    sys.exit(main())
