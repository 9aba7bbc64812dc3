"""Checks of what is published against what follows from a model's shape."""

from dataclasses import replace

import pytest

from planner.catalogue import load_catalogue
from planner.catalogue.published import load_published_files
from planner.core.integrity import ASPECT_FIELDS, Aspect, CheckKind, integrity
from planner.core.plan import RuntimeName

MODELS = {model.id: model for model in load_catalogue().models}
FILES = load_published_files()


def checks_of(model_id: str, files=FILES):
    return {each.kind: each for each in integrity(MODELS[model_id], files).checks}


@pytest.mark.parametrize("model_id", [key for key, model in MODELS.items() if model.shape])
def test_that_the_derived_count_is_the_published_one(model_id):
    check = checks_of(model_id)[CheckKind.PARAMETER_COUNT]
    assert check.ours == MODELS[model_id].parameter_count
    assert check.holds


def test_that_a_wrong_published_count_is_seen():
    model = replace(MODELS["phi-2"], parameter_count=2_700_000_000)
    check = integrity(model, ()).checks[0]
    assert (check.ours, check.theirs) == (2_779_683_840, 2_700_000_000)
    assert not check.holds


def test_that_the_active_count_of_a_mixture_is_checked_too():
    assert checks_of("phi-tiny-moe")[CheckKind.ACTIVE_PARAMETER_COUNT].holds
    assert CheckKind.ACTIVE_PARAMETER_COUNT not in checks_of("phi-4")


def test_that_files_of_other_models_are_not_counted():
    found = integrity(MODELS["phi-2"], FILES)
    assert {each.file.model for each in found.files} == {"phi-2"}
    assert len(found.files) == sum(each.model == "phi-2" for each in FILES)


def test_that_files_are_met_to_the_byte_or_nearly_and_counted_apart():
    check = checks_of("phi-3-mini-4k")[CheckKind.FILE_SIZES]
    exact = [each for each in FILES if each.model == "phi-3-mini-4k" and each.is_exact]
    assert check.theirs == len(exact) == check.near
    assert 0 < check.ours < check.theirs
    assert check.holds


def test_that_a_file_of_another_size_is_no_match():
    file = next(each for each in FILES if each.model == "phi-4" and each.is_exact)
    larger = replace(file, size_bytes=file.size_bytes * 2)
    check = checks_of("phi-4", (larger,))[CheckKind.FILE_SIZES]
    assert (check.ours, check.near, check.theirs) == (0, 0, 1)
    assert not check.holds


def test_that_rounded_sizes_are_shown_and_not_checked():
    rounded = [each for each in FILES if each.model == "phi-4" and not each.is_exact]
    found = integrity(MODELS["phi-4"], rounded)
    assert len(found.files) == len(rounded)
    assert all(each.kind is not CheckKind.FILE_SIZES for each in found.checks)


def test_that_a_format_without_figures_is_left_out():
    file = replace(FILES[0], model="phi-4", runtime=RuntimeName.VLLM, quant_format="Q9_X")
    assert integrity(MODELS["phi-4"], (file,)).files == ()


def test_that_nothing_is_checked_of_a_closed_model():
    assert integrity(MODELS["phi-silica"], FILES).checks == ()


def test_that_each_aspect_names_the_fields_that_answer_it():
    assert set(ASPECT_FIELDS) == set(Aspect)
