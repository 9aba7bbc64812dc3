"""Sentences for what NVML refuses: what happened, and what a person can do about it.

The codes are those of `nvmlReturn_t` (https://docs.nvidia.com/deploy/nvml-api).
"""

from collections.abc import Iterable, Mapping
from typing import Final

from planner.hardware.answers import Answer

NOT_SUPPORTED: Final = 3
NO_PERMISSION: Final = 4
DRIVER_NOT_LOADED: Final = 9
LIBRARY_NOT_FOUND: Final = 12
GPU_IS_LOST: Final = 15
RESET_REQUIRED: Final = 16
LIB_RM_VERSION_MISMATCH: Final = 18
UNKNOWN: Final = 999

_INIT_SENTENCES: Final = {
    NO_PERMISSION: (
        "The NVIDIA driver refused access (no permission). This account needs to read "
        "/dev/nvidia*: join the groups video and render, or give a Snap, Flatpak or container "
        "access to the GPU."
    ),
    DRIVER_NOT_LOADED: (
        "An NVIDIA driver is installed but not running. Restart the computer; if that does not "
        "help, Secure Boot may be blocking the driver (sign it or switch Secure Boot off), "
        "nouveau may be in its place, or this container was started without the GPU."
    ),
    LIB_RM_VERSION_MISMATCH: (
        "The NVIDIA driver was updated while the old one is still running. "
        "Restart the computer."
    ),
    UNKNOWN: (
        "The NVIDIA driver answers only 'unknown error'. If this is a container, restart it: "
        "it loses its GPU when the host runs `systemctl daemon-reload`. Otherwise restart the "
        "computer."
    ),
    GPU_IS_LOST: (
        "An NVIDIA GPU fell off the bus and the driver stopped. Restart the computer; the "
        "system log (`dmesg`) has a line with Xid."
    ),
}

LOST_NOTE: Final = (
    "This GPU fell off the bus: the driver no longer reaches it. Restart the computer; the "
    "system log (`dmesg`) has a line with Xid."
)
RESET_NOTE: Final = "This GPU must be reset before it answers again. Restart the computer."


def init_sentence(init: Answer, *, loader: str | None) -> str:
    """Return what to say when the library does not start.

    Args:
        init: The refusal.
        loader: The words of the system's loader, where it could not load the library.
    """
    if init.code == LIBRARY_NOT_FOUND:
        why = f" ({loader})" if loader else ""
        return f"The NVIDIA driver's library could not be loaded{why}. Reinstall the driver."
    return _INIT_SENTENCES.get(
        init.code or 0,
        f"The NVIDIA driver did not start: {_words(init)}. Try `nvidia-smi` in a terminal.",
    )


def device_sentence(answer: Answer) -> str:
    """Return what to say of a GPU that the driver counts and does not hand out."""
    if answer.code == GPU_IS_LOST:
        return LOST_NOTE
    if answer.code == RESET_REQUIRED:
        return RESET_NOTE
    if answer.code == NO_PERMISSION:
        return "The driver refuses access to this GPU (no permission to read /dev/nvidia*)."
    return f"The driver gives nothing of this GPU: {_words(answer)}."


def package_sentence(*, package_error: str | None, old_package: str | None) -> str | None:
    """Return what is wrong with the Python package, if anything is."""
    if package_error is not None:
        return (
            f"The package nvidia-ml-py could not be loaded ({package_error}), so NVIDIA GPUs "
            "are not seen. Run `pip install --force-reinstall nvidia-ml-py`."
        )
    if old_package is not None:
        return (
            f"An old module named pynvml ({old_package}) hides that of nvidia-ml-py, so NVIDIA "
            "GPUs are not seen. Run `pip uninstall pynvml nvidia-ml-py3`, then "
            "`pip install --force-reinstall nvidia-ml-py`."
        )
    return None


def fault_note(codes: Iterable[int | None]) -> str | None:
    """Return what is wrong with a GPU that went away while it was being read."""
    seen = set(codes)
    if GPU_IS_LOST in seen:
        return LOST_NOTE
    return RESET_NOTE if RESET_REQUIRED in seen else None


def refusals_note(refused: Mapping[str, Answer]) -> str:
    """Return one sentence for the fields that the driver did not give."""
    fields = ", ".join(f"{name} ({_words(answer)})" for name, answer in refused.items())
    return f"The driver did not give: {fields}."


def _words(answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    return f"error {answer.code}" if answer.code is not None else "no usable answer"
