import re

import pytest

from planner.catalogue import load_catalogue
from planner.core.fit import Reserve
from planner.core.plan import PlanOptions, RuntimeName
from planner.session import PlannerSession
from planner.ui.core_texts import core_text
from planner.ui.models.grid_formats import column_formats
from planner.ui.translations import speak
from tests.ui import machines

MODELS = load_catalogue().models


@pytest.fixture(autouse=True)
def _english_again(qapp):
    yield
    speak("en")


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "131,072 cells x 32 layers x 8 KV heads x 128 values x (2 B f16 K + 2 B f16 V)",
            "131.072 Zellen × 32 Schichten × 8 KV-Köpfe × 128 Werte × (2 B f16 K + 2 B f16 V)",
        ),
        (
            (
                "The cells are rounded up to 256; the sequences share them; the cache is "
                "allocated in full at the start."
            ),
            (
                "Die Zellen sind auf 256 aufgerundet; die Sequenzen teilen sie sich; der Cache "
                "wird am Anfang in voller Größe belegt."
            ),
        ),
        (
            "feed-forward: 1 x 4,194,304 B mask + 3 x 36,700,160 B ffn_norm-12",
            "Feed-Forward: 1 × 4.194.304 B Maske + 3 × 36.700.160 B ffn_norm-12",
        ),
        (
            "vLLM needs compute capability 7.0; Tesla P40 has 6.1.",
            "vLLM braucht Compute Capability 7.0; Tesla P40 hat 6.1.",
        ),
        (
            "Every value takes 16 bits. As Phi4ForCausalLMV; Microsoft ships 1,024 of it.",
            "Jeder Wert braucht 16 Bit. As Phi4ForCausalLMV; Microsoft ships 1.024 of it.",
        ),
        (
            (
                "Even one token on RTX 4070 needs 9.31 GiB of RAM beside it, and 8.00 GiB may "
                "be used."
            ),
            (
                "Schon ein Token braucht auf RTX 4070 9,31 GiB RAM daneben, und 8,00 GiB sind "
                "nutzbar."
            ),
        ),
        (
            "Even one token on RTX 4070 needs 9.31 GiB, and 8.00 GiB may be used.",
            "Schon ein Token braucht auf RTX 4070 9,31 GiB, und 8,00 GiB sind nutzbar.",
        ),
    ],
)
def test_that_a_sentence_of_the_core_is_said_in_german(english, german, qapp):
    speak("de")

    assert core_text(english) == german


def test_that_sentences_of_others_stay_as_they_are(qapp):
    speak("de")
    notes = [
        (
            "llama.cpp cannot run Phi-3-vision with images: its encoder was never merged. The "
            "text part alone would convert as phi3."
        ),
        "Xid 79 in driver 570.86.15.",
        "",
    ]

    assert [core_text(note) for note in notes] == notes


def test_that_chinese_sentences_have_no_blank_between_them(qapp):
    speak("zh")
    english = "Every value takes 16 bits. MLX keeps the whole model in unified memory."

    assert core_text(english) == "每个值占 16 位。MLX 把整个模型放在统一内存中。"


def core_sentences() -> set[str]:
    """Return what the core says of every model on three machines, in each runtime."""
    said: set[str] = set()
    for machine in (machines.ONE_GPU, machines.SMALL_GPU, machines.NO_GPU):
        session = PlannerSession(models=MODELS, machine=machine, reserve=Reserve())
        for runtime in RuntimeName:
            for options in (
                PlanOptions(runtime=runtime),
                PlanOptions(runtime=runtime, context_length=131_072, parallel_sequences=2),
            ):
                formats = column_formats(runtime, shows_all=False)
                target = machine.pools[0].id
                grid = session.grid(options, target_id=target, quant_formats=formats)
                said |= {result.reason for result in grid.results if result.reason}
                for model in MODELS[::3]:
                    detail = session.detail(model, formats[-1], options, target_id=target)
                    if detail.estimate is not None:
                        for line in detail.estimate.ledger.lines:
                            said |= {line.formula, line.reason}
    return said


def test_that_every_formula_and_reason_of_the_core_is_known(qapp):
    speak("de")
    notes = {
        support.note for model in MODELS for support in model.runtimes.values() if support.note
    }

    unknown = [
        english
        for english in core_sentences()
        if core_text(english) == english and not any(note in english for note in notes)
    ]

    assert not [english for english in unknown if re.search(r"[a-z]{3}", english)]
