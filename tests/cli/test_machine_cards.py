"""Machines of files on the command line: cards, several side by side, bundles, corrections."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.core.machine import Machine
from planner.core.units import GIB
from planner.files.machine_card import CARD_SCHEMA
from planner.settings import load_settings, settings_path
from tests.cli.conftest import RAM, RTX_4090


@pytest.fixture
def saved(run, tmp_path):
    """Save a machine as a card and return the card's path."""

    def save(machine, name="card.json", *words):
        path = str(tmp_path / name)
        told = run("devices", "--save", path, *words, machine=machine)
        assert told.code == 0, told.err
        return path

    return save


@pytest.fixture
def laptop():
    """A machine with less of everything."""
    card = replace(RTX_4090, name="NVIDIA GeForce RTX 4060 Laptop GPU", total_bytes=8188 << 20,
                   free_bytes=7 * GIB, bandwidth_gb_per_s=None)  # fmt: skip
    return Machine(pools=(card, replace(RAM, total_bytes=16 * GIB, free_bytes=12 * GIB)))


@pytest.mark.parametrize("words", [("phi-4", "--quant", "Q4_K_M"), ("phi-4",), ()])
def test_that_a_card_answers_as_the_machine_itself(run, saved, gpu_machine, words):
    here = json.loads(run("check", "--json", *words).out)
    path = saved(gpu_machine)
    card = json.loads(run("check", "--json", *words, "--machine", path, machine=None).out)
    note = card["machine"]["notes"].pop()
    assert note.startswith("From a machine card")
    assert card == here
    assert run("check", *words, "--machine", path, machine=None).out


def test_that_a_card_is_written_without_what_identifies_and_with_it_on_request(
    run, saved, gpu_machine
):
    assert "6f1d8a52" not in Path(saved(gpu_machine)).read_text(encoding="utf-8")
    full = Path(saved(gpu_machine, "full.json", "--with-identity"))
    card = json.loads(full.read_text(encoding="utf-8"))
    assert card["schema"] == CARD_SCHEMA
    assert card["machine"]["pools"][0]["uuid"] == RTX_4090.uuid


def test_that_estimate_launch_report_and_devices_take_one_card(run, saved, laptop, tmp_path):
    path = saved(laptop)
    words = ("phi-4", "--quant", "Q4_K_M", "--machine", path)
    told = run("estimate", *words, "--gpu-layers", "auto", "--json", machine=None)
    assert 0 < json.loads(told.out)["plan"]["gpu_layer_count"] < 41
    assert "-ngl" in run("launch", *words, "--gpu-layers", "auto", machine=None).out
    target = tmp_path / "fit.json"
    assert run("report", *words, "-o", str(target), machine=None).code == 0
    assert "4060 Laptop" in target.read_text(encoding="utf-8")
    assert "4060 Laptop" in run("devices", "--machine", path, machine=None).out


def test_that_several_machines_stand_side_by_side_in_one_table(run, saved, gpu_machine, laptop):
    saved(gpu_machine, "cards-a.json")
    paths = [saved(gpu_machine, "tower.json"), saved(laptop, "laptop.json")]
    out = run("check", "phi-4", "--machine", *paths, machine=None).out
    heads = next(line for line in out.splitlines() if line.startswith("Format"))
    assert heads.split() == ["Format", "tower", "laptop"]
    q4 = next(line for line in out.splitlines() if line.startswith("Q4_K_M")).split()
    assert q4[1] == "●"
    assert q4[3] == "◔"
    assert "tower: NVIDIA GeForce RTX 4090 (gpu0), 23.44 GiB free of 23.99 GiB." in out


def test_that_all_models_show_the_largest_format_that_runs_or_what_one_needs(
    run, saved, gpu_machine, laptop
):
    cards = ("--machine", saved(gpu_machine, "tower.json"), saved(laptop, "laptop.json"))
    rows = {
        line.partition("  ")[0]: line.split()[-4:]
        for line in run("check", *cards, machine=None).out.splitlines()
    }
    # 7.6 GiB of F16 weights on 24 GiB; on 7 GiB free only Q8_0 fits whole.
    assert rows["Phi-4-mini-instruct"] == ["●", "F16", "●", "Q8_0"]
    assert rows["Phi-4"][:2] == ["●", "Q8_0"]
    # Whole ones before a larger one of which a part goes to RAM.
    alone = json.loads(run("check", "phi-4", "--json", cards[0], cards[2], machine=None).out)
    verdicts = {each["quant_format"]: each["verdict"] for each in alone["results"]}
    assert rows["Phi-4"][2:] == ["◐", "Q2_K"]
    assert (verdicts["Q2_K"], verdicts["Q3_K_M"]) == ("tight", "partial")
    out = run("check", "--quant", "F16", *cards, machine=None).out
    assert "GiB needed in F16 on each machine:" in out
    row = next(line for line in out.splitlines() if line.startswith("Phi-3.5-MoE-instruct"))
    assert row.split()[1:] == ["◔", "78.86", "○", "78.86"]
    # What no machine can run is said once.
    assert out.count("llama.cpp cannot load Phi Silica") == 1


def test_that_a_folder_gives_one_table_and_a_check_a_machine_as_json(
    run, saved, gpu_machine, laptop, tmp_path
):
    folder = tmp_path / "cards"
    folder.mkdir()
    saved(gpu_machine, "cards/tower.json")
    path = saved(laptop, "cards/laptop.json")
    told = json.loads(
        run("check", "phi-4", "--json", "--machine", str(folder), machine=None).out
    )
    assert told["schema"] == "phi-planner/check-machines/1"
    assert [each["name"] for each in told["machines"]] == ["laptop", "tower"]
    alone = json.loads(run("check", "phi-4", "--json", "--machine", path, machine=None).out)
    assert told["machines"][0]["check"] == alone


def test_that_many_machines_take_several_tables_of_readable_width(run, saved, gpu_machine):
    paths = [saved(gpu_machine, f"a-computer-of-a-long-name-{n:02}.json") for n in range(9)]
    out = run("check", "phi-2", "--quant", "Q4_0", "--machine", *paths, machine=None).out
    assert max(map(len, out.splitlines())) <= 96
    heads = [line for line in out.splitlines() if line.startswith("Format")]
    assert len(heads) == 3
    assert sum(line.count("…") for line in heads) == 9


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("check", "--machine", "CARD", "--device", "l4"), "each say which machine"),
        (("check", "--machine", "CARD", "--replay", "CARD"), "each say which machine"),
        (("check", "--replay", "CARD", "--vram", "8GiB"), "each say which machine"),
        (("check", "phi-4", "--frontier", "--machine", "CARD", "CARD"), "about one machine"),
        (
            ("check", "phi-4", "--quant", "F16", "--exit-code", "--machine", "CARD", "CARD"),
            "--exit-code is about one machine",
        ),
        (
            ("launch", "phi-4", "--quant", "F16", "--gpu-layers", "auto", "--machine", "CARD",
             "CARD"),
            "2 machines side by side are for `check`",
        ),
        (("devices", "--catalogue", "--fleet"), "do not go together"),
        (("devices", "--machine", "CARD", "--correct", "gpu0", "none"), "do not go together"),
        (("devices", "--catalogue", "--save", "x.json"), "--catalogue about none"),
        (("devices", "--with-identity"), "needs --save or --diagnostics"),
        (("devices", "--correct", "gpu0", "speed=9"), "is no figure"),
        (("devices", "--correct", "gpu0", "bandwidth=fast"), "is not a number"),
        (("devices", "--correct", "gpu0", "total=24"), "needs a unit"),
    ],
)  # fmt: skip
def test_that_words_that_contradict_one_another_are_wrong_usage(
    run, saved, gpu_machine, words, part
):
    path = saved(gpu_machine)
    told = run(*(path if word == "CARD" else word for word in words))
    assert told.code == 2
    assert part in told.err


def test_that_a_card_that_is_not_there_or_not_one_is_a_sentence(run, tmp_path):
    told = run("check", "--machine", str(tmp_path / "none.json"))
    assert (told.code, told.err) == (1, "phi-planner: There is no file 'none.json'.\n")
    (tmp_path / "none.json").write_text("{}")
    assert "is no machine card" in run("check", "--machine", str(tmp_path / "none.json")).err
    told = run("devices", "--save", str(tmp_path / "missing/card.json"))
    assert told.code == 1
    assert "was not written" in told.err


def test_that_a_bundle_of_this_computer_answers_as_it_does(run, tmp_path):
    path = str(tmp_path / "bundle.json")
    told = run("devices", "--diagnostics", path)
    assert told.code == 0, told.err
    assert "without what identifies this computer" in " ".join(told.out.split())
    replayed = json.loads(run("devices", "--replay", path, "--json", machine=None).out)
    assert replayed["machine"]["notes"][-1].startswith("From a diagnostic bundle")
    ram = replayed["machine"]["pools"][-1]
    checked = json.loads(run("check", "phi-2", "--replay", path, "--json", machine=None).out)
    assert checked["machine"]["pools"][-1]["total_bytes"] == ram["total_bytes"]
    assert run("check", "--replay", str(tmp_path / "none.json")).code == 1


def test_that_a_detected_card_has_what_the_catalogue_knows(run, gpu_machine):
    (gpu, _) = json.loads(run("devices", "--json").out)["machine"]["pools"]
    assert gpu["device_id"] == "rtx-4090"
    assert gpu["bandwidth_gb_per_s"] == 1008.1
    assert gpu["fp16_tflops"] == pytest.approx(165, rel=0.01)
    assert gpu["rates_source"] == "driver, catalogue"
    out = run("devices").out
    assert "gpu0 (rtx-4090 in the catalogue): 1,008 GB/s and 165 TFLOPS in FP16" in out


def test_that_a_correction_is_kept_used_shown_and_taken_back(run, gpu_machine):
    out = run(
        "devices", "--correct", "gpu0", "bandwidth=504", "--correct", "gpu0", "fp16=80"
    ).out
    assert "504 GB/s and 80 TFLOPS in FP16, from: user." in out
    pool = json.loads(run("check", "phi-4", "--json").out)["machine"]["pools"][0]
    assert (pool["bandwidth_gb_per_s"], pool["rates_source"]) == (504.0, "user")
    out = run("devices", "--correct", "ram", "total=32GiB").out
    assert "32.00 GiB" in out
    (ram,) = [line for line in run("devices").out.splitlines() if line.startswith("ram ")]
    assert ram.endswith("user")
    assert "from: user" not in run("devices", "--correct", "gpu0", "none").out
    kept = load_settings(settings_path()).settings.corrections
    assert [each.pool_id for each in kept] == ["ram"]


def test_that_a_correction_is_not_of_another_machine(run, saved, gpu_machine):
    path = saved(gpu_machine)
    run("devices", "--correct", "gpu0", "bandwidth=504")
    pool = json.loads(run("devices", "--json", "--machine", path, machine=None).out)
    assert pool["machine"]["pools"][0]["bandwidth_gb_per_s"] == 1008.1


@pytest.fixture
def settings_file():
    """Return where the settings are, or will be."""
    path = settings_path()
    assert path is not None
    return path


def test_that_a_pool_that_is_not_there_cannot_be_corrected(run, settings_file):
    told = run("devices", "--correct", "gpu3", "bandwidth=504")
    assert told.code == 1
    assert "no memory pool 'gpu3'; it has: gpu0, ram" in told.err
    assert not settings_file.exists()


def test_that_without_a_home_a_correction_is_refused(run, monkeypatch):
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    told = run("devices", "--correct", "gpu0", "bandwidth=504")
    assert told.code == 1
    assert "no home folder" in told.err
    assert run("devices").code == 0


def test_that_settings_without_corrections_are_not_even_checked(run, settings_file):
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text("no JSON at all")
    assert run("devices").code == 0
    assert settings_file.read_text() == "no JSON at all"
