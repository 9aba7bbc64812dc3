"""What helps when the driver does not start, by what is around it."""

import pytest

from planner.hardware.answers import Answer
from planner.hardware.nvml_errors import init_sentence
from planner.hardware.surroundings import Surroundings, read_surroundings
from tests.hardware.trees import put

SECURE_BOOT = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"


def sentence(code: int, facts: dict) -> str:
    answer = Answer(code=code, reason="refused")
    return init_sentence(answer, loader=None, around=Surroundings(**facts))


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        ({}, "Secure Boot may be blocking the driver"),
        ({"has_secure_boot": False}, "nouveau may be in its place"),
        ({"has_secure_boot": True}, "enrol the driver's key"),
        ({"has_nouveau": True, "has_secure_boot": True}, "block it (`blacklist nouveau`"),
        ({"is_container": True}, "start it with `--gpus all`"),
        ({"is_wsl": True}, "update the NVIDIA driver of Windows"),
    ],
)
def test_that_a_driver_that_is_not_running_is_helped_by_what_is_around_it(facts, advice):
    assert advice in sentence(9, facts)


@pytest.mark.parametrize(
    ("code", "facts", "advice"),
    [
        (18, {}, "while the old one is still running. Restart the computer."),
        (
            18,
            {"running_driver_version": "580.82.07"},
            "the old one (580.82.07) is still running",
        ),
        (18, {"is_container": True}, "does not go with the driver that the host runs. Restart"),
        (
            18,
            {"is_container": True, "running_driver_version": "580.82.07"},
            "the driver that the host runs (580.82.07)",
        ),
        (999, {"is_container": True}, "Restart this container"),
        (999, {"is_wsl": True}, "`wsl --shutdown`"),
        (12, {"is_wsl": True}, "Update the driver of Windows."),
        (12, {}, "Reinstall the driver."),
        (23, {}, "did not start: refused"),
    ],
)
def test_that_a_refusal_is_told_with_what_helps_there(code, facts, advice):
    assert advice in sentence(code, facts)


def test_that_an_empty_computer_tells_nothing_of_itself(tmp_path):
    assert read_surroundings(tmp_path) == Surroundings()


def test_that_the_surroundings_are_read_from_proc_and_sys(tmp_path):
    put(tmp_path / "run/.containerenv", "")
    put(tmp_path / "sys/module/nouveau/refcnt", "0\n")
    put(
        tmp_path / "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.82.07  Wed Aug 27 2025\n"
        "GCC version:  gcc version 13.3.0\n",
    )
    put(tmp_path / "proc/version", "Linux version 6.6.87.2-microsoft-standard-WSL2 (root@x)\n")
    put(tmp_path / SECURE_BOOT, "\6\0\0\0\1")
    assert read_surroundings(tmp_path) == Surroundings(
        is_container=True,
        is_wsl=True,
        has_secure_boot=True,
        has_nouveau=True,
        running_driver_version="580.82.07",
    )


@pytest.mark.parametrize(("content", "is_on"), [("\6\0\0\0\0", False), ("\6\0", None)])
def test_that_secure_boot_is_off_or_not_known(tmp_path, content, is_on):
    put(tmp_path / SECURE_BOOT, content)
    assert read_surroundings(tmp_path).has_secure_boot is is_on
