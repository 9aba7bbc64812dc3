"""A bundle shows what its computer showed: every scene of the fake driver, every tree."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.core.diagnostics import DiagnosticBundle, ProbeAnswer
from planner.core.errors import PlannerError
from planner.core.machine import Machine, PoolKind
from planner.core.units import GIB
from planner.files.diagnostic_file import bundle_text, load_bundle
from planner.hardware.detect import default_probes, detect_machine
from planner.hardware.diagnostics import REPLAY_NOTE, record_diagnostics, replay_diagnostics
from planner.hardware.system_memory import HostMemory, read_system_memory
from tests.hardware.trees import (
    amd_names,
    drm_card,
    kfd_node,
    pci_board,
    pci_names,
    phoenix,
    put,
    rx_7900_xtx,
    strix_halo,
)

HOST = HostMemory(total_bytes=64 * GIB, available_bytes=48 * GIB)
ROOT = Path(__file__).resolve().parents[2]
# Scenes in which the child is killed after its whole time limit would only repeat `crash`.
SCENES = sorted(
    path.stem
    for path in (ROOT / "tests/fake_nvml/scenes").glob("*.conf")
    if path.stem != "hang"
)


def detected(root: Path, environ: dict[str, str]) -> Machine:
    """Detect as the program does, below another root."""
    return detect_machine(
        probes=default_probes("linux", root=root, environ=environ),
        read_ram=lambda: read_system_memory(read_host=lambda: HOST, root=root),
    )


def recorded(root: Path, environ: dict[str, str]) -> DiagnosticBundle:
    return record_diagnostics(
        system="linux", root=root, environ=environ, read_host=lambda: HOST
    )


def through_a_file(bundle: DiagnosticBundle, folder: Path, **options) -> DiagnosticBundle:
    path = folder / "bundle.json"
    path.write_text(bundle_text(bundle, **options), encoding="utf-8")
    return load_bundle(path)


def comparable(machine: Machine) -> Machine:
    """Return the machine without what a moment or a disk changes."""
    return replace(machine, disk_free_bytes=None)


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    return root


@pytest.mark.parametrize("scene", SCENES)
def test_that_a_bundle_shows_what_every_scene_showed(scene, scene_environ, tree, tmp_path):
    environ = scene_environ(scene)
    shown = detected(tree, environ)
    bundle = through_a_file(recorded(tree, environ), tmp_path, with_identity=True)
    replayed = replay_diagnostics(bundle)
    assert replayed.notes[-1] == REPLAY_NOTE
    assert comparable(replace(replayed, notes=replayed.notes[:-1])) == comparable(shown)


@pytest.mark.parametrize("scene", ["two_gpus", "mig_h100", "processes", "gpu_lost"])
def test_that_a_scrubbed_bundle_shows_the_same_memory(scene, scene_environ, tree, tmp_path):
    environ = scene_environ(scene)
    shown = detected(tree, environ)
    bundle = recorded(tree, environ)
    text = bundle_text(bundle)
    replayed = replay_diagnostics(through_a_file(bundle, tmp_path))
    for before, after in zip(shown.pools, replayed.pools, strict=True):
        assert replace(before, uuid=None, pci_bus_id=None, holders=()) == replace(
            after, uuid=None, pci_bus_id=None, holders=()
        )
        assert [each.used_bytes for each in before.holders] == [
            each.used_bytes for each in after.holders
        ]
        for private in (before.uuid, before.pci_bus_id, *(h.name for h in before.holders)):
            assert private is None or private not in text


def _radeon(root: Path) -> None:
    rx_7900_xtx(root)
    put(root / "sys/class/drm/version", "drm 1.1.0\n")
    amd_names(root, "744C,\tC8,\tAMD Radeon RX 7900 XTX")
    kfd_node(root, 1, render_minor=128, gfx_version=110000)


def _two_makers(root: Path) -> None:
    rx_7900_xtx(root)
    phoenix(root)
    pci_names(
        root,
        "# A list\n\n1002  Advanced Micro Devices\n\t744c  Navi 31 [Radeon RX 7900 XTX]\n"
        "\t\t1002 0e3b  A board\n\t15bf  Phoenix1 [Radeon 780M]\n\t9999  Another\n"
        "8086  Intel Corporation\n\t744c  Another of that number\n",
    )


def _strix_halo(root: Path) -> None:
    strix_halo(root, vram_mib=512, gtt_mib=60000)
    put(root / "proc/version", "Linux version 6.15 (builder@factory) #1\n")


def _arc(root: Path) -> None:
    device = drm_card(root, 0, "0000:03:00.0", "8086:56A0", driver="xe")
    put(device / "tile0/physical_vram_size_bytes", "0x400000000\n")


def _without_a_driver(root: Path) -> None:
    pci_board(root, "0000:41:00.0", "10DE:2684", driver="nouveau")
    (root / "sys/module/nouveau").mkdir(parents=True)
    put(root / ".dockerenv", "")


def _in_a_container(root: Path) -> None:
    group = "/docker/" + "3f" * 32
    put(root / "proc/self/cgroup", f"0::{group}\n")
    put(
        root / "proc/self/mountinfo",
        "1 0 8:1 / /home/anna rw - ext4 /dev/sda1 rw\n"
        "30 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
    )
    put(root / f"sys/fs/cgroup{group}/memory.max", f"{8 * GIB}\n")
    put(root / f"sys/fs/cgroup{group}/memory.current", f"{2 * GIB}\n")
    put(root / f"sys/fs/cgroup{group}/memory.stat", f"inactive_file {GIB}\n")
    put(root / "proc/cpuinfo", "model name\t: AMD Ryzen 7 7700 8-Core Processor\n")
    for node in range(2):
        put(root / f"sys/devices/system/node/node{node}/cpulist", "0-7\n")


TREES = (_radeon, _two_makers, _strix_halo, _arc, _without_a_driver, _in_a_container)


@pytest.mark.parametrize("plant", TREES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("with_identity", [True, False])
def test_that_a_bundle_shows_what_every_tree_showed(plant, with_identity, tree, tmp_path):
    plant(tree)
    shown = detected(tree, {})
    assert len(shown.notes) + len(shown.gpus) + len(shown.pools[-1].notes) > 1
    bundle = recorded(tree, {})
    replayed = replay_diagnostics(through_a_file(bundle, tmp_path, with_identity=with_identity))
    assert [replace(pool, pci_bus_id=None) for pool in replayed.pools] == [
        replace(pool, pci_bus_id=None) for pool in shown.pools
    ]
    if with_identity:
        assert replayed.notes == (*shown.notes, REPLAY_NOTE)


def test_that_what_is_not_asked_for_stays_at_home(tree):
    _in_a_container(tree)
    put(tree / "home/anna/secret", "a secret")
    put(tree / "proc/4711/cmdline", "a secret")
    environ = {"CUDA_VISIBLE_DEVICES": "0", "API_TOKEN": "a secret"}
    bundle = recorded(tree, environ)
    assert bundle.environ == {"CUDA_VISIBLE_DEVICES": "0"}
    # Of the mounted disks, only the control groups.
    assert "anna" not in json.dumps(bundle.files)
    text = bundle_text(bundle)
    assert "a secret" not in text
    assert "3f3f" not in text


def test_that_of_a_table_of_names_only_the_boards_own_lines_are_kept(tree):
    _two_makers(tree)
    kept = recorded(tree, {}).files["usr/share/misc/pci.ids"]
    assert kept == (
        "\n1002  Advanced Micro Devices\n\t744c  Navi 31 [Radeon RX 7900 XTX]\n"
        "\t15bf  Phoenix1 [Radeon 780M]\n"
    )


@pytest.mark.parametrize("system", ["darwin", "win32", "linux", "freebsd14"])
def test_that_a_bundle_of_any_system_is_replayed_by_its_own_probes(system):
    bundle = DiagnosticBundle(
        system=system,
        processor_name="Apple M3 Max",
        ram_total_bytes=64 * GIB,
        ram_available_bytes=48 * GIB,
        answers={"windows": ProbeAnswer(failure="crashed (0xC0000005)")},
    )
    machine = replay_diagnostics(bundle)
    assert machine.ram is not None
    assert (machine.ram.name, machine.ram.total_bytes) == ("Apple M3 Max", 64 * GIB)
    text = " ".join(machine.notes)
    assert ("was not recorded" in text) == (system == "darwin")
    assert ("crashed (0xC0000005)" in text) == (system == "win32")
    assert ("No NVIDIA driver found." in text) == (system != "darwin")


def test_that_a_macs_answer_is_read_by_the_macs_own_rules():
    answer = json.loads((ROOT / "tests/data/hardware/apple/m3_max_40core.json").read_text())
    record: dict[str, object] = {"displays": {"entries": answer["SPDisplaysDataType"]}}
    bundle = DiagnosticBundle(
        system="darwin",
        processor_name="Apple M3 Max",
        ram_total_bytes=64 * GIB,
        ram_available_bytes=48 * GIB,
        answers={"apple": ProbeAnswer(record=record)},
    )
    (gpu,) = replay_diagnostics(bundle).gpus
    assert (gpu.name, gpu.kind) == ("Apple M3 Max (40-core GPU)", PoolKind.UNIFIED)
    assert replay_diagnostics(bundle).system == "darwin"


def test_that_memory_that_could_not_be_read_is_not_known_again():
    def refused() -> HostMemory:
        raise OSError(13, "Permission denied")

    bundle = record_diagnostics(system="freebsd14", environ={}, read_host=refused)
    assert bundle.ram_total_bytes is None
    machine = replay_diagnostics(bundle)
    assert machine.ram is not None
    assert machine.ram.total_bytes is None
    assert machine.ram.notes


@pytest.mark.parametrize(
    "change",
    [
        {"files": {"../outside": "x"}},
        {"files": {"/etc/outside": "x"}},
        {"files": {"a/./b": "x"}},
        {"files": {"": "x"}},
        {"files": {"a\0b": "x"}},
        {"files": {"a": "x", "a/b": "x"}},
        {"folders": ("..",)},
        {"links": {"link": "../../outside"}},
        {"links": {"link": "/etc"}},
        {"links": {"../link": "proc"}},
        # Through a link, `..` is another folder than it looks.
        {"links": {"a/b/c/d": "../../../x", "m": "a/b/c/d/../.."}, "folders": ("x",)},
        {"links": {"a/b/c/d": "../../../x", "m": "a/b/c/d/.."}, "files": {"m/../x": ""}},
    ],
)
def test_that_a_bundle_cannot_reach_out_of_its_folder(change, tmp_path):
    bundle = replace(DiagnosticBundle(system="linux"), **change)
    with pytest.raises(PlannerError, match="cannot be laid out here"):
        replay_diagnostics(bundle)


def test_that_this_computer_shows_itself():
    machine = replay_diagnostics(record_diagnostics())
    here = detect_machine()
    assert [pool.name for pool in machine.pools] == [pool.name for pool in here.pools]
    assert [pool.total_bytes for pool in machine.pools] == [
        pool.total_bytes for pool in here.pools
    ]
