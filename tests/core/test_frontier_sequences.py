"""How many sequences hold a cache at once."""

from typing import Any

from planner.core.fit import FitVerdict, Reserve
from planner.core.frontier import most_sequences
from planner.core.grid import evaluate
from planner.core.plan import GpuLayers, PlanOptions, RuntimeName
from planner.core.units import GIB
from tests.core.frontiers import MODELS, machine_of


def test_that_as_many_sequences_fit_as_the_verdict_allows():
    model, machine = MODELS["phi-3-mini-128k"], machine_of(24 * GIB)
    about: dict[str, Any] = {
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }
    found = most_sequences(model, "Q4_K_M", context_length=4096, options=PlanOptions(), **about)

    def verdict(count: int) -> FitVerdict:
        options = PlanOptions(context_length=4096 * count, parallel_sequences=count)
        return evaluate(model, "Q4_K_M", options=options, **about).verdict

    assert found.fits_count is not None
    assert found.tight_count is not None
    assert verdict(found.fits_count) is FitVerdict.FITS
    assert verdict(found.fits_count + 1) is not FitVerdict.FITS
    assert verdict(found.tight_count) is FitVerdict.TIGHT
    assert verdict(found.tight_count + 1) not in (FitVerdict.FITS, FitVerdict.TIGHT)
    assert found.reason is None


def test_that_the_models_limit_bounds_the_sequences():
    machine = machine_of(80 * GIB)
    about: dict[str, Any] = {
        "options": PlanOptions(),
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }
    found = most_sequences(MODELS["phi-4"], "Q4_K_M", context_length=4096, **about)
    assert found.fits_count == 4
    beyond = most_sequences(MODELS["phi-4"], "Q4_K_M", context_length=20_000, **about)
    assert beyond.fits_count is None
    assert "at most 16,384 tokens" in (beyond.reason or "")


def test_that_no_sequence_fits_says_what_one_would_take():
    machine = machine_of(8 * GIB)
    found = most_sequences(
        MODELS["phi-4"],
        "Q4_K_M",
        context_length=4096,
        options=PlanOptions(),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert found.fits_count is None
    assert (found.reason or "").startswith("Even one sequence on the GPU needs 10.07 GiB")


def test_that_sequences_of_other_runtimes_each_have_their_own_context():
    machine = machine_of(24 * GIB)
    found = most_sequences(
        MODELS["phi-3-mini-4k"],
        "nf4",
        context_length=4096,
        options=PlanOptions(runtime=RuntimeName.TRANSFORMERS, gpu_layers=GpuLayers.ALL),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    # One sequence alone is the model's limit; more of them are not.
    assert (found.tight_count or 0) > 1
