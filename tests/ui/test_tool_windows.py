"""Receipts of logs, the accuracy, plans side by side."""

from pathlib import Path

import pytest

from planner.catalogue.accuracy import load_accuracy
from planner.files.runtime_log import read_runtime_log
from planner.ui.controller import OpenedAnswer
from planner.ui.models.actions import ActionId
from planner.ui.models.cell import Cell

LOGS = Path(__file__).parents[1] / "data" / "runtime_logs"
LOG = LOGS / "llama_cpp_phi3_cuda.txt"


def column(table, at: int) -> list[str]:
    return [table.item(row, at).text() for row in range(table.rowCount())]


@pytest.fixture
def tools(window):
    """What opens the windows beside the planner."""
    return window.dialogs.tools


def test_that_a_pasted_log_stands_beside_the_prediction_line_by_line(window, tools):
    window.controller.choose_cell(Cell("phi-3-mini-4k", "Q4_K_M"))
    page = tools.open_receipt().page
    page.log_pasted.emit(LOG.read_text(encoding="utf-8"))
    assert "in Q4_K_M with" in page.words
    assert "KV cache · CUDA0" in column(page.table, 0)
    row = column(page.table, 0).index("KV cache · CUDA0")
    assert column(page.table, 1)[row] == "768.00 MiB"
    assert column(page.table, 3)[row] == "none"


def test_that_a_log_that_was_opened_shows_its_receipt(window, tools):
    window.show_opened(OpenedAnswer(LOG, read_runtime_log(LOG)))
    page = tools.open_receipt().page
    assert page.table.rowCount() > 0


def test_that_what_is_no_log_is_a_sentence_in_the_page(tools):
    page = tools.open_receipt().page
    page.log_pasted.emit("hello")
    assert "holds no memory sizes" in page.words
    assert page.table.isHidden()


def test_that_a_receipt_after_a_problem_is_shown_alone(tools):
    page = tools.open_receipt().page
    page.log_pasted.emit("hello")
    page.log_pasted.emit(LOG.read_text(encoding="utf-8"))
    assert "holds no memory sizes" not in page.words
    assert not page.table.isHidden()


def test_that_the_accuracy_has_a_row_for_each_part_and_its_misses(window, tools):
    window.do(ActionId.ACCURACY)
    page = tools.open_accuracy().page
    table = load_accuracy()
    assert page.table.rowCount() == len(table.rows)
    assert page.misses.rowCount() == len(table.misses)
    assert f"{table.case_count:,} figures" in page.words
    shown = {column(page.table, 4)[row] for row, _ in page.table.marked}
    assert all(float(words.removesuffix(" %")) >= 1.0 for words in shown)
    assert shown


def test_that_plans_stand_side_by_side_and_what_differs_is_marked(window, tools, qtbot):
    for quant_format in ("Q4_K_M", "Q8_0"):
        window.controller.choose_cell(Cell("phi-4", quant_format))
        window.do(ActionId.ADD_TO_COMPARISON)
    page = tools.open_comparison().page
    heads = [page.table.horizontalHeaderItem(at).text() for at in range(1, 3)]
    assert heads == ["Phi-4 · Q4_K_M", "Phi-4 · Q8_0"]
    names = column(page.table, 0)
    needed, context = names.index("Needed"), names.index("Context")
    assert (needed, 1) in page.table.marked
    assert (context, 1) not in page.table.marked
    page.only_different.setChecked(True)
    assert "Needed" in column(page.table, 0)
    assert "Context" not in column(page.table, 0)


def test_that_one_plan_twice_is_no_comparison(window, tools):
    tools.add_to_comparison()
    tools.add_to_comparison()
    page = tools.open_comparison().page
    assert page.table.columnCount() == 2
    assert "One plan so far" in page.words


def test_that_a_comparison_begins_again(window, tools):
    tools.add_to_comparison()
    page = tools.open_comparison().page
    page.clear_button.click()
    assert "Nothing is set side by side" in page.words
    assert page.table.isHidden()


def test_that_a_pasted_command_becomes_the_plan_and_can_be_taken_back(window, qtbot):
    window.controller.choose_cell(Cell("phi-2", "Q8_0"))
    before = window.controller.choices
    window.controller.plan_command("llama-server -m phi-4-Q4_K_M.gguf -c 8192 --color")
    assert window.controller.cell == Cell("phi-4", "Q4_K_M")
    assert window.controller.choices.options.context_length == 8192
    assert "Passed over: --color" in window.message_line.words.text()
    window.controller.undo()
    assert window.controller.choices.options == before.options
    assert window.controller.cell == before.cell


def test_that_a_pasted_line_that_is_no_command_changes_nothing(window):
    before = window.controller.choices
    window.controller.plan_command("rm -rf x")
    assert window.controller.choices == before
    assert "A command of llama-server" in window.message_line.words.text()
