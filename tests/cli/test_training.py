"""`estimate --train`: what fine-tuning takes."""

import json

import pytest

from planner.core.units import GIB


@pytest.fixture
def train(run):
    """Return the JSON answer."""

    def ask(*words):
        told = run("estimate", *words, "--json")
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


def test_that_the_answer_has_its_own_schema_and_its_plan(train):
    answer = train("phi-4-mini", "--train", "lora", "--lora-rank", "8", "--context", "1k")
    assert answer["schema"] == "phi-planner/training/1"
    assert answer["plan"] == {
        "model": "phi-4-mini",
        "method": "lora",
        "optimizer": "adamw",
        "batch_size": 1,
        "sequence_length": 1024,
        "gradient_checkpointing": True,
        "fused_loss": False,
        "full_precision": False,
        "lora_rank": 8,
    }


def test_that_full_training_of_pure_bf16_has_eight_bytes_a_weight(train):
    # Weights, gradients and Adam's two averages, 2 bytes each.
    answer = train("phi-4-mini", "--train", "full")
    count = answer["parameter_count"]
    assert answer["trained_parameter_count"] == count == 3_836_021_760
    memory = answer["memory"]
    for part, size in (("weights", 2), ("gradients", 2), ("optimizer", 4)):
        assert memory[f"{part}_bytes"]["low"] == size * count


def test_that_totals_are_the_sums_of_the_ledger(train):
    answer = train("phi-4", "--train", "qlora", "--no-checkpointing", "--train-batch", "2")
    for end in ("low", "expected", "high"):
        total = sum(line["bytes"][end] for line in answer["ledger"])
        assert answer["memory"]["total_bytes"][end] == total


def test_that_a_short_model_is_trained_at_its_own_length(train):
    assert train("phi-2", "--train", "lora")["plan"]["sequence_length"] == 2048


def test_that_people_read_the_total_and_every_part(run, train):
    words = ("phi-4", "--train", "qlora", "--optimizer", "paged-adamw-8bit", "--fused-loss")
    told = run("estimate", *words)
    total = train(*words)["memory"]["total_bytes"]["expected"]
    assert told.out.startswith(f"QLoRA beside Phi-4 needs {total / GIB:.2f} GiB (")
    assert "micro-batches of 1 sequence of 2,048 tokens" in told.out
    assert max(map(len, told.out.splitlines())) <= 100
