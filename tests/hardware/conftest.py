"""Computers that tests detect: a fake NVIDIA driver, and copies of /proc and /sys."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from planner.core.machine import Machine, MemoryPool
from planner.core.units import GIB
from planner.hardware.detect import detect_machine
from planner.hardware.nvml_probe import NvmlProbe
from planner.hardware.system_memory import HostMemory, read_system_memory
from tests.fake_nvml.build import NO_COMPILER, build_fake_nvml, scene_environment

HOST: Final = HostMemory(total_bytes=64 * GIB, available_bytes=48 * GIB)


@pytest.fixture(scope="session")
def fake_nvml_dir(tmp_path_factory) -> Path:
    """Return the folder of the fake driver library, compiled once."""
    folder = build_fake_nvml(tmp_path_factory.mktemp("fake_nvml"))
    if folder is None:
        pytest.skip(NO_COMPILER)
    return folder


@pytest.fixture
def ram(tmp_path) -> MemoryPool:
    """Return the RAM of a computer with 64 GiB, of which 48 are available."""
    return read_system_memory(read_host=lambda: HOST, root=tmp_path)


@pytest.fixture
def scene_environ(fake_nvml_dir) -> Callable[..., dict[str, str]]:
    """Return the environment of a process that sees a scene's GPUs."""

    def environ(scene: str, **variables: str) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if k != "CUDA_VISIBLE_DEVICES"}
        return inherited | scene_environment(fake_nvml_dir, scene) | variables

    return environ


@pytest.fixture
def detect(scene_environ, ram, tmp_path) -> Callable[..., Machine]:
    """Return a function that detects a scene, with 64 GiB of RAM beside it."""

    def detect_scene(scene: str, **variables: str) -> Machine:
        # A slow machine is no hung driver.
        probe = NvmlProbe(
            environ=scene_environ(scene, **variables), time_limit_s=60, root=tmp_path
        )
        return detect_machine(probes=(probe,), read_ram=lambda: ram)

    return detect_scene
