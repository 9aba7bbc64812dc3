"""Several machines in one report, and what cannot be reported."""

import json
import threading

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.report_choices import PictureKey, ReportChoices, ReportFormat, ReportScope
from planner.ui.controller.reports import ReportMaker
from planner.ui.models.cell import Cell
from planner.ui.models.report_values import ReportWish
from planner.ui.models.what_if import WhatIfOrder
from tests.ui.machines import NO_GPU, SMALL_GPU
from tests.ui.report_previews import LONG_MS, shown


def test_that_the_other_hardware_can_stand_beside(qtbot, make_window, below):
    below.make_what_if = lambda _order: SMALL_GPU
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.controller.ask_what_if(WhatIfOrder(devices=()))
    window.export_button.click()
    preview = window.dialogs.report.preview
    alone = json.loads(shown(qtbot, preview).content)
    assert alone["machine"]["pools"][0]["name"] == "NVIDIA GeForce RTX 4070"
    assert alone["other_machines"] == []
    (box,) = preview.form.machines
    assert box.text() == "this computer"
    box.click()
    both = json.loads(shown(qtbot, preview).content)
    assert [each["name"] for each in both["other_machines"]] == ["this computer"]
    assert both["title"].endswith("on 2 machines")


def test_that_the_machine_of_a_card_can_be_added(qtbot, make_window, below, monkeypatch):
    below.open_path = lambda _path: NO_GPU
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.export_button.click()
    report = window.dialogs.report
    shown(qtbot, report.preview)
    monkeypatch.setattr(report, "ask_card", lambda: report.add_card("/home/ada/workshop.json"))
    report.preview.form.add_card.click()
    qtbot.waitUntil(lambda: report.preview.form.machines != [], timeout=LONG_MS)
    found = json.loads(shown(qtbot, report.preview).content)
    assert [each["name"] for each in found["other_machines"]] == ["workshop"]
    assert report.preview.form.machines[0].isChecked()


def test_that_what_is_no_card_is_refused_with_a_sentence(opened, wait_for):
    report = opened(format=ReportFormat.JSON, scope=ReportScope.PLAN)
    report.add_card("/home/ada/notes.txt")
    wait_for(report.preview.message_line)
    assert "cannot be opened here" in report.preview.message_line.words.text()
    assert report.preview.form.machines == []


def test_that_a_card_is_read_off_the_gui_thread(qtbot, make_window, below):
    readers = []

    def read(_path):
        readers.append(threading.current_thread())
        return NO_GPU

    below.open_path = read
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.export_button.click()
    report = window.dialogs.report
    report.add_card("/home/ada/workshop.json")
    qtbot.waitUntil(lambda: len(report.preview.form.machines) == 1, timeout=LONG_MS)
    assert len(readers) == 1
    assert threading.main_thread() not in readers


# ------------------------------------------------------------------------- nothing to report


def test_that_without_memory_there_is_a_sentence_and_no_preview(make_window):
    window = make_window(Machine(pools=()))
    window.export_button.click()
    assert window.dialogs.report is None
    assert "No memory could be read" in window.message_line.words.text()


def test_that_a_plan_that_cannot_be_has_no_pictures(qtbot, make_window):
    window = make_window(report_format=ReportFormat.PNG, report_scope=ReportScope.PLAN)
    window.controller.choose_cell(Cell("phi-silica", "Q4_K_M"))
    window.export_button.click()
    preview = window.dialogs.report.preview
    rendered = shown(qtbot, preview)
    assert rendered.wish.choices.format is ReportFormat.PDF
    assert not preview.form.format.row_of(ReportFormat.SVG).isEnabled()
    assert "nothing can be said of this plan" in preview.form._why_pictures.text()


def test_that_a_picture_that_there_is_not_is_a_sentence(qtbot, make_window):
    # Without a bandwidth nothing is known of the speed.
    window = make_window(NO_GPU, report_format=ReportFormat.SVG)
    window.controller.set_report_choices(
        ReportChoices(format=ReportFormat.SVG, picture=PictureKey.SPEED)
    )
    window.export_button.click()
    preview = window.dialogs.report.preview
    qtbot.waitUntil(lambda: "no picture 'speed'" in preview.words, timeout=LONG_MS)
    assert not preview.export_button.isEnabled()


def test_that_an_own_file_leads_no_report(window):
    order = window.controller.report_order()
    own = order._replace(cell=Cell("own-file-1", "Q4_K_M"))
    maker = ReportMaker(own)
    assert (maker.subject.plan, maker.subject.has_pictures) == ("", False)
    made = maker.render(
        ReportWish(choices=ReportChoices(format=ReportFormat.JSON)), lambda *_: None
    )
    assert json.loads(made.content)["answer"] is None
    assert made.file_name == "fit-report.json"


def test_that_a_file_that_is_no_machine_cannot_stand_beside(make_window, below, tmp_path):
    below.open_path = lambda _path: "a log"
    maker = ReportMaker(make_window().controller.report_order())
    with pytest.raises(PlannerError, match="no machine card"):
        maker.read_card(tmp_path / "run.log")
