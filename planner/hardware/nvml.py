"""The one place that calls NVIDIA's management library, field by field.

It runs in a child process (`nvml_child`, `nvml_watch`), so it imports as little as it can and
answers in plain JSON values: each field is `{"value": ...}` or `{"code": ..., "reason": ...}`.
`nvml_pools` makes memory pools of that.
"""

import sys
from collections.abc import Callable
from types import ModuleType

from planner.hardware.nvml_processes import read_processes

FORMAT = 1
MAX_BOARDS = 64
MAX_SLICES_PER_BOARD = 16

# In WSL a stub of the Linux library may come first in the search; the one that reaches the
# driver of Windows is mounted here, and nowhere else (Syllo/nvtop pull request 441).
WSL_LIBRARY = "/usr/lib/wsl/lib/libnvidia-ml.so.1"

Record = dict[str, object]


def read_nvml(wsl_library: str = WSL_LIBRARY) -> Record:
    """Return all that the driver tells. A refused call loses its own field, nothing more."""
    gate, record = open_nvml(wsl_library)
    # No nvmlShutdown: the process ends next, which frees the driver without more of its code.
    return record if gate is None else record | read_system(gate)


def open_nvml(wsl_library: str = WSL_LIBRARY) -> "tuple[NvmlGate | None, Record]":
    """Start the library: the gate to it, or `None` where the record says why not."""
    try:
        # Here, so that a missing or broken package is an answer too.
        import pynvml
    except ImportError as error:
        return None, {"format": FORMAT, "package_error": str(error)}
    if not hasattr(pynvml, "nvmlMemory_v2"):
        old = str(getattr(pynvml, "__file__", "?"))
        return None, {"format": FORMAT, "old_package": old}
    _load_first(wsl_library)
    gate = NvmlGate(pynvml)
    init = gate.ask("nvmlInit")
    if "value" not in init:
        return None, {"format": FORMAT, "init": init | _why_not_loaded(pynvml, init["code"])}
    return gate, {"format": FORMAT, "init": init}


class NvmlGate:
    """Every call of the library goes through `ask`, which never lets a refusal through."""

    def __init__(self, pynvml: ModuleType) -> None:
        self.pynvml = pynvml
        # The devices that were read, each with its record: what changes is read again there.
        self.devices: list[tuple[object, Record]] = []
        self.program_names: dict[int, str] = {}
        # NVMLLibraryMismatchError is no NVMLError; a name can be broken UTF-8 (WSL driver
        # 555.85, https://github.com/gpuopenanalytics/pynvml/issues/53); an older package has
        # fewer functions; ctypes raises OSError for a fault inside the library on Windows.
        self._refusals: tuple[type[Exception], ...] = (
            pynvml.NVMLError,
            pynvml.NVMLLibraryMismatchError,
            UnicodeDecodeError,
            OSError,
            AttributeError,
        )

    def ask(
        self, function: str, plain: Callable[..., object] = lambda answer: answer, *args: object
    ) -> Record:
        """Call one function of pynvml.

        Args:
            function: Its name.
            plain: Turns its answer into JSON values.
            args: What it takes.
        """
        try:
            return {"value": plain(getattr(self.pynvml, function)(*args))}
        except self._refusals as refusal:
            code = getattr(refusal, "value", None)
            return {"code": code if isinstance(code, int) else None, "reason": _words(refusal)}

    def handles(self, function: str, *args: object) -> tuple[list[object], Record]:
        """Return a device's handle, which is no JSON value, or none and the refusal."""
        found: list[object] = []
        answer = self.ask(function, found.append, *args)
        return found, answer


def _words(refusal: Exception) -> str:
    return "not readable as text" if isinstance(refusal, UnicodeDecodeError) else str(refusal)


def _load_first(library: str) -> None:
    """Load a library by its path, if it is there: the loader then takes it for its name."""
    import ctypes  # pynvml has loaded it

    try:
        ctypes.CDLL(library)
    except OSError:
        return


def _why_not_loaded(pynvml: ModuleType, code: object) -> Record:
    """Return the loader's own words: pynvml keeps only that there is no library."""
    if code != pynvml.NVML_ERROR_LIBRARY_NOT_FOUND or sys.platform == "win32":
        return {}
    import ctypes  # pynvml has loaded it

    try:
        ctypes.CDLL("libnvidia-ml.so.1")
    except OSError as error:
        # A packaged app's loader puts a sentence of its own around the system's words.
        return {"loader": str(error.__cause__ or error)}
    return {}


def read_system(gate: NvmlGate) -> Record:
    """Return the versions, and every board with its slices."""
    count = gate.ask("nvmlDeviceGetCount", int)
    boards: list[Record] = []
    for index in range(_bounded(count, MAX_BOARDS)):
        handles, answer = gate.handles("nvmlDeviceGetHandleByIndex", index)
        if handles:
            boards.append(_read_board(gate, handles[0]))
            gate.devices.append((handles[0], boards[-1]))
        else:
            boards.append({"handle": answer})
    return {
        "driver_version": gate.ask("nvmlSystemGetDriverVersion", _text),
        "cuda_version": gate.ask("nvmlSystemGetCudaDriverVersion_v2", int),
        "board_count": count,
        "boards": boards,
    }


def _read_board(gate: NvmlGate, handle: object) -> Record:
    # The greatest clock: an idle RTX 4090 runs its memory at 405 of 10501 MHz.
    clock = gate.ask("nvmlDeviceGetMaxClockInfo", int, handle, gate.pynvml.NVML_CLOCK_MEM)
    return {
        **_read_identity_and_memory(gate, handle),
        "pci": gate.ask("nvmlDeviceGetPciInfo", _pci, handle),
        "compute_capability": gate.ask("nvmlDeviceGetCudaComputeCapability", _pair, handle),
        "memory_bus_width_bits": gate.ask("nvmlDeviceGetMemoryBusWidth", int, handle),
        "max_memory_clock_mhz": clock,
        "addressing_mode": gate.ask("nvmlDeviceGetAddressingMode", int, handle),
        "driver_model": gate.ask("nvmlDeviceGetCurrentDriverModel", int, handle),
        "virtualization": gate.ask("nvmlDeviceGetVirtualizationMode", int, handle),
        **_read_mig(gate, handle),
    }


def _read_identity_and_memory(gate: NvmlGate, handle: object) -> Record:
    return {
        "name": gate.ask("nvmlDeviceGetName", _text, handle),
        "uuid": gate.ask("nvmlDeviceGetUUID", _text, handle),
        **read_use(gate, handle),
    }


def read_use(
    gate: NvmlGate, handle: object, names_before: dict[int, str] | None = None
) -> Record:
    """Return what changes from second to second: the memory, and who holds it.

    Args:
        gate: The library.
        handle: The device.
        names_before: Of programs by their numbers, as read before.
    """
    # Version 2 tells the driver's own share apart, but needs driver 510 or newer.
    memory = gate.ask("nvmlDeviceGetMemoryInfo", _memory_v2, handle, gate.pynvml.nvmlMemory_v2)
    if "value" not in memory:
        memory = gate.ask("nvmlDeviceGetMemoryInfo", _memory_v1, handle)
    processes = read_processes(gate, handle, names_before or {})
    return {"memory": memory, "processes": processes}


def _read_mig(gate: NvmlGate, handle: object) -> Record:
    mode = gate.ask("nvmlDeviceGetMigMode", _pair, handle).get("value")
    if not isinstance(mode, list) or mode[0] != 1:
        return {}
    count = gate.ask("nvmlDeviceGetMaxMigDeviceCount", int, handle)
    slices: list[Record] = []
    for index in range(_bounded(count, MAX_SLICES_PER_BOARD)):
        handles, answer = gate.handles("nvmlDeviceGetMigDeviceHandleByIndex", handle, index)
        if handles:
            slices.append(_read_identity_and_memory(gate, handles[0]))
            gate.devices.append((handles[0], slices[-1]))
        elif answer["code"] != gate.pynvml.NVML_ERROR_NOT_FOUND:  # the answer of an empty slot
            slices.append({"handle": answer})
    return {"mig_slot_count": count, "mig_slices": slices}


def _bounded(count: Record, limit: int) -> int:
    value = count.get("value")
    return max(0, min(value, limit)) if isinstance(value, int) else 0


def _text(answer: object) -> str:
    # Releases of the package before 11.515 gave bytes.
    return answer.decode() if isinstance(answer, bytes) else str(answer)


def _pair(answer: tuple[int, int]) -> list[int]:
    return [int(answer[0]), int(answer[1])]


def _memory_v2(answer: object) -> Record:
    return _memory_v1(answer) | {"reserved": int(getattr(answer, "reserved"))}  # noqa: B009


def _memory_v1(answer: object) -> Record:
    return {name: int(getattr(answer, name)) for name in ("total", "used", "free")}


def _pci(answer: object) -> Record:
    # pynvml has no types, so its structures' fields are asked for by name.
    return {
        "bus_id": _text(getattr(answer, "busId")),  # noqa: B009
        "device_id": int(getattr(answer, "pciDeviceId")),  # noqa: B009
    }
