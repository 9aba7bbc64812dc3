"""The child process that stays, with a fake driver library behind it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from planner.core.machine import Machine
from planner.hardware import nvml_watch
from planner.hardware.children import run_child
from planner.hardware.line_child import LineChild
from planner.hardware.live import LiveReader
from planner.hardware.live_nvml import NvmlWatcher, start_watch
from planner.hardware.nvml import NvmlGate


@pytest.fixture
def watcher(scene_environ) -> Iterator[Callable[..., tuple[NvmlWatcher, list[LineChild]]]]:
    """Return a function that watches a scene, and the children that it started."""
    made: list[NvmlWatcher] = []

    def watch(scene: str, **variables: str) -> tuple[NvmlWatcher, list[LineChild]]:
        children: list[LineChild] = []

        def start() -> LineChild:
            child = start_watch(scene_environ(scene, **variables))
            assert isinstance(child, LineChild)
            children.append(child)
            return child

        made.append(NvmlWatcher(start_child=start))
        return made[-1], children

    yield watch
    for each in made:
        each.close()


@pytest.mark.parametrize("scene", ["one_gpu", "two_gpus", "processes", "mig_h100", "gb10"])
def test_that_every_answer_gives_what_a_detection_does(watcher, detect, ram, scene):
    watch, children = watcher(scene)
    detected = detect(scene).gpus
    for _ in range(3):
        assert watch.pools(ram) == detected
    assert watch.note is None
    assert len(children) == 1


def test_that_a_live_reading_of_the_same_gpus_is_the_same_machine(
    watcher, detect, ram, tmp_path
):
    machine = detect("two_gpus")
    reader = LiveReader(
        machine, watcher=watcher("two_gpus")[0], read_ram=lambda: ram, root=tmp_path
    )
    assert reader.read() == machine
    reader.close()


def test_that_a_driver_that_does_not_start_gives_no_gpus(watcher, ram):
    assert watcher("init_driver_not_loaded")[0].pools(ram) == ()


def test_that_a_driver_that_crashes_becomes_a_note(watcher, ram):
    watch, children = watcher("crash")
    assert watch.pools(ram) is None
    assert "its reader crashed (SIGSEGV)" in (watch.note or "")
    assert not children[0].is_running()


def test_that_a_driver_that_hangs_becomes_a_note(watcher, ram, monkeypatch):
    monkeypatch.setattr("planner.hardware.live_nvml.START_LIMIT_S", 1.5)
    watch, children = watcher("hang")
    assert watch.pools(ram) is None
    assert "did not answer within 1.5 seconds" in (watch.note or "")
    assert not children[0].is_running()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_that_a_child_that_is_killed_is_started_anew(watcher, ram):
    watch, children = watcher("one_gpu")
    healthy = watch.pools(ram)
    os.kill(children[0]._process.pid, signal.SIGKILL)
    assert watch.pools(ram) is None
    assert "crashed (SIGKILL)" in (watch.note or "")
    watch._next_try_s = 0.0
    assert watch.pools(ram) == healthy
    assert len(children) == 2


def test_that_closing_during_the_start_leaves_no_child(scene_environ, ram):
    children: list[LineChild] = []

    def begun() -> LineChild:
        watch.close()
        child = start_watch(scene_environ("one_gpu"))
        assert isinstance(child, LineChild)
        children.append(child)
        return child

    watch = NvmlWatcher(start_child=begun)
    watch.pools(ram)
    assert not children[0].is_running()
    assert watch.pools(ram) is None
    assert len(children) == 1


def test_that_the_child_ends_with_its_input(scene_environ):
    source = "from planner.hardware.nvml_watch import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", source],
        env=scene_environ("one_gpu"),
        input=b"\n\n",
        capture_output=True,
        timeout=60,
        check=True,
    )
    first, second = run.stdout.splitlines()
    assert first == second
    assert run.stderr == b""


def test_that_only_what_changes_is_asked_again(monkeypatch):
    asked: list[str] = []

    class Gate(NvmlGate):
        def __init__(self) -> None:
            self.devices = []
            self.program_names = {}
            self.pynvml = ModuleType("pynvml")
            self.pynvml.__dict__.update(NVML_CLOCK_MEM=2, nvmlMemory_v2=0)

        def ask(self, function, plain=None, *args):
            asked.append(function)
            if function == "nvmlDeviceGetCount":
                return {"value": 1}
            if function == "nvmlDeviceGetComputeRunningProcesses":
                return {"value": [(7, 1)]}
            if function == "nvmlSystemGetProcessName":
                return {"value": "/usr/bin/tool --secret"}
            return {"code": 3, "reason": "Not Supported"}

        def handles(self, function, *args):
            return [object()], {"value": None}

    monkeypatch.setattr(nvml_watch, "open_nvml", lambda: (Gate(), {"init": {"value": None}}))
    watch = nvml_watch.Watch()
    watch.read()
    assert {"nvmlDeviceGetName", "nvmlDeviceGetPciInfo"} < set(asked)
    asked.clear()
    record = watch.read()
    # Neither names of cards nor those of programs that were there before.
    assert set(asked) == {
        "nvmlDeviceGetMemoryInfo",
        "nvmlDeviceGetComputeRunningProcesses",
        "nvmlDeviceGetGraphicsRunningProcesses",
        "nvmlDeviceGetGraphicsRunningProcesses_v2",
    }
    boards = record["boards"]
    assert isinstance(boards, list)
    assert boards[0]["processes"]["value"] == [{"pid": 7, "used": 1, "name": "tool"}]


@pytest.mark.parametrize("module", ["nvml_child", "nvml_watch", "apple_child", "windows_child"])
def test_that_a_packaged_app_does_the_work_of_each_child(monkeypatch, module):
    done: list[str] = []
    monkeypatch.setattr(f"planner.hardware.{module}.main", lambda: done.append(module))
    assert run_child([f"--{module.replace('_', '-')}"])
    assert done == [module]


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "--nvml-child"]])
def test_that_what_a_person_types_is_no_childs_work(arguments):
    assert not run_child(arguments)


def test_that_a_machine_without_gpus_starts_no_child(ram, tmp_path):
    def fail() -> LineChild:
        pytest.fail("a child was started")

    watch = NvmlWatcher(start_child=fail)
    machine = Machine(pools=(ram,))
    reader = LiveReader(machine, watcher=watch, read_ram=lambda: ram, root=tmp_path)
    assert reader.read() == machine
