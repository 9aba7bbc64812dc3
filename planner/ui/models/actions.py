"""Everything that the window does on a key or from the menu, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from planner.ui.text import without_mnemonic

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


class ActionId(StrEnum):
    """What can be asked for."""

    OPEN_FILE = "open-file"
    OPEN_FOLDER = "open-folder"
    CLOSE_FILES = "close-files"
    EXPORT = "export"
    SAVE_CARD = "save-card"
    QUIT = "quit"
    UNDO = "undo"
    REDO = "redo"
    SETTINGS = "settings"
    FILTER = "filter"
    ALL_FORMATS = "all-formats"
    NEXT_PAGE = "next-page"
    EARLIER_PAGE = "earlier-page"
    PALETTE = "palette"
    REFRESH = "refresh"
    WHAT_IF = "what-if"
    REMOVE_WHAT_IF = "remove-what-if"
    BANDWIDTH = "bandwidth"
    RECEIPT = "receipt"
    ADD_TO_COMPARISON = "add-to-comparison"
    COMPARE = "compare"
    COMPARE_SAVED = "compare-saved"
    ACCURACY = "accuracy"
    DIAGNOSTICS = "diagnostics"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"


class MenuId(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    TOOLS = "tools"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: its words with a mnemonic, its keys, and what it does in a sentence."""

    id: ActionId
    menu: MenuId
    words: str
    tip: str
    keys: tuple[str, ...] = ()

    @property
    def plain_words(self) -> str:
        """The words without mnemonic and dots."""
        return without_mnemonic(self.words).removesuffix("…")


# A line over these in the menu.
BEGINS_GROUP: Final = frozenset({ActionId.EXPORT, ActionId.QUIT, ActionId.SETTINGS})


def menu_words(menu: MenuId) -> str:
    """Return a menu's name."""
    return {
        MenuId.FILE: translate("actions", "&File"),
        MenuId.EDIT: translate("actions", "&Edit"),
        MenuId.VIEW: translate("actions", "&View"),
        MenuId.TOOLS: translate("actions", "&Tools"),
        MenuId.HELP: translate("actions", "&Help"),
    }[menu]


def action_specs() -> tuple[ActionSpec, ...]:
    """Return the table in the language in use."""
    return (*_file_and_edit(), *_view(), *_tools_and_help())


def _file_and_edit() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            ActionId.OPEN_FILE,
            MenuId.FILE,
            translate("actions", "&Open file…"),
            translate("actions", "Open a GGUF file, a config.json, a machine card or a log"),
            ("Ctrl+O",),
        ),
        ActionSpec(
            ActionId.OPEN_FOLDER,
            MenuId.FILE,
            translate("actions", "Open &folder…"),
            translate("actions", "Open a folder that holds a model's safetensors files"),
            ("Ctrl+Shift+O",),
        ),
        ActionSpec(
            ActionId.CLOSE_FILES,
            MenuId.FILE,
            translate("actions", "&Close own files"),
            translate("actions", "Take the files that were opened out of the grid"),
            ("Ctrl+W",),
        ),
        ActionSpec(
            ActionId.EXPORT,
            MenuId.FILE,
            translate("actions", "Fit &report…"),
            translate("actions", "See the fit report and write it to a file"),
            ("Ctrl+E",),
        ),
        ActionSpec(
            ActionId.SAVE_CARD,
            MenuId.FILE,
            translate("actions", "Save &machine card…"),
            translate("actions", "Write what this computer has to a file, to plan elsewhere"),
        ),
        ActionSpec(
            ActionId.QUIT,
            MenuId.FILE,
            translate("actions", "&Quit"),
            translate("actions", "Close the window"),
            ("Ctrl+Q",),
        ),
        ActionSpec(
            ActionId.UNDO,
            MenuId.EDIT,
            translate("actions", "&Undo"),
            translate("actions", "Take the last change of the plan back"),
            ("Ctrl+Z",),
        ),
        ActionSpec(
            ActionId.REDO,
            MenuId.EDIT,
            translate("actions", "&Redo"),
            translate("actions", "Make the change again that was taken back"),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
        ),
        ActionSpec(
            ActionId.SETTINGS,
            MenuId.EDIT,
            translate("actions", "&Settings…"),
            translate("actions", "Colours, language, reserves, live figures"),
            ("Ctrl+,",),
        ),
    )


def _view() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            ActionId.PALETTE,
            MenuId.VIEW,
            translate("actions", "&Go to anything…"),
            translate("actions", "Find an action, a model, a format or a device by its name"),
            ("Ctrl+K", "Ctrl+Shift+P"),
        ),
        ActionSpec(
            ActionId.FILTER,
            MenuId.VIEW,
            translate("actions", "&Filter models"),
            translate("actions", "Show only models with some words in their names"),
            ("Ctrl+F",),
        ),
        ActionSpec(
            ActionId.ALL_FORMATS,
            MenuId.VIEW,
            translate("actions", "&All formats, or the common ones"),
            translate("actions", "Show every quant format, or those that most people load"),
            ("Ctrl+Shift+A",),
        ),
        ActionSpec(
            ActionId.NEXT_PAGE,
            MenuId.VIEW,
            translate("actions", "&Next page of the detail"),
            translate("actions", "Show the next page about the chosen cell"),
            ("Ctrl+PgDown",),
        ),
        ActionSpec(
            ActionId.EARLIER_PAGE,
            MenuId.VIEW,
            translate("actions", "&Earlier page of the detail"),
            translate("actions", "Show the page before it"),
            ("Ctrl+PgUp",),
        ),
    )


def _tools_and_help() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            ActionId.REFRESH,
            MenuId.TOOLS,
            translate("actions", "&Read the hardware again"),
            translate("actions", "Look for GPUs and memory anew"),
            ("F5",),
        ),
        ActionSpec(
            ActionId.WHAT_IF,
            MenuId.TOOLS,
            translate("actions", "&What if…"),
            translate("actions", "Put other hardware beside this computer"),
            ("Ctrl+I",),
        ),
        ActionSpec(
            ActionId.REMOVE_WHAT_IF,
            MenuId.TOOLS,
            translate("actions", "Remove the &other hardware"),
            translate("actions", "Let this computer stand alone again"),
        ),
        ActionSpec(
            ActionId.BANDWIDTH,
            MenuId.TOOLS,
            translate("actions", "&Measure the memory's bandwidth"),
            translate("actions", "Find out how fast RAM is, for the speeds that are modelled"),
        ),
        ActionSpec(
            ActionId.RECEIPT,
            MenuId.TOOLS,
            translate("actions", "Recei&pt of a log…"),
            translate("actions", "Set what a runtime printed beside the prediction"),
            ("Ctrl+L",),
        ),
        ActionSpec(
            ActionId.ADD_TO_COMPARISON,
            MenuId.TOOLS,
            translate("actions", "&Add this plan to the comparison"),
            translate("actions", "Set the plan that is shown beside others"),
            ("Ctrl+D",),
        ),
        ActionSpec(
            ActionId.COMPARE,
            MenuId.TOOLS,
            translate("actions", "&Compare plans…"),
            translate("actions", "Show the plans that stand side by side"),
            ("Ctrl+Shift+D",),
        ),
        ActionSpec(
            ActionId.COMPARE_SAVED,
            MenuId.TOOLS,
            translate("actions", "Compare &saved answers…"),
            translate("actions", "What changed between two reports, line by line, and why"),
            ("Ctrl+Shift+E",),
        ),
        ActionSpec(
            ActionId.ACCURACY,
            MenuId.HELP,
            translate("actions", "Accurac&y…"),
            translate("actions", "How far the figures were from what was measured"),
        ),
        ActionSpec(
            ActionId.DIAGNOSTICS,
            MenuId.HELP,
            translate("actions", "Save &diagnostic bundle…"),
            translate("actions", "Write what drivers and system say, to look into it"),
        ),
        ActionSpec(
            ActionId.SHORTCUTS,
            MenuId.HELP,
            translate("actions", "&Keys"),
            translate("actions", "All keys of this window"),
            ("F1",),
        ),
        ActionSpec(
            ActionId.ABOUT,
            MenuId.HELP,
            translate("actions", "&About Phi Planner"),
            translate("actions", "Versions and licences"),
        ),
    )
