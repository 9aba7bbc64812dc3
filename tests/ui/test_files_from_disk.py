"""Real files of every kind, opened through the window: rows on top, pages, errors in place."""

import json
from functools import partial
from pathlib import Path

import pytest

from planner.core.plan import PlanOptions, RuntimeName
from planner.core.tensors import tensor_sets
from planner.files.machine_card import save_machine_card
from planner.session import open_path
from planner.ui.controller import FIRST_CELL
from planner.ui.models.actions import ActionId
from planner.ui.models.grid_formats import COMMON_FORMATS
from planner.ui.models.page import Page
from tests.files.test_hf_config import PHI_4
from tests.files.writers import (
    catalogue_gguf,
    safetensors_bytes,
    tiny_phi3,
    write_json,
    write_safetensors,
)
from tests.ui import settling
from tests.ui.conftest import CATALOGUE
from tests.ui.machines import SMALL_GPU

MODELS = {model.id: model for model in CATALOGUE.models}
LOGS = Path(__file__).parents[1] / "data" / "runtime_logs"
LONG_MS = 20_000


def write_gguf(folder: Path) -> Path:
    return catalogue_gguf(MODELS["phi-2"], "Q8_0").write(folder / "my-phi-2.gguf")


def write_checkpoint(folder: Path) -> Path:
    """Write a folder as it is downloaded: a config and two files of tensors."""
    model = folder / "my-phi-4"
    model.mkdir()
    shape = MODELS["phi-4"].shape
    assert shape is not None
    tensors = {
        tensor.name: ("BF16", tensor.shape)
        for each in tensor_sets(shape, ())
        for tensor in each.tensors()
    }
    names = list(tensors)
    for number, part in enumerate((names[:100], names[100:]), 1):
        write_safetensors(
            model / f"model-{number}.safetensors", {name: tensors[name] for name in part}
        )
    write_json(model / "config.json", PHI_4)
    return model


def write_config(folder: Path) -> Path:
    return write_json(folder / "config.json", PHI_4)


@pytest.fixture
def window(make_window, below):
    below.open_path = lambda path: open_path(path, CATALOGUE.models)
    return make_window()


@pytest.fixture
def settle(window):
    """Show all that was asked for, what takes hundreds of plans too."""
    return partial(settling.settle, window)


@pytest.fixture
def open_row(qtbot, window, settle):
    """Open what becomes a row."""

    def open_row(path: Path):
        window.open_file(str(path))
        qtbot.waitUntil(lambda: window.grid_panel.model.row_is_file(0), timeout=LONG_MS)
        settle()

    return open_row


@pytest.fixture
def complaint(qtbot, window):
    """Open what cannot be used and return what is said of it."""

    def complaint(path: Path) -> str:
        window.message_line.hide()
        window.open_file(str(path))
        qtbot.waitUntil(window.message_line.isVisible, timeout=LONG_MS)
        words: str = window.message_line.words.text()
        return words

    return complaint


@pytest.mark.parametrize(
    ("write", "face", "verdict"),
    [
        (write_gguf, ("my-phi-2.gguf", "2.8B"), "Fits: needs 3.8 of 22.5 GiB free"),
        (write_checkpoint, ("my-phi-4", "14.7B"), "Not supported"),
        # Without its tensors, nothing is counted.
        (write_config, ("config.json", "not known"), "Not supported"),
    ],
)
def test_that_each_kind_of_model_is_a_row_on_top_with_all_its_pages(  # noqa: PLR0917 - fixtures
    window, open_row, settle, tmp_path, write, face, verdict
):
    open_row(write(tmp_path))
    assert window.grid_panel.model.row_face(0) == face
    assert window.grid_panel.view.currentIndex().row() == 0
    assert verdict in window.detail_panel.verdict_text
    for page in Page:
        window.detail_panel.set_page(page)
        window.controller.choose_page(page)
        settle()
        assert window.detail_panel.page_widget(page).isVisible()
    assert not window.message_line.isVisible()


def test_that_a_file_that_is_opened_again_has_one_row(window, open_row, tmp_path):
    for _ in range(2):
        open_row(write_gguf(tmp_path))
    assert not window.grid_panel.model.row_is_file(1)


def test_that_a_card_stands_beside_this_computer_and_a_log_has_its_receipt(
    qtbot, window, tmp_path
):
    path = tmp_path / "card.json"
    save_machine_card(SMALL_GPU, path)
    window.open_file(str(path))
    qtbot.waitUntil(lambda: window.controller.choices.what_if is not None, timeout=LONG_MS)
    assert window.controller.seen[1].target.name == SMALL_GPU.pools[0].name
    window.open_file(str(LOGS / "llama_cpp_phi3_cuda.txt"))
    qtbot.waitUntil(window.message_line.isVisible, timeout=LONG_MS)
    page = window.dialogs.tools.open_receipt().page
    qtbot.waitUntil(lambda: "Phi-3" in page.words, timeout=LONG_MS)


BROKEN = {
    "cut.gguf": (tiny_phi3().header()[:300], "ends inside its header, after 300 bytes"),
    "noise.gguf": (bytes(range(256)) * 8, "is no GGUF file, safetensors file or config.json"),
    "empty.gguf": (b"", "is no GGUF file"),
    "odd.safetensors": (safetensors_bytes(b'{"a": {"dtype": "F99"}}'), "unknown type 'F99'"),
    "cut.json": (b'{"schema": "phi-planner/card/1", "sys', "Unterminated string at line"),
    "config.json": (
        json.dumps(PHI_4 | {"num_hidden_layers": 10**12}).encode(), "num_hidden_layers"
    ),
    "letter.log": (b"Dear reader,\n", "holds no memory sizes"),
    "nothing": (b"\x00\x01", "no machine card and no log of a runtime"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_that_a_broken_file_says_what_is_wrong_and_changes_nothing(
    window, complaint, tmp_path, name
):
    content, sentence = BROKEN[name]
    path = tmp_path / name
    path.write_bytes(content)
    words = complaint(path)
    assert sentence in words
    assert name in words
    assert window.message_line.copy_details.isVisible()
    assert window.grid_panel.model.rowCount() == len(MODELS)
    assert window.detail_panel.title_text == "Phi-4 · Q4_K_M"
    assert window.controller.choices.recent_files == ()


@pytest.mark.parametrize("name", ["gone.gguf", "folder"])
def test_that_what_is_not_there_or_holds_no_model_is_said(complaint, tmp_path, name):
    (tmp_path / "folder").mkdir()
    assert name in complaint(tmp_path / name)


def test_that_the_format_of_a_file_is_no_matter_of_the_columns(
    qtbot, window, open_row, settle, tmp_path
):
    open_row(write_config(tmp_path))
    view, grid = window.grid_panel.view, window.grid_panel.model
    # Its own format, as the grid tells it, is none of the runtime's.
    window.controller.choose_cell(grid.cell_at(grid.index(0, 1)))
    settle()
    assert window.controller.cell.quant_format not in COMMON_FORMATS
    window.controller.set_options(PlanOptions(context_length=8192))
    settle()
    assert grid.columnCount() == len(COMMON_FORMATS)
    for _ in range(2):
        window.do(ActionId.ALL_FORMATS)
        settle()
    assert grid.columnCount() == len(COMMON_FORMATS)
    assert view.currentIndex().row() == 0


def test_that_a_closed_file_does_not_come_back_with_what_is_taken_back(
    window, open_row, settle, tmp_path
):
    open_row(write_gguf(tmp_path))
    runtime = window.options_bar.runtime
    runtime.setCurrentIndex(runtime.findData(RuntimeName.VLLM))
    settle()
    window.do(ActionId.CLOSE_FILES)
    settle()
    window.do(ActionId.UNDO)
    settle()
    assert window.controller.cell.model_id == FIRST_CELL.model_id
    assert window.detail_panel.title_text.startswith("Phi-4 · ")
    assert window.controller.seen is not None
