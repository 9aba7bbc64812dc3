"""Every measured case with our figure and that of the naive rule.

The naive rule is the one most calculators use: parameters times the bits in the format's name,
plus 20 %. It is asked the same question, whatever it was made for.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import CacheType, Plan, Program
from planner.core.quant_mix import MixRules
from planner.core.units import GB, MIB

DATA = Path(__file__).parents[1] / "data" / "llama_cpp"
OTHER_NAMES = {"phi-1_5": "phi-1.5", "phi-3-medium": "phi-3-medium-4k"}
ERAS = {"A": MixRules.DECEMBER_2023, "B": MixRules.MAY_2024, "C": MixRules.CURRENT}
LAYOUTS = {"-fusedqkv": TensorLayout.FUSED, "-llamafied": TensorLayout.SPLIT}
NAIVE_OVERHEAD = 1.2


@dataclass(frozen=True, kw_only=True)
class Case:
    """One measurement: `measured`, ours and the naive rule's figure are bytes."""

    group: str
    name: str
    measured: float
    ours: float
    naive: float

    @property
    def error_percent(self) -> float:
        return 100 * (self.ours - self.measured) / self.measured

    @property
    def naive_error_percent(self) -> float:
        return 100 * (self.naive - self.measured) / self.measured


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def all_cases() -> list[Case]:
    """Return every case of `tests/data` that states a figure to compare with."""
    models = {model.id: model for model in load_catalogue().models}
    models |= {other: models[name] for other, name in OTHER_NAMES.items()}
    return [
        *quantiser_cases(models),
        *published_cases(models),
        *simulated_cases(models),
        *resident_cases(models),
    ]


def naive_bytes(model: ModelSpec, quant: str) -> float:
    """Return parameters x the bits in the name + 20 %."""
    digits = re.search(r"\d+", quant)
    assert digits is not None
    assert model.parameter_count is not None
    return model.parameter_count * int(digits.group()) / 8 * NAIVE_OVERHEAD


def quantiser_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    for row in rows("weights_sample.csv"):
        model = models[row["model"]]
        plan = Plan(
            model_id=model.id,
            quant_format=row["quant"],
            context_length=512,
            gpu_layer_count=0,
            mix=ERAS[row["rules"]],
        )
        yield Case(
            group="llama.cpp: tensors as its quantiser counts them",
            name=f"{row['model']} {row['quant']}, rules {plan.mix}",
            measured=int(row["tensor_bytes"]),
            ours=estimate(model, plan).tensor_bytes,
            naive=naive_bytes(model, row["quant"]),
        )


def published_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    for row in rows("published_sample.csv"):
        name, layout = row["model"], TensorLayout.DEFAULT
        for suffix, meant in LAYOUTS.items():
            if name.endswith(suffix):
                name, layout = name.removesuffix(suffix), meant
        plan = Plan(
            model_id=name,
            quant_format=row["quant"],
            context_length=512,
            gpu_layer_count=0,
            mix=ERAS[row["rules_era"]],
            layout=layout,
            imatrix=row["imatrix"] == "True",
        )
        exact = row["exact"] == "yes"
        file = estimate(models[name], plan).file
        if file is None:
            continue
        yield Case(
            group=f"llama.cpp: published files, {'exact' if exact else 'rounded'} sizes",
            name=f"{row['model']} {row['quant']} ({row['note'] or row['source']})",
            measured=published_bytes(row["bytes_or_gb"]),
            ours=file.expected_bytes,
            naive=naive_bytes(models[name], row["quant"]),
        )


def published_bytes(text: str) -> float:
    """Read `2393231072`, `1.79 GB` or `796 MB`; the units are decimal, as on the Hub."""
    number, unit = re.fullmatch(r"([\d.]+)\s*(GB|MB)?", text.strip()).groups()  # type: ignore[union-attr]  # a row that does not match is a broken table
    return float(number) * {"GB": GB, "MB": GB / 1000, None: 1}[unit]


def simulated_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    for row in rows("runtime_sample.csv"):
        if "simulation" not in row["method"] or "REFUSED" in row["note"]:
            continue
        if row["kv_offload"] == "0" or (row["kv_unified"] == "1" and row["n_seq"] != "1"):
            continue
        yield from _buffers(models[row["model"]], row)


def _buffers(model: ModelSpec, row: dict[str, str]) -> Iterator[Case]:
    on_cpu = row["backend"].startswith("CPU")
    if row["ngl"] == "0" and not on_cpu:
        return  # nothing on the card, but its program streams there: not a plan we offer
    assert model.shape is not None
    layers = model.shape.layer_count + 1 if row["ngl"] == "all" else int(row["ngl"])
    plan = runtime_plan(row, 0 if on_cpu else layers)
    try:
        ledger = estimate(model, plan).ledger
    except PlannerError:
        return
    place = Place.HOST if on_cpu else Place.GPU
    where = "CPU" if on_cpu else "GPU"
    if not on_cpu and layers <= model.shape.layer_count:
        where = "GPU, some layers in RAM"
    name = (
        f"{row['model']} {row['quant']} context {row['ctx']}, K {row['ctk']} V {row['ctv']}, "
        f"flash attention {row['fa']}, micro-batch {row['ubatch']}, {plan.program}"
    )
    naive = naive_bytes(model, row["quant"])
    cache = sum(ledger.part(Part.KV_CACHE, side).expected_bytes for side in Place)
    compute = ledger.part(Part.COMPUTE_BUFFER, place).expected_bytes
    measured_cache = float(row["kv_mib"]) * MIB
    measured_compute = float(row["compute_mib"]) * MIB
    # What the naive rule calls overhead is all it has for cache and buffers.
    spare = naive * (1 - 1 / NAIVE_OVERHEAD)
    yield Case(
        group="llama.cpp: KV cache",
        name=name,
        measured=measured_cache,
        ours=cache,
        naive=spare,
    )
    yield Case(
        group=f"llama.cpp: compute buffer, {where}",
        name=name,
        measured=measured_compute,
        ours=compute,
        naive=spare,
    )


def runtime_plan(row: dict[str, str], gpu_layer_count: int) -> Plan:
    return Plan(
        model_id=row["model"],
        quant_format=row["quant"],
        context_length=int(row["ctx"]),
        gpu_layer_count=gpu_layer_count,
        parallel_sequences=int(row["n_seq"]),
        cache_type_k=CacheType(row["ctk"]),
        cache_type_v=CacheType(row["ctv"]),
        flash_attention=row["fa"] != "0",
        micro_batch_size=int(row["ubatch"]),
        program=Program.LIBRARY if row["n_outputs_reserved"] == "ubatch" else Program.SERVER,
    )


def resident_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """Whole processes on the CPU: resident memory after a full batch and one token."""
    for row in rows("runtime_sample.csv"):
        resident = re.match(r"RSS ([\d.]+) MiB", row["note"])
        if resident is None:
            continue
        model = models[row["model"]]
        ledger = estimate(model, runtime_plan(row, 0)).ledger
        ours = ledger.total(Place.HOST).expected_bytes
        if "off" in row["backend"]:
            ours -= ledger.part(Part.REPACKED_WEIGHTS, Place.HOST).expected_bytes
        yield Case(
            group="llama.cpp: resident memory of the whole process, CPU",
            name=f"{row['model']} {row['quant']} context {row['ctx']}, {row['backend']}",
            measured=float(resident.group(1)) * MIB,
            ours=ours,
            naive=naive_bytes(model, row["quant"]),
        )


def without_duplicates(cases: list[Case]) -> list[Case]:
    """Drop cases that were measured twice with one result."""
    return list({replace(case): None for case in cases})
