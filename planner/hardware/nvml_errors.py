"""Sentences for what NVML refuses: what happened, and what a person can do about it.

The codes are those of `nvmlReturn_t` (https://docs.nvidia.com/deploy/nvml-api).
"""

from collections.abc import Iterable, Mapping
from typing import Final

from planner.hardware.answers import Answer
from planner.hardware.surroundings import Surroundings

NOT_SUPPORTED: Final = 3
NO_PERMISSION: Final = 4
INSUFFICIENT_POWER: Final = 8
DRIVER_NOT_LOADED: Final = 9
IRQ_ISSUE: Final = 11
LIBRARY_NOT_FOUND: Final = 12
GPU_IS_LOST: Final = 15
RESET_REQUIRED: Final = 16
OPERATING_SYSTEM: Final = 17
LIB_RM_VERSION_MISMATCH: Final = 18
UNKNOWN: Final = 999

_RESTART: Final = "Restart the computer."
_NOT_RUNNING: Final = "An NVIDIA driver is installed but not running."

_INIT_SENTENCES: Final = {
    NO_PERMISSION: (
        "The NVIDIA driver refused access (no permission). This account needs to read "
        "/dev/nvidia*: join the groups video and render, or give a Snap, Flatpak or container "
        "access to the GPU."
    ),
    INSUFFICIENT_POWER: (
        "An NVIDIA card gets too little power, so the driver did not start. Switch the "
        "computer off and check the card's power cables."
    ),
    IRQ_ISSUE: (
        "The NVIDIA driver gets no interrupts from its card. Restart the computer; updating "
        "its firmware (BIOS) often helps."
    ),
    GPU_IS_LOST: (
        "An NVIDIA GPU fell off the bus and the driver stopped. Restart the computer; the "
        "system log (`dmesg`) has a line with Xid."
    ),
    RESET_REQUIRED: (
        "An NVIDIA GPU must be reset before the driver starts again. Restart the computer."
    ),
    OPERATING_SYSTEM: (
        "The system blocked a call of the NVIDIA driver. A sandbox (Snap, Flatpak, SELinux) "
        "may keep this program from the GPU: start it outside, or allow it the device."
    ),
}

LOST_NOTE: Final = (
    "This GPU fell off the bus: the driver no longer reaches it. Restart the computer; the "
    "system log (`dmesg`) has a line with Xid."
)
RESET_NOTE: Final = "This GPU must be reset before it answers again. Restart the computer."


def init_sentence(init: Answer, *, loader: str | None, around: Surroundings) -> str:
    """Return what to say when the library does not start.

    Args:
        init: The refusal.
        loader: The words of the system's loader, where it could not load the library.
        around: What the refusal may come from.
    """
    if init.code == LIBRARY_NOT_FOUND:
        why = f" ({loader})" if loader else ""
        cure = "Update the driver of Windows" if around.is_wsl else "Reinstall the driver"
        return f"The NVIDIA driver's library could not be loaded{why}. {cure}."
    if init.code == DRIVER_NOT_LOADED:
        return f"{_NOT_RUNNING} {_why_not_running(around)}"
    if init.code == LIB_RM_VERSION_MISMATCH:
        return _mismatch(around)
    if init.code == UNKNOWN:
        return f"The NVIDIA driver answers only 'unknown error'. {_unknown_cure(around)}"
    return _INIT_SENTENCES.get(
        init.code or 0,
        f"The NVIDIA driver did not start: {_words(init)}. Try `nvidia-smi` in a terminal.",
    )


def _why_not_running(around: Surroundings) -> str:
    if around.is_wsl:
        return "Run `wsl --shutdown` in Windows, and update the NVIDIA driver of Windows."
    if around.is_container:
        return (
            "This container was started without the GPU: start it with `--gpus all` (Docker) "
            "or `--device nvidia.com/gpu=all` (Podman)."
        )
    if around.has_nouveau:
        return (
            "The driver nouveau runs in its place, which no runtime computes with. Restart the "
            "computer; if nouveau is back then, block it (`blacklist nouveau` in "
            "/etc/modprobe.d)."
        )
    if around.has_secure_boot:
        return (
            "Secure Boot is on and lets only signed drivers run: enrol the driver's key "
            "(`mokutil --import`) or switch Secure Boot off, then restart the computer."
        )
    return (
        "Restart the computer; if that does not help, Secure Boot may be blocking the driver "
        "(sign it or switch Secure Boot off), nouveau may be in its place, or this container "
        "was started without the GPU."
    )


def _mismatch(around: Surroundings) -> str:
    version = around.running_driver_version
    if around.is_container:
        named = f" ({version})" if version else ""
        return (
            "The NVIDIA library in this container does not go with the driver that the host "
            f"runs{named}. Restart the host if its driver was updated, then the container."
        )
    old = f"the old one ({version})" if version else "the old one"
    return f"The NVIDIA driver was updated while {old} is still running. {_RESTART}"


def _unknown_cure(around: Surroundings) -> str:
    if around.is_wsl:
        return "Run `wsl --shutdown` in Windows and start anew."
    cure = (
        "it loses its GPU when the host runs `systemctl daemon-reload` "
        "(https://github.com/NVIDIA/nvidia-container-toolkit/issues/48)."
    )
    if around.is_container:
        return f"Restart this container: {cure}"
    return f"If this is a container, restart it: {cure} Otherwise restart the computer."


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
