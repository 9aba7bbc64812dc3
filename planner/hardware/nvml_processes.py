"""Which programs hold a GPU's memory, as far as NVIDIA's driver tells.

Under Windows' WDDM every size is "not available", in WSL there is no list, and in a container
the numbers are the host's and the names unknown (comments in nvml.h).
"""

import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.hardware.nvml import NvmlGate, Record

MAX_PROCESSES: Final = 64
_LISTS: Final = (
    "nvmlDeviceGetComputeRunningProcesses",
    "nvmlDeviceGetGraphicsRunningProcesses",
)
# The kernel keeps 15 letters of a program's name (man 5 proc_pid_comm).
_COMM_LENGTH: Final = 15


def read_processes(gate: "NvmlGate", handle: object, names_before: dict[int, str]) -> "Record":
    """Return the programs that compute or draw on a device, each once.

    Args:
        gate: The library; it keeps the names of the programs that are met.
        handle: The device.
        names_before: Of programs by their numbers, which need not be asked for again.
    """
    used_by_pid: dict[int, int | None] = {}
    answers = [_list(gate, function, handle) for function in _LISTS]
    for answer in answers:
        for pid, used in _pairs(answer):
            held = used_by_pid.get(pid)
            used_by_pid[pid] = used if held is None else max(held, used or 0)
    if all("value" not in answer for answer in answers):
        return answers[0]
    largest = sorted(used_by_pid.items(), key=lambda each: -(each[1] or 0))[:MAX_PROCESSES]
    return {
        "value": [
            {"pid": pid, "used": used, "name": _name(gate, pid, names_before)}
            for pid, used in largest
        ]
    }


def program_name(command: str, *, short_name: str | None = None) -> str:
    """Return a program's own name, without its folder and what it was called with.

    Args:
        command: What the driver gives: a path, on Linux with arguments.
        short_name: The first 15 letters of the name, where the system tells.
    """
    if short_name and len(short_name) < _COMM_LENGTH and short_name in command:
        return short_name
    if "\\" in command:  # Windows: folders have spaces, and programs end in .exe
        path, extension, _ = command.partition(".exe")
        return path.rpartition("\\")[2] + extension
    return command.partition(" ")[0].rpartition("/")[2]


def _list(gate: "NvmlGate", function: str, handle: object) -> "Record":
    answer = gate.ask(function, _plain, handle)
    # Drivers before 510 have the second version of these calls only.
    return answer if "value" in answer else gate.ask(f"{function}_v2", _plain, handle)


def _name(gate: "NvmlGate", pid: int, names_before: dict[int, str]) -> str | None:
    name = names_before.get(pid)
    if name is None:
        command = gate.ask("nvmlSystemGetProcessName", _text, pid).get("value")
        if not isinstance(command, str):
            return None
        name = program_name(command, short_name=_short_name(pid))
    gate.program_names[pid] = name
    return name or None


def _short_name(pid: int) -> str | None:
    if sys.platform != "linux":
        return None
    try:
        with open(f"/proc/{pid}/comm", "rb") as file:  # noqa: PTH123 - pathlib is not loaded here
            return file.read(64).decode("utf-8", "replace").strip()
    except OSError:
        return None


def _plain(answer: object) -> "list[tuple[int, int | None]]":
    processes = answer if isinstance(answer, list) else []
    # pynvml has no types, so its structures' fields are asked for by name.
    return [
        (int(getattr(each, "pid")), getattr(each, "usedGpuMemory"))  # noqa: B009
        for each in processes
    ]


def _pairs(answer: "Record") -> "Iterable[tuple[int, int | None]]":
    value = answer.get("value")
    return value if isinstance(value, list) else ()


def _text(answer: object) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)
