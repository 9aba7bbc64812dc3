"""Opening whatever somebody points at: what it is, is told by how it begins."""

import json

import pytest

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.file_fit import OwnFile
from planner.core.fit import FitVerdict
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.receipt import RuntimeLog
from planner.files.machine_card import save_machine_card
from planner.session import PlannerSession, open_path
from tests.ui.machines import ONE_GPU, SMALL_GPU

MODELS = load_catalogue().models
PHI_2 = {
    "architectures": ["PhiForCausalLM"],
    "model_type": "phi",
    "hidden_size": 2560,
    "intermediate_size": 10240,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "max_position_embeddings": 2048,
    "partial_rotary_factor": 0.4,
    "vocab_size": 51200,
    "tie_word_embeddings": False,
}


def test_that_a_config_is_a_model_with_a_row_and_a_detail(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(PHI_2), encoding="utf-8")
    file = open_path(path, MODELS)
    assert isinstance(file, OwnFile)
    session = PlannerSession(models=MODELS, machine=ONE_GPU)
    grid = session.grid(PlanOptions(), quant_formats=("F16",), files=(file,))
    assert [fit.file.id for fit in grid.files] == [file.id]
    detail = session.file_detail(file, PlanOptions())
    assert detail.model.id == file.id
    assert detail.result == grid.files[0].result


def test_that_the_same_path_has_the_same_place(tmp_path):
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for path in paths:
        path.write_text(json.dumps(PHI_2), encoding="utf-8")
    first, again, other = (open_path(each, MODELS) for each in (paths[0], paths[0], paths[1]))
    assert isinstance(first, OwnFile)
    assert isinstance(again, OwnFile)
    assert isinstance(other, OwnFile)
    assert first.id == again.id != other.id
    assert str(tmp_path) not in first.id


def test_that_a_machine_card_is_a_machine(tmp_path):
    path = tmp_path / "card.json"
    save_machine_card(ONE_GPU, path)
    card = open_path(path, MODELS)
    assert isinstance(card, Machine)
    assert [pool.total_bytes for pool in card.pools] == [
        pool.total_bytes for pool in ONE_GPU.pools
    ]


def test_that_a_log_is_a_log(tmp_path):
    path = tmp_path / "run"
    path.write_text("load_tensors:        CUDA0 model buffer size =  8148.38 MiB\n")
    assert isinstance(open_path(path, MODELS), RuntimeLog)


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"hello\n", b"GGUF", b"{", b""])
def test_that_anything_else_is_a_sentence(tmp_path, content):
    path = tmp_path / "thing"
    path.write_bytes(content)
    with pytest.raises(PlannerError) as refusal:
        open_path(path, MODELS)
    assert str(refusal.value).endswith(".")


def test_that_nothing_is_a_sentence(tmp_path):
    with pytest.raises(PlannerError, match="There is no file"):
        open_path(tmp_path / "gone", MODELS)
    with pytest.raises(PlannerError, match="holds no"):
        open_path(tmp_path, MODELS)


# ------------------------------------------------------------- what the pages ask for


def phi_4(machine, quant_format):
    session = PlannerSession(models=MODELS, machine=machine)
    model = next(each for each in MODELS if each.id == "phi-4")
    return session, session.detail(model, quant_format, PlanOptions())


def test_that_speed_falls_along_the_context_and_begins_with_the_plans():
    session, detail = phi_4(ONE_GPU, "Q4_K_M")
    first, *along = session.speed_curve(detail)
    assert detail.result.plan is not None
    assert first.context_length == detail.result.plan.context_length
    bands = [each.decode.expected_tokens_per_s for each in along if each.decode is not None]
    assert len(bands) == len(along) > 10
    assert bands == sorted(bands, reverse=True)
    assert along[-1].context_length == 16384


def test_that_what_does_not_fit_is_not_started_and_has_no_speed():
    model = next(each for each in MODELS if each.id == "phi-3.5-moe")
    session = PlannerSession(models=MODELS, machine=SMALL_GPU)
    detail = session.detail(model, "F16", PlanOptions())
    assert detail.result.verdict is FitVerdict.NO
    assert session.starts(detail) == ()
    assert session.speed_curve(detail) == ()
