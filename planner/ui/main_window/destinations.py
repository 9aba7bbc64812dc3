"""Everything that one can go to by typing its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from planner.core.device_spec import choices_of
from planner.ui.models.actions import ActionId, action_specs
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.panels.palette_dialog import Destination
from planner.ui.text import pool_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.core.device_spec import DeviceChoice
    from planner.ui.main_window.window import MainWindow

translate = QCoreApplication.translate


def destinations(window: MainWindow) -> tuple[Destination, ...]:
    """Return the actions, then the models, formats and memory that are shown, then devices."""
    return (
        *_actions(window),
        *_models(window),
        *_formats(window),
        *_targets(window),
        *_devices(window),
    )


def _actions(window: MainWindow) -> Iterator[Destination]:
    for spec in action_specs():
        if spec.id is not ActionId.PALETTE and window.menu.is_enabled(spec.id):
            native = QKeySequence.SequenceFormat.NativeText
            keys = QKeySequence(spec.keys[0]).toString(native) if spec.keys else ""
            yield Destination(spec.plain_words, keys, partial(window.do, spec.id))


def _models(window: MainWindow) -> Iterator[Destination]:
    controller = window.controller
    hint = translate("destinations", "model")
    for model in controller.models:

        def go(model_id: str = model.id) -> None:
            controller.choose_cell(controller.cell._replace(model_id=model_id))

        yield Destination(model.name, hint, go)


def _formats(window: MainWindow) -> Iterator[Destination]:
    controller = window.controller
    hint = translate("destinations", "quant format")
    for quant_format in controller.quant_formats:
        yield Destination(quant_format, hint, partial(controller.choose_format, quant_format))


def _targets(window: MainWindow) -> Iterator[Destination]:
    hint = translate("destinations", "memory to fit into")
    for key, card in window.strip.cards_by_key.items():
        yield Destination(
            pool_title(card.pool), hint, partial(window.controller.choose_target, key)
        )


def _devices(window: MainWindow) -> Iterator[Destination]:
    controller = window.controller
    hint = translate("destinations", "what if")

    def ask(choice: DeviceChoice) -> None:
        is_whole = choice.device.unified is not None
        ram_bytes = None if is_whole else controller.ram_bytes
        controller.ask_what_if(WhatIfOrder(devices=(choice,), ram_bytes=ram_bytes))

    for device in controller.devices():
        for choice in choices_of(device):
            yield Destination(choice.label, hint, partial(ask, choice))
