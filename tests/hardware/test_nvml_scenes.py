"""The real pynvml in a real child process, with a fake driver library behind it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.core.machine import PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.child_process import JsonChild
from planner.hardware.detect import detect_machine
from planner.hardware.nvml_probe import NvmlProbe, _PendingNvml, default_child_command
from tests.fake_nvml.build import LIBRARY_NAME, SCENES
from tests.hardware.trees import pci_board, put


def notes_of(machine) -> str:
    return " ".join([*machine.notes, *(note for pool in machine.pools for note in pool.notes)])


def test_that_two_cards_are_told_with_their_memory_and_peak_bandwidth(detect):
    first, second = detect("two_gpus").gpus
    assert (first.id, first.name) == ("gpu0", "NVIDIA GeForce RTX 4090")
    assert (second.id, second.name) == ("gpu1", "NVIDIA GeForce RTX 3090")
    assert (first.total_bytes, second.total_bytes) == (24564 * MIB, 24576 * MIB)
    assert first.reserved_bytes == 376 * MIB
    assert first.used_by_others_bytes == 1250 * MIB
    assert first.free_bytes == (24564 - 376 - 1250) * MIB
    # The data sheets say 1008 and 936 GB/s; the idle clock would give 38.9.
    assert (first.bandwidth_gb_per_s, second.bandwidth_gb_per_s) == (1008.1, 936.1)


def test_that_a_card_is_identified_by_uuid_pci_and_capability(detect):
    machine = detect("one_gpu")
    (pool,) = machine.gpus
    assert pool.kind is PoolKind.DEDICATED
    assert pool.source == "nvml"
    assert pool.uuid == "GPU-11111111-2222-3333-4444-555555555555"
    assert pool.pci_bus_id == "00000000:01:00.0"
    assert pool.pci_device_id == "10de:2684"
    assert pool.compute_capability == "8.9"
    assert (machine.driver_version, machine.cuda_version) == ("580.95.05", "13.0")
    assert machine.notes == ()
    assert pool.notes == ()


def test_that_ram_stands_beside_the_cards(detect, ram):
    assert detect("two_gpus").pools[-1] == ram


def test_that_a_driver_without_a_card_says_so(detect):
    machine = detect("no_gpu")
    assert machine.gpus == ()
    assert "finds no GPU" in notes_of(machine)


@pytest.mark.parametrize("scene", ["gpu_lost", "gpu_lost_midway"])
def test_that_a_lost_card_stays_beside_the_healthy_one(detect, scene):
    healthy, lost = detect(scene).gpus
    assert healthy == detect("one_gpu").gpus[0]
    assert lost.id == "gpu1"
    assert (lost.total_bytes, lost.free_bytes, lost.bandwidth_gb_per_s) == (None, None, None)
    assert "fell off the bus" in lost.notes[0]


def test_that_mig_slices_take_the_place_of_their_board(detect):
    large, small = detect("mig_h100").gpus
    assert (large.id, small.id) == ("gpu0.mig0", "gpu0.mig1")
    assert large.name == "NVIDIA H100 80GB HBM3 MIG 3g.40gb"
    assert large.uuid == "MIG-00000000-1111-2222-3333-000000000001"
    assert (large.total_bytes, small.total_bytes) == (42144366592, 10468982784)
    # 3352.3 GB/s of the board, by 42144366592 / 85520809984 of its memory.
    assert large.bandwidth_gb_per_s == 1652.0
    assert "share of the memory" in large.notes[0]


def test_that_a_board_in_mig_mode_without_slices_is_told_and_not_offered(detect):
    machine = detect("mig_empty")
    assert machine.gpus == ()
    assert "shows no slice" in notes_of(machine)


def test_that_slices_that_cannot_be_counted_do_not_lose_the_board(detect, tmp_path):
    scene = tmp_path / "refused.conf"
    text = (SCENES / "mig_h100.conf").read_text()
    scene.write_text("err.nvmlDeviceGetMaxMigDeviceCount = 4\n" + text)
    (pool,) = detect("mig_h100", FAKE_NVML_CONFIG=str(scene)).gpus
    assert (pool.id, pool.name, pool.free_bytes) == ("gpu0", "NVIDIA H100 80GB HBM3", None)
    assert "its slices (Insufficient Permissions)" in pool.notes[0]


def test_that_gb10_shares_the_memory_of_the_system_and_is_not_added_to_it(detect, ram):
    machine = detect("gb10")
    (pool,) = machine.gpus
    assert pool.kind is PoolKind.UNIFIED
    assert (pool.total_bytes, pool.free_bytes) == (64 * GIB, 48 * GIB)
    assert (pool.source, pool.same_memory_as) == ("nvml, psutil", "ram")
    assert pool.compute_capability == "12.1"
    assert pool.bandwidth_gb_per_s is None
    assert machine.ram is not None
    assert machine.ram.free_bytes == ram.free_bytes
    assert machine.ram.notes[-1] == "The same memory as gpu0: it is counted once."


@pytest.mark.parametrize("scene", ["memory_refused", "gh200"])
def test_that_one_sign_alone_does_not_make_memory_unified(detect, scene):
    # A card that refuses its memory; a GH200 that shares addresses and has its own memory.
    (pool,) = detect(scene).gpus
    assert pool.kind is PoolKind.DEDICATED
    assert pool.same_memory_as is None


def test_that_refused_memory_is_unknown_and_everything_else_stays(detect):
    (pool,) = detect("memory_refused").gpus
    assert (pool.total_bytes, pool.free_bytes, pool.used_by_others_bytes) == (None, None, None)
    assert pool.bandwidth_gb_per_s == 1008.1
    assert pool.notes == ("The driver did not give: memory (Not Supported).",)


def test_that_an_old_driver_gives_memory_without_telling_its_own_share_apart(detect):
    (pool,) = detect("old_driver").gpus
    assert pool.total_bytes == 24564 * MIB
    assert pool.free_bytes == (24564 - 376 - 1250) * MIB
    assert pool.reserved_bytes is None
    assert pool.used_by_others_bytes == (376 + 1250) * MIB
    assert "of the 1.59 GiB in use, about 0.4 GiB" in pool.notes[0]


def test_that_a_name_of_broken_bytes_loses_only_the_name(detect):
    (pool,) = detect("wsl_broken_name").gpus
    assert pool.name == "NVIDIA GPU 10de:2684"
    assert pool.total_bytes == 24564 * MIB
    assert "unreadable text" in pool.notes[0]


def test_that_windows_memory_is_told_with_what_windows_keeps_to_itself(detect):
    (pool,) = detect("wddm").gpus
    assert pool.free_bytes == (24564 - 376 - 1250) * MIB
    assert "WDDM" in pool.notes[0]


@pytest.mark.parametrize(
    ("scene", "advice"),
    [
        ("init_driver_not_loaded", "Secure Boot"),
        ("init_no_permission", "/dev/nvidia*"),
        ("init_version_mismatch", "Restart the computer."),
        ("init_unknown_error", "If this is a container, restart it"),
        ("init_insufficient_power", "check the card's power cables"),
        ("init_irq_issue", "updating its firmware"),
        ("init_gpu_lost", "a line with Xid"),
        ("init_reset_required", "must be reset"),
        ("init_blocked_by_system", "start it outside"),
    ],
)
def test_that_a_driver_that_does_not_start_is_told_with_what_helps(detect, scene, advice):
    machine = detect(scene)
    assert machine.gpus == ()
    assert len(machine.notes) == 1
    assert advice in machine.notes[0]


@pytest.mark.parametrize(
    ("function", "lost"),
    [
        ("nvmlDeviceGetUUID", "uuid"),
        ("nvmlDeviceGetPciInfo_v3", "pci_bus_id"),
        ("nvmlDeviceGetCudaComputeCapability", "compute_capability"),
        ("nvmlDeviceGetMemoryBusWidth", "bandwidth_gb_per_s"),
        ("nvmlDeviceGetMaxClockInfo", "bandwidth_gb_per_s"),
    ],
)
@pytest.mark.parametrize("code", [3, 13, 17, 999])
def test_that_one_refused_call_loses_one_field(detect, tmp_path, function, lost, code):
    scene = tmp_path / "refused.conf"
    scene.write_text((SCENES / "one_gpu.conf").read_text() + f"\nerr.{function} = {code}\n")
    (whole,) = detect("one_gpu").gpus
    (pool,) = detect("one_gpu", FAKE_NVML_CONFIG=str(scene)).gpus
    changed = {name for name in pool.__slots__ if getattr(pool, name) != getattr(whole, name)}
    assert changed - {"notes", "pci_device_id"} == {lost}
    assert getattr(pool, lost) is None
    assert "The driver did not give: " in pool.notes[0]


@pytest.mark.parametrize(
    ("variable", "visible"), [("", 0), ("0", 1), ("-1", 0), ("1,7,0", 1), ("GPU-aaaaaaaa", 1)]
)
def test_that_cards_hidden_from_cuda_are_shown_with_a_note(detect, variable, visible):
    machine = detect("two_gpus", CUDA_VISIBLE_DEVICES=variable)
    assert len(machine.gpus) == 2
    assert f"leaves {visible} of 2 NVIDIA GPUs" in machine.notes[0]


@pytest.mark.parametrize("variable", ["0,1", "1, 0", "GPU-11111111,GPU-aaaaaaaa"])
def test_that_a_variable_that_hides_nothing_is_not_mentioned(detect, variable):
    assert detect("two_gpus", CUDA_VISIBLE_DEVICES=variable).notes == ()


def test_that_programs_are_told_with_what_they_hold_and_nothing_of_their_arguments(detect):
    (pool,) = detect("processes").gpus
    assert [(each.name, each.pid, each.used_bytes) for each in pool.holders] == [
        ("llama-server", 4711, 900 * MIB),
        ("Xorg", 812, 100 * MIB),
        ("browser.exe", 990, 50 * MIB),
        ("process 31337", 31337, MIB),
    ]


def test_that_an_older_driver_tells_of_programs_too(detect, tmp_path):
    scene = tmp_path / "older.conf"
    text = (SCENES / "processes.conf").read_text()
    scene.write_text(
        "err.nvmlDeviceGetComputeRunningProcesses_v3 = 13\n"
        "err.nvmlDeviceGetGraphicsRunningProcesses_v3 = 13\n" + text
    )
    (pool,) = detect("processes", FAKE_NVML_CONFIG=str(scene)).gpus
    assert [each.pid for each in pool.holders] == [4711, 31337]


def test_that_windows_programs_have_names_and_no_sizes(detect):
    (pool,) = detect("wddm_processes").gpus
    (holder,) = pool.holders
    assert (holder.name, holder.used_bytes) == ("browser.exe", None)


def test_that_a_list_of_programs_that_is_refused_loses_nothing_else(detect, tmp_path):
    scene = tmp_path / "refused.conf"
    refused = "".join(
        f"err.nvmlDeviceGet{kind}RunningProcesses_v{version} = 3\n"
        for kind in ("Compute", "Graphics")
        for version in (2, 3)
    )
    scene.write_text(refused + (SCENES / "one_gpu.conf").read_text())
    assert detect("one_gpu", FAKE_NVML_CONFIG=str(scene)).gpus == detect("one_gpu").gpus


def test_that_a_virtual_gpu_keeps_its_name_and_shares_the_bandwidth(detect):
    (pool,) = detect("vgpu").gpus
    assert pool.name == "NVIDIA A40-48Q"
    assert pool.free_bytes == 46080 * MIB
    assert "the bandwidth is shared" in pool.notes[0]


@pytest.mark.parametrize("scene", ["thor", "orin"])
def test_that_jetsons_share_the_memory_of_the_system(detect, scene):
    (pool,) = detect(scene).gpus
    assert (pool.kind, pool.same_memory_as) == (PoolKind.UNIFIED, "ram")
    assert (pool.total_bytes, pool.free_bytes) == (64 * GIB, 48 * GIB)


def test_that_a_jetson_without_a_card_for_its_driver_is_told_by_the_device_tree(
    detect, tmp_path
):
    put(tmp_path / "proc/device-tree/model", "NVIDIA Jetson AGX Orin Developer Kit\0")
    put(tmp_path / "proc/device-tree/compatible", "nvidia,p3737\0nvidia,tegra234\0")
    (pool,) = detect("no_gpu").gpus
    assert pool.name == "NVIDIA Jetson AGX Orin Developer Kit"
    assert (pool.kind, pool.free_bytes) == (PoolKind.UNIFIED, 48 * GIB)


def test_that_a_card_that_the_driver_does_not_show_is_named_beside_the_healthy_one(
    detect, tmp_path
):
    pci_board(tmp_path, "0000:01:00.0", "10DE:2684", driver="nvidia")
    pci_board(tmp_path, "0000:02:00.0", "10DE:2B85", driver="nvidia")
    machine = detect("one_gpu")
    assert len(machine.gpus) == 1
    (note,) = machine.notes
    assert "(10de:2b85 at 0000:02:00.0)" in note
    assert "open kernel modules" in note


def test_that_in_wsl_the_library_of_windows_goes_before_a_stub(
    scene_environ, fake_nvml_dir, tmp_path, ram
):
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "stub.c").write_text("int nvmlInitWithFlags(unsigned flags) { return 9 + !flags; }")
    build = [
        "cc",
        "-shared",
        "-fPIC",
        f"-Wl,-soname,{LIBRARY_NAME}",
        "-o",
        LIBRARY_NAME,
        "stub.c",
    ]
    subprocess.run(build, cwd=stub, check=True)
    environ = scene_environ("one_gpu", LD_LIBRARY_PATH=str(stub))
    command = [*default_child_command()]

    def machine_with(wsl_library: Path):
        command[4] = (
            "import sys; sys.path[:] = sys.argv[1:]; "
            "from planner.hardware import nvml, nvml_child; "
            f"nvml_child.read_nvml = lambda: nvml.read_nvml({str(wsl_library)!r}); "
            "nvml_child.main()"
        )
        probe = NvmlProbe(
            environ=environ, time_limit_s=60, child_command=tuple(command), root=tmp_path
        )
        return detect_at_once(probe, ram)

    assert machine_with(tmp_path / "not-there").gpus == ()
    assert len(machine_with(fake_nvml_dir / LIBRARY_NAME).gpus) == 1


def detect_at_once(probe: NvmlProbe, ram):
    return detect_machine(probes=(probe,), read_ram=lambda: ram)


def test_that_a_driver_that_hangs_becomes_a_note(scene_environ, ram):
    probe = NvmlProbe(environ=scene_environ("hang"), time_limit_s=1.5)
    machine = detect_at_once(probe, ram)
    assert machine.gpus == ()
    assert "the probe did not answer within 1.5 seconds" in machine.notes[0]


def test_that_a_driver_that_crashes_becomes_a_note_with_the_signal(scene_environ, ram):
    machine = detect_at_once(NvmlProbe(environ=scene_environ("crash"), time_limit_s=60), ram)
    assert machine.gpus == ()
    assert "the probe crashed (SIGSEGV)" in machine.notes[0]


@pytest.mark.skipif(sys.platform != "linux", reason="the loader's words are those of Linux")
def test_that_a_library_that_does_not_load_is_told_in_the_loaders_words(tmp_path, ram):
    (tmp_path / LIBRARY_NAME).write_text("no library")
    environ = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}
    machine = detect_at_once(NvmlProbe(environ=environ, time_limit_s=60), ram)
    assert "library could not be loaded" in machine.notes[0]
    assert "file too short" in machine.notes[0]


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("__version__ = '7.352.0'", "pip uninstall pynvml nvidia-ml-py3"),
        ("import no_such_module", "pip install --force-reinstall nvidia-ml-py"),
    ],
)
def test_that_a_wrong_package_in_pynvmls_place_is_named(
    scene_environ, tmp_path, ram, source, advice
):
    (tmp_path / "pynvml.py").write_text(source)
    command = default_child_command([str(tmp_path), *sys.path])
    probe = NvmlProbe(environ=scene_environ("one_gpu"), time_limit_s=60, child_command=command)
    machine = detect_at_once(probe, ram)
    assert machine.gpus == ()
    assert advice in machine.notes[0]


def test_that_a_module_in_the_working_folder_is_not_run(detect, tmp_path, monkeypatch):
    # A folder of models from anywhere may hold a file of any name.
    monkeypatch.chdir(tmp_path)
    trace = tmp_path / "trace"
    for name in ("pynvml", "json", "ctypes"):
        Path(f"{name}.py").write_text(f"open({str(trace)!r}, 'w')\nraise SystemExit(3)\n")
    assert len(detect("one_gpu").gpus) == 1
    assert not trace.exists()


def test_that_no_child_is_started_where_there_is_no_library(tmp_path, ram):
    trace = tmp_path / "trace"
    command = (sys.executable, "-c", f"open({str(trace)!r}, 'w')")
    root = tmp_path / "root"
    probe = NvmlProbe(environ={}, child_command=command, root=root)
    machine = detect_at_once(probe, ram)
    assert machine.notes == ("No NVIDIA driver found.",)
    assert machine.pools == (ram,)
    assert not trace.exists()


def test_that_a_detection_that_is_given_up_leaves_no_child(scene_environ):
    pending = NvmlProbe(environ=scene_environ("hang"), time_limit_s=60).start()
    assert isinstance(pending, _PendingNvml)
    assert isinstance(pending._child, JsonChild)
    process = pending._child._process
    assert process.poll() is None
    pending.cancel()
    assert process.poll() is not None
