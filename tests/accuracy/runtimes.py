"""Our figures for the cases of `tests/data/runtimes/truth.csv`, each told how to be asked.

A case is asked of the part of the engine that it is about; the tests of the runtimes hold each
of them to its stated error, the accuracy page shows them all.
"""

import csv
import dataclasses
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from planner.core.estimate import estimate
from planner.core.fine_tuning import (
    FineTuningMethod,
    FineTuningPlan,
    Optimizer,
    TrainingPart,
    fine_tuning_memory,
    loss_bytes,
)
from planner.core.ledger import Band, Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, PlanOptions, RuntimeName, require_shape
from planner.core.runtimes import onnx_genai, vllm
from planner.core.runtimes.checkpoint_parts import checkpoint_parts
from planner.core.runtimes.mlx import activations_band
from planner.core.runtimes.prefill import Prefill, prefill_peak
from planner.core.runtimes.transformers_weights import torch_format, weights_band
from planner.core.runtimes.vllm_pool import block_bytes

DATA = Path(__file__).parents[1] / "data" / "runtimes"
Models = Mapping[str, ModelSpec]


class NaiveQuestion(StrEnum):
    """What the naive rule may be asked: parameters x bits answers two questions, not parts."""

    WEIGHTS = "weights"
    WHOLE = "whole process"


class Prediction(NamedTuple):
    """Our figure for one case; `naive` is `None` where the naive rule has no answer."""

    part: str
    predict: Callable[[Models], int]
    naive: NaiveQuestion | None = None


class BandPrediction(NamedTuple):
    """Our band for a case whose conditions are not known well enough for one figure."""

    part: str
    predict: Callable[[Models], Band]


def rows(name: str) -> list[dict[str, str]]:
    """Return a table of `tests/data/runtimes`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TRUTH: Final = {row["id"]: row for row in rows("truth.csv")}


def plan_of(model: ModelSpec, runtime: str, quant: str, **options: Any) -> Plan:
    """Return a plan of any runtime."""
    return PlanOptions(runtime=RuntimeName(runtime), **options).plan(model, quant)


def weights_of(model: ModelSpec, runtime: str, quant: str, **options: Any) -> Band:
    """Return the line of the weights."""
    ledger = estimate(model, plan_of(model, runtime, quant, **options)).ledger
    return next(line.band for line in ledger.lines if line.part is Part.WEIGHTS)


def _weights(model: str, runtime: str, quant: str, **options: Any) -> Prediction:
    def predict(models: Models) -> int:
        return weights_of(models[model], runtime, quant, **options).expected_bytes

    return Prediction("weights", predict, NaiveQuestion.WEIGHTS)


def _without_head(quant: str) -> Prediction:
    """`AutoModel` loads no head."""

    def predict(models: Models) -> int:
        parts = dataclasses.replace(checkpoint_parts(models["phi-3-mini-4k"]), head=None)
        return weights_band(parts, torch_format(quant), on_gpu=True).expected_bytes

    return Prediction("weights", predict, NaiveQuestion.WEIGHTS)


def _training_start(model: str) -> Prediction:
    def predict(models: Models) -> int:
        plan = FineTuningPlan(method=FineTuningMethod.QLORA)
        memory = fine_tuning_memory(models[model], plan)
        return (
            memory.part(TrainingPart.WEIGHTS).expected_bytes
            + memory.part(TrainingPart.ADAPTERS).expected_bytes
        )

    return Prediction("base and adapters", predict)


def _vllm_blocks(model: str, count: int) -> Prediction:
    def predict(models: Models) -> int:
        plan = plan_of(models[model], "vllm", "fp16")
        return count * block_bytes(require_shape(models[model]), plan)

    return Prediction("KV cache", predict)


def _sampler_peak(*, sequences: int, vocab: int) -> Prediction:
    def predict(models: Models) -> int:
        model = models["phi-4"]
        plan = plan_of(model, "vllm", "bf16", max_sequences=sequences, context_length=512)
        shape = dataclasses.replace(require_shape(model), vocab_size=vocab)
        return vllm.profile_band(shape, plan).expected_bytes

    return Prediction("activations", predict)


def _mlx_peak(model: str, quant: str, *, context: int, prompt: int) -> Prediction:
    def predict(models: Models) -> int:
        plan = plan_of(
            models[model], "mlx", quant, context_length=context, prompt_length=prompt
        )
        ledger = estimate(models[model], plan).ledger
        return (
            ledger.part(Part.WEIGHTS, Place.GPU).expected_bytes
            + ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes
            + activations_band(prompt).expected_bytes
        )

    return Prediction("whole process", predict, NaiveQuestion.WHOLE)


def _onnx_prompt(chunk: int | None = None) -> Prediction:
    def predict(models: Models) -> int:
        model = models["phi-4-mini"]
        shape = dataclasses.replace(require_shape(model), layer_count=2)
        plan = plan_of(
            model, "onnx-genai", "int4", gpu_layers=0, context_length=2048, chunk_size=chunk
        )
        activations = onnx_genai.activations_band(shape, plan).expected_bytes
        return activations + onnx_genai.logits_bytes(shape, plan)

    return Prediction("activations", predict)


def _onnx_cache(models: Models) -> int:
    model = models["phi-4-mini"]
    plan = plan_of(model, "onnx-genai", "int4", gpu_layers=0)
    shape = dataclasses.replace(require_shape(model), layer_count=2)
    return onnx_genai.cache_bytes(shape, plan, tokens=131_072)


def _phi_1_prefill(*, tokens: int, value_bytes: int) -> Prediction:
    def predict(models: Models) -> int:
        run = Prefill(sequences=1, tokens=tokens, value_bytes=value_bytes, on_cpu=True)
        return prefill_peak(require_shape(models["phi-1"]), run).band.expected_bytes

    return Prediction("activations", predict)


def _lora_peak(models: Models) -> int:
    model = models["phi-4-mini-reasoning"]
    weights = weights_of(model, "mlx", "bf16").expected_bytes
    return weights + loss_bytes(require_shape(model), 4 * 2048)


def _users_report(models: Models) -> int:
    # Read off a display by a person, for a prompt that is not told: the weights are most of it.
    return weights_of(models["phi-2"], "mlx", "bf16").expected_bytes


PREDICTIONS: Final = {
    "T01": _without_head("fp32"),
    "T02": _without_head("int8"),
    "T03": _without_head("nf4"),
    "T04": _training_start("phi-3.5-mini"),
    "T06": _training_start("phi-3-medium-4k"),
    "T10": _weights("phi-4", "vllm", "bnb-nf4-dq"),
    "T11": _vllm_blocks("phi-4", 406),
    "T12": _sampler_peak(sequences=128, vocab=100_352),
    "T15": _sampler_peak(sequences=256, vocab=128_256),
    "T17": _vllm_blocks("phi-3-vision-128k", 5970),
    "T18": _weights("phi-3.5-mini", "mlx", "4bit"),
    "T19": _vllm_blocks("phi-3.5-mini", 1),
    "T21": _mlx_peak("phi-4-mini", "4bit", context=108, prompt=8),
    "T22": _mlx_peak("phi-4-mini-reasoning", "bf16", context=947, prompt=32),
    "T23": Prediction("LoRA peak", _lora_peak),
    "T25": Prediction("whole process", _users_report, NaiveQuestion.WHOLE),
    "T26": _weights("phi-4", "onnx-genai", "int4"),
    "T27": _weights("phi-4", "onnx-genai", "int4", gpu_layers=0),
    "T29": _weights("phi-3.5-mini", "onnx-genai", "int4", gpu_layers=0),
    "T31": Prediction("KV cache", _onnx_cache),
    "T32": _onnx_prompt(),
    "T33": _onnx_prompt(chunk=256),
    "T39": _weights("phi-4-multimodal", "vllm", "gptq-int4"),
    "T44": _phi_1_prefill(tokens=2048, value_bytes=4),
    "T45": _phi_1_prefill(tokens=1024, value_bytes=2),
}


def _training_peak(model: str) -> BandPrediction:
    """Unsloth with a fused loss, sequences of at most 2,048 tokens; without the context."""

    def total(models: Models, length: int) -> Band:
        plan = FineTuningPlan(
            method=FineTuningMethod.QLORA,
            optimizer=Optimizer.ADAMW_8BIT,
            batch_size=2,
            sequence_length=length,
            fused_loss=True,
        )
        return fine_tuning_memory(models[model], plan).total

    def predict(models: Models) -> Band:
        longest = total(models, 2048)
        return Band(total(models, 256).low_bytes, longest.expected_bytes, longest.high_bytes)

    return BandPrediction("peak of training", predict)


def _cuda_graphs(models: Models) -> Band:
    model = models["phi-4"]
    ledger = estimate(model, plan_of(model, "vllm", "bnb-nf4-dq")).ledger
    return next(line.band for line in ledger.lines if "graphs" in line.template)


def _loading_peak(models: Models) -> Band:
    # One untied embedding above the weights.
    model = models["phi-4-mini"]
    plan = plan_of(model, "transformers", "bf16", context_length=512)
    return estimate(model, plan).ledger.total(Place.GPU)


BAND_PREDICTIONS: Final = {
    "T05": _training_peak("phi-3.5-mini"),
    "T07": _training_peak("phi-3-medium-4k"),
    "T13": BandPrediction("CUDA graphs", _cuda_graphs),
    "T34": BandPrediction("peak of a short run", _loading_peak),
}
