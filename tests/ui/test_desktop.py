import shutil
import subprocess
import sys

import pytest

# A portal and one who asks it, on a bus of their own. The bus is the surroundings' own one, so
# it cannot be in this process.
PORTAL = """
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant
from planner.ui.desktop import DesktopScheme

PATH = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"

@ClassInfo({"D-Bus Interface": INTERFACE})
class Portal(QObject):
    @Slot(str, str, result=QDBusVariant)
    def Read(self, namespace, key):
        assert (namespace, key) == ("org.freedesktop.appearance", "color-scheme")
        return QDBusVariant(1)

def on_told(scheme):
    told.append(scheme)
    if len(told) == 1:
        for namespace, value in (("org.else", 1), ("org.freedesktop.appearance", 2)):
            news = QDBusMessage.createSignal(PATH, INTERFACE, "SettingChanged")
            news.setArguments([namespace, "color-scheme", QDBusVariant(value)])
            bus.send(news)
    else:
        app.quit()

app = QCoreApplication([])
bus, portal, told = QDBusConnection.sessionBus(), Portal(), []
assert bus.registerObject(PATH, portal, QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService("org.freedesktop.portal.Desktop")
desktop = DesktopScheme()
desktop.told.connect(on_told)
desktop.ask()
QTimer.singleShot(20000, app.quit)
app.exec()
print("told", *told)
"""
NO_BUS = """
from PySide6.QtCore import QCoreApplication
from planner.ui.desktop import DesktopScheme
app = QCoreApplication([])
DesktopScheme().ask()
print("went on")
"""


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None, reason="dbus-run-session is not installed"
)
def test_that_the_portal_is_asked_once_and_then_listened_to():
    command = ["dbus-run-session", "--", sys.executable, "-c", PORTAL]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["told", "dark", "light"]


def test_that_a_desktop_without_a_bus_is_no_trouble(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    command = [sys.executable, "-c", NO_BUS]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["went", "on"]
