"""Every measured case with our figure, and with that of the naive rule where it has one.

The naive rule is the one most calculators use: parameters times the bits in the format's name,
and 20 % on top for all that is no weight. It is asked about weights (without the 20 %) and
about whole processes (with them); of a cache or a buffer by itself it says nothing.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Band, MemoryLedger, Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import CacheType, Plan, Program, require_shape
from planner.core.quant_mix import MixRules
from planner.core.units import GB, MIB
from tests.accuracy.measured import measured_rows, predicted_bytes
from tests.accuracy.runtimes import BAND_PREDICTIONS, PREDICTIONS, TRUTH, NaiveQuestion
from tests.accuracy.simulated import TABLE, simulated_buffers
from tests.measure.runs import PREFILL_PEAK, WEIGHTS, Row

DATA = Path(__file__).parents[1] / "data" / "llama_cpp"
OTHER_NAMES = {"phi-1_5": "phi-1.5", "phi-3-medium": "phi-3-medium-4k"}
ERAS = {"A": MixRules.DECEMBER_2023, "B": MixRules.MAY_2024, "C": MixRules.CURRENT}
LAYOUTS = {"-fusedqkv": TensorLayout.FUSED, "-llamafied": TensorLayout.SPLIT}
NAIVE_OVERHEAD = 1.2
LLAMA_CPP = "llama.cpp"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One measurement; `measured`, ours and the naive rule's figure are bytes."""

    runtime: str
    part: str
    name: str
    measured: float
    ours: float
    naive: float | None = None

    @property
    def error_percent(self) -> float:
        """How far our figure is above what was measured."""
        return 100 * (self.ours - self.measured) / self.measured

    @property
    def naive_error_percent(self) -> float | None:
        """The same of the naive rule."""
        if self.naive is None:
            return None
        return 100 * (self.naive - self.measured) / self.measured


@dataclass(frozen=True, kw_only=True)
class BandCase:
    """A measurement under conditions that are not known well enough for one figure."""

    runtime: str
    part: str
    name: str
    measured: int
    band: Band

    @property
    def is_inside(self) -> bool:
        """Whether our band holds it."""
        return self.band.low_bytes <= self.measured <= self.band.high_bytes


def rows(name: str) -> list[dict[str, str]]:
    """Return a table of `tests/data/llama_cpp`."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def known_models() -> dict[str, ModelSpec]:
    """Return the models by id, and by the other names that the tables have for them."""
    models = {model.id: model for model in load_catalogue().models}
    return models | {other: models[name] for other, name in OTHER_NAMES.items()}


def all_cases() -> list[Case]:
    """Return every case of `tests/data` that states a figure to compare with, once."""
    models = known_models()
    cases = (
        *quantiser_cases(models),
        *published_cases(models),
        *reserved_cases(models),
        *simulated_cases(models),
        *logged_cases(models),
        *resident_cases(models),
        *runtime_cases(models),
        *measured_cases(),
    )
    # Two tables have some plans in common; the first one states every byte.
    named: dict[tuple[str, str, str], Case] = {}
    for case in dict.fromkeys(cases):
        if case.part.startswith("compute buffer on"):
            named.setdefault((case.runtime, case.part, case.name), case)
        else:
            named[case.runtime, case.part, f"{case.name} {case.measured}"] = case
    return list(named.values())


def band_cases() -> list[BandCase]:
    """Return the cases that are answered with a band alone."""
    models = known_models()
    return [
        BandCase(
            runtime=TRUTH[key]["runtime"],
            part=prediction.part,
            name=truth_name(TRUTH[key]),
            measured=int(TRUTH[key]["measured_bytes"]),
            band=prediction.predict(models),
        )
        for key, prediction in BAND_PREDICTIONS.items()
    ]


def naive_bytes(model: ModelSpec, quant: str, question: NaiveQuestion) -> float:
    """Return parameters x the bits in the format's name, 20 % more for a whole process."""
    digits = re.search(r"\d+", quant)
    assert digits is not None
    assert model.parameter_count is not None
    weights = model.parameter_count * int(digits.group()) / 8
    return weights * NAIVE_OVERHEAD if question is NaiveQuestion.WHOLE else weights


def quantiser_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """The tensors as llama.cpp's own quantiser counts them in a dry run."""
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
            runtime=LLAMA_CPP,
            part="weights, counted by its quantiser",
            name=f"{row['model']} {row['quant']}, rules of {plan.mix}",
            measured=int(row["tensor_bytes"]),
            ours=estimate(model, plan).tensor_bytes,
            naive=naive_bytes(model, row["quant"], NaiveQuestion.WEIGHTS),
        )


def published_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """Files on the Hub, with the size that their page or their git-lfs pointer states."""
    for row in rows("published_sample.csv"):
        name, layout = row["model"], TensorLayout.DEFAULT
        for suffix, meant in LAYOUTS.items():
            if name.endswith(suffix):
                name, layout = name.removesuffix(suffix), meant
        model = models[name]
        plan = Plan(
            model_id=model.id,
            quant_format=row["quant"],
            context_length=512,
            gpu_layer_count=0,
            mix=ERAS[row["rules_era"]],
            layout=layout,
            imatrix=row["imatrix"] == "True",
        )
        file = estimate(model, plan).file
        assert file is not None
        exact = row["exact"] == "yes"
        yield Case(
            runtime=LLAMA_CPP,
            part=f"published files, {'to the byte' if exact else 'sizes rounded on the Hub'}",
            name=f"{row['model']} {row['quant']} ({row['note'] if exact else row['source']})",
            measured=published_bytes(row["bytes_or_gb"]),
            ours=file.expected_bytes,
            naive=naive_bytes(model, row["quant"], NaiveQuestion.WEIGHTS),
        )


def published_bytes(text: str) -> float:
    """Read `2393231072`, `1.79 GB` or `796 MB`; the units are decimal, as on the Hub."""
    found = re.fullmatch(r"([\d.]+)\s*(GB|MB)?", text.strip())
    assert found is not None
    return float(found[1]) * {"GB": GB, "MB": GB / 1000, None: 1}[found[2]]


def reserved_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """Compute buffers of plans with layers or experts in RAM, or several cards, to the byte."""
    for row in rows(TABLE):
        for buffer in simulated_buffers(models[row["model"]], row):
            yield Case(
                runtime=LLAMA_CPP,
                part=buffer.part,
                name=buffer.name,
                measured=buffer.measured,
                ours=buffer.ours,
            )


def simulated_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """Cache and buffers as llama.cpp itself sizes them without allocating anything."""
    for row in rows("runtime_sample.csv"):
        if "simulation" not in row["method"] or "REFUSED" in row["note"]:
            continue
        if row["kv_offload"] == "0" or (row["kv_unified"] == "1" and row["n_seq"] != "1"):
            continue  # not plans that are offered
        on_cpu = row["backend"].startswith("CPU")
        if row["ngl"] == "0" and not on_cpu:
            continue  # nothing on the card, but its program streams there: no such plan here
        model = models[row["model"]]
        every_layer = require_shape(model).layer_count + 1
        layers = every_layer if row["ngl"] == "all" else int(row["ngl"])
        where = "on the CPU" if on_cpu else "on the GPU"
        if not on_cpu and layers < every_layer:
            where = "on the GPU, some layers in RAM"
        plan = runtime_plan(row, 0 if on_cpu else layers)
        try:
            ledger = estimate(model, plan).ledger
        except PlannerError:
            continue
        yield from _buffers(row, plan, ledger, where)


def _buffers(
    row: dict[str, str], plan: Plan, ledger: MemoryLedger, where: str
) -> Iterator[Case]:
    name = (
        f"{row['model']} {row['quant']} context {row['ctx']}, K {row['ctk']} V {row['ctv']}, "
        f"flash attention {'on' if plan.flash_attention else 'off'}, micro-batch "
        f"{row['ubatch']}, sequences {row['n_seq']}, layers on the GPU {row['ngl']}, "
        f"{plan.program}"
    )
    place = Place.HOST if plan.gpu_layer_count == 0 else Place.GPU
    yield Case(
        runtime=LLAMA_CPP,
        part="KV cache",
        name=name,
        measured=float(row["kv_mib"]) * MIB,
        ours=_everywhere(ledger, Part.KV_CACHE),
    )
    yield Case(
        runtime=LLAMA_CPP,
        part=f"compute buffer {where}",
        name=name,
        measured=float(row["compute_mib"]) * MIB,
        ours=ledger.part(Part.COMPUTE_BUFFER, place).expected_bytes,
    )


def _everywhere(ledger: MemoryLedger, part: Part) -> int:
    return sum(ledger.part(part, place).expected_bytes for place in Place)


def runtime_plan(row: dict[str, str], gpu_layer_count: int) -> Plan:
    """Return the plan of a row of `runtime_sample.csv`."""
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


def logged_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """Logs of real runs that people published, of llama.cpp from 2024 to 2026.

    The cache of each, and the compute buffer where one device of a kind we know ran all layers.
    """
    for row in rows("runtime_sample.csv"):
        if not row["method"].startswith("PUBLISHED LOG") or not row["kv_mib"]:
            continue
        model = models[row["model"]]
        on_cpu = row["ngl"] == "0"
        layers = require_shape(model).layer_count + 1
        plan = runtime_plan(row, 0 if on_cpu else layers)
        if plan.context_length > require_shape(model).context_length_limit:
            continue  # a fine-tune with a longer context than the model's own
        ledger = estimate(model, plan).ledger
        log = row["method"].removeprefix("PUBLISHED LOG: ")
        name = f"{row['model']} {row['quant']} context {row['ctx']}, {row['backend']}, {log}"
        yield Case(
            runtime=LLAMA_CPP,
            part="KV cache in published logs",
            name=name,
            measured=float(row["kv_mib"]) * MIB,
            ours=_everywhere(ledger, Part.KV_CACHE),
        )
        all_on_one = row["ngl"] in ("0", "33/33") and not re.search("NPU|x2", row["backend"])
        if all_on_one:
            place = Place.HOST if on_cpu else Place.GPU
            yield Case(
                runtime=LLAMA_CPP,
                part="compute buffer in published logs",
                name=name,
                measured=float(row["compute_mib"]) * MIB,
                ours=ledger.part(Part.COMPUTE_BUFFER, place).expected_bytes,
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
            runtime=LLAMA_CPP,
            part="whole process on the CPU",
            name=f"{row['model']} {row['quant']} context {row['ctx']}, {row['backend']}",
            measured=float(resident.group(1)) * MIB,
            ours=ours,
            naive=naive_bytes(model, row["quant"], NaiveQuestion.WHOLE),
        )


def runtime_cases(models: dict[str, ModelSpec]) -> Iterator[Case]:
    """The other runtimes, as others measured or published them."""
    for key, prediction in PREDICTIONS.items():
        row = TRUTH[key]
        naive = None
        if prediction.naive is not None:
            naive = naive_bytes(models[row["model"]], row["quant"], prediction.naive)
        yield Case(
            runtime=row["runtime"],
            part=prediction.part,
            name=truth_name(row),
            measured=int(row["measured_bytes"]),
            ours=prediction.predict(models),
            naive=naive,
        )


def truth_name(row: dict[str, str]) -> str:
    """Return the words for a case of `truth.csv`."""
    return f"{row['model']} {row['quant']}: {row['quantity']} ({row['source']})"


def measured_cases() -> Iterator[Case]:
    """What `make measure` measured of truncated models."""
    for row in measured_rows():
        yield Case(
            runtime="transformers",
            part=_measured_part(row),
            name=_measured_name(row),
            measured=row.measured_bytes,
            ours=predicted_bytes(row),
        )


def _measured_part(row: Row) -> str:
    if row.quantity == WEIGHTS:
        return "weights, truncated models"
    if row.quantity != PREFILL_PEAK:
        return "KV cache, truncated models"
    # A processor's instructions matter to 16 bits alone.
    where = "CPU" if row.is_on_cpu and row.quant == "fp32" else row.device
    return f"activations, truncated models, {row.quant} on a {where}"


def _measured_name(row: Row) -> str:
    return (
        f"{row.model} with {row.layers} layers and {row.vocab_size:,} tokens, {row.quant}, "
        f"{row.attention}, {row.cache} cache, prompt {row.sequences} x {row.prompt_tokens:,}: "
        f"{row.quantity} (torch {row.torch}, transformers {row.transformers}, {row.device})"
    )
