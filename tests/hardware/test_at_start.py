"""The look at the hardware that begins with the program."""

import subprocess
import sys

import pytest

from planner.core.machine import Machine
from planner.hardware import at_start, detect
from planner.hardware.at_start import DueDetection, start_detection_early


def test_that_linux_without_the_driver_is_looked_at_when_the_answer_is_wanted(monkeypatch):
    found = Machine(pools=(), notes=("looked",))
    monkeypatch.setattr(at_start, "nvml_may_be_installed", lambda _: False)
    monkeypatch.setattr(detect, "detect_machine", lambda: found)
    detection = start_detection_early("linux", {})
    assert isinstance(detection, DueDetection)
    detection.cancel()
    assert detection.result() is found


@pytest.mark.parametrize(("platform", "has_driver"), [("linux", True), ("win32", False)])
def test_that_a_driver_is_asked_at_once(monkeypatch, platform, has_driver):
    started = object()
    monkeypatch.setattr(at_start, "nvml_may_be_installed", lambda _: has_driver)
    monkeypatch.setattr(detect, "start_detection", lambda: started)
    assert start_detection_early(platform) is started


def test_that_the_probes_are_loaded_with_the_answer():
    code = (
        "import sys; from planner.hardware import at_start as a;"
        "a.nvml_may_be_installed = lambda environ: False;"
        "a.start_detection_early('linux'); print(*sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "planner.hardware.detect" not in told.stdout.split()
