"""What a packaged app is made of, and what of its libraries stays out of it.

Names are matched with the name of a file inside the app, as PyInstaller gives it.
"""

from fnmatch import fnmatch
from pathlib import PurePath
from typing import Final

# Modules that libraries would like to have and the app never reaches.
EXCLUDED_MODULES: Final = (
    # Qt's networks, tools and tests; and what pyqtgraph has for other programs than ours.
    *(f"PySide6.Qt{name}" for name in ("Network", "OpenGL", "Qml", "Quick")),
    *(f"PySide6.Qt{name}" for name in ("Designer", "Help", "Sql", "Test", "UiTools", "Xml")),
    *("PySide6.QtConcurrent", "PySide6.QtPrintSupport", "PySide6.QtSvgWidgets"),
    *("pyqtgraph.console", "pyqtgraph.dockarea", "pyqtgraph.examples", "pyqtgraph.flowchart"),
    *("pyqtgraph.jupyter", "pyqtgraph.opengl"),
    *("pyqtgraph.canvas", "pyqtgraph.metaarray"),
    *("matplotlib", "scipy", "h5py", "cupy", "numba", "colorcet", "OpenGL"),
    # Of Python: what talks to the network and to terminals.
    *("_hashlib", "_ssl", "ssl", "ftplib", "imaplib", "poplib", "smtplib", "xmlrpc", "asyncio"),
    *("curses", "readline", "sqlite3", "tkinter", "turtle"),
    *("distutils", "ensurepip", "idlelib", "lib2to3", "setuptools", "pkg_resources", "pip"),
    *("unittest", "doctest", "pdb", "test", "venv"),
    # Of the libraries: their tests, and formats that no report of ours is written in.
    *("numpy.f2py", "numpy.testing", "numpy.tests", "numpy.distutils", "pydantic.v1"),
    *("PIL._avif", "PIL._webp", "PIL._imagingtk", "PIL._imagingcms", "PIL.ImageTk"),
    *("PIL.AvifImagePlugin", "PIL.WebPImagePlugin", "PIL.ImageQt"),
    *("reportlab.graphics", "hypothesis", "mypy", "numpy.typing.mypy_plugin"),
)

# Imported by a name that only exists at run time.
HIDDEN_MODULES: Final = (
    *("planner.hardware.nvml_child", "planner.hardware.nvml_watch"),
    *("planner.hardware.apple_child", "planner.hardware.windows_child"),
)

# Ways to show a window that a desktop has; `offscreen` needs none and serves tests.
_QT_PLUGINS: Final = (
    *("platforms/libqxcb.so", "platforms/libqwayland.so", "platforms/libqoffscreen.so"),
    *("platforms/q*.dll", "platforms/libqcocoa.dylib", "platforms/libqoffscreen.dylib"),
    *("styles/*", "iconengines/*qsvgicon*", "imageformats/*qsvg*", "xcbglintegrations/*"),
    *("platformthemes/*xdgdesktopportal*", "platforminputcontexts/*compose*"),
    *("platforminputcontexts/*ibus*", "wayland-shell-integration/libxdg-shell.so"),
    *("wayland-decoration-client/*", "wayland-graphics-integration-client/*"),
)
# Libraries of Qt that only the plugins left out would load; a folder `.framework` on macOS.
_LEFT_OUT: Final = (
    *("Network", "Qml", "Quick", "Pdf", "VirtualKeyboard", "EglFS", "EglFs", "Sql", "Test"),
    *("PrintSupport", "WaylandCompositor"),
)
_QT_LIBRARIES: Final = (
    *(f"*Qt6{name}*" for name in _LEFT_OUT),
    *(f"*/Qt{name}*.framework/*" for name in _LEFT_OUT),
    *("*opengl32sw.dll", "*d3dcompiler_*.dll"),
)
# Small libraries that Python itself is linked with; all else of a Linux system stays there.
_PYTHON_LIBRARIES: Final = (
    *("libpython3*", "libffi*", "libz.*", "libbz2*", "liblzma*", "libexpat*", "libuuid*"),
    *("libcrypto*", "libmpdec*"),
)
_NOT_WANTED: Final = (
    *("PySide6/Qt/translations/*", "PySide6/translations/*", "PySide6/Qt/qml/*"),
    *("reportlab/fonts/*", "pyqtgraph/colors/*", "numpy/*/tests/*"),
    *("*.pyi", "*/py.typed", "*/direct_url.json", "*/RECORD", "*/REQUESTED", "*/INSTALLER"),
    *("numpy/_core/include/*", "numpy/_core/lib/*", "*.a"),
)
_QT_SPOKEN: Final = ("*/qtbase_de.qm", "*/qtbase_zh_CN.qm")


def is_wanted(name: str, *, source: str, environment: str, system: str) -> bool:
    """Return whether a file belongs into the app.

    Args:
        name: Its place inside the app.
        source: Where it was found.
        environment: The folder of the Python environment that the app is built from.
        system: As `sys.platform` says it.
    """
    name = PurePath(name).as_posix()
    if _matches(name, _QT_SPOKEN):
        return True
    if _matches(name, _NOT_WANTED) or _matches(name, _QT_LIBRARIES):
        return False
    _, is_plugin, plugin = name.partition("/plugins/")
    if is_plugin and name.startswith("PySide6/"):
        return _matches(plugin, _QT_PLUGINS)
    # The desktop's own libraries (X11, OpenGL, fonts, D-Bus) must fit its servers and drivers.
    if system == "linux" and not PurePath(source).is_relative_to(environment):
        is_shared = ".so" in PurePath(name).name and "/" not in name
        return not is_shared or _matches(name, _PYTHON_LIBRARIES)
    return True


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
