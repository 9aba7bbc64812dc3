"""A user's own file seen whole."""

from dataclasses import replace

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import estimate
from planner.core.inspection import OWN_FILE_ID, inspect_model_file
from planner.core.ledger import Part, Place
from planner.core.model_file import FileKind, FileTensor, Label, ModelFile
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.quant_mix import MixRules
from tests.core.model_files import checkpoint_file, foreign_shape, gguf_file, stored_as


def inspected(*arguments):
    return inspect_model_file(*arguments)


def bands(figures):
    return {(line.part, line.place): line.band for line in figures.ledger.lines}


@pytest.mark.parametrize("model_id", ["phi-2", "phi-4", "phi-4-mini", "phi-3.5-moe"])
@pytest.mark.parametrize("layers", ["all", 12, 0])
def test_that_a_plain_file_needs_what_the_catalogues_plan_needs(catalogue, model_id, layers):
    model = catalogue[model_id]
    options = PlanOptions(gpu_layers=layers) if layers != "all" else PlanOptions()
    seen = inspected(gguf_file(model, "Q4_K_M"), catalogue.values(), options)
    planned = estimate(model, options.plan(model, "Q4_K_M"))
    assert bands(seen.estimate) == bands(planned)
    assert seen.estimate.parameter_count == planned.parameter_count
    assert seen.estimate.tensor_bytes == planned.tensor_bytes
    assert seen.is_checked
    assert seen.unsupported is None


def test_that_the_record_of_a_file_is_like_a_catalogues(phi_4, catalogue):
    file = gguf_file(phi_4, "Q4_K_M", rules=MixRules.MAY_2024)
    seen = inspected(replace(file, title="My Phi"), catalogue.values(), PlanOptions())
    assert seen.spec.id == OWN_FILE_ID
    assert (seen.spec.name, seen.spec.label) == ("My Phi", "14.7B")
    assert seen.spec.shape == phi_4.shape
    assert seen.estimate.plan.quant_format == "Q4_K_M"
    assert seen.estimate.plan.mix is MixRules.MAY_2024
    assert seen.estimate.file.expected_bytes == file.file_bytes
    sources = {line.source for line in seen.estimate.ledger.lines if line.part is Part.WEIGHTS}
    assert sources == {"the file's own header"}


def test_that_the_weights_are_the_files_own(phi_4, catalogue):
    plain = inspected(gguf_file(phi_4, "Q4_K_M"), catalogue.values(), PlanOptions())
    better = stored_as(gguf_file(phi_4, "Q4_K_M"), "output", "Q8_0")
    seen = inspected(better, catalogue.values(), PlanOptions())
    more = 100_352 * 5120 * (34 * 8 - 210) // 256  # Q8_0 blocks of 34/32 for Q6_K's 210/256
    part = (Part.WEIGHTS, Place.GPU)
    added = seen.estimate.ledger.part(*part).expected_bytes
    assert added - plain.estimate.ledger.part(*part).expected_bytes == more
    assert seen.estimate.plan.quant_format == "Q4_K_M"


def llama_file(**changes) -> ModelFile:
    tensors = (
        FileTensor("token_embd.weight", (128_256, 4096), "F16", 128_256 * 4096 * 2),
        FileTensor("blk.0.attn_q.weight", (4096, 4096), "F16", 4096 * 4096 * 2),
    )
    file = ModelFile(
        kind=FileKind.GGUF,
        name="llama.gguf",
        file_names=("llama.gguf",),
        tensors=tensors,
        architecture="llama",
        shape=foreign_shape(),
    )
    return replace(file, **changes)


def test_that_another_family_gets_a_ledger_that_was_not_checked(catalogue):
    seen = inspected(llama_file(), catalogue.values(), PlanOptions())
    assert not seen.is_checked
    assert seen.resemblance is None
    assert seen.mix is None
    assert seen.spec.shape is None
    assert seen.estimate.plan.quant_format == "mixed"
    assert seen.estimate.plan.context_length == 4096
    assert seen.estimate.plan.gpu_layer_count == 33
    assert seen.estimate.file is None


def test_that_a_short_limit_shortens_the_default_context(catalogue):
    file = llama_file(shape=foreign_shape(context_length_limit=2048))
    seen = inspected(file, catalogue.values(), PlanOptions())
    assert seen.estimate.plan.context_length == 2048


def test_that_what_is_missing_is_the_reason_for_no_ledger(catalogue):
    file = llama_file(shape=None, missing=("the architecture 'rwkv7' is not known here",))
    seen = inspected(file, catalogue.values(), PlanOptions())
    assert seen.estimate is None
    assert "'rwkv7' is not known" in seen.unsupported


def test_that_a_checkpoint_has_no_llama_cpp_ledger(catalogue, phi_4):
    seen = inspected(checkpoint_file(phi_4), catalogue.values(), PlanOptions())
    assert seen.estimate is None
    assert "GGUF" in seen.unsupported
    assert seen.resemblance.is_exact
    assert seen.spec.parameter_count == 14_659_507_200


def config_file(shape) -> ModelFile:
    return ModelFile(
        kind=FileKind.CONFIG, name="config.json", file_names=("config.json",), shape=shape
    )


def test_that_a_config_resembles_the_models_of_its_shape(catalogue, phi_4):
    shape = replace(phi_4.shape, source="config.json")
    seen = inspected(config_file(shape), catalogue.values(), PlanOptions())
    assert "phi-4" in [model.id for model in seen.resemblance.models]
    assert seen.spec.label == "not known"
    for odd in (replace(shape, layer_count=41), foreign_shape(), None):
        none = inspected(config_file(odd), catalogue.values(), PlanOptions())
        assert none.resemblance is None


def test_that_choices_out_of_range_are_refused_in_a_sentence(catalogue, phi_4):
    file = gguf_file(phi_4, "Q4_K_M")
    with pytest.raises(PlannerError, match="supports at most 16,384 tokens"):
        inspected(file, catalogue.values(), PlanOptions(context_length=20_000))
    with pytest.raises(PlannerError, match="vllm does not load a GGUF file"):
        inspected(file, catalogue.values(), PlanOptions(runtime=RuntimeName.VLLM))
    tensors = (*file.tensors, FileTensor("blk.40.nextn.weight", (8,), "F32", 32))
    with pytest.raises(UnsupportedPlanError, match=r"blk\.40\.nextn"):
        inspected(replace(file, tensors=tensors), catalogue.values(), PlanOptions())


def test_that_an_unknown_label_leaves_the_format_to_the_tensors(catalogue, phi_4):
    label = Label(source="general.file_type", quant_format="Q1_0")
    file = replace(gguf_file(phi_4, "Q4_K_M"), labels=(label,))
    seen = inspected(file, catalogue.values(), PlanOptions())
    assert seen.estimate.plan.quant_format == "Q4_K_M"
