"""Light or dark as the desktop asks for it, where Qt's platform does not know.

Imported after the first paint: D-Bus costs some milliseconds.
"""

from typing import Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusVariant,
)

# https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
_SERVICE: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_INTERFACE: Final = "org.freedesktop.portal.Settings"
_NAMESPACE: Final = "org.freedesktop.appearance"
_KEY: Final = "color-scheme"
_SCHEMES: Final = {1: "dark", 2: "light"}


class DesktopScheme(QObject):
    """Asks the desktop portal once and listens from then on; without one it stays silent."""

    told = Signal(str)  # "light", "dark", or "" for no preference

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher: QDBusPendingCallWatcher | None = None

    def ask(self) -> None:
        """Ask without waiting; the answer comes as a signal."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("_on_setting_changed(QDBusMessage)")
        # PySide 6.11 wants a str here, and its stubs ask for bytes.
        bus.connect(_SERVICE, _PATH, _INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]
        question = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
        question.setArguments([_NAMESPACE, _KEY])
        self._watcher = QDBusPendingCallWatcher(bus.asyncCall(question), self)
        self._watcher.finished.connect(self._on_answer)

    @Slot()
    def _on_answer(self) -> None:
        if self._watcher is None:
            return
        answer = self._watcher.reply()
        self._watcher = None
        if answer.type() is QDBusMessage.MessageType.ReplyMessage and answer.arguments():
            self._tell(answer.arguments()[0])

    @Slot(QDBusMessage)
    def _on_setting_changed(self, message: QDBusMessage) -> None:
        arguments = message.arguments()
        if arguments[:2] == [_NAMESPACE, _KEY] and len(arguments) == 3:
            self._tell(arguments[2])

    def _tell(self, value: object) -> None:
        # `Read` answers with a variant in a variant.
        while isinstance(value, QDBusVariant):
            value = value.variant()
        self.told.emit(_SCHEMES.get(value, "") if isinstance(value, int) else "")
