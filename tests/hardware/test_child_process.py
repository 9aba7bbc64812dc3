import json
import os
import subprocess
import sys

import pytest

from planner.hardware.child_process import (
    MAX_ANSWER_BYTES,
    ChildFailure,
    JsonChild,
    what_became_of_it,
)
from planner.hardware.nvml_probe import NvmlProbe, default_child_command


def child(source: str, *, time_limit_s: float = 60) -> JsonChild:
    command = (sys.executable, "-I", "-S", "-c", source)
    return JsonChild(command, time_limit_s=time_limit_s, environ=os.environ)


def test_that_an_object_is_handed_over():
    assert child("print('{\"boards\": [1]}')").answer() == {"boards": [1]}


@pytest.mark.parametrize(
    "source",
    [
        "print('no JSON')",
        "print('[1]')",
        "pass",
        "print('[' * 200_000)",
        "import os; os.write(1, bytes([255, 254, 0]))",
    ],
)
def test_that_anything_but_an_object_is_not_understood(source):
    with pytest.raises(ChildFailure, match="not understood"):
        child(source).answer()


def test_that_an_endless_answer_is_cut_off():
    endless = child("while True: print('{' * 65536)")
    with pytest.raises(ChildFailure, match="not understood"):
        endless.answer()
    assert len(endless._output) == MAX_ANSWER_BYTES + 1
    assert endless._process.returncode is not None


def test_that_a_child_that_says_nothing_is_ended_at_its_time_limit():
    silent = child("import time; time.sleep(600)", time_limit_s=0.3)
    with pytest.raises(ChildFailure, match=r"did not answer within 0\.3 seconds"):
        silent.answer()
    assert silent._process.returncode is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS"])
def test_that_a_crash_is_told_with_its_signal(name):
    crash = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    with pytest.raises(ChildFailure, match=rf"crashed \({name}\)"):
        child(crash).answer()


def test_that_an_exit_code_is_told():
    with pytest.raises(ChildFailure, match="ended with exit code 7"):
        child("raise SystemExit(7)").answer()


def test_that_a_program_that_is_not_there_becomes_a_note(tmp_path, scene_environ):
    probe = NvmlProbe(
        environ=scene_environ("one_gpu"), child_command=(str(tmp_path / "no-such-program"),)
    )
    reading = probe.start().result(first_gpu_number=0, ram=None)
    assert reading.pools == ()
    assert "could not be started (No such file or directory)" in reading.notes[0]


def test_that_an_answer_counts_though_the_child_crashes_after_it():
    source = "import os; print('{}', flush=True); os.abort()"
    assert child(source).answer() == {}


def test_that_a_packaged_app_calls_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert default_child_command() == (sys.executable, "--nvml-child")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGALRM is POSIX's")
def test_that_an_orphaned_child_ends_by_itself(scene_environ):
    source = default_child_command()[4].replace("main()", "main(time_limit_s=1)")
    command = [*default_child_command()]
    command[4] = source
    run = subprocess.run(
        command, env=scene_environ("hang"), stdout=subprocess.DEVNULL, timeout=60, check=False
    )
    assert run.returncode < 0


def test_that_what_a_driver_prints_does_not_reach_the_answer(scene_environ, tmp_path):
    (tmp_path / "pynvml.py").write_text("import os; os.write(1, b'chatter')")
    run = subprocess.run(
        default_child_command([str(tmp_path), *sys.path]),
        env=scene_environ("one_gpu"),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert json.loads(run.stdout)["format"] == 1
    assert run.stderr == b"chatter"


def test_that_a_child_that_does_not_end_after_its_answer_is_ended(monkeypatch):
    monkeypatch.setattr("planner.hardware.child_process.KILL_WAIT_S", 0.3)
    lingering = child("import os, time; os.write(1, b'{}'); os.close(1); time.sleep(600)")
    assert lingering.answer() == {}
    lingering._process.wait(60)


@pytest.mark.parametrize(
    ("exit_code", "words"),
    [
        (0xC0000005, "crashed (0xC0000005)"),  # Windows: access violation
        (-40, "crashed (signal 40)"),  # a real-time signal, which has no name
        (3, "ended with exit code 3"),
    ],
)
def test_that_an_end_without_an_answer_is_put_in_words(exit_code, words):
    assert what_became_of_it(exit_code) == words
