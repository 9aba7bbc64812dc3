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
from PySide6.QtGui import QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from planner.core.device_spec import choices_of  # noqa: E402
from planner.core.machine import Machine  # noqa: E402
from planner.core.plan import CacheType, RuntimeName  # noqa: E402
from planner.core.units import GIB  # noqa: E402
from planner.settings import Scheme, Settings  # noqa: E402
from planner.ui.app import build_window, make_application, real_services  # noqa: E402
from planner.ui.main_window import MainWindow  # noqa: E402
from planner.ui.models.actions import ActionId  # noqa: E402
from planner.ui.models.cell import Cell  # noqa: E402
from planner.ui.models.page import Page  # noqa: E402
from planner.ui.models.what_if import WhatIfOrder  # noqa: E402
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
    path = Path("/home/ada/Documents/fit-report.md")
    window.message_line.show_saved(f"The fit report is in {path}", path)


def look_for_gpus(window: MainWindow) -> None:
    """Wait for the driver."""
    window.show_machine(machines.NO_GPU, target_id="ram", is_looking=True)
    QTest.qWait(200)


def open_menu(window: MainWindow) -> None:
    """Open the menu, as it would stand over the window."""
    button = window.menu_button
    button.menu().popup(button.mapToGlobal(QPoint(0, button.height())))
    QApplication.processEvents()


def look_at(page: Page, cell: Cell | None = None) -> Callable[[MainWindow], None]:
    """Return what somebody does to see a page about a cell."""

    def act(window: MainWindow) -> None:
        if cell is not None:
            window.controller.choose_cell(cell)
        window.detail_panel.set_page(page)
        window.controller.choose_page(page)

    return act


def do(action: ActionId) -> Callable[[MainWindow], None]:
    """Return what a key or the menu does."""

    def act(window: MainWindow) -> None:
        window.do(action)

    return act


def put_beside(*devices: str) -> Callable[[MainWindow], None]:
    """Return what somebody does to see other hardware beside this computer."""

    def act(window: MainWindow) -> None:
        known = {each.id: each for each in window.controller.devices()}
        choices = tuple(choices_of(known[each])[0] for each in devices)
        window.controller.ask_what_if(WhatIfOrder(devices=choices, ram_bytes=64 * GIB))

    return act


def scroll_down(window: MainWindow) -> None:
    """Look at the end of the detail."""
    QTest.qWait(300)
    bar = window.parts.detail_room.verticalScrollBar()
    bar.setValue(bar.maximum())


def compare(window: MainWindow) -> None:
    """Set three plans side by side."""
    for quant_format in ("Q8_0", "Q4_K_M", "Q2_K"):
        window.controller.choose_cell(Cell("phi-4", quant_format))
        QApplication.processEvents()
        window.do(ActionId.ADD_TO_COMPARISON)


def go_by_typing(window: MainWindow) -> None:
    """Type what one wants to go to."""
    window.do(ActionId.PALETTE)
    QApplication.processEvents()
    for dialog in window.findChildren(QDialog):
        QTest.keyClicks(dialog.focusWidget(), "mini")


PAGES = tuple(page for page in Page if page is not Page.MEMORY)

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
    Scene("eight-gpus", machines.EIGHT_GPUS, sizes=SIZES),
    Scene("long-name", machines.NAME_OF_80_LETTERS, sizes=SIZES[:2]),
    Scene("apple", machines.APPLE, {"runtime": RuntimeName.MLX}),
    Scene("strix-halo", machines.STRIX_HALO),
    Scene("no-ram-reading", machines.NO_RAM),
    Scene("what-if", machines.SMALL_GPU, act=put_beside("rtx-5090"), sizes=SIZES[:2]),
    Scene("vllm", machines.ONE_GPU, {"runtime": RuntimeName.VLLM}, sizes=SIZES[:2]),
    Scene("vllm-does-not-start", machines.SMALL_GPU, {"runtime": RuntimeName.VLLM}),
    Scene("transformers", machines.ONE_GPU, {"runtime": RuntimeName.TRANSFORMERS}),
    Scene("onnx", machines.NO_GPU, {"runtime": RuntimeName.ONNX_GENAI}),
    Scene(
        "one-row",
        machines.ONE_GPU,
        act=lambda window: window.grid_panel.filter.setText("silica"),
    ),
    *(
        Scene(page.value, machines.SMALL_GPU, act=look_at(page), sizes=SIZES[:2])
        for page in PAGES
    ),
    Scene("memory-end", machines.SMALL_GPU, act=scroll_down, sizes=SIZES),
    Scene("menu", machines.ONE_GPU, act=open_menu),
    Scene("palette", machines.ONE_GPU, act=go_by_typing, sizes=SIZES[:2]),
    Scene("settings", machines.ONE_GPU, act=do(ActionId.SETTINGS), sizes=SIZES[:2]),
    Scene("what-if-dialog", machines.ONE_GPU, act=do(ActionId.WHAT_IF), sizes=SIZES[:2]),
    Scene("keys", machines.ONE_GPU, act=do(ActionId.SHORTCUTS), sizes=SIZES[:2]),
    Scene("about", machines.ONE_GPU, act=do(ActionId.ABOUT)),
    Scene("receipt", machines.ONE_GPU, act=do(ActionId.RECEIPT)),
    Scene("accuracy", machines.ONE_GPU, act=do(ActionId.ACCURACY)),
    Scene("compare", machines.ONE_GPU, act=compare),
    Scene("large-text", machines.ONE_GPU, sizes=SIZES[:2], text_scale=1.5),
)


def picture_of(window: MainWindow) -> QPixmap:
    """Return the window with what stands over it."""
    picture = window.grab()
    painter = QPainter(picture)
    for over in QApplication.topLevelWidgets():
        if over is not window and over.isVisible():
            corner = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(corner, over.grab())
    painter.end()
    return picture


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
        # What comes once nothing moves, such as the advice, belongs to the picture.
        QTest.qWait(400)
        path = folder / f"{scene.name}-{scheme.value}-{size[0]}x{size[1]}.png"
        if not picture_of(window).save(str(path)):
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
