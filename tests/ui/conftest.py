"""What the window's tests share: a window on a machine that nobody has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner.catalogue import load_catalogue
from planner.catalogue.devices import load_devices
from planner.core.fit import Reserve
from planner.core.machine import Machine
from planner.session import PlannerSession
from planner.settings import Settings
from planner.ui.app import build_window
from planner.ui.controller import Choices, Services
from planner.ui.controller.ports import no_what_if, nothing_opens
from planner.ui.main_window import MainWindow
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.translations import speak
from tests.ui import machines

# Fixtures are found by their names here.
from tests.ui.look import (  # noqa: F401
    bundled_fonts,
    each_theme,
    look,
    pytest_addoption,
    snapshots,
    theme,
)
from tests.ui.report_previews import LONG_MS, open_preview

CATALOGUE = load_catalogue()


class FoundAtOnce:
    """A look at the hardware that has its answer."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.was_cancelled = False

    def result(self) -> Machine:
        return self.machine

    def cancel(self) -> None:
        self.was_cancelled = True


@dataclass
class Below:
    """Stands for everything below the window, and remembers what it was asked for."""

    found: Machine = machines.ONE_GPU
    saved: list[Choices] = field(default_factory=list)
    detections: list[FoundAtOnce] = field(default_factory=list)
    make_what_if: Callable[[WhatIfOrder], Machine] = no_what_if
    open_path: Callable[[Path], Any] = nothing_opens

    def start_detection(self) -> FoundAtOnce:
        self.detections.append(FoundAtOnce(self.found))
        return self.detections[-1]

    def services(self) -> Services:
        return Services(
            open_session=open_session,
            start_detection=self.start_detection,
            save_choices=self.saved.append,
            make_what_if=self.make_what_if,
            open_path=self.open_path,
            load_devices=lambda: tuple(load_devices()),
        )


def open_session(machine: Machine, reserve: Reserve) -> PlannerSession:
    """Return a session on all models that are known."""
    return PlannerSession(models=CATALOGUE.models, machine=machine, reserve=reserve)


@pytest.fixture
def below() -> Below:
    """What lies below the window."""
    return Below()


@pytest.fixture
def make_window(qtbot, below: Below) -> Iterator[Callable[..., MainWindow]]:
    """Open windows, and close them after the test."""
    windows: list[MainWindow] = []

    def make(
        machine: Machine = machines.ONE_GPU,
        *,
        size: tuple[int, int] = (1440, 900),
        text_scale: float = 1.0,
        **settings: Any,
    ) -> MainWindow:
        window = build_window(
            machine=machine,
            settings=Settings(**settings),
            services=below.services(),
            keeps_geometry=False,
            text_scale=text_scale,
        )
        windows.append(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=2000)
        window.complete()
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window):
    """A window on a machine with one RTX 4090."""
    return make_window()


@pytest.fixture
def english_again(qapp):
    """Speak English after a test that spoke something else, in the same font."""
    font = qapp.font()
    yield
    speak("en")
    qapp.setFont(font)


@pytest.fixture
def opened(qtbot, window):
    """Open a report's preview as a person does, and wait for what it shows."""
    return partial(open_preview, qtbot, window)


@pytest.fixture
def wait_for(qtbot):
    """Wait until a widget can be seen."""
    return lambda widget: qtbot.waitUntil(widget.isVisible, timeout=LONG_MS)
