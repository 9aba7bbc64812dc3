"""Random input ends with nothing broken: no exception, no warning of Qt, nothing leaked.

`PHI_MONKEY_EVENTS=100000 PHI_MONKEY_SEED=3 pytest tests/ui/test_monkey.py` goes on for longer.
"""

import ctypes
import functools
import gc
import os
import random
import sys
import threading
from collections import Counter
from dataclasses import dataclass

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from planner.catalogue.devices import load_devices
from planner.session import open_path
from planner.settings import Settings
from planner.ui.app import _make_what_if, build_window
from planner.ui.controller import Services
from planner.ui.models.actions import ActionId
from planner.ui.panels.chart_section import ChartSection
from planner.ui.panels.memory_charts import MemoryCharts
from planner.ui.tasks.background_task import BackgroundTask
from tests.ui.conftest import CATALOGUE, open_session
from tests.ui.machines import ONE_GPU
from tests.ui.monkey import Monkey, told
from tests.ui.monkey_props import RandomFigures, write_files
from tests.ui.settling import finish_jobs, settle

EVENTS = int(os.environ.get("PHI_MONKEY_EVENTS", "600"))
SEED = int(os.environ.get("PHI_MONKEY_SEED", "1"))
WARM_UP = 0.5  # the share of the events after which everything has been opened once
MEMORY_GROWTH = 1.10
MOST_NEW_WIDGETS = 20


@pytest.fixture
def faults(monkeypatch):
    """What nobody caught, wherever it was."""
    caught: list[str] = []
    monkeypatch.setattr(
        sys, "excepthook", lambda _kind, error, _trace: caught.append(told(error))
    )
    monkeypatch.setattr(
        threading, "excepthook", lambda fault: caught.append(told(fault.exc_value))
    )
    return caught


@pytest.fixture
def monkey(look, tmp_path, monkeypatch):
    """A monkey with a window of its own; afterwards the application is as it was."""
    monkeypatch.chdir(tmp_path)  # where a file dialog begins
    dice = random.Random(SEED)
    started: list[Monkey] = []
    services = Services(
        open_session=open_session,
        save_choices=lambda _choices: None,
        start_detection=lambda: started[0].start_detection(),  # noqa: PLW0108 - made below
        start_live=lambda machine: RandomFigures(machine, dice),
        open_path=lambda path: open_path(path, CATALOGUE.models),
        make_what_if=_make_what_if,
        load_devices=lambda: tuple(load_devices()),
    )
    window = build_window(
        machine=ONE_GPU, settings=Settings(), services=services, keeps_geometry=False
    )
    window.show()
    QApplication.processEvents()
    window.complete()
    started.append(Monkey(window, write_files(tmp_path), dice))
    yield started[0]
    started[0].rest()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@dataclass(frozen=True)
class State:
    """What a program may have too much of; widgets by their kind."""

    memory_mb: float
    widgets: Counter[str]
    threads: int


def forget_answers() -> None:
    """Drop what functions keep to be quick: it has bounds, and is reached late by chance."""
    # Not by `gc.get_objects`: a tuple that another thread is making breaks when it is seen.
    for name, module in tuple(sys.modules.items()):
        if name.startswith("planner."):
            for each in tuple(vars(module).values()):
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()
    if sys.platform == "linux":
        # What was freed and lies between other blocks is no leak.
        getattr(ctypes.CDLL(None), "malloc_trim", lambda _bytes: None)(0)


def state_of_the_program() -> State:
    forget_answers()
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return State(
        memory_mb=psutil.Process().memory_info().rss / 1e6,
        widgets=Counter(type(widget).__name__ for widget in QApplication.allWidgets()),
        threads=threading.active_count(),
    )


def tour(monkey: Monkey) -> None:
    """Open everything once: what is kept after that is no leak."""
    for action_id in ActionId:
        if action_id is not ActionId.QUIT:
            monkey.window.do(action_id)
            monkey.answer_detections()
            # A report brings libraries with it.
            finish_jobs(monkey.window)
            modal = QApplication.activeModalWidget()
            if modal is not None:
                modal.close()
    options_bar = monkey.window.options_bar
    for place in range(options_bar.runtime.count()):
        options_bar.runtime.setCurrentIndex(place)
        settle(monkey.window)
        assert not options_bar.more.isVisible()  # it is made when it is asked for
    rest(monkey)


def rest(monkey: Monkey) -> None:
    """Let the window be as at first, with all that charts make when it is wanted."""
    monkey.rest()
    for charts in monkey.window.findChildren(MemoryCharts):
        for _ in range(2):
            charts.explore_button.toggle()
            finish_jobs(monkey.window)
    for chart in monkey.window.findChildren(ChartSection):
        for _ in range(2):
            chart.table_button.toggle()


# Without a screen there is nothing to raise, and no keyboard to grab.
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_random_input_breaks_nothing_and_leaves_nothing(monkey, faults):
    tour(monkey)
    before: State | None = None
    while monkey.count < EVENTS and not faults:
        if monkey.count % 1000 == 0:
            forget_answers()
        try:
            monkey.go_on(50)
        except Exception as error:
            error.add_note("after\n" + "\n".join(monkey.done))
            raise
        if before is None and monkey.count >= EVENTS * WARM_UP:
            rest(monkey)
            before = state_of_the_program()
    rest(monkey)
    assert not faults, faults[0] + "\nafter\n" + "\n".join(monkey.done)
    after = state_of_the_program()
    assert before is not None
    # Each kind of job keeps the thread that it had first.
    assert after.threads <= 1 + len(monkey.window.findChildren(BackgroundTask))
    # Lists keep the rows that they have had at most; a leak grows with every event.
    new = after.widgets - before.widgets
    assert new.total() <= MOST_NEW_WIDGETS, new
    assert after.memory_mb <= before.memory_mb * MEMORY_GROWTH
