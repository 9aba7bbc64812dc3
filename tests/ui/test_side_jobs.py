"""Files about this computer and the measurement of its memory, off the GUI thread."""

import json

import pytest
from PySide6.QtCore import Qt

from planner.core.errors import PlannerError
from planner.core.machine import RAM_POOL_ID
from planner.ui.main_window import side_jobs
from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from tests.ui.machines import NO_GPU, ONE_GPU


@pytest.fixture
def message(window):
    return window.message_line.words


def test_that_a_machine_card_tells_what_there_is_and_not_whose(
    qtbot, window, message, tmp_path
):
    path = tmp_path / "card.json"
    window.dialogs.side_jobs.save_card(str(path))
    qtbot.waitUntil(lambda: str(path) in message.text())
    card = json.loads(path.read_text(encoding="utf-8"))
    names = [pool["name"] for pool in card["machine"]["pools"]]
    assert names == [pool.name for pool in ONE_GPU.pools]


def test_that_a_card_that_cannot_be_written_is_said(qtbot, window, message, tmp_path):
    window.dialogs.side_jobs.save_card(str(tmp_path / "absent" / "card.json"))
    qtbot.waitUntil(lambda: "was not written" in message.text())
    assert window.message_line.copy_details.isVisible()


def test_that_a_bundle_is_written_beside_the_window(
    qtbot, window, message, tmp_path, monkeypatch
):
    path = tmp_path / "bundle.json"

    def bundle_job(asked):
        def write():
            asked.write_text("{}")
            return asked

        return write

    monkeypatch.setattr(side_jobs, "bundle_job", bundle_job)
    window.dialogs.side_jobs.save_diagnostics(str(path))
    qtbot.waitUntil(lambda: str(path) in message.text())
    assert path.read_text() == "{}"


def test_that_a_measured_bandwidth_counts_from_now_on_and_at_the_next_start(
    qtbot, window, message, below, monkeypatch
):
    monkeypatch.setattr(side_jobs, "measured_bandwidth_gb_per_s", lambda: 41.5)
    window.do(ActionId.BANDWIDTH)
    qtbot.waitUntil(lambda: "41.5 GB/s" in message.text())
    ram = window.controller.machine.ram
    assert (ram.bandwidth_gb_per_s, ram.rates_source) == (41.5, "measured")
    # What is found later is corrected too.
    window.controller.detect()
    qtbot.waitUntil(lambda: window.controller.machine.ram.bandwidth_gb_per_s == 41.5)
    window.close()
    kept = below.saved[-1].corrections
    assert [(each.pool_id, each.bandwidth_gb_per_s, each.rates_source) for each in kept] == [
        (RAM_POOL_ID, 41.5, "measured")
    ]


def test_that_the_speed_page_measures_what_it_lacks(qtbot, make_window, monkeypatch):
    monkeypatch.setattr(side_jobs, "measured_bandwidth_gb_per_s", lambda: 41.5)
    window = make_window(NO_GPU, page=Page.SPEED.value)
    qtbot.waitUntil(lambda: window.detail_panel.page_widget(Page.SPEED) is not None)
    page = window.detail_panel.page_widget(Page.SPEED)
    qtbot.waitUntil(page.measure_button.isVisible)
    qtbot.mouseClick(page.measure_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.measure_button.isHidden)
    assert "tokens per second" in page.words
    # The button that had the keyboard is gone; the window is not without it.
    assert window.focusWidget() is not None


def test_that_too_little_memory_to_measure_with_is_said(qtbot, window, message, monkeypatch):
    def refuse():
        raise PlannerError("There is too little memory to measure with.")

    monkeypatch.setattr(side_jobs, "measured_bandwidth_gb_per_s", refuse)
    window.do(ActionId.BANDWIDTH)
    qtbot.waitUntil(lambda: "too little memory" in message.text())


@pytest.mark.parametrize("action", [ActionId.SAVE_CARD, ActionId.DIAGNOSTICS])
def test_that_a_file_is_asked_for_first(window, action, monkeypatch):
    asked = []

    class Dialog:
        class fileSelected:  # noqa: N801 - as Qt has it
            @staticmethod
            def connect(_slot):
                pass

    def open_json_dialog(_parent, _title, name):
        asked.append(name)
        return Dialog

    monkeypatch.setattr(side_jobs, "open_json_dialog", open_json_dialog)
    window.do(action)
    assert len(asked) == 1
    assert asked[0].endswith(".json")
