"""How to start a plan in the words of the window: tools, shells, downloads, the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.launch import LaunchTool, Shell
from planner.core.units import GB
from planner.ui import figures, text

if TYPE_CHECKING:
    from planner.core.ledger import Band
    from planner.core.published import FileComparison

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def tool_name(tool: LaunchTool) -> str:
    """Return a tool's name: programs are called as they are typed."""
    return {
        LaunchTool.OLLAMA: "Ollama",
        LaunchTool.LM_STUDIO: "LM Studio (lms)",
        LaunchTool.VLLM: "vllm serve",
        LaunchTool.TRANSFORMERS: translate("run", "transformers (Python)"),
        LaunchTool.ONNX_GENAI: translate("run", "onnxruntime-genai (Python)"),
    }.get(tool, tool.value)


def shell_name(shell: Shell) -> str:
    """Return what a shell is called."""
    if shell is Shell.POWERSHELL:
        return "PowerShell"
    return translate("run", "sh, bash or zsh")


def code_title(tool: LaunchTool, *, is_python: bool) -> str:
    """Return what stands over the text to copy."""
    if is_python:
        return translate("run", "Python program for {tool}").format(tool=tool.value)
    return translate("run", "Command for {tool}").format(tool=tool_name(tool))


def disk_sentence(file: Band | None, disk_free_bytes: int | None) -> str:
    """Return the file's size beside the room on the disk; says so where it does not fit."""
    if file is None:
        return translate("run", "The size of the file is not known.")
    size = text.band_text(file)
    if disk_free_bytes is None:
        words = translate(
            "run", "The file takes {size}; how much the disk has free is not known."
        )
        return words.format(size=size)
    words = translate("run", "The file takes {size}; {free} are free on the disk.")
    if file.high_bytes > disk_free_bytes:
        words = translate("run", "The file takes {size}, but only {free} are free on the disk.")
    return words.format(size=size, free=text.gib(disk_free_bytes))


def download_title(found: FileComparison) -> str:
    """Return which published file this is, and by whom."""
    file = found.file
    words = translate("run", "{file} by {publisher}")
    return words.format(file=file.name, publisher=file.publisher)


def download_size(found: FileComparison) -> str:
    """Return its size as published and how far ours is from it."""
    file = found.file
    if file.is_exact:
        words = translate("run", "{bytes} bytes ({size}); {ours}")
    else:
        words = translate("run", "{rounded} GB as published ({size}); {ours}")
    # 10_000_000 is two digits of a GB.
    digits = max(0, 10 - len(str(file.rounded_to_bytes)))
    return words.format(
        bytes=figures.number(file.size_bytes),
        rounded=figures.number(file.size_bytes / GB, digits),
        size=text.gib(file.size_bytes),
        ours=_ours(found),
    )


def _ours(found: FileComparison) -> str:
    if found.difference_bytes == 0:
        return translate("run", "ours is the same to the byte")
    percent = -100 * found.difference_bytes / found.file.size_bytes
    if abs(percent) < 0.005:
        return translate("run", "ours is within 0.005 %")
    words = translate("run", "ours is {percent} % smaller")
    if percent > 0:
        words = translate("run", "ours is {percent} % larger")
    return words.format(percent=figures.number(abs(percent), 2))
