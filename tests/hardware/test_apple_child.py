"""The child process of the probes of macOS and Windows: its faults are notes."""

import sys

import pytest

from planner.hardware.apple import AppleProbe
from planner.hardware.child_process import ChildFailure
from planner.hardware.driver_child import child_command
from planner.hardware.windows import WindowsProbe

PROBES = pytest.mark.parametrize("kind", [AppleProbe, WindowsProbe])


def python(source: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", source)


@PROBES
def test_that_a_probe_that_hangs_costs_a_note(kind):
    pending = kind(command=python("import time; time.sleep(600)"), time_limit_s=0.3).start()
    reading = pending.result(first_gpu_number=0, ram=None)
    assert reading.pools == ()
    assert "did not answer within 0.3 seconds" in reading.notes[0]


@PROBES
def test_that_a_probe_that_crashes_costs_a_note(kind):
    pending = kind(command=python("import os; os.abort()"), time_limit_s=60).start()
    assert "the probe " in pending.result(first_gpu_number=0, ram=None).notes[0]


@PROBES
def test_that_a_probe_that_cannot_start_costs_a_note(kind, tmp_path):
    pending = kind(command=(str(tmp_path / "no-such-program"),)).start()
    assert "could not be started" in pending.result(first_gpu_number=0, ram=None).notes[0]
    pending.cancel()


@PROBES
def test_that_a_cancelled_probe_leaves_no_process(kind):
    pending = kind(command=python("import time; time.sleep(600)")).start()
    pending.cancel()
    assert pending._child._process.returncode is not None


@PROBES
def test_that_a_packaged_app_calls_itself_with_the_argument_of_the_probe(kind, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command(kind.module, kind.argument) == (sys.executable, kind.argument)


def test_that_the_two_children_are_told_apart():
    assert AppleProbe.argument != WindowsProbe.argument


@PROBES
def test_that_a_probe_starts_its_child_when_it_is_started_and_not_before(kind):
    started = []

    def refuse(command, **named):
        started.append(command)
        raise ChildFailure("was not wanted")

    probe = kind(open_child=refuse)
    assert started == []
    probe.start()
    assert started == [child_command(kind.module, kind.argument)]
