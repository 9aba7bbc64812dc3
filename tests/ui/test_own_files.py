"""A person's own model files: a row on top, and every page about them."""

from pathlib import Path

import pytest

from planner.core.file_fit import OwnFile, own_file
from planner.core.inspection import OWN_FILE_ID, inspect_model_file
from planner.core.model_file import FileKind, FileTensor, ModelFile
from planner.core.plan import PlanOptions, RuntimeName
from planner.ui.controller import OpenedAnswer
from planner.ui.controller.pages import Pages
from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from planner.ui.models.page_values import ArchitectureValues
from tests.core.model_files import foreign_shape, gguf_file
from tests.ui.conftest import CATALOGUE
from tests.ui.settling import settle


def ready(file: ModelFile) -> OwnFile:
    inspection = inspect_model_file(file, CATALOGUE.models, PlanOptions())
    return own_file(f"{OWN_FILE_ID}-00000001", inspection)


def phi_file() -> OwnFile:
    model = next(each for each in CATALOGUE.models if each.id == "phi-4")
    return ready(gguf_file(model, "Q4_K_M"))


def other_file() -> OwnFile:
    """A model that is no Phi: two tensors."""
    tensors = (
        FileTensor("token_embd.weight", (128_256, 4096), "F16", 2 * 128_256 * 4096),
        FileTensor("blk.0.ffn_up.weight", (14_336, 4096), "F16", 2 * 14_336 * 4096),
    )
    return ready(
        ModelFile(
            kind=FileKind.GGUF,
            name="llama.gguf",
            file_names=("llama.gguf",),
            tensors=tensors,
            shape=foreign_shape(),
        )
    )


@pytest.fixture
def open_own(qtbot, window):
    def open_own(file: OwnFile):
        window.controller.path_opened(OpenedAnswer(Path("/home/ada") / file.name, file))
        qtbot.waitUntil(lambda: window.detail_panel.title_text.startswith(file.name))

    return open_own


def look(window, page: Page):
    window.detail_panel.set_page(page)
    window.controller.choose_page(page)
    settle(window)
    return window.detail_panel.page_widget(page)


def test_that_an_own_file_is_the_first_row_and_chosen(window, open_own):
    open_own(phi_file())
    model = window.grid_panel.model
    assert model.row_is_file(0)
    assert model.rowCount() == 25
    assert window.grid_panel.view.currentIndex().row() == 0
    assert window.detail_panel.verdict_text.startswith("Fits: needs 9.6 of")


def test_that_a_phi_of_ones_own_has_its_diagram_and_its_own_name_in_the_command(
    window, open_own
):
    open_own(phi_file())
    look(window, Page.ARCHITECTURE)
    session, detail = window.controller.seen
    values = Pages().quick(
        Page.ARCHITECTURE, session, detail, PlanOptions(), quant_formats=("Q4_K_M",)
    )
    assert isinstance(values, ArchitectureValues)
    assert values.diagram is not None
    texts = [each.launch.text for each in session.starts(detail) if each.launch is not None]
    assert any("model.gguf" in text for text in texts)
    assert not any(OWN_FILE_ID in text for text in texts)


@pytest.mark.parametrize("page", list(Page))
def test_that_another_model_has_its_memory_and_a_reason_for_the_rest(window, open_own, page):
    open_own(other_file())
    look(window, page)
    assert window.detail_panel.facts_text != ""
    session, detail = window.controller.seen
    assert session.speed_curve(detail) == ()
    assert session.starts(detail) == ()
    window.do(ActionId.ADD_TO_COMPARISON)


def test_that_a_file_stays_chosen_in_a_runtime_that_cannot_load_it(qtbot, window, open_own):
    open_own(phi_file())
    window.options_bar.runtime.setCurrentIndex(
        window.options_bar.runtime.findData(RuntimeName.VLLM)
    )
    qtbot.waitUntil(lambda: "does not load a GGUF file" in window.detail_panel.verdict_text)
    window.do(ActionId.CLOSE_FILES)
    qtbot.waitUntil(lambda: window.grid_panel.model.rowCount() == 24)
    qtbot.waitUntil(lambda: window.detail_panel.title_text == "Phi-4 · bnb-nf4")
