"""What goes with one verdict: advice, the frontier, two budgets, speed, the command."""

import ast
import json
import shlex
from dataclasses import replace

import pytest

from planner.core.machine import Machine, MemoryHolder
from planner.core.units import GIB

SMALL = ("--vram", "12GiB", "--ram", "32GiB")


@pytest.fixture
def check(run):
    """Return the JSON answer."""

    def ask(*words, **more):
        told = run("check", *words, "--json", **more)
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


@pytest.fixture
def busy_machine(gpu_machine):
    """Return a computer whose card other programs have nearly filled."""
    gpu = replace(gpu_machine.gpus[0], free_bytes=4 * GIB, used_by_others_bytes=19 * GIB)
    return Machine(pools=(gpu, gpu_machine.ram))


def test_that_advice_that_is_taken_gives_the_verdict_it_promised(check):
    answer = check("phi-4", "--quant", "Q8_0", *SMALL)
    assert answer["results"][0]["verdict"] == "partial"
    first = answer["advice"][0]
    assert (first["kinds"], first["verdict"]) == (["smaller-format"], "fits")
    again = check("phi-4", "--quant", first["plan"]["quant_format"], *SMALL)
    assert again["results"][0]["verdict"] == "fits"
    assert again["results"][0]["needed_bytes"] == first["needed_bytes"]
    assert again["advice"] == []


def test_that_people_read_the_advice_in_its_order(check, run):
    words = ("phi-4", "--quant", "Q8_0", *SMALL)
    out = " ".join(run("check", *words).out.split())
    places = [out.index(each["text"]) for each in check(*words)["advice"]]
    assert places == sorted(places)
    assert len(places) > 1
    assert "All of it, with the reserve, takes one GPU with" in out


def test_that_a_closed_model_has_no_advice_and_no_command(check, run):
    answer = check("phi-silica", "--quant", "F16")
    assert (answer["plan"], answer["advice"], answer["launch"]) == (None, [], None)
    assert "To start it" not in run("check", "phi-silica", "--quant", "F16").out


def test_that_one_token_more_than_the_longest_context_does_not_fit(check):
    longest = check("phi-4", "--quant", "Q6_K", "--vram", "14GiB", "--ram", "32GiB")
    cell = longest["longest_context"]
    length = cell["fits_context_length"]
    assert 4096 < length < 16_384
    for context, verdict in ((length, "fits"), (length + 1, "tight")):
        words = ("phi-4", "--quant", "Q6_K", "--vram", "14GiB", "--ram", "32GiB")
        (result,) = check(*words, "--context", str(context))["results"]
        assert result["verdict"] == verdict


def test_that_one_sequence_more_than_the_most_does_not_fit(check):
    words = ("phi-4-mini", "--quant", "Q8_0", "--vram", "8GiB", "--ram", "32GiB")
    most = check(*words)["most_sequences"]
    count = most["fits_count"]
    assert (most["context_length"], count > 1) == (4096, True)
    for number, verdict in ((count, "fits"), (count + 1, "tight")):
        more = ("--parallel", str(number), "--context", str(4096 * number))
        assert check(*words, *more)["results"][0]["verdict"] == verdict


def test_that_the_frontier_has_the_cells_of_single_answers(check):
    answer = check("phi-4", "--frontier", *SMALL)
    assert answer["schema"] == "phi-planner/frontier/1"
    assert answer["max_context_length"] == 16_384
    assert len(answer["cells"]) == 30 * 8
    (cell,) = (
        cell
        for cell in answer["cells"]
        if (cell["quant_format"], cell["cache_type"]) == ("Q5_K_M", "q8_0")
    )
    words = ("phi-4", "--quant", "Q5_K_M", "--cache-type", "q8_0", *SMALL)
    assert check(*words)["longest_context"] == cell


@pytest.mark.parametrize("runtime", ["llama.cpp", "transformers", "vllm"])
def test_that_the_frontiers_table_fits_100_columns(run, runtime):
    told = run("check", "phi-4-mini", "--frontier", "--runtime", runtime, *SMALL)
    assert told.code == 0
    assert max(map(len, told.out.splitlines())) <= 100
    assert "● fits up to   ◐ tight up to   ○ no context" in told.out


def test_that_a_cache_type_keeps_one_column_and_a_format_one_row(run):
    words = ("check", "phi-4", "--frontier", "--quant", "Q6_K", "--cache-type", "q8_0")
    lines = run(*words, *SMALL).out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Format"))
    assert lines[start].split() == ["Format", "q8_0"]
    assert lines[start + 1].split() == ["Q6_K", "◐", "5,376"]
    assert lines[start + 2] == ""


def test_that_the_frontier_says_once_why_there_is_nothing(run):
    out = " ".join(run("check", "phi-silica", "--frontier").out.split())
    assert out.count("closed") == 1
    assert "The model's limit: not known." in out


def test_that_a_column_that_the_runtime_refuses_says_why(run):
    words = ("check", "phi-4", "--frontier", "--flash-attention", "off")
    out = " ".join(run(*words).out.split())
    for cache_type in ("q8_0", "q5_1", "q5_0", "q4_1", "q4_0"):
        assert f" {cache_type}: llama.cpp refuses a {cache_type} V cache here" in out


def test_that_each_verdict_says_which_budget_it_counts_on(run, check, busy_machine):
    words = ("phi-4", "--quant", "Q4_K_M")
    now, closed = (
        check(*words, "--budget", budget, machine=busy_machine) for budget in ("now", "closed")
    )
    assert (now["budget"], now["results"][0]["verdict"]) == ("free-now", "partial")
    assert (closed["budget"], closed["results"][0]["verdict"]) == ("programs-closed", "fits")
    assert now["verdict_if_closed"] == "fits"
    said = " ".join(run("check", *words, machine=busy_machine).out.split())
    assert "4.00 GiB is free now" in said
    assert "With other programs closed the verdict would be: fits." in said
    told = run("check", *words, "--budget", "closed", machine=busy_machine).out
    assert "GiB would be free with other programs closed" in " ".join(told.split())


def test_that_both_budgets_speak_of_the_pool_that_is_freest_now(check, busy_machine):
    full = replace(busy_machine.gpus[0], free_bytes=GIB)
    other = replace(full, id="gpu1", total_bytes=8 * GIB, free_bytes=6 * GIB)
    machine = Machine(pools=(full, other, busy_machine.ram))
    for budget in ("now", "closed"):
        assert check("phi-4", "--budget", budget, machine=machine)["target"] == "gpu1"


def test_that_a_speed_is_always_called_modelled(check, run, gpu_machine):
    speed = check("phi-4", "--quant", "Q4_K_M")["speed"]
    assert speed["is_modelled"] is True
    # Read once for each token: 8.2 GiB of weights and 0.8 GiB of cache, at 1,008 GB/s at best.
    best = 1008.1e9 / (8_766_689_280 + 4096 * 204_800)
    assert speed["decode_tokens_per_s"]["high"] == pytest.approx(0.9 * best, rel=0.01)
    # The driver gives no compute; the catalogue's RTX 4090 has 165 TFLOPS, at two FLOPs for
    # each of the 14.66 billion parameters at best.
    assert 0 < speed["prefill_tokens_per_s"]["high"] < 165e12 / (2 * 14.66e9)
    assert speed["sources"]
    out = run("check", "phi-4", "--quant", "Q4_K_M").out
    assert "Speed, modelled and not measured: " in out
    slow = replace(gpu_machine.gpus[0], name="A card", bandwidth_gb_per_s=None)
    machine = Machine(pools=(slow, gpu_machine.ram))
    assert "Speed" not in run("check", "phi-4", "--quant", "Q4_K_M", machine=machine).out
    unknown = check("phi-4", "--quant", "Q4_K_M", machine=machine)["speed"]
    assert unknown["decode_tokens_per_s"] is None
    assert "bandwidth" in unknown["reasons"][0]


def test_that_the_printed_command_is_the_one_of_the_json(check, run):
    words = ("phi-4", "--quant", "Q4_K_M", "--cache-type", "q8_0")
    launch = check(*words)["launch"]
    assert launch["tool"] == "llama-server"
    printed = run("check", *words).out.partition("To start it\n")[2].partition("\n\n")[0]
    assert shlex.split(printed.replace("\\\n", " ")) == shlex.split(launch["text"])


def test_that_a_printed_program_in_python_can_be_copied(run):
    words = ("phi-4-mini", "--quant", "nf4", "--runtime", "transformers")
    out = run("check", *words).out
    program = out.partition("To start it\n")[2].partition("\n\n- ")[0]
    assert ast.parse(program).body
    assert max(map(len, out.splitlines())) <= 100


def test_that_a_plan_without_a_command_says_why(run):
    out = run("check", "phi-4", "--quant", "Q4_K_M", "--program", "library").out
    assert "No command to start it: This plan is about libllama's own defaults" in out


def test_that_different_cache_types_have_no_longest_context(check):
    words = ("phi-4", "--quant", "Q4_K_M", "--cache-type-k", "q8_0")
    assert check(*words)["longest_context"] is None


def test_that_programs_that_hold_the_card_are_named_on_the_screen(run, gpu_machine):
    card = replace(
        gpu_machine.pools[0],
        free_bytes=4 * GIB,
        holders=(MemoryHolder(name="a game", used_bytes=19 * GIB), MemoryHolder(name="other")),
    )
    machine = replace(gpu_machine, pools=(card, *gpu_machine.pools[1:]))
    words = ("check", "phi-4", "--quant", "Q8_0")
    text = " ".join(run(*words, machine=machine).out.split())
    assert "They are: a game 19.00 GiB, other." in text
    answer = json.loads(run(*words, "--json", machine=machine).out)
    (closing,) = [each for each in answer["advice"] if each["kinds"] == ["close-programs"]]
    assert closing["holders"] == [
        {"name": "a game", "used_bytes": 19 * GIB},
        {"name": "other", "used_bytes": None},
    ]


def test_that_keys_and_values_of_two_types_are_a_column_of_their_own(run):
    words = ("check", "phi-4", "--frontier", "--cache-type-k", "q8_0", "--cache-type-v", "q4_0")
    assert "K q8_0, V q4_0" in run(*words).out
    answer = json.loads(run(*words, "--json").out)
    types = {(each["cache_type"], each["cache_type_v"]) for each in answer["mixed_cells"]}
    assert types == {("q8_0", "q4_0")}
    assert all(each["cache_type"] == each["cache_type_v"] for each in answer["cells"])


def test_that_a_reason_of_both_types_together_is_told(run):
    words = ("--cache-type-k", "f16", "--cache-type-v", "q4_0", "--flash-attention", "off")
    told = run("check", "phi-4", "--frontier", *words).out
    assert "K f16, V q4_0" in told
    assert "a quantised V cache requires flash attention" in " ".join(told.split())
