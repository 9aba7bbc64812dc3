"""`devices`: what the drivers said, and what they did not say."""

import json
from dataclasses import replace

from planner.cli.main import main
from planner.core.machine import Machine


def test_that_devices_are_the_machine_of_check(run):
    told = json.loads(run("devices", "--json").out)
    assert told["schema"] == "phi-planner/devices/1"
    assert told["machine"] == json.loads(run("check", "phi-4", "--json").out)["machine"]


def test_that_people_read_pools_driver_and_notes(run):
    out = run("devices").out
    assert "gpu0  NVIDIA GeForce RTX 4090  23.44 GiB  23.99 GiB" in out
    assert "1,008" in out
    assert "Driver 575.64, CUDA up to 12.9." in out
    assert "- A note." in out


def test_that_a_missing_figure_is_said_not_zeroed(run, gpu_machine):
    lost = replace(
        gpu_machine.gpus[0], total_bytes=None, free_bytes=None, bandwidth_gb_per_s=None,
        notes=("It is lost.",),
    )  # fmt: skip
    machine = Machine(pools=(lost,))
    assert "not known" in run("devices", machine=machine).out
    assert "- gpu0: It is lost." in run("devices", machine=machine).out
    (pool,) = json.loads(run("devices", "--json", machine=machine).out)["machine"]["pools"]
    assert pool["free_bytes"] is None


def test_that_the_real_machine_is_asked_where_no_other_is_given(capsys):
    assert main(["devices", "--json"]) == 0
    pools = json.loads(capsys.readouterr().out)["machine"]["pools"]
    assert pools[-1]["id"] == "ram"


def test_that_a_question_that_fails_leaves_no_driver_waiting(monkeypatch, capsys):
    given_up = []

    class Pending:
        def cancel(self):
            given_up.append(self)

    monkeypatch.setattr("planner.hardware.detect.start_detection", Pending)
    assert main(["check", "phi-5"]) == 1
    assert len(given_up) == 1
    assert "phi-5" in capsys.readouterr().err
