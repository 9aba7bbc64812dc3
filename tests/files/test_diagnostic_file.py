"""Diagnostic bundles as files: scrubbed, bounded, and read back as they were."""

import json
from dataclasses import replace

import pytest

from planner.core.diagnostics import DiagnosticBundle, ProbeAnswer
from planner.core.errors import PlannerError
from planner.files import diagnostic_file
from planner.files.diagnostic_file import BUNDLE_SCHEMA, bundle_text, load_bundle

UUID = "6f1d8a52-0000-1111-2222-333344445555"
BUNDLE = DiagnosticBundle(
    system="linux",
    versions={"python": "3.13.1"},
    environ={"CUDA_VISIBLE_DEVICES": f"GPU-{UUID}"},
    processor_name="AMD Ryzen 7 7700",
    ram_total_bytes=64 << 30,
    ram_available_bytes=60 << 30,
    disk_free_bytes=1 << 40,
    answers={
        "nvml": ProbeAnswer(
            record={
                "boards": [
                    {
                        "uuid": {"value": f"GPU-{UUID}"},
                        "pci": {"value": {"bus_id": "00000000:41:00.0"}},
                        "processes": {
                            "value": [{"pid": 4711, "used": 5, "name": "secret-game"}]
                        },
                    }
                ]
            }
        ),
        "windows": ProbeAnswer(failure="crashed (SIGSEGV)"),
    },
    files={"sys/bus/pci/devices/0000:41:00.0/uevent": "PCI_SLOT_NAME=0000:41:00.0\n"},
    folders=("sys/bus/pci/devices",),
    links={"sys/class/drm/card0/device": "../../../bus/pci/devices/0000:41:00.0"},
)


def test_that_a_bundle_with_identity_comes_back_as_it_was(tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(bundle_text(BUNDLE, with_identity=True), encoding="utf-8")
    assert load_bundle(path) == BUNDLE


def test_that_a_bundle_has_nothing_that_identifies_anyone(tmp_path):
    named = replace(BUNDLE, versions={"system": "Linux of annas-tower"})
    text = bundle_text(named, private_words=("annas-tower",))
    for private in (UUID, "41:00.0", "secret-game", "annas-tower"):
        assert private not in text
    path = tmp_path / "bundle.json"
    path.write_text(text, encoding="utf-8")
    back = load_bundle(path)
    (name,) = back.files
    # One board, in its answer, its file's name and the link to it.
    assert name == "sys/bus/pci/devices/0000:00:01.0/uevent"
    assert back.files[name] == "PCI_SLOT_NAME=0000:00:01.0\n"
    assert back.links["sys/class/drm/card0/device"].endswith("/0000:00:01.0")
    assert '"00000000:00:01.0"' in text
    assert back.answers["windows"] == ProbeAnswer(failure="crashed (SIGSEGV)")


def test_that_a_bundle_that_could_not_be_opened_again_is_not_written(monkeypatch):
    monkeypatch.setattr(diagnostic_file, "LARGEST_BUNDLE_BYTES", 100)
    with pytest.raises(PlannerError, match="was not written"):
        bundle_text(BUNDLE)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"schema": "phi-planner/machine/1"}, "is no diagnostic bundle of this version"),
        ({"system": 7}, "system: input should be a valid string"),
        ({"ram_total_bytes": "64"}, "ram_total_bytes: input should be a valid int"),
        ({"answers": {"nvml": []}}, "answers.nvml: input should be"),
        ({"files": {"a": 1}}, "files.a: input should be a valid string"),
        ({"folders": [f"sys/{n}" for n in range(8193)]}, "more than 8,192 files"),
    ],
)
def test_that_what_is_no_bundle_is_a_sentence(tmp_path, change, problem):
    raw = json.loads(bundle_text(BUNDLE)) | change
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(PlannerError) as told:
        load_bundle(path)
    assert problem in str(told.value)
    assert BUNDLE_SCHEMA.startswith("phi-planner/diagnostics/")
