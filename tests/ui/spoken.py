"""Settings, chosen as somebody would: the language and the unit of a window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from planner.core.units import SizeUnit
from planner.ui.main_window import MainWindow
from planner.ui.models.actions import ActionId
from planner.ui.panels.settings_dialog import SettingsDialog
from tests.ui.settling import process_events


def apply_settings(
    window: MainWindow, language: str = "en", unit: SizeUnit = SizeUnit.GIB
) -> None:
    """Choose in the dialog, as somebody would, and press Apply."""
    window.do(ActionId.SETTINGS)
    dialog = window.dialogs.opened
    assert isinstance(dialog, SettingsDialog)
    for box, chosen in ((dialog.language, language), (dialog.size_unit, unit.value)):
        box.setCurrentIndex(box.findData(chosen))
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    (apply,) = (
        each
        for each in buttons.buttons()
        if buttons.buttonRole(each) is QDialogButtonBox.ButtonRole.AcceptRole
    )
    QTest.mouseClick(apply, Qt.MouseButton.LeftButton)
    # What was let go of goes now.
    process_events()
