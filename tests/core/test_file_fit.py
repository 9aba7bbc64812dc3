"""A user's own file on a machine: judged as the catalogue's model of the same tensors is."""

from dataclasses import replace
from typing import Any

import pytest

from planner.core.errors import UnsupportedPlanError
from planner.core.file_fit import evaluate_file, evaluate_file_detail, own_file
from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate
from planner.core.inspection import file_plan, inspect_model_file
from planner.core.model_file import FileKind, FileTensor, ModelFile
from planner.core.plan import PlanOptions, RuntimeName, SplitMode
from tests.core.model_files import checkpoint_file, foreign_shape, gguf_file, stored_as
from tests.ui.machines import NO_GPU, ONE_GPU, SMALL_GPU


def foreign_file():
    """A model that is no Phi: one tensor a layer, and an embedding."""
    layers = [
        FileTensor(f"blk.{layer}.ffn_up.weight", (14_336, 4096), "F16", 2 * 14_336 * 4096)
        for layer in range(32)
    ]
    embedding = FileTensor("token_embd.weight", (128_256, 4096), "F16", 2 * 128_256 * 4096)
    return ModelFile(
        kind=FileKind.GGUF,
        name="llama.gguf",
        file_names=("llama.gguf",),
        tensors=(embedding, *layers),
        shape=foreign_shape(),
    )


def judged(file, **surroundings):
    return evaluate_file(file, **surroundings).result


def detailed(file, **surroundings):
    return evaluate_file_detail(file, **surroundings)


def ready(file, catalogue, file_id="file-1"):
    return own_file(file_id, inspect_model_file(file, catalogue.values(), PlanOptions()))


def on(machine, **options):
    return {
        "options": PlanOptions(**options),
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }


@pytest.mark.parametrize("machine", [NO_GPU, ONE_GPU, SMALL_GPU])
@pytest.mark.parametrize("quant", ["F16", "Q4_K_M", "Q2_K"])
@pytest.mark.parametrize(
    "options",
    [{}, {"context_length": 9000, "gpu_layers": 20}, {"context_length": 16_384}],
)
def test_that_a_plain_file_is_judged_as_the_catalogues_plan(catalogue, machine, quant, options):
    file = ready(gguf_file(catalogue["phi-4"], quant), catalogue)
    found = judged(file, **on(machine, **options))
    planned: Any = evaluate(catalogue["phi-4"], quant, **on(machine, **options))
    assert (found.verdict, found.needed) == (planned.verdict, planned.needed)
    assert found.plan.gpu_layer_count == planned.plan.gpu_layer_count
    assert (found.model_id, found.quant_format) == ("file-1", quant)
    assert found.plan.model_id == "file-1"


def test_that_the_detail_is_of_the_plan_as_it_would_run(catalogue):
    file = ready(gguf_file(catalogue["phi-4"], "Q8_0"), catalogue)
    detail = detailed(file, **on(SMALL_GPU))
    assert detail.result.verdict is FitVerdict.PARTIAL
    assert detail.estimate.plan == detail.result.plan
    assert detail.estimate.plan.gpu_layer_count < 41
    assert (detail.model.id, file.name) == ("file-1", "model.gguf")


def test_that_tensors_of_its_own_make_another_verdict(catalogue):
    plain = gguf_file(catalogue["phi-4"], "Q4_K_M")
    heavy = stored_as(stored_as(plain, "ffn_up", "F16"), "ffn_down", "F16")
    assert (
        judged(ready(heavy, catalogue), **on(SMALL_GPU)).needed.expected_bytes
        > judged(ready(plain, catalogue), **on(SMALL_GPU)).needed.expected_bytes
    )


def test_that_a_file_that_is_no_phi_is_split_and_judged(catalogue):
    file = ready(foreign_file(), catalogue)
    found = judged(file, **on(ONE_GPU))
    assert found.verdict is FitVerdict.FITS
    assert found.layer_count == file.inspection.file.shape.layer_count + 1
    detail = detailed(file, **on(ONE_GPU))
    assert detail.result == found
    assert detail.estimate.ledger.lines
    halved = judged(file, **on(ONE_GPU, gpu_layers=1))
    assert halved.needed.expected_bytes < found.needed.expected_bytes


@pytest.mark.parametrize("options", [{"split_mode": SplitMode.LAYER}, {"cpu_expert_layers": 2}])
def test_that_what_was_not_worked_out_for_other_models_is_refused(catalogue, options):
    found = judged(ready(foreign_file(), catalogue), **on(ONE_GPU, **options))
    assert found.verdict is FitVerdict.UNSUPPORTED
    assert "for Phi models alone" in found.reason


def test_that_a_context_beyond_the_files_limit_is_refused(catalogue):
    file = ready(gguf_file(catalogue["phi-4"], "Q4_K_M"), catalogue)
    found = judged(file, **on(ONE_GPU, context_length=100_000))
    assert found.verdict is FitVerdict.UNSUPPORTED
    assert "16,384" in found.reason


def test_that_another_runtime_loads_no_gguf(catalogue):
    file = ready(gguf_file(catalogue["phi-4"], "Q4_K_M"), catalogue)
    detail = detailed(file, **on(ONE_GPU, runtime=RuntimeName.VLLM))
    assert detail.result.verdict is FitVerdict.UNSUPPORTED
    assert detail.result.quant_format == "Q4_K_M"
    assert detail.estimate is None
    assert "vllm does not load a GGUF file" in detail.result.reason


def test_that_a_checkpoint_has_no_verdict_but_a_reason_and_its_type(catalogue):
    file = ready(checkpoint_file(catalogue["phi-4"]), catalogue)
    found = judged(file, **on(ONE_GPU))
    assert (found.verdict, found.quant_format) == (FitVerdict.UNSUPPORTED, "BF16")
    assert "GGUF" in found.reason


def test_that_a_file_of_many_types_without_a_label_is_mixed(catalogue):
    plain = checkpoint_file(catalogue["phi-4"])
    first, *others = plain.tensors
    mixed = replace(plain, tensors=(replace(first, storage="F16"), *others))
    assert judged(ready(mixed, catalogue), **on(ONE_GPU)).quant_format == "mixed"


def test_that_a_file_without_a_shape_cannot_be_planned():
    file = ModelFile(
        kind=FileKind.GGUF, name="x.gguf", file_names=("x.gguf",), missing=("no heads",)
    )
    with pytest.raises(UnsupportedPlanError, match="no heads"):
        file_plan(file, None, PlanOptions())


def test_that_a_gguf_that_lacks_its_shape_says_what_is_missing(catalogue):
    file = replace(
        gguf_file(catalogue["phi-4"], "Q4_K_M"), shape=None, missing=("no head count",)
    )
    found = judged(ready(file, catalogue), **on(ONE_GPU))
    assert found.verdict is FitVerdict.UNSUPPORTED
    assert "no head count" in found.reason
