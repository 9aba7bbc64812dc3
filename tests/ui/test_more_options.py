"""The options of each runtime: what is offered, what is told, what a reset does."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.gguf_layout import TensorLayout
from planner.core.plan import (
    Attention,
    CacheKind,
    CacheType,
    GpuLayers,
    PlanOptions,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.quant_mix import MixRules
from planner.ui.models.grid_formats import ALL_FORMATS, column_formats, format_near
from planner.ui.models.option_sets import changed_count, reset_options
from planner.ui.panels.options_bar import OptionsBar
from planner.ui.theme import Theme

LLAMA_NAMES = (
    "gpu_layers cpu_expert_layers split_mode tensor_split repack flash_attention "
    "cache_type_v unified_cache batch_size micro_batch_size program mix layout imatrix"
)


@pytest.fixture
def bar(qtbot):
    theme = Theme()
    made = OptionsBar(theme)
    theme.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def told(bar):
    heard: list[PlanOptions] = []
    bar.options_changed.connect(heard.append)
    return heard


def choose(field, words):
    """Choose as somebody does with the list open."""
    place = field.findText(words)
    assert place >= 0, words
    field.setCurrentIndex(place)
    field.activated.emit(place)


def pick(bar, runtime):
    bar.runtime.setCurrentIndex(bar.runtime.findData(runtime))


@pytest.mark.parametrize(
    ("runtime", "names"),
    [
        (
            RuntimeName.LLAMA_CPP,
            LLAMA_NAMES,
        ),
        (RuntimeName.TRANSFORMERS, "attention cache_kind prompt_length"),
        (
            RuntimeName.VLLM,
            "gpu_memory_utilization max_sequences batch_size tensor_parallel enforce_eager",
        ),
        (RuntimeName.MLX, "prompt_length"),
        (RuntimeName.ONNX_GENAI, "max_length chunk_size prompt_length"),
    ],
)
def test_that_each_runtime_has_its_own_options_at_their_defaults(bar, runtime, names):
    pick(bar, runtime)
    assert list(bar.more.fields) == names.split()
    assert not bar.more.reset.isEnabled()
    for field in bar.more.fields.values():
        assert field.accessibleName()
        assert "Default: " in field.accessibleDescription()


@pytest.mark.parametrize("runtime", list(RuntimeName))
def test_that_the_command_line_has_the_same_options_for_each_runtime(bar, runtime):
    from planner.cli.runtime_options import OWNERS

    pick(bar, runtime)
    theirs = {name for name, (_, owners) in OWNERS.items() if runtime in owners}
    beside = {"gpu_layers", "cache_type_v"} if runtime is RuntimeName.LLAMA_CPP else set()
    assert set(bar.more.fields) == theirs | beside


def test_that_every_option_of_llama_cpp_is_told(bar, told):
    fields = bar.more.fields
    fields["gpu_layers"].setValue(12)
    fields["cpu_expert_layers"].setValue(3)
    choose(fields["split_mode"], "layers over all")
    fields["tensor_split"].setText("3,1")
    fields["tensor_split"].editingFinished.emit()
    fields["flash_attention"].setChecked(False)
    choose(fields["cache_type_v"], "bf16")
    fields["unified_cache"].setChecked(True)
    fields["batch_size"].setValue(1024)
    fields["micro_batch_size"].setValue(256)
    choose(fields["program"], "the library")
    choose(fields["mix"], "rules of May 2024")
    choose(fields["layout"], "apart")
    fields["imatrix"].setChecked(True)
    assert told[-1] == PlanOptions(
        gpu_layers=12,
        cpu_expert_layers=3,
        split_mode=SplitMode.LAYER,
        tensor_split=(3.0, 1.0),
        flash_attention=False,
        cache_type_v=CacheType.BF16,
        unified_cache=True,
        batch_size=1024,
        micro_batch_size=256,
        program=Program.LIBRARY,
        mix=MixRules.MAY_2024,
        layout=TensorLayout.SPLIT,
        imatrix=True,
    )
    assert len(told) == 13
    assert bar.more_button.text().replace("&", "") == "More (13)…"


def test_that_the_options_of_the_others_are_told(bar, told):
    pick(bar, RuntimeName.TRANSFORMERS)
    choose(bar.more.fields["attention"], "plain (eager)")
    choose(bar.more.fields["cache_kind"], "full length")
    assert (told[-1].attention, told[-1].cache_kind) == (Attention.EAGER, CacheKind.STATIC)
    pick(bar, RuntimeName.VLLM)
    bar.more.fields["gpu_memory_utilization"].setValue(0.85)
    bar.more.fields["tensor_parallel"].setValue(2)
    assert (told[-1].gpu_memory_utilization, told[-1].tensor_parallel) == (0.85, 2)
    pick(bar, RuntimeName.ONNX_GENAI)
    bar.more.fields["max_length"].setValue(8192)
    assert told[-1].max_length == 8192
    bar.more.fields["max_length"].setValue(0)
    assert told[-1].max_length is None


def test_that_a_runtime_finds_its_options_again(bar, told):
    bar.more.fields["micro_batch_size"].setValue(256)
    bar.cache_type.setCurrentText("q8_0")
    bar.context.slider.setValue(100)
    length = told[-1].context_length
    pick(bar, RuntimeName.VLLM)
    assert told[-1] == PlanOptions(runtime=RuntimeName.VLLM, context_length=length)
    offered = [bar.cache_type.itemText(row) for row in range(bar.cache_type.count())]
    assert offered == ["f16", "bf16", "fp8"]
    bar.parallel.setValue(3)
    pick(bar, RuntimeName.LLAMA_CPP)
    assert told[-1].micro_batch_size == 256
    assert told[-1].cache_type_k is CacheType.Q8_0
    assert (told[-1].parallel_sequences, told[-1].context_length) == (3, length)


def test_that_a_reset_leaves_the_bar_alone(bar, told):
    bar.context.slider.setValue(100)
    bar.cache_type.setCurrentText("q8_0")
    kept = told[-1]
    bar.more.fields["micro_batch_size"].setValue(256)
    choose(bar.more.fields["cache_type_v"], "f16")
    assert changed_count(told[-1]) == 2
    assert bar.more.reset.isEnabled()
    bar.more.reset.click()
    assert told[-1] == kept
    assert bar.more.fields["micro_batch_size"].value() == 512
    assert not bar.more.reset.isEnabled()
    assert bar.more_button.text().replace("&", "") == "More…"
    assert reset_options(kept) == kept


def test_that_shares_can_be_typed_where_layers_are_spread(bar, told):
    shares = bar.more.fields["tensor_split"]
    assert not shares.isEnabled()
    choose(bar.more.fields["split_mode"], "layers over all")
    assert shares.isEnabled()
    QTest.keyClicks(shares, "x2.5,,1y")
    assert shares.text() == "2.5,1"
    shares.editingFinished.emit()
    assert told[-1].tensor_split == (2.5, 1.0)
    heard = len(told)
    shares.setText("0,0")
    shares.editingFinished.emit()
    assert shares.text() == "2.5,1"
    assert len(told) == heard
    shares.clear()
    shares.editingFinished.emit()
    assert told[-1].tensor_split == ()


def test_that_a_number_of_layers_has_two_words_below_it(bar, told):
    layers = bar.more.fields["gpu_layers"]
    assert layers.text() == "automatic"
    layers.stepUp()
    assert (layers.text(), told[-1].gpu_layers) == ("all", GpuLayers.ALL)
    layers.stepUp()
    assert (layers.text(), told[-1].gpu_layers) == ("0", 0)
    layers.selectAll()
    QTest.keyClicks(layers.lineEdit(), "17")
    QTest.keyClick(layers, Qt.Key.Key_Return)
    assert told[-1].gpu_layers == 17
    layers.selectAll()
    QTest.keyClicks(layers.lineEdit(), "automatic")
    QTest.keyClick(layers, Qt.Key.Key_Return)
    assert told[-1].gpu_layers is GpuLayers.AUTO


def test_that_a_number_beyond_its_range_is_not_taken(bar, told):
    batch = bar.more.fields["batch_size"]
    batch.selectAll()
    QTest.keyClicks(batch.lineEdit(), "99999999999")
    QTest.keyClick(batch, Qt.Key.Key_Return)
    assert told == [] or told[-1].batch_size <= 1 << 20
    batch.selectAll()
    QTest.keyClicks(batch.lineEdit(), "4,096")
    QTest.keyClick(batch, Qt.Key.Key_Return)
    assert told[-1].batch_size == 4096


# Of the platform without a screen: it says so of every popup.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_the_card_opens_under_its_button_within_the_window(qtbot, make_window):
    window = make_window(size=(1024, 640))
    window.options_bar.more_button.click()
    card = window.options_bar.more
    qtbot.waitUntil(card.isVisible, timeout=2000)
    corner = window.mapToGlobal(QPoint(0, 0))
    assert QRect(corner, window.size()).contains(card.geometry())
    assert card.fields["gpu_layers"].hasFocus()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("quant_format", "runtime", "near"),
    [
        ("Q4_K_M", RuntimeName.TRANSFORMERS, "nf4"),
        ("IQ2_XXS", RuntimeName.MLX, "3bit"),
        ("F16", RuntimeName.VLLM, "bf16"),
        ("Q8_0", RuntimeName.VLLM, "fp8"),
        ("nf4", RuntimeName.LLAMA_CPP, "Q4_K_M"),
        ("Q5_K_M", RuntimeName.LLAMA_CPP, "Q5_K_M"),
        ("mixed", RuntimeName.ONNX_GENAI, "int4"),
    ],
)
def test_that_another_runtime_goes_on_with_about_as_many_bits(quant_format, runtime, near):
    assert format_near(quant_format, column_formats(runtime, shows_all=False)) == near


def test_that_all_formats_are_columns_only_of_llama_cpp():
    assert column_formats(RuntimeName.LLAMA_CPP, shows_all=True) == ALL_FORMATS
    mlx = column_formats(RuntimeName.MLX, shows_all=True)
    assert mlx == column_formats(RuntimeName.MLX, shows_all=False)
