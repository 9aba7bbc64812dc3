"""What a cell says beside its memory: never another figure than the engine's own."""

from dataclasses import replace

import pytest

from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate, evaluate_grid
from planner.core.grid_values import GridFigures, GridMode, row_figures, share_ratio
from planner.core.plan import CacheType, PlanOptions, RuntimeName
from planner.core.speed import ProcessorRates, speed
from tests.ui.machines import NO_GPU, ONE_GPU, SILENT_GPU, SMALL_GPU

FORMATS = ("F16", "Q8_0", "Q4_K_M")
MODELS = ("phi-2", "phi-4", "phi-4-mini", "phi-3-small-8k")


@pytest.fixture
def make_grid(catalogue):
    def make(machine=SMALL_GPU, formats=FORMATS, models=MODELS, **options):
        return evaluate_grid(
            [catalogue[name] for name in models],
            formats,
            options=PlanOptions(**options),
            machine=machine,
            target=machine.pools[0],
            reserve=Reserve(),
        )

    return make


def figures_of(mode, grid, row):
    return row_figures(mode, grid, row)


def worked_out(mode, grid):
    figures = GridFigures(mode)
    figures.show(grid)
    assert figures.work(lambda: False)
    return figures


def test_that_the_longest_context_fits_and_one_step_more_does_not(make_grid, catalogue):
    grid = make_grid(context_length=1024)
    for row, model in enumerate(grid.models):
        for quant, figure in zip(FORMATS, figures_of(GridMode.CONTEXT, grid, row), strict=True):
            if figure.amount is None:
                assert figure.reason
                continue

            def verdict(tokens, model=model, quant=quant):
                return evaluate(
                    model,
                    quant,
                    options=replace(grid.options, context_length=int(tokens)),
                    machine=grid.machine,
                    target=grid.target,
                    reserve=grid.reserve,
                ).verdict

            good = FitVerdict.FITS if figure.is_promised else FitVerdict.TIGHT
            assert verdict(figure.amount) is good
            if figure.amount < model.context_length_limit:
                assert verdict(min(figure.amount + 256, model.context_length_limit)) is not good


def test_that_a_context_that_is_only_tight_is_not_promised(make_grid):
    grid = make_grid(ONE_GPU, ("bf16",), runtime=RuntimeName.VLLM)
    figure = figures_of(GridMode.CONTEXT, grid, MODELS.index("phi-2"))[0]
    assert figure.amount == 2048
    assert not figure.is_promised


def test_that_keys_and_values_of_two_types_have_a_longest_context_too(make_grid):
    def longest(**types):
        grid = make_grid(models=("phi-4",), formats=("Q4_K_M",), **types)
        return figures_of(GridMode.CONTEXT, grid, 0)[0].amount

    plain, small = longest(), longest(cache_type_k=CacheType.Q8_0, cache_type_v=CacheType.Q8_0)
    mixed = longest(cache_type_k=CacheType.F16, cache_type_v=CacheType.Q8_0)
    assert plain < mixed < small


def test_that_a_speed_is_the_engines_expected_decode_speed(make_grid, catalogue):
    grid = make_grid(ONE_GPU, parallel_sequences=4, context_length=8192)
    row = MODELS.index("phi-4")
    figures = figures_of(GridMode.SPEED, grid, row)
    found = speed(
        catalogue["phi-4"],
        grid.row(row)[2].plan,
        context_length=2048,
        gpu=ProcessorRates(name="the card", memory_bandwidth_gb_per_s=1008.1),
        host=None,
    )
    assert found.decode is not None
    assert figures[2].amount == found.decode.expected_tokens_per_s
    # 1008 GB/s read 9 GB of weights some hundred times a second at most.
    assert 50 < figures[2].amount < 112


def test_that_a_shared_cache_is_read_whole(make_grid):
    def rate(**options):
        grid = make_grid(ONE_GPU, models=("phi-4",), context_length=16_384, **options)
        return figures_of(GridMode.SPEED, grid, 0)[2].amount

    assert rate(parallel_sequences=4, unified_cache=True) == pytest.approx(rate())
    assert rate(parallel_sequences=4) > rate()


def test_that_what_does_not_run_has_no_speed_but_a_reason(make_grid, catalogue):
    grid = make_grid(SMALL_GPU, models=("phi-3.5-moe", "phi-3-small-8k"))
    no = figures_of(GridMode.SPEED, grid, 0)[0]
    assert grid.row(0)[0].verdict is FitVerdict.NO
    assert (no.amount, no.reason) == (None, "It does not fit, so it has no speed.")
    unsupported = figures_of(GridMode.SPEED, grid, 1)[0]
    assert unsupported.reason == grid.row(1)[0].reason


def test_that_an_unknown_bandwidth_is_the_reason_for_no_speed(make_grid):
    figure = figures_of(GridMode.SPEED, make_grid(NO_GPU, models=("phi-2",)), 0)[0]
    assert figure.amount is None
    assert "bandwidth" in figure.reason
    alone = replace(ONE_GPU, pools=ONE_GPU.pools[:1])
    assert figures_of(GridMode.SPEED, make_grid(alone, models=("phi-2",)), 0)[0].amount


def test_that_a_plan_that_is_refused_has_the_refusal_as_its_reason(make_grid):
    grid = make_grid(ONE_GPU, models=("phi-2",))
    result = grid.results[0]
    broken = replace(result, plan=replace(result.plan, batch_size=0))
    figures = figures_of(GridMode.SPEED, replace(grid, results=(broken,) * 3), 0)
    assert "batch size" in figures[0].reason


def test_that_a_share_is_of_what_is_free(make_grid):
    grid = make_grid(models=("phi-4",))
    result = grid.results[2]
    ratio = share_ratio(result, grid.target)
    assert ratio * grid.target.free_bytes == pytest.approx(result.needed.expected_bytes)
    silent = make_grid(SILENT_GPU, models=("phi-4",))
    assert share_ratio(silent.results[2], silent.target) is None
    closed = make_grid(models=("phi-silica",))
    assert share_ratio(closed.results[0], closed.target) is None


def test_that_figures_of_the_grid_itself_are_complete_at_once(make_grid):
    for mode in (GridMode.NEEDED, GridMode.SHARE):
        figures = GridFigures(mode)
        figures.show(make_grid())
        assert figures.is_complete
        assert (figures.mode, figures.rows) == (mode, ())


def test_that_work_stops_after_a_row_when_time_is_over(make_grid):
    figures = GridFigures(GridMode.SPEED)
    grid = make_grid(ONE_GPU)
    figures.show(grid)
    assert figures.rows == (None,) * len(MODELS)
    assert not figures.work(lambda: True)
    assert [row is None for row in figures.rows] == [False, True, True, True]
    assert not figures.is_complete
    assert [figures.work(lambda: True) for _ in range(3)] == [False, False, True]
    assert figures.rows[1] == figures_of(GridMode.SPEED, grid, 1)


def test_that_the_longest_contexts_stay_when_the_planned_one_changes(make_grid):
    figures = worked_out(GridMode.CONTEXT, make_grid(context_length=1024))
    figures.show(make_grid(context_length=2048))
    assert figures.is_complete
    figures.show(make_grid(context_length=2048, parallel_sequences=2))
    assert not figures.is_complete


def test_that_speeds_stand_until_those_of_another_context_are_there(make_grid):
    figures = worked_out(GridMode.SPEED, make_grid(ONE_GPU, context_length=1024))
    before = figures.rows
    figures.show(make_grid(ONE_GPU, context_length=2048))
    assert figures.rows == before
    figures.work(lambda: False)
    assert figures.rows != before


def test_that_other_models_or_another_machine_start_from_nothing(make_grid):
    figures = worked_out(GridMode.SPEED, make_grid(ONE_GPU))
    figures.show(make_grid(ONE_GPU, models=("phi-2",)))
    assert figures.rows == (None,)
    figures.work(lambda: False)
    figures.show(make_grid(NO_GPU, models=("phi-2",)))
    assert figures.rows == (None,)
