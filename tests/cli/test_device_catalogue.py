"""`devices --catalogue`, `--device`, and the devices that advice names."""

import json

import pytest

from planner.catalogue.device_options import device_options
from planner.core.plan import RuntimeName
from planner.core.units import GIB, MIB


@pytest.fixture
def check(run):
    def ask(*words):
        return json.loads(run("check", "--json", *words).out)

    return ask


def test_that_the_catalogue_lists_every_device_in_100_columns(run):
    lines = run("devices", "--catalogue").out.splitlines()
    assert max(map(len, lines)) <= 100
    assert sum("rtx-4090 " in line for line in lines) == 1
    assert any(line.split()[:1] == ["m3-max-40c"] and "48/64/128" in line for line in lines)
    assert any("m5-ultra-80c" in line and "not known" in line for line in lines)
    assert "239 devices." in lines[-2]


def test_that_the_json_has_every_device_with_its_sources(run):
    told = json.loads(run("devices", "--catalogue", "--json").out)
    assert told["schema"] == "phi-planner/device-catalogue/1"
    assert len(told["devices"]) == 239
    by_id = {each["id"]: each for each in told["devices"]}
    assert by_id["rtx-4090"]["memory"] == [
        {"memory_gb": 24, "total_bytes": 24564 * MIB, "usable_bytes": 24564 * MIB}
    ]
    assert by_id["rtx-4090"]["unified"] is None
    assert by_id["m3-max-30c"]["unified"] == "metal"
    assert by_id["m3-max-30c"]["memory"][0]["usable_bytes"] == 27 * GIB
    used = {key for each in told["devices"] for key in each["sources"]}
    assert used == set(told["sources"])


def test_that_a_device_is_planned_for_with_its_figures(check):
    told = check("phi-4", "--quant", "Q4_K_M", "--device", "2x rtx-4090", "--ram", "64GiB")
    first, second, ram = told["machine"]["pools"]
    assert (first["id"], second["id"], ram["id"]) == ("gpu0", "gpu1", "ram")
    assert first["source"] == "catalogue"
    assert first["name"] == "GeForce RTX 4090"
    assert first["total_bytes"] == first["free_bytes"] == 24564 * MIB
    assert (first["bandwidth_gb_per_s"], first["compute_capability"]) == (1008.0, "8.9")
    assert ram["total_bytes"] == 64 * GIB
    assert told["results"][0]["verdict"] == "fits"


def test_that_without_ram_the_computers_own_is_taken(check):
    told = check("phi-4", "--device", "l4", "--device", "l40s", "--vram", "8GiB")
    assert [pool["name"] for pool in told["machine"]["pools"]] == [
        "L4", "L40S", "GPU with 8.00 GiB", "AMD Ryzen 7 7700",
    ]  # fmt: skip
    assert told["machine"]["notes"][-1] == (
        "The GPU is a what-if from the catalogue; the RAM is this computer's."
    )


def test_that_a_mac_is_asked_without_this_computers_ram(check):
    told = check("phi-4", "--quant", "F16", "--device", "m3-max 64GB")
    gpu, ram = told["machine"]["pools"]
    assert (gpu["kind"], gpu["total_bytes"], gpu["free_bytes"]) == (
        "unified", 64 * GIB, 48 * GIB,
    )  # fmt: skip
    assert ram["name"] == "Apple M3 Max (40-core GPU), 64 GB"
    assert told["results"][0]["verdict"] == "fits"
    fit = check("phi-4", "--quant", "F16", "--device", "m3-max 36GB")["results"][0]
    assert fit["verdict"] == "no"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--device", "rtx-4091"), "Did you mean rtx-4090"),
        (("--device", "m3-max 65GB"), "it comes with 36, 48, 64, 96 or 128 GB"),
        (("--device", "m3-max 64GB", "--ram", "8GiB"), "is a computer by itself"),
    ],
)
def test_that_a_device_that_is_not_there_is_a_sentence(run, words, part):
    told = run("check", "phi-4", *words)
    assert told.code == 1
    assert part in told.err
    assert "Traceback" not in told.err


def test_that_estimate_launch_and_report_take_a_device(run, tmp_path):
    words = ("phi-4", "--quant", "F16", "--gpu-layers", "auto", "--device", "l4")
    plan = json.loads(run("estimate", "--json", *words).out)["plan"]
    assert 0 < plan["gpu_layer_count"] < 41
    assert f"-ngl {plan['gpu_layer_count']}" in run("launch", *words).out
    target = tmp_path / "fit.json"
    assert (
        run("report", "phi-4", "--quant", "F16", "--device", "l4", "-o", str(target)).code == 0
    )
    pools = json.loads(target.read_text(encoding="utf-8"))["machine"]["pools"]
    assert (pools[0]["name"], pools[0]["source"]) == ("L4", "catalogue")


def test_that_the_smallest_devices_are_named_where_nothing_else_helps(run, check, tmp_path):
    words = ("phi-3.5-moe", "--quant", "F16", "--device", "rtx-4060", "--ram", "8GiB")
    told = check(*words)
    assert not any(advice["verdict"] == "fits" for advice in told["advice"])
    named = told["one_gpu_devices"]
    assert named[0] == "A100 PCIe 80 GB"
    text = run("check", *words).out.replace("\n", " ")
    assert f"The smallest of the catalogue that have it: {named[0]} (80.00 GiB);" in text
    for name in named:
        (result,) = check(*words[:3], "--device", name, "--ram", "96GiB")["results"]
        assert result["verdict"] == "fits"
    target = tmp_path / "fit.json"
    run("report", *words, "-o", str(target))
    outlook = json.loads(target.read_text(encoding="utf-8"))["answer"]["outlook"]
    assert outlook["one_gpu_devices"] == named


def test_that_no_device_is_named_where_something_else_helps(check):
    told = check("phi-4", "--quant", "F16", "--device", "rtx-4090", "--ram", "64GiB")
    assert any(advice["verdict"] == "fits" for advice in told["advice"])
    assert told["one_gpu_devices"] == []
    fits = check("phi-2", "--quant", "Q4_0", "--device", "rtx-4090", "--ram", "64GiB")
    assert fits["one_gpu_devices"] == []


def test_that_a_runtime_is_offered_only_what_its_figures_are_about():
    names = {each.name for each in device_options(RuntimeName.LLAMA_CPP)}
    assert {"L4", "Radeon RX 7900 XTX", "Arc B580"} <= names
    assert not any(name.startswith(("Apple", "Jetson")) for name in names)
    assert "Radeon RX 7900 XTX" not in {each.name for each in device_options(RuntimeName.VLLM)}
    assert device_options(RuntimeName.MLX) == ()


@pytest.mark.parametrize(
    ("runtime", "quant", "device", "part"),
    [
        ("vllm", "bf16", "rx-7900-xtx", "no figures for vLLM on Radeon RX 7900 XTX"),
        ("mlx", "4bit", "core-ultra-200v 32GB", "MLX runs on Apple silicon"),
    ],
)
def test_that_a_runtime_without_figures_for_a_device_says_so(
    check, runtime, quant, device, part
):
    told = check("phi-4", "--runtime", runtime, "--quant", quant, "--device", device)
    (result,) = told["results"]
    assert result["verdict"] == "unsupported"
    assert part in result["reason"]
