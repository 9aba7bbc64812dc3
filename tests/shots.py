"""Pictures of the window's main states, light and dark: `python tests/shots.py --out DIR`.

No screen is needed; the machines are made up, the figures are computed as ever.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt  # noqa: E402 - after the platform is set
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from planner.core.machine import Machine  # noqa: E402
from planner.core.plan import CacheType  # noqa: E402
from planner.settings import Scheme, Settings  # noqa: E402
from planner.ui.app import build_window, make_application, real_services  # noqa: E402
from planner.ui.main_window import MainWindow  # noqa: E402
from planner.ui.models.cell import Cell  # noqa: E402
from tests.ui import machines  # noqa: E402

SIZES = ((1440, 900), (1024, 640), (1920, 1080))


@dataclass(frozen=True)
class Scene:
    """A state of the window: a machine, settings, and what somebody does then."""

    name: str
    machine: Machine
    settings: dict[str, Any] = field(default_factory=dict)
    act: Callable[[MainWindow], None] = lambda _: None
    sizes: tuple[tuple[int, int], ...] = SIZES[:1]
    text_scale: float = 1.0


def choose(model_id: str, quant_format: str) -> Callable[[MainWindow], None]:
    """Return what somebody does to see one cell in full."""

    def act(window: MainWindow) -> None:
        window.controller.choose_cell(Cell(model_id, quant_format))

    return act


def focus_grid(window: MainWindow) -> None:
    """Walk to a cell with the keyboard."""
    window.grid_panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.grid_panel.view, Qt.Key.Key_Left)


def filter_models(window: MainWindow) -> None:
    """Look for the small ones, smallest first."""
    window.grid_panel.focus_filter()
    window.grid_panel.filter.setText("mini")
    window.grid_panel.view.sort_requested.emit(4)


def filter_nothing(window: MainWindow) -> None:
    """Look for what is not there."""
    window.grid_panel.filter.setText("llama")


def all_formats(window: MainWindow) -> None:
    """Show every quant format."""
    window.grid_panel.all_formats.setChecked(True)
    choose("phi-4-mini", "IQ4_XS")(window)


def type_nonsense(window: MainWindow) -> None:
    """Type what is no context length."""
    window.options_bar.context.field.setFocus()
    window.options_bar.context.field.selectAll()
    QTest.keyClicks(window.options_bar.context.field, "lots")
    QTest.keyClick(window.options_bar.context.field, Qt.Key.Key_Return)


def export(window: MainWindow) -> None:
    """Have a report written."""
    window.show_exported(Path("/home/ada/Documents/fit-report.md"))


def look_for_gpus(window: MainWindow) -> None:
    """Wait for the driver."""
    window.show_machine(machines.NO_GPU, target_id="ram", is_looking=True)
    QTest.qWait(200)


def open_menu(window: MainWindow) -> None:
    """Open the menu, as it would stand over the window."""
    menu = window.menu_button.menu()
    menu.popup(window.mapToGlobal(QPoint(0, 0)))
    QApplication.processEvents()


SCENES = (
    Scene("one-gpu", machines.ONE_GPU, sizes=SIZES),
    Scene("small-gpu", machines.SMALL_GPU, {"context_length": 8192}, sizes=SIZES),
    Scene("no-gpu", machines.NO_GPU, sizes=SIZES),
    Scene("unified", machines.UNIFIED),
    Scene("long-names", machines.LONG_NAMES, sizes=SIZES[:2]),
    Scene("silent-gpu", machines.SILENT_GPU),
    Scene("no-memory", Machine(pools=())),
    Scene("tight", machines.SMALL_GPU, {"context_length": 16384}, choose("phi-4", "Q4_K_M")),
    Scene("partial", machines.SMALL_GPU, {}, choose("phi-4", "Q8_0")),
    Scene("does-not-fit", machines.SMALL_GPU, {}, choose("phi-3.5-moe", "F16")),
    Scene("unsupported", machines.ONE_GPU, {}, choose("phi-3-small-8k", "Q4_K_M")),
    Scene("closed", machines.ONE_GPU, {}, choose("phi-silica", "Q4_K_M")),
    Scene("beyond-limit", machines.ONE_GPU, {"context_length": 131072}),
    Scene(
        "no-flash-attention",
        machines.ONE_GPU,
        {
            "cache_type_v": CacheType.Q8_0,
            "cache_type_k": CacheType.Q8_0,
            "flash_attention": False,
        },
    ),
    Scene("filtered", machines.ONE_GPU, act=filter_models),
    Scene("filtered-out", machines.ONE_GPU, act=filter_nothing),
    Scene("all-formats", machines.ONE_GPU, act=all_formats, sizes=SIZES[:2]),
    Scene("keyboard", machines.ONE_GPU, act=focus_grid, sizes=SIZES[:2]),
    Scene("bad-context", machines.ONE_GPU, act=type_nonsense, sizes=SIZES[:2]),
    Scene("exported", machines.ONE_GPU, act=export, sizes=SIZES[:2]),
    Scene("looking", machines.NO_GPU, act=look_for_gpus),
    Scene("large-text", machines.ONE_GPU, sizes=SIZES[:2], text_scale=1.5),
)


def shoot(scene: Scene, scheme: Scheme, size: tuple[int, int], folder: Path) -> Path:
    """Save one picture and return where it is."""
    app = make_application()
    settings = Settings(scheme=scheme, **scene.settings)
    window = build_window(
        machine=scene.machine,
        settings=settings,
        # Nobody's own choices are touched.
        services=replace(real_services(settings), save_choices=lambda _: None),
        keeps_geometry=False,
        text_scale=scene.text_scale,
    )
    try:
        window.resize(*size)
        window.show()
        app.processEvents()
        window.complete()
        scene.act(window)
        for _ in range(4):
            app.processEvents()
        path = folder / f"{scene.name}-{scheme.value}-{size[0]}x{size[1]}.png"
        if not window.grab().save(str(path)):
            raise SystemExit(f"{path} could not be written.")
        return path
    finally:
        window.close()
        window.deleteLater()
        # Outside of a running event loop nothing else would delete it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(argv: list[str] | None = None) -> int:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to put them in")
    parser.add_argument("--only", default="", help="scenes with this in their name")
    options = parser.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    make_application().setCursorFlashTime(0)
    for scene in SCENES:
        if options.only not in scene.name:
            continue
        for size in scene.sizes:
            for scheme in (Scheme.LIGHT, Scheme.DARK):
                print(shoot(scene, scheme, size, options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
