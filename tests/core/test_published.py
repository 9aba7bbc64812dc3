"""Published files: which one a plan means, and labels that mislead."""

import dataclasses

import pytest

from planner.catalogue.published import load_published_files
from planner.core.errors import UnsupportedPlanError
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Place
from planner.core.plan import GpuLayers, PlanOptions, RuntimeName
from planner.core.published import (
    PublishedFile,
    compare_file,
    describe_file,
    matching_files,
)
from planner.core.quant_mix import MixRules

FILES = load_published_files()


def plan_for(model, runtime, quant, **options):
    return PlanOptions(runtime=RuntimeName(runtime), **options).plan(model, quant)


def plan_of(file: PublishedFile, model):
    layers = 0 if file.place is Place.HOST else GpuLayers.ALL
    return plan_for(model, file.runtime, file.quant_format, gpu_layers=layers)


def file_named(name: str, quant: str | None = None) -> PublishedFile:
    return next(
        file for file in FILES if file.name == name and quant in (None, file.quant_format)
    )


def name_of(file: PublishedFile) -> str:
    return f"{file.publisher} {file.name} {file.quant_format}"


HONEST = [file for file in FILES if file.name != "phi4-mini-reasoning:3.8b"]


@pytest.mark.parametrize(
    "file", [f for f in HONEST if f.runtime is RuntimeName.LLAMA_CPP], ids=name_of
)
def test_that_a_published_gguf_file_is_explained_to_its_last_digit(file, catalogue):
    model = catalogue[file.model]
    found = compare_file(file, model, plan_of(file, model))
    # Ollama counts template and licence, and a tokenizer's texts differ by some KB.
    assert abs(found.difference_bytes) <= file.rounded_to_bytes / 2 + 6000
    assert found.warning is None


@pytest.mark.parametrize(
    "file", [f for f in HONEST if f.runtime is not RuntimeName.LLAMA_CPP], ids=name_of
)
def test_that_a_published_package_is_within_its_band(file, catalogue):
    model = catalogue[file.model]
    found = compare_file(file, model, plan_of(file, model))
    assert found.estimated.low_bytes * 0.99 < file.size_bytes
    assert file.size_bytes < found.estimated.high_bytes * 1.02
    assert found.warning is None


def test_that_ollamas_q4_k_m_of_phi_4_mini_reasoning_is_called_what_it_is(catalogue):
    # llama.cpp printed 6.56 BPW for it: https://github.com/ollama/ollama/issues/12305
    file = file_named("phi4-mini-reasoning:3.8b")
    model = catalogue[file.model]
    found = compare_file(file, model, plan_of(file, model))
    assert f"{found.bits_per_weight:.2f}" == "6.56"
    assert found.difference_bytes > 600_000_000
    assert found.warning == (
        "phi4-mini-reasoning:3.8b by ollama is labelled Q4_K_M but has 6.56 bits per weight, "
        "where Q4_K_M of this model has 5.18: its weights take 0.62 GiB more than is estimated "
        f"here. {file.note}"
    )


def test_that_a_file_smaller_than_its_label_is_called_so_too(catalogue):
    file = dataclasses.replace(
        file_named("phi4:latest"), quant_format="Q6_K", note=None, name="phi4:wrong"
    )
    found = compare_file(file, catalogue["phi-4"], plan_of(file, catalogue["phi-4"]))
    assert found.warning is not None
    assert "labelled Q6_K but has 4.94 bits per weight" in found.warning
    assert found.warning.endswith("GiB less than is estimated here.")


@pytest.mark.parametrize(("rounded", "is_warned"), [(0, True), (400_000_000, False)])
def test_that_what_rounding_explains_is_no_lie(catalogue, rounded, is_warned):
    # Q4_K_S of Phi-4 is 8.4 GB: 8.9 GB is more than 5 % above, 8.9 give or take 0.2 is not.
    file = dataclasses.replace(
        file_named("phi4:latest"),
        quant_format="Q4_K_S",
        size_bytes=8_950_000_000,
        rounded_to_bytes=rounded,
    )
    model = catalogue["phi-4"]
    found = compare_file(file, model, plan_of(file, model))
    assert (found.warning is not None) is is_warned


def test_that_a_plan_finds_the_files_of_its_model_runtime_and_format(catalogue):
    plan = plan_for(catalogue["phi-4"], "llama.cpp", "Q4_K_M")
    found = matching_files(FILES, plan)
    assert {file.publisher for file in found} == {"ollama", "DevQuasar-2", "mradermacher"}
    assert matching_files(FILES, plan_for(catalogue["phi-4"], "llama.cpp", "IQ1_S")) == ()
    assert matching_files(FILES, plan_for(catalogue["phi-4"], "transformers", "bf16")) == ()


def test_that_a_size_known_to_the_byte_comes_before_a_rounded_one(catalogue):
    found = matching_files(FILES, plan_for(catalogue["phi-4"], "llama.cpp", "Q4_K_M"))
    assert [file.is_exact for file in found] == [True, True, False]


def test_that_microsofts_own_file_comes_first(catalogue):
    found = matching_files(FILES, plan_for(catalogue["phi-3-mini-4k"], "llama.cpp", "Q4_K_M"))
    assert found[0].name == "Phi-3-mini-4k-instruct-q4.gguf"
    assert len(found) > 2


def test_that_a_file_made_as_the_plan_says_comes_before_microsofts(catalogue):
    options = {"imatrix": True, "mix": MixRules.MAY_2024}
    plan = plan_for(catalogue["phi-3-mini-4k"], "llama.cpp", "Q4_K_M", **options)
    assert matching_files(FILES, plan)[0].publisher == "PrunaAI"
    plan = plan_for(catalogue["phi-4"], "llama.cpp", "Q6_K", layout=TensorLayout.SPLIT)
    assert matching_files(FILES, plan)[0].publisher == "unsloth"


def test_that_a_package_for_the_cpu_is_not_offered_for_a_gpu(catalogue):
    model = catalogue["phi-4"]
    on_gpu = plan_for(model, "onnx-genai", "int4")
    on_cpu = plan_for(model, "onnx-genai", "int4", gpu_layers=0)
    assert [file.size_bytes for file in matching_files(FILES, on_gpu)] == [8_987_219_067]
    assert [file.size_bytes for file in matching_files(FILES, on_cpu)] == [10_909_216_931]


def test_that_a_file_is_compared_with_one_made_in_its_own_way(catalogue):
    # A plan of today's rules; the file was made with those of May 2024.
    model = catalogue["phi-4"]
    plan = plan_for(model, "llama.cpp", "Q4_K_M", mix=MixRules.CURRENT)
    assert compare_file(file_named("phi4:latest"), model, plan).difference_bytes == 0


def test_that_a_plan_that_nothing_runs_is_refused(catalogue):
    file = file_named("phi4:latest")
    model = catalogue["phi-3-small-8k"]
    with pytest.raises(UnsupportedPlanError):
        compare_file(file, model, plan_for(model, "llama.cpp", "Q4_K_M"))


@pytest.mark.parametrize(
    ("name", "quant", "words"),
    [
        ("phi4:latest", None, "file 9.05 GB, as published by ollama (phi4:latest)"),
        (
            "microsoft_-_phi-1-gguf",
            "IQ4_XS",
            "file 0.796 GB, as published by RichardErkhov (microsoft_-_phi-1-gguf)",
        ),
        (
            "Phi-3.5-MoE-instruct-GGUF",
            "Q3_K_M",
            "file 20.0 GB, as published by bartowski (Phi-3.5-MoE-instruct-GGUF)",
        ),
        (
            "Foundry Local, phi-4 for the GPU",
            None,
            "file 8.99 GB, as published by microsoft (Foundry Local, phi-4 for the GPU)",
        ),
    ],
)
def test_that_a_rounded_size_keeps_its_publishers_digits(name, quant, words):
    assert describe_file(file_named(name, quant)) == words


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"url": "http://example.org"}, "url must start with https://"),
        ({"rounded_to_bytes": 10**10}, "is more than size_bytes"),
    ],
)
def test_that_a_record_that_contradicts_itself_is_refused(change, problem):
    with pytest.raises(ValueError, match=problem):
        dataclasses.replace(file_named("phi4:latest"), **change)
