"""`check`: verdicts for one machine, in a table and as JSON."""

import json
from dataclasses import replace

import pytest

from planner.catalogue import load_catalogue
from planner.core.machine import Machine, PoolKind
from planner.core.quant_format import QUANT_FORMATS
from planner.core.units import GIB


@pytest.fixture
def check(run):
    """Return the JSON answer."""

    def ask(*words, **more):
        told = run("check", *words, "--json", **more)
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


def test_that_every_model_and_format_is_answered_once(check):
    answer = check()
    assert answer["schema"] == "phi-planner/check/1"
    assert answer["target"] == "gpu0"
    cells = [(result["model"], result["quant_format"]) for result in answer["results"]]
    assert cells == [
        (model.id, quant.name) for model in load_catalogue() for quant in QUANT_FORMATS
    ]
    assert len(cells) == 24 * 30


def test_that_a_result_has_the_keys_of_the_contract(check):
    (result,) = check("phi-4", "--quant", "Q4_K_M")["results"]
    assert list(result) == [
        "model",
        "runtime",
        "quant_format",
        "verdict",
        "needed_bytes",
        "gpu_layer_count",
        "layer_count",
        "max_context_length",
        "reason",
        "occupied_bytes",
    ]
    assert result["verdict"] == "fits"
    assert result["layer_count"] == result["gpu_layer_count"] == 41
    assert result["max_context_length"] == 16_384
    assert result["reason"] is None


def test_that_the_machine_has_the_keys_of_the_contract_and_no_identity(check, gpu_machine):
    told = check("phi-4")["machine"]
    gpu, ram = told["pools"]
    assert gpu["kind"] == "dedicated"
    assert gpu["free_bytes"] == gpu_machine.gpus[0].free_bytes
    assert gpu["compute_capability"] == "8.9"
    assert ram["kind"] == "system"
    assert ram["reserved_bytes"] is None
    assert told["notes"] == ["A note."]
    assert "uuid" not in gpu


def test_that_what_estimate_says_is_what_check_needs(check, run):
    words = ("phi-4", "--quant", "Q5_K_M", "--context", "8k")
    (result,) = check(*words)["results"]
    figures = json.loads(run("estimate", *words, "--json").out)
    assert result["needed_bytes"] == figures["memory"]["gpu"]["total_bytes"]


def test_that_without_a_gpu_the_target_is_ram(check, ram_machine):
    answer = check("phi-4", "--quant", "Q8_0", machine=ram_machine)
    assert answer["target"] == "ram"
    assert answer["results"][0]["gpu_layer_count"] == 0


def test_that_a_unified_pool_holds_both_sides(check, gpu_machine):
    unified = replace(gpu_machine.gpus[0], kind=PoolKind.UNIFIED, same_memory_as="ram")
    machine = Machine(pools=(unified, gpu_machine.ram))
    (result,) = check("phi-4", "--quant", "Q4_K_M", machine=machine)["results"]
    (dedicated,) = check("phi-4", "--quant", "Q4_K_M")["results"]
    needed, less = result["needed_bytes"], dedicated["needed_bytes"]
    assert needed["expected"] > less["expected"]


def test_that_a_gpu_whose_memory_is_not_known_is_unknown_and_says_why(check, gpu_machine):
    lost = replace(
        gpu_machine.gpus[0], free_bytes=None, total_bytes=None, notes=("The GPU is lost.",)
    )
    results = check(machine=Machine(pools=(lost,)))["results"]
    told = {result["verdict"] for result in results}
    assert told == {"unknown", "unsupported"}
    assert all(result["reason"] for result in results)


def test_that_a_context_beyond_a_models_limit_is_unsupported_in_its_row(check):
    results = check("--quant", "Q4_K_M", "--context", "32k")["results"]
    by_model = {result["model"]: result for result in results}
    assert by_model["phi-2"]["verdict"] == "unsupported"
    assert "2,048" in by_model["phi-2"]["reason"]
    assert by_model["phi-3-mini-128k"]["verdict"] == "fits"


def test_that_a_gpu_by_size_stands_in_for_the_real_ones(check):
    answer = check("phi-4", "--quant", "Q4_K_M", "--vram", "4GiB", "--ram", "8GiB")
    assert [pool["total_bytes"] for pool in answer["machine"]["pools"]] == [4 * GIB, 8 * GIB]
    assert answer["machine"]["is_what_if"] is True
    assert answer["results"][0]["verdict"] == "partial"


def test_that_a_gpu_by_size_keeps_this_computers_ram(check, gpu_machine):
    pools = check("phi-4", "--vram", "8GB", "--vram", "24G")["machine"]["pools"]
    assert [pool["id"] for pool in pools] == ["gpu0", "gpu1", "ram"]
    assert [pool["total_bytes"] for pool in pools] == [
        8 * 10**9,
        24 * GIB,
        gpu_machine.ram.total_bytes,
    ]


def test_that_ram_by_size_keeps_this_computers_gpus(check, gpu_machine):
    answer = check("phi-4", "--ram", "16GiB")
    gpu, ram = answer["machine"]["pools"]
    assert gpu["total_bytes"] == gpu_machine.gpus[0].total_bytes
    assert ram["total_bytes"] == 16 * GIB
    assert answer["target"] == "gpu0"


def test_that_a_gpu_without_memory_of_its_own_has_the_ram_that_is_asked_for(check, gpu_machine):
    unified = replace(gpu_machine.gpus[0], kind=PoolKind.UNIFIED)
    machine = Machine(pools=(unified, gpu_machine.ram))
    pools = check("phi-4", "--ram", "128GiB", machine=machine)["machine"]["pools"]
    assert [pool["free_bytes"] for pool in pools] == [128 * GIB, 128 * GIB]


@pytest.mark.parametrize(("target", "verdict"), [("gpu0", "partial"), ("ram", "fits")])
def test_that_the_target_can_be_chosen(check, target, verdict):
    answer = check("phi-4", "--quant", "F16", "--target", target)
    assert answer["target"] == target
    assert answer["results"][0]["verdict"] == verdict


@pytest.mark.parametrize(
    ("reserve", "verdict"), [("0", "fits"), ("512MiB", "fits"), ("20GiB", "tight")]
)
def test_that_the_reserve_is_left_free_on_the_target(check, reserve, verdict):
    (result,) = check("phi-4", "--quant", "Q4_K_M", "--reserve", reserve)["results"]
    assert result["verdict"] == verdict


def test_that_the_reserve_is_the_rams_where_that_is_the_target(check, ram_machine):
    words = ("phi-4", "--quant", "Q8_0", "--reserve", "50GiB")
    (result,) = check(*words, machine=ram_machine)["results"]
    assert result["verdict"] == "tight"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("phi-4", "--quant", "Q4_K_M"), 0),
        (("phi-4", "--quant", "F16"), 3),
        (("phi-4", "--quant", "F16", "--ram", "4GiB"), 4),
        (("phi-4", "--quant", "F16", "--gpu-layers", "all"), 4),
        (("phi-silica", "--quant", "F16"), 5),
        (("phi-3-small-8k", "--quant", "F16"), 5),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_that_the_exit_code_can_tell_the_verdict(run, words, code, more):
    assert run("check", *words, *more, "--exit-code").code == code
    assert run("check", *words, *more).code == 0


@pytest.mark.parametrize("context", ["2k", "128k"])
@pytest.mark.parametrize("vram", ["4GiB", "24GiB", "80GiB"])
def test_that_the_table_fits_100_columns_and_stays_aligned(run, context, vram):
    told = run("check", "--vram", vram, "--ram", "900GiB", "--context", context)
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= 100
    start = next(index for index, line in enumerate(lines) if line.startswith("Model "))
    table = lines[start : start + 25]
    assert {len(line) for line in table} == {len(table[0])}


def test_that_the_table_shows_the_figures_of_the_json(run, check):
    row = next(line for line in run("check").out.splitlines() if line.startswith("Phi-4 "))
    shown = row.split()[1:]
    formats = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
    results = {result["quant_format"]: result for result in check("phi-4")["results"]}
    glyphs = {"fits": "●", "tight": "◐", "partial": "◔", "no": "○"}
    expected = []
    for name in formats:
        needed = results[name]["needed_bytes"]["expected"]
        expected += [glyphs[results[name]["verdict"]], f"{needed / GIB:.2f}"]
    assert shown == expected


def test_that_the_table_says_what_it_is_about(run):
    out = run("check").out
    assert out.startswith("NVIDIA GeForce RTX 4090 (gpu0): 23.44 GiB free of 23.99 GiB")
    assert "● fits   ◐ tight   ◔ part of it in RAM   ○ does not fit   – cannot run" in out
    assert "closed and come only as a part of Windows" in out
    assert "- A note." in out


def test_that_a_model_of_ones_own_choice_lists_all_formats(run):
    lines = run("check", "phi-4").out.splitlines()
    rows = [
        line.split()[0] for line in lines if line.split()[1:2] and line.split()[1] in "●◐◔○–"
    ]
    assert rows == [quant.name for quant in QUANT_FORMATS]
    assert max(map(len, lines)) <= 100


def test_that_a_model_that_cannot_run_says_so_in_every_row(run):
    out = run("check", "phi-silica").out
    assert out.count("– cannot run") == 30
    assert out.count("closed") == 1


def test_that_one_verdict_comes_with_its_ledger(run):
    out = run("check", "phi-4", "--quant", "Q4_K_M").out
    assert "● Phi-4 in Q4_K_M fits on NVIDIA GeForce RTX 4090: it needs" in out
    assert "Runtime overhead  GPU" in out
    assert "Total             RAM" in out
    assert max(map(len, out.splitlines())) <= 100


def test_that_a_verdict_without_figures_has_its_reason_and_no_ledger(run):
    out = run("check", "phi-silica", "--quant", "F16").out
    assert "– Phi Silica in F16: cannot run." in out
    assert "Weights" not in out


def test_that_one_format_is_one_column(run):
    out = run("check", "--quant", "iq4_xs").out
    (heads,) = (line for line in out.splitlines() if line.startswith("Model "))
    assert heads.split() == ["Model", "IQ4_XS"]


def test_that_a_drivers_text_cannot_colour_the_terminal(run, gpu_machine):
    odd = replace(gpu_machine.gpus[0], name="Odd\x1b[31m\nname")
    out = run("check", machine=Machine(pools=(odd,), notes=("a\x1b[2Jb",))).out
    assert "\x1b" not in out
    assert "Odd" in out
