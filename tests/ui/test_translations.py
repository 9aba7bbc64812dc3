import json
import platform
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

import make_translations
from planner.catalogue import load_catalogue
from planner.catalogue.accuracy import load_accuracy
from planner.core.fit import Reserve
from planner.core.integrity import Aspect
from planner.core.launch import LaunchTool
from planner.core.launch_start import Start
from planner.core.ledger import Part
from planner.core.plan import RuntimeName
from planner.core.units import GIB
from planner.session import PlannerSession
from planner.settings import Language
from planner.ui import core_texts, text, translations
from planner.ui.fonts import FAMILY, families
from planner.ui.main_window import MainWindow
from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from planner.ui.models.sheet_words import sheet_blocks
from planner.ui.translations import speak
from tests.ui import machines
from tests.ui.pseudo import left_in_english, visible_texts, write_pseudo
from tests.ui.settling import settle
from tests.ui.sights import every_sight
from tests.ui.test_clipping import all_that_is_cut

FOLDER = make_translations.FOLDER
TS_PATHS = [FOLDER / f"phi-planner_{language}.ts" for language in make_translations.LANGUAGES]
each_translation = pytest.mark.parametrize("ts_path", TS_PATHS, ids=lambda path: path.stem)
MODELS = load_catalogue().models


@pytest.fixture(autouse=True)
def _english_again(qapp):
    yield
    speak("en")


def messages(ts_path: Path) -> list[tuple[str, str, str, ET.Element]]:
    return [
        (context.findtext("name", ""), message.findtext("source", ""), said.text or "", said)
        for context in ET.parse(ts_path).getroot().iter("context")
        for message in context.iter("message")
        if (said := message.find("translation")) is not None
    ]


# ------------------------------------------------------------------- the files


@each_translation
def test_that_every_text_is_translated(ts_path):
    open_ends = [
        source
        for _, source, said, element in messages(ts_path)
        if element.get("type") is not None or not said.strip()
    ]

    assert not open_ends


@each_translation
def test_that_a_translation_keeps_places_blanks_and_mnemonics(ts_path):
    places = re.compile(r"\{\w+\}")
    for _, source, said, _ in messages(ts_path):
        assert sorted(places.findall(said)) == sorted(places.findall(source)), source
        assert said.count("&") == source.count("&"), source
        assert said.startswith(" ") == source.startswith(" "), source
        assert source.endswith("…") == ("…" in said[-6:]), source


@each_translation
def test_that_the_files_have_every_text_of_the_source(ts_path, tmp_path):
    fresh = tmp_path / ts_path.name
    templates = make_translations.core_templates()
    make_translations.update([fresh], templates)

    assert {each[:2] for each in messages(ts_path)} == {each[:2] for each in messages(fresh)}
    kept = json.loads(make_translations.TEMPLATES.read_text(encoding="utf-8"))
    assert kept == list(templates)


@each_translation
def test_that_what_the_window_loads_is_made_of_the_texts(ts_path, qapp):
    translator = QTranslator()
    assert translator.load(str(ts_path.with_suffix(".qm")))

    for context, source, said, _ in messages(ts_path):
        assert translator.translate(context, source) == said


def test_that_lupdate_knows_the_class_of_every_text():
    """It takes `x.tr()` for a text of a class `x`, where nobody looks for it."""
    elsewhere = re.compile(r"(?<!self)\.tr\(")
    for path in (make_translations.ROOT / "planner" / "ui").rglob("*.py"):
        assert not elsewhere.search(path.read_text(encoding="utf-8")), path


def test_that_templates_are_what_people_read():
    source = '''
"""A docstring of the module."""
_SOURCE = "a log that was published somewhere"

def reason(plan: "some type") -> str:
    """A docstring of a function."""
    if plan is None:
        raise ValueError("a fault of the program")
    return line(template="{:,} cells x {} layers", source="a page of a site") or (
        f"{plan.model.name} needs {format_gib(plan.free_bytes)}, {', '.join(names)}; "
        f"{plan.free_bytes} too"
    )
'''

    assert list(make_translations.templates_of(source)) == [
        "{model_name} needs {free_bytes}, {list}; {free_bytes2} too".replace(
            "model_name", "name"
        ),
        "{0} cells x {1} layers",
    ]


# ------------------------------------------------------------------- speaking


def test_that_words_and_figures_are_of_the_chosen_language(qapp):
    speak("de")

    assert text.gib(int(8.43 * GIB)) == "8,43 GiB"
    assert text.token_text(16_384) == "16.384 Tokens"
    assert text.day_text("2024-12-12") == "12.12.2024"
    assert QLocale().toString(0.5) == "0,5"

    speak("zh")

    assert text.token_text(16_384) == "16,384 个 token"
    assert text.day_text("2024-12-12") == "2024年12月12日"

    speak("en")

    assert text.token_text(16_384) == "16,384 tokens"
    assert text.day_text("2024-12-12") == "2024-12-12"


def test_that_what_is_no_day_is_left_as_it_is(qapp):
    speak("de")

    assert text.day_text("2024") == "2024"


def test_that_qts_own_words_are_translated_too(qtbot):
    speak("de")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)

    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


@pytest.mark.parametrize(
    ("names", "own_name", "spoken"),
    [
        (["de-AT", "en-GB"], "de_AT", "de_AT"),
        (["fr-FR", "de"], "fr_FR", "de_DE"),
        (["fr-FR"], "fr_FR", "en_US"),
        (["zh-Hant-TW", "zh-TW"], "zh_TW", "en_US"),
        (["zh-Hans-CN"], "zh_CN", "zh_CN"),
        ([], "C", "en_US"),
    ],
)
def test_that_the_systems_language_is_taken_where_it_is_known(
    names, own_name, spoken, qapp, monkeypatch
):
    class System(QLocale):
        def uiLanguages(self, *_):  # noqa: N802 - as Qt calls it
            return names

    class Locale(QLocale):
        @staticmethod
        def system() -> QLocale:
            return System(own_name)

    monkeypatch.setattr(translations, "QLocale", Locale)

    assert speak("system").name() == spoken


@pytest.mark.logs_warnings
def test_that_a_missing_translation_leaves_english(qapp, tmp_path):
    speak("de", folder=tmp_path)

    assert text.part_name(Part.WEIGHTS) == "Weights"


def test_that_another_language_takes_the_place_of_the_first(qapp):
    speak("de")
    speak("zh")
    speak("en")

    assert not qapp.findChildren(QTranslator)
    assert text.part_name(Part.WEIGHTS) == "Weights"


def test_that_chinese_is_looked_for_in_chinese_typefaces(qapp):
    assert families() == [FAMILY]

    speak("zh")

    assert families()[0] == FAMILY
    assert "Noto Sans CJK SC" in families()


# ------------------------------------------------------------------- the whole window


@pytest.fixture
def pseudo(tmp_path, monkeypatch):
    """Let the window speak a language of brackets, with German figures."""
    resources = tmp_path / "resources"
    folder = resources / "translations"
    folder.mkdir(parents=True)
    write_pseudo(TS_PATHS[0], folder, "phi-planner_de")
    monkeypatch.setattr(translations, "shipped", lambda _: resources)
    # What was said in real German is remembered.
    core_texts._said.cache_clear()
    yield
    core_texts._said.cache_clear()


# Names, codes and units that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"""
    https?://\S+|[\w.-]+/[\w./%-]+     # addresses, repositories
    |[A-Za-z_]*\d[\w.+-]*              # Q4_K_M, phi3, 8k, 14.7B
    |\b[A-Z][A-Za-z]*[A-Z]\w*\b        # GPU, RMSNorm, GiB
    |\bPhi\b|\bMini\b|\bllama[\w.-]*|\bvLLM\b|\b(?:Strg|Umschalt)\+[\w+,]+(?:\ (?:auf|ab)wärts)?
    """,
    re.VERBOSE,
)


def names_of_the_catalogue() -> list[str]:
    found = [model.name for model in MODELS] + [
        model.name.removesuffix("-instruct") for model in MODELS
    ]
    found += [pool.name for pool in machines.ONE_GPU.pools]
    found += ["Transformers", "ONNX GenAI", "llama.cpp", "transformers", "onnxruntime-genai"]
    found += [tool.value for tool in LaunchTool]
    found += ["Ollama", "LM Studio (lms)", "vllm serve", "PowerShell", "English", "Deutsch"]
    found += ["SiLU", "gelu", "auto", "Phi Planner", "Python", platform.system()]
    return found


def quoted(window: MainWindow) -> tuple[str, ...]:
    """Return what is shown as others published it: notes, sources, names of files."""
    assert window.controller.seen is not None
    session, detail = window.controller.seen
    assert detail.estimate is not None
    return (
        *(note.note for model in MODELS for note in model.runtimes.values() if note.note),
        *(line.source for line in detail.estimate.ledger.lines),
        *(words for each in session.speed_curve(detail)[:1] for words in each.sources),
        *(
            words
            for found in session.downloads(detail)
            for words in (found.file.name, found.file.publisher, found.file.note or "-")
        ),
        *(words for start in session.starts(detail) if start.launch for words in _code(start)),
    )


def _code(start: Start) -> tuple[str, ...]:
    assert start.launch is not None
    return (start.launch.text, *(file.name for file in start.launch.files))


def plain_english(found: list[tuple[str, str]], also: tuple[str, ...] = ()) -> list[str]:
    """Return what has words outside of brackets that are nobody's name."""
    names = sorted({*also, *names_of_the_catalogue()}, key=len, reverse=True)
    left = []
    for where, words in found:
        rest = left_in_english(words.replace("&", ""))
        for name in names:
            rest = rest.replace(name, " ")
        rest = SAME_EVERYWHERE.sub(" ", rest)
        if re.search(r"[A-Za-z]{4,}", rest):
            left.append(f"{where}: {words!r}: {rest.split()}")
    return left


@pytest.mark.parametrize("page", [each for each in Page if each is not Page.SPECIFICATION])
def test_that_a_page_of_the_window_has_no_plain_english(page, pseudo, make_window):
    window = make_window(language=Language.GERMAN, page=page.value)
    window.detail_panel.set_page(page)
    settle(window)

    assert not plain_english(list(visible_texts(window)), also=quoted(window))


DIALOGS = (
    ActionId.SETTINGS,
    ActionId.WHAT_IF,
    ActionId.PALETTE,
    ActionId.EXPORT,
    ActionId.RECEIPT,
    ActionId.ADD_TO_COMPARISON,
    ActionId.COMPARE_SAVED,
    ActionId.ACCURACY,
    ActionId.SHORTCUTS,
    ActionId.ABOUT,
)


@pytest.mark.parametrize("action", DIALOGS)
def test_that_a_dialog_has_no_plain_english(action, pseudo, make_window):
    window = make_window(language=Language.GERMAN)
    window.do(action)
    (dialog,) = (
        top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window
    )
    found = list(visible_texts(dialog))
    dialog.close()

    devices = window.controller.devices()
    names = [words for spec in devices for words in (spec.name, spec.note) if words]
    # Cases are named after what was run.
    names += [miss.case for miss in load_accuracy().misses]
    names += [*RuntimeName, "fine-tuning"]
    assert not plain_english(found, also=tuple(names))


def test_that_the_specification_names_its_fields_in_the_language(pseudo, qapp):
    session = PlannerSession(models=MODELS, machine=machines.ONE_GPU, reserve=Reserve())
    speak("de")
    blocks = sheet_blocks(session.specification(MODELS[0]))

    names = {row.name for block in blocks for row in block.rows}
    assert all(block.title.startswith("⟦") for block in blocks)
    assert len([name for name in names if name.startswith("⟦")]) > 40
    assert QCoreApplication.translate("sheet", "Provenance") in names
    assert Aspect.PROVENANCE.value not in names


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("text_scale", [1.0, 1.5])
@pytest.mark.parametrize("language", [Language.GERMAN, Language.CHINESE])
def test_that_no_translated_word_is_cut_off(language, text_scale, make_window):
    window = make_window(language=language, size=(1024, 640), text_scale=text_scale)

    found = {
        (sight, *cut) for sight, root in every_sight(window) for cut in all_that_is_cut(root)
    }

    assert not sorted(found), "\n".join(map(str, sorted(found)))
