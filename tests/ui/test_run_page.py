"""Run it: the command to copy, the download beside the disk, and a pasted command."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from planner.core.launch import LaunchTool, Shell
from planner.core.plan import RuntimeName
from planner.core.units import GIB
from planner.ui.models.page import Page
from planner.ui.panels.run_page import RunPage
from planner.ui.widgets.link_label import LinkLabel
from tests.ui import machines
from tests.ui.pages import page_values


@pytest.fixture
def page(qtbot, theme):
    """A page of the width that it has in a small window."""
    made = RunPage(theme)
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    return made


def show(
    page, model_id="phi-4", quant_format="Q4_K_M", free_gib: float | None = 100, **options
):
    free = None if free_gib is None else round(free_gib * GIB)
    machine = replace(machines.SMALL_GPU, disk_free_bytes=free)
    values = page_values(Page.RUN_IT, model_id, quant_format, machine=machine, **options)
    page.show_values(replace(values, usual_shell=Shell.POSIX))
    return page


def choose(field, value) -> None:
    field.setCurrentIndex(field.findData(value))


def test_that_the_command_is_the_plans(page):
    show(page, context_length=8192)
    command = page.command.view.toPlainText()
    assert command.startswith("llama-server -m phi-4-Q4_K_M.gguf -c 8192 -ngl 41")


def test_that_copy_takes_the_whole_command_and_says_so(page, qtbot):
    show(page)
    page.command.copy_button.click()
    assert QGuiApplication.clipboard().text() == page.command.view.toPlainText()
    assert page.command.copy_button.text() == "Copied"
    qtbot.waitUntil(lambda: page.command.copy_button.text() == "Copy", timeout=3000)


def test_that_another_tool_brings_its_files_and_notes(page):
    show(page)
    choose(page.tool_field, LaunchTool.OLLAMA)
    (box,) = page.file_boxes
    assert box.view.toPlainText().startswith("FROM ./phi-4-Q4_K_M.gguf")
    assert "in a terminal of its own" in page.words
    choose(page.tool_field, LaunchTool.LLAMA_SERVER)
    assert page.file_boxes == ()


def test_that_another_shell_quotes_in_its_own_way(page):
    show(page)
    choose(page.tool_field, LaunchTool.OLLAMA)
    choose(page.shell_field, Shell.POWERSHELL)
    assert "$env:OLLAMA_NUM_PARALLEL = '1';" in page.command.view.toPlainText()


def test_that_tool_and_shell_stay_when_the_plan_changes(page):
    show(page)
    choose(page.tool_field, LaunchTool.LLAMA_CLI)
    choose(page.shell_field, Shell.POWERSHELL)
    show(page, quant_format="Q3_K_M")
    # Qt keeps the words alone.
    assert page.tool_field.currentData() == LaunchTool.LLAMA_CLI
    assert page.shell_field.currentData() == Shell.POWERSHELL


def test_that_a_python_program_asks_for_no_shell(page):
    show(page, "phi-4-mini", "bf16", runtime=RuntimeName.TRANSFORMERS)
    assert "from transformers import" in page.command.view.toPlainText()
    assert not page.shell_field.isVisible()


def test_that_a_tool_that_cannot_do_it_says_why(page):
    show(page, parallel_sequences=2)
    choose(page.tool_field, LaunchTool.LLAMA_CLI)
    assert "llama-cli holds one conversation" in page.words
    assert page.command.isHidden()


def test_that_the_download_stands_beside_the_free_disk(page):
    show(page)
    assert "The file takes 8.44 GiB; 100.00 GiB are free on the disk." in page.words
    assert "9,053,114,464 bytes (8.43 GiB); ours is the same to the byte" in page.words


@pytest.mark.parametrize(
    ("free_gib", "words"),
    [(5.0, "but only 5.00 GiB are free"), (None, "how much the disk has free is not known")],
)
def test_that_a_full_or_unknown_disk_is_said(page, free_gib, words):
    show(page, free_gib=free_gib)
    assert words in page.words


def test_that_what_does_not_fit_has_nothing_to_start(page):
    show(page, "phi-3.5-moe", "F16", context_length=131072)
    assert "nothing to start" in page.words
    assert page.command.isHidden()
    assert not page.tool_field.isVisible()


def test_that_a_pasted_command_is_told_with_the_keyboard_alone(page, qtbot):
    show(page)
    page.paste.open_button.click()
    assert page.paste.field.isVisible()
    assert not page.paste.done_button.isEnabled()
    qtbot.keyClicks(page.paste.field, "llama-server -m phi-4-Q8_0.gguf -c 4096")
    with qtbot.waitSignal(page.command_pasted) as told:
        qtbot.keyClick(page.paste.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["llama-server -m phi-4-Q8_0.gguf -c 4096"]
    qtbot.keyClick(page.paste.field, Qt.Key.Key_Escape)
    assert not page.paste.field.isVisible()


def test_that_a_files_address_is_told_and_not_opened(page, qtbot):
    show(page)
    link = page.findChildren(LinkLabel)[0]
    with qtbot.waitSignal(page.link_wanted) as told:
        link.linkActivated.emit("https://example.org/file")
    assert told.args == ["https://example.org/file"]
