"""What surrounds a measurement; torch itself is not needed here."""

import csv

import pytest

from planner.core.plan import Attention, CacheKind
from tests.accuracy.measured import measured_rows, predicted_bytes, truncated
from tests.measure import run
from tests.measure.runs import (
    CPU_WITH_BF16,
    PREFILL_PEAK,
    VOCABULARIES,
    WEIGHTS,
    Row,
    planned_runs,
)

ROW = Row(
    model="phi-1",
    layers=2,
    vocab_size=51_200,
    quant="bf16",
    attention=Attention.SDPA,
    cache=CacheKind.DYNAMIC,
    prompt_tokens=1024,
    device=CPU_WITH_BF16,
    quantity=WEIGHTS,
    measured_bytes=620_957_696,
    torch="2.13.0+cpu",
    transformers="5.23.0",
    date="2026-11-21",
)


def test_that_without_torch_one_sentence_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(run, "find_spec", lambda _: None)
    assert run.main(["--date", "2026-11-21"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("`make measure` needs torch, transformers, accelerate: install ")
    assert told.count("\n") == 1
    assert ".[measure]" in told


def test_that_rows_are_appended_under_one_head(tmp_path):
    table = tmp_path / "measured.csv"
    run.append(table, [ROW])
    run.append(table, [ROW])
    with table.open(newline="", encoding="utf-8") as file:
        assert [Row.of(raw) for raw in csv.DictReader(file)] == [ROW, ROW]


def test_that_a_run_says_what_it_took_and_how_far_off_we_are():
    text = run.summary(run.Outcome((ROW,), 1 << 30, 5.2))
    assert text.splitlines() == [
        (
            "phi-1, 2 layers, bf16, sdpa, dynamic cache, 1 x 1,024 tokens on CPU with "
            "AVX512-BF16: 5 s, 1.00 GiB"
        ),
        f"  {'weights':40}   620,957,696 B  ours   620,957,696 B  +0.000 %",
    ]


def test_that_a_truncated_model_keeps_all_but_its_depth_and_vocabulary():
    model, shape = truncated(ROW)
    assert (shape.layer_count, shape.vocab_size) == (2, 51_200)
    assert (shape.embedding_length, shape.head_count) == (2048, 32)
    assert model.shape is shape


def test_that_every_planned_weights_stay_below_two_gigabytes():
    for planned in planned_runs():
        figures = vars(planned) | {"device": CPU_WITH_BF16, "quantity": WEIGHTS}
        row = Row(**figures, measured_bytes=0, torch="", transformers="", date="")
        assert predicted_bytes(row) < 1_400_000_000
        assert planned.vocab_size <= VOCABULARIES[planned.model]


def test_that_what_was_measured_has_models_prompts_and_both_kinds_of_cache():
    rows = measured_rows()
    assert {row.model for row in rows} == set(VOCABULARIES)
    assert {row.layers for row in rows} == {2, 4}
    assert {row.cache for row in rows} == set(CacheKind)
    assert {row.attention for row in rows} == set(Attention)
    assert any(row.prompt_tokens > 2047 and row.model == "phi-3-mini-4k" for row in rows)


@pytest.mark.parametrize(
    "row",
    [row for row in measured_rows() if row.quantity != PREFILL_PEAK],
    ids=lambda row: f"{row.model} {row.layers} {row.quant} {row.prompt_tokens} {row.quantity}",
)
def test_that_weights_and_cache_are_those_of_the_real_model(row):
    assert row.measured_bytes == predicted_bytes(row)
