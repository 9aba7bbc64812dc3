"""The door for `specs/devices`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.catalogue import SpecError
from planner.catalogue.checked import write_checked_specs
from planner.catalogue.devices import DEVICES_KEY, load_devices
from planner.core.device_spec import DeviceVendor, UnifiedShare
from planner.core.errors import PlannerError, UnknownNameError
from planner.core.units import GIB, MIB

FILE = """
[sources]
sheet = "https://example.org/sheet"

[[devices]]
id = "card-1"
name = "Card 1"
vendor = "nvidia"
memory_gb = [8]
confidence = "high"
sources = ["sheet"]
"""
OTHER = FILE.replace("card-1", "card-2").replace("Card 1", "Card 2")
IMPORTS = """
import sys
from pathlib import Path
from planner.catalogue.devices import load_devices
assert len(load_devices(checked=Path(sys.argv[1]))) > 200
print(*sorted({"pydantic", "tomllib", "hashlib", "difflib"} & set(sys.modules)))
"""
MODELS_ONLY = """
import sys
from planner.__main__ import main
sys.exit(main(["estimate", "phi-4", "--quant", "Q4_K_M"]) or
         "planner.catalogue.devices" in sys.modules)
"""


@pytest.fixture
def make_devices(make_specs):
    """Return a function that writes files of devices beside the spec of Phi-2."""

    def make(**files: str) -> Path:
        specs: Path = make_specs({"phi-2": ("", "")})
        (specs / "devices").mkdir()
        for name, text in files.items():
            (specs / "devices" / f"{name}.toml").write_text(text, encoding="utf-8")
        return specs

    return make


@pytest.fixture(scope="module")
def devices(checked_form):
    return load_devices(checked=checked_form)


def problems_of(specs: Path, tmp_path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load_devices(specs, checked=tmp_path / "absent")
    return [str(problem) for problem in caught.value.problems]


def run_python(code: str, *words: str) -> str:
    root = Path(planner.__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    return run.stdout


def test_that_the_shipped_devices_are_the_same_from_the_form_and_from_the_toml(
    devices, tmp_path
):
    assert devices == load_devices(checked=tmp_path / "absent")
    assert len(devices) == len(list(devices)) == 239
    assert {device.vendor for device in devices} == set(DeviceVendor)


def test_that_unchanged_files_are_read_without_pydantic_and_toml(checked_form):
    assert run_python(IMPORTS, str(checked_form)).split() == []


def test_that_who_asks_for_a_model_does_not_wait_for_devices():
    run_python(MODELS_ONLY)  # ends in an error where the devices were loaded


def test_that_shipped_figures_are_those_of_data_sheets_and_drivers(devices):
    (card,) = devices.choose("rtx-4090")
    assert card.total_bytes == 24564 * MIB
    assert card.device.bandwidth_gb_per_s == 1008.0
    assert card.device.compute_capability == "8.9"
    assert "10de:2684" in card.device.pci_device_ids
    (h100,) = devices.choose("NVIDIA H100 80GB HBM3")
    assert h100.total_bytes == 81559 * MIB
    assert h100.device.bandwidth_gb_per_s == 3352.0
    (spark,) = devices.choose("dgx-spark")
    assert spark.device.unified is UnifiedShare.ALL
    assert spark.device.bandwidth_gb_per_s == 273.0


def test_that_every_shipped_device_is_found_by_its_id_and_its_name(devices):
    for device in devices:
        for name in (device.id, device.name, device.name.upper()):
            (choice,) = devices.choose(f"{name} {device.memory_gb[-1]}GB")
            assert choice.device is device, name
            assert choice.memory_gb == device.memory_gb[-1]
        assert set(device.sources) <= set(devices.sources)
        assert device.bandwidth_gb_per_s or device.note


@pytest.mark.parametrize(
    "text", ["2x rtx-4090", "2 x RTX 4090", "2×nvidia geforce rtx 4090", " 2X GeForce RTX-4090"]
)
def test_that_a_count_stands_in_front(devices, text):
    first, second = devices.choose(text)
    assert first == second
    assert first.device.id == "rtx-4090"


def test_that_the_memory_stands_behind(devices):
    (mac,) = devices.choose("m3-max 64 GB")
    assert mac.device.id == "m3-max-40c"
    assert mac.total_bytes == 64 * GIB
    assert mac.usable_bytes == 48 * GIB
    assert devices.choose("m3-max, 64GiB") == (mac,)
    # There the size is a part of the name.
    assert devices.choose("rtx 4060 ti 16 gb")[0].device.id == "rtx-4060-ti-16-gb"
    assert devices.choose("rtx-4060-ti 16GB")[0].device.id == "rtx-4060-ti-16-gb"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("0x l4", "0 devices are out of range: 1 to 64."),
        ("65x l4", "65 devices are out of range: 1 to 64."),
        ("rtx-4060-ti", "name rtx-4060-ti-8-gb or rtx-4060-ti-16-gb."),
        ("m3-max 65GB", "There is no m3-max with 65 GB: it comes with 36, 48, 64, 96 or"),
    ],
)
def test_that_what_is_not_clear_is_said(devices, text, part):
    with pytest.raises(PlannerError) as caught:
        devices.choose(text)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("rtx-4091", "'rtx-4091'. Did you mean rtx-4090"),
        ("h100", "'h100'. Did you mean h100-pcie-80-gb, h100-sxm5-80-gb, h100-nvl-94-gb?"),
        ("2x nothing at all 8GB", "'nothing at all'"),
        ("x" * 5000, "no device named 'xxx"),
    ],
)
def test_that_an_unknown_name_is_never_guessed(devices, text, part):
    with pytest.raises(UnknownNameError) as caught:
        devices.choose(text)
    assert part in str(caught.value)
    assert str(caught.value).endswith("`phi-planner devices --catalogue` lists all.")
    assert len(str(caught.value)) < 300


def test_that_an_edited_file_is_never_answered_from_the_form(make_devices, tmp_path):
    specs = make_devices(a=FILE)
    form = tmp_path / "form.json"
    write_checked_specs(specs, form)
    (specs / "devices" / "a.toml").write_text(FILE.replace("[8]", "[9]"), encoding="utf-8")
    assert [device.memory_gb for device in load_devices(specs, checked=form)] == [(9,)]


@pytest.mark.parametrize("part", [None, 3, "{", "[]", '{"fields":"id"}', '{"files":[]}'])
def test_that_a_form_of_no_use_is_not_used(make_devices, tmp_path, part):
    specs = make_devices(a=FILE)
    form = tmp_path / "form.json"
    write_checked_specs(specs, form)
    told = json.loads(form.read_text(encoding="utf-8"))
    form.write_text(json.dumps({**told, DEVICES_KEY: part}), encoding="utf-8")
    assert [device.id for device in load_devices(specs, checked=form)] == ["card-1"]


def test_that_a_form_whose_files_are_no_table_is_not_used(make_devices, tmp_path):
    specs = make_devices(a=FILE)
    form = tmp_path / "form.json"
    write_checked_specs(specs, form)
    told = json.loads(form.read_text(encoding="utf-8"))
    inner = {**json.loads(told[DEVICES_KEY]), "files": ["a.toml"]}
    form.write_text(json.dumps({DEVICES_KEY: json.dumps(inner)}), encoding="utf-8")
    assert len(load_devices(specs, checked=form)) == 1


def test_that_specs_without_devices_have_a_form_without_them(make_specs, tmp_path):
    form = tmp_path / "form.json"
    write_checked_specs(make_specs({"phi-2": ("", "")}), form)
    assert DEVICES_KEY not in json.loads(form.read_text(encoding="utf-8"))


def test_that_every_problem_of_every_file_is_named_at_once(make_devices, tmp_path):
    specs = make_devices(
        a=FILE.replace('"nvidia"', '"voodoo"').replace("[8]", "[0]") + "color = 'red'\n",
        b="further = 1\n" + OTHER.replace('sources = ["sheet"]', 'sources = ["lost"]'),
        c="[[devices",
        d=FILE.replace('sheet = "https://example.org/sheet"', "sheet = 1"),
    )
    problems = problems_of(specs, tmp_path)
    assert [line.partition(": ")[0] for line in problems] == [
        *["a.toml"] * 3, *["b.toml"] * 2, "c.toml", "d.toml",
    ]  # fmt: skip
    assert "a.toml: devices[0].color: is not a known key" in problems
    assert "b.toml: devices[0].sources: 'lost' is not under [sources]" in problems
    assert "b.toml: further: is not a known key" in problems


def test_that_two_devices_of_one_name_are_refused(make_devices, tmp_path):
    second = FILE.replace('"card-1"', '"nvidia-card-1"').replace("/sheet", "/page")
    assert problems_of(make_devices(a=FILE, b=second), tmp_path) == [
        "b.toml: devices[0]: 'card-1' also names a.toml: devices[0]",
        "b.toml: sources.sheet: says otherwise in another file",
    ]


def test_that_a_bad_file_leaves_no_form(make_devices, tmp_path):
    form = tmp_path / "form.json"
    with pytest.raises(SpecError):
        write_checked_specs(make_devices(a=FILE.replace("[8]", "[]")), form)
    assert not form.exists()
