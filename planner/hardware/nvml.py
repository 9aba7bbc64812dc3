"""The one place that calls NVIDIA's management library, field by field.

It runs in a short-lived child process (`nvml_child`), so it imports as little as it can and
answers in plain JSON values: each field is `{"value": ...}` or `{"code": ..., "reason": ...}`.
`nvml_pools` makes memory pools of that.
"""

import sys
from collections.abc import Callable
from types import ModuleType

FORMAT = 1
MAX_BOARDS = 64
MAX_SLICES_PER_BOARD = 16

Record = dict[str, object]


def read_nvml() -> Record:
    """Return all that the driver tells. A refused call loses its own field, nothing more."""
    try:
        # Here, so that a missing or broken package is an answer too.
        import pynvml
    except ImportError as error:
        return {"format": FORMAT, "package_error": str(error)}
    if not hasattr(pynvml, "nvmlMemory_v2"):
        return {"format": FORMAT, "old_package": str(getattr(pynvml, "__file__", "?"))}
    gate = NvmlGate(pynvml)
    init = gate.ask("nvmlInit")
    if "value" not in init:
        return {"format": FORMAT, "init": init | _why_not_loaded(pynvml, init["code"])}
    # No nvmlShutdown: the process ends next, which frees the driver without more of its code.
    return {"format": FORMAT, "init": init, **_read_system(gate)}


class NvmlGate:
    """Every call of the library goes through `ask`, which never lets a refusal through."""

    def __init__(self, pynvml: ModuleType) -> None:
        self.pynvml = pynvml
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


def _why_not_loaded(pynvml: ModuleType, code: object) -> Record:
    """Return the loader's own words: pynvml keeps only that there is no library."""
    if code != pynvml.NVML_ERROR_LIBRARY_NOT_FOUND or sys.platform == "win32":
        return {}
    import ctypes  # pynvml has loaded it

    try:
        ctypes.CDLL("libnvidia-ml.so.1")
    except OSError as error:
        return {"loader": str(error)}
    return {}


def _read_system(gate: NvmlGate) -> Record:
    count = gate.ask("nvmlDeviceGetCount", int)
    boards: list[Record] = []
    for index in range(_bounded(count, MAX_BOARDS)):
        handles, answer = gate.handles("nvmlDeviceGetHandleByIndex", index)
        boards.append(_read_board(gate, handles[0]) if handles else {"handle": answer})
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
        **_read_mig(gate, handle),
    }


def _read_identity_and_memory(gate: NvmlGate, handle: object) -> Record:
    # Version 2 tells the driver's own share apart, but needs driver 510 or newer.
    memory = gate.ask("nvmlDeviceGetMemoryInfo", _memory_v2, handle, gate.pynvml.nvmlMemory_v2)
    if "value" not in memory:
        memory = gate.ask("nvmlDeviceGetMemoryInfo", _memory_v1, handle)
    return {
        "name": gate.ask("nvmlDeviceGetName", _text, handle),
        "uuid": gate.ask("nvmlDeviceGetUUID", _text, handle),
        "memory": memory,
    }


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
