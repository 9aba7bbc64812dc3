import pytest
from PySide6.QtCore import QLocale

from planner.core.units import GIB, SizeUnit
from planner.ui import figures, text
from planner.ui.figures import FigureStyle
from planner.ui.panels.settings_dialog import Preferences, SettingsDialog
from planner.ui.theme import SchemeChoice
from planner.ui.translations import speak
from planner.ui.widgets.context_slider import read_context_length
from tests.ui.pseudo import visible_texts


@pytest.fixture(autouse=True)
def _english_again(qapp):
    yield
    speak("en")


def test_that_sizes_are_in_the_chosen_unit(qapp):
    speak("en", SizeUnit.GB)

    assert text.gib(24 * GIB) == "25.77 GB"
    assert text.gib_number(24 * GIB) == "25.8"
    assert text.gib(1_000_000) == "< 0.01 GB"
    assert text.unit_suffix() == " GB"
    assert figures.readable_size(46_400_000) == "46.4 MB"
    assert figures.readable_size(320_000) == "320 kB"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (int(1.66 * GIB), "1.66 GiB"),
        (46 << 20, "46 MiB"),
        (320 << 10, "320 KiB"),
        (999, "999 B"),
    ],
)
def test_that_a_size_is_in_the_unit_that_keeps_it_short(size_bytes, words, qapp):
    assert figures.readable_size(size_bytes) == words


def test_that_a_typed_context_may_have_the_separators_of_the_language(qapp):
    assert read_context_length("8.192") is None

    speak("de")

    assert read_context_length("8.192") == 8192
    assert read_context_length("8.192 Tokens") == 8192
    assert read_context_length("8,192 tokens") == 8192
    assert read_context_length("8k") == 8192


def test_that_a_window_in_gb_says_so_everywhere(make_window):
    window = make_window(size_unit=SizeUnit.GB)
    panel = window.detail_panel

    said = [words for _, words in visible_texts(window)]
    # Formulas and reasons name their own units, as the tools do that they quote.
    ledger = {words for _, words in visible_texts(panel.memory.ledger)}
    assert any("25.76 GB" in words for words in said)
    assert not [words for words in said if "GiB" in words and words not in ledger]


def test_that_an_austrian_reads_austrian_figures(qapp):
    austrian = QLocale("de_AT")
    style = FigureStyle(austrian.decimalPoint(), austrian.groupSeparator())

    assert style.of_english("1,234.5") == "1\N{NO-BREAK SPACE}234,5"


def test_that_a_reserve_is_rounded_only_where_it_was_changed(qtbot):
    speak("en", SizeUnit.GB)
    before = Preferences(
        scheme=SchemeChoice.DARK,
        language="de",
        size_unit=SizeUnit.GB,
        refresh_seconds=5,
        gpu_reserve_bytes=GIB // 2,
        ram_reserve_bytes=2 * GIB,
    )
    dialog = SettingsDialog(before)
    qtbot.addWidget(dialog)

    assert dialog.gpu_reserve.text() == "0.5 GB"
    assert dialog.preferences == before

    dialog.ram_reserve.setValue(3.0)

    assert dialog.preferences.ram_reserve_bytes == 3_000_000_000
    assert dialog.preferences.gpu_reserve_bytes == GIB // 2
