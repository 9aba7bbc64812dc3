"""The chosen cell in full: figures of the engine, a reason where there is none."""

import pytest

from planner.core.fit import Reserve
from planner.core.ledger import Part, Place
from planner.core.plan import PlanOptions, RuntimeName
from planner.ui.models.cell import Cell
from planner.ui.text import gib, part_name
from tests.ui.conftest import open_session
from tests.ui.machines import NO_GPU, NO_RAM, ONE_GPU, SILENT_GPU, SMALL_GPU, UNIFIED


@pytest.fixture
def show(qtbot, make_window):
    """Open a window and go to one cell."""

    def show(machine, model_id, quant_format, **settings):
        window = make_window(machine, **settings)
        window.controller.choose_cell(Cell(model_id, quant_format))
        wanted = f"· {quant_format}"
        qtbot.waitUntil(
            lambda: (
                window.controller.cell.model_id == model_id
                and window.detail_panel.title_text.endswith(wanted)
                and not window.updates_are_due
            ),
            timeout=1000,
        )
        return window.detail_panel

    return show


def engine(machine, model_id, quant_format, **options):
    session = open_session(machine, Reserve())
    model = next(each for each in session.models if each.id == model_id)
    return session.detail(model, quant_format, PlanOptions(**options))


def test_that_the_figures_are_the_engines(show):
    panel = show(ONE_GPU, "phi-4", "Q4_K_M")
    detail = engine(ONE_GPU, "phi-4", "Q4_K_M")
    assert panel.title_text == "Phi-4 · Q4_K_M"
    assert gib(detail.estimate.file.expected_bytes) in panel.facts_text
    assert f"{detail.estimate.bits_per_weight:.2f} bits per weight" in panel.facts_text
    assert "41 of 41 layers on the GPU" in panel.facts_text
    assert panel.detail == detail


def test_that_what_is_partly_in_ram_says_how_many_layers_are_not(show):
    panel = show(SMALL_GPU, "phi-4", "Q8_0")
    detail = engine(SMALL_GPU, "phi-4", "Q8_0")
    count = detail.result.plan.gpu_layer_count
    assert 0 < count < 41
    assert f"{count} of 41 layers on the GPU" in panel.facts_text
    assert f"{count} of 41 layers" in panel.verdict_text


@pytest.mark.parametrize("model_id", ["phi-silica", "phi-3-small-8k"])
def test_that_what_cannot_run_has_a_reason_and_no_empty_bar(show, model_id):
    panel = show(ONE_GPU, model_id, "Q4_K_M")
    assert engine(ONE_GPU, model_id, "Q4_K_M").result.reason in panel.verdict_text
    assert panel.facts_text == ""
    assert panel.detail.estimate is None
    assert not panel.bar.isVisible()


def test_that_a_silent_driver_is_told_and_the_need_still_shown(show):
    panel = show(SILENT_GPU, "phi-4", "Q4_K_M")
    assert "does not say how much" in panel.verdict_text
    assert panel.detail.estimate is not None
    assert panel.bar.isVisible()


@pytest.mark.parametrize(("machine", "places"), [(UNIFIED, 2), (ONE_GPU, 1)])
def test_that_the_bar_says_what_the_target_has_to_hold(show, machine, places):
    panel = show(machine, "phi-4", "Q4_K_M")
    ledger = engine(machine, "phi-4", "Q4_K_M").estimate.ledger
    held = [Place.GPU, Place.HOST][:places]
    spoken = panel.bar.accessibleDescription()
    for part in Part:
        size_bytes = sum(ledger.part(part, place).expected_bytes for place in held)
        if size_bytes:
            assert f"{part_name(part)} {gib(size_bytes)}" in spoken


def test_that_what_of_a_model_runs_is_told(show):
    panel = show(ONE_GPU, "phi-4-multimodal", "Q4_K_M")
    model = engine(ONE_GPU, "phi-4-multimodal", "Q4_K_M").model
    assert model.runtimes["llama.cpp"].note in panel.notes_text


def test_that_what_cannot_run_here_says_which_runtimes_do(show):
    words = show(ONE_GPU, "phi-3-small-8k", "Q4_K_M").notes_text
    assert "Transformers" in words
    assert "llama.cpp" not in words
    # Nobody runs what was never published.
    assert show(ONE_GPU, "phi-silica", "Q4_K_M").notes_text == ""


def test_that_only_ggufs_are_called_so(show):
    assert show(ONE_GPU, "phi-4", "Q4_K_M").facts_text.startswith("GGUF file")
    facts = show(NO_GPU, "phi-4", "int4", runtime=RuntimeName.ONNX_GENAI).facts_text
    assert facts.startswith("files ")
    facts = show(ONE_GPU, "phi-4", "bf16", runtime=RuntimeName.VLLM).facts_text
    assert "file" not in facts


def test_that_ram_that_could_not_be_read_is_not_called_short(show):
    words = show(NO_RAM, "phi-4", "Q4_K_M").verdict_text
    assert "not known" in words
