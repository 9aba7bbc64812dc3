"""Diagnostic bundles: a detection with all it was told, to be run again on another computer.

The same probes and parsers run both times. The first time their child processes and system
files are real and what they say is kept; the second time the kept answers stand in for them.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from planner.core.diagnostics import DiagnosticBundle
from planner.core.machine import Machine, MemoryPool
from planner.hardware.detect import default_probes, detect_machine, system_name
from planner.hardware.gpu_names import amd_name, intel_name
from planner.hardware.recorded_children import ChildRecorder, opener_of
from planner.hardware.recorded_files import FileRecorder, RecordedFiles, lay_out
from planner.hardware.system_memory import HostMemory, read_host_memory, read_system_memory
from planner.version import __version__

REPLAY_NOTE: Final = "From a diagnostic bundle: what another computer showed."
# What changes an answer; all else of the environment stays at home.
_VARIABLES: Final = ("CUDA_VISIBLE_DEVICES",)


def record_diagnostics(
    *,
    system: str = sys.platform,
    root: Path = Path("/"),
    environ: Mapping[str, str] | None = None,
    read_host: Callable[[], HostMemory] = read_host_memory,
) -> DiagnosticBundle:
    """Detect this computer and return all that was asked and answered.

    Args:
        system: As `sys.platform` has it.
        root: Where the file system of the computer begins.
        environ: The environment; this process's where not given.
        read_host: Gives the whole computer's memory.
    """
    environ = os.environ if environ is None else environ
    children, files, host = ChildRecorder(), FileRecorder(root), _HostRecorder(read_host)
    # What was found before is looked up again, so that it is heard.
    amd_name.cache_clear()
    intel_name.cache_clear()
    probes = default_probes(system, root=root, environ=environ, opener=children.opener)
    with files.listening():
        machine = detect_machine(
            probes=probes, read_ram=lambda: read_system_memory(read_host=host.read, root=root)
        )
    recorded = files.recorded()
    return DiagnosticBundle(
        system=system,
        versions=_versions(),
        environ={name: environ[name] for name in _VARIABLES if name in environ},
        processor_name="" if machine.ram is None else machine.ram.name,
        ram_total_bytes=host.total_bytes,
        ram_available_bytes=host.available_bytes,
        disk_free_bytes=machine.disk_free_bytes,
        answers=children.answers,
        files=recorded.files,
        folders=recorded.folders,
        links=recorded.links,
    )


def replay_diagnostics(bundle: DiagnosticBundle) -> Machine:
    """Return what the computer of a bundle shows.

    Raises:
        PlannerError: the bundle's files cannot be laid out here.
    """

    def read_host() -> HostMemory:
        if bundle.ram_total_bytes is None or bundle.ram_available_bytes is None:
            raise OSError("it is not in the bundle")
        return HostMemory(bundle.ram_total_bytes, bundle.ram_available_bytes)

    with tempfile.TemporaryDirectory(prefix="phi-planner-replay-") as name:
        folder = Path(name)
        lay_out(RecordedFiles(bundle.files, bundle.folders, bundle.links), folder)
        probes = default_probes(
            bundle.system,
            root=folder,
            environ=bundle.environ,
            opener=lambda probe: opener_of(bundle.answers.get(probe)),
            has_nvml="nvml" in bundle.answers,
        )
        machine = detect_machine(
            probes=probes, read_ram=lambda: read_system_memory(read_host=read_host, root=folder)
        )
    pools = tuple(_named(pool, machine, bundle.processor_name) for pool in machine.pools)
    return replace(
        machine,
        pools=pools,
        notes=(*machine.notes, REPLAY_NOTE),
        system=system_name(bundle.system),
        disk_free_bytes=bundle.disk_free_bytes,
    )


def _named(pool: MemoryPool, machine: Machine, processor_name: str) -> MemoryPool:
    """Return the pool; RAM goes by the processor, which only its own system can name."""
    is_ram = machine.ram is not None and pool.id == machine.ram.id
    return replace(pool, name=processor_name) if is_ram and processor_name else pool


class _HostRecorder:
    def __init__(self, read_host: Callable[[], HostMemory]) -> None:
        self._read_host = read_host
        self.total_bytes: int | None = None
        self.available_bytes: int | None = None

    def read(self) -> HostMemory:
        memory = self._read_host()
        self.total_bytes, self.available_bytes = memory
        return memory


def _versions() -> dict[str, str]:
    # Only here: no other command asks.
    import platform
    from importlib.metadata import PackageNotFoundError, version

    found = {
        "phi-planner": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for package in ("nvidia-ml-py", "psutil"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
