"""The dialogs that ask for files; none of them stops the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate
_LONGEST_NAME: Final = 80


def open_report_dialog(parent: QWidget, name: str, folder: str = "") -> QFileDialog:
    """Open a dialog that asks where a file shall go; its suffix is that of `name`."""
    suffix = name.rpartition(".")[2]
    dialog = _dialog(parent, translate("files", "Export"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{suffix.upper()} (*.{suffix})")
    dialog.setDefaultSuffix(suffix)
    if folder:
        dialog.setDirectory(folder)
    dialog.selectFile(name)
    dialog.open()
    return dialog


def open_saved_dialog(parent: QWidget, folder: str = "") -> QFileDialog:
    """Open a dialog that asks for a saved answer."""
    dialog = _dialog(parent, translate("files", "Open a saved answer"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [
            translate("files", "Reports and answers") + " (*.json)",
            translate("files", "All files") + " (*)",
        ]
    )
    if folder:
        dialog.setDirectory(folder)
    dialog.open()
    return dialog


def open_comparison_dialog(parent: QWidget, folder: str = "") -> QFileDialog:
    """Open a dialog that asks where a comparison shall go."""
    dialog = _dialog(parent, translate("files", "Export comparison"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    suffixes = {"HTML (*.html)": "html", "JSON (*.json)": "json"}
    dialog.setNameFilters(list(suffixes))
    dialog.setDefaultSuffix("html")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(suffixes[chosen]))
    if folder:
        dialog.setDirectory(folder)
    dialog.selectFile("comparison.html")
    dialog.open()
    return dialog


def open_model_dialog(parent: QWidget, *, is_folder: bool) -> QFileDialog:
    """Open a dialog that asks for a file, or for a folder with a model in it."""
    dialog = _dialog(parent, translate("files", "Open"))
    if is_folder:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                translate("files", "Models, configs, machine cards, logs")
                + " (*.gguf *.safetensors *.json *.log *.txt)",
                translate("files", "All files") + " (*)",
            ]
        )
    dialog.open()
    return dialog


def open_picture_dialog(parent: QWidget, title: str) -> QFileDialog:
    """Open a dialog that asks where a picture shall go."""
    dialog = _dialog(parent, translate("files", "Save picture"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    suffixes = {
        translate("files", "SVG (*.svg)"): "svg",
        translate("files", "PNG (*.png)"): "png",
    }
    dialog.setNameFilters(list(suffixes))
    dialog.setDefaultSuffix("svg")
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(suffixes[chosen]))
    name = "-".join(re.findall(r"[\w.]+", title)) or "picture"
    dialog.selectFile(f"{name[:_LONGEST_NAME]}.svg")
    dialog.open()
    return dialog


def open_json_dialog(parent: QWidget, title: str, name: str) -> QFileDialog:
    """Open a dialog that asks where a JSON file shall go; `name` is offered."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("JSON (*.json)")
    dialog.setDefaultSuffix("json")
    dialog.selectFile(name)
    dialog.open()
    return dialog


def open_card_dialog(parent: QWidget) -> QFileDialog:
    """Open a dialog that asks for a machine card."""
    dialog = _dialog(parent, translate("files", "Open machine card"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [translate("files", "Machine cards") + " (*.json)", translate("files", "All files")]
    )
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
