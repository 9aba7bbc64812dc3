"""Colours by role, as a palette and a style sheet that follow the desktop's light or dark."""

import sys
from enum import StrEnum
from string import Template
from typing import Final, NamedTuple, assert_never

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from planner.core.fit import FitVerdict
from planner.core.ledger import Part
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.inks import Ink
from planner.paths import shipped

FUSION: Final = "Fusion"
# Of an application that was made with our style.
STYLE_PROPERTY: Final = "style_name"

RHYTHM: Final = 4
CORNER: Final = 10
SMALL_CORNER: Final = 6
FOCUS_WIDTH: Final = 2


class Scheme(StrEnum):
    """The two looks."""

    LIGHT = "light"
    DARK = "dark"


class SchemeChoice(StrEnum):
    """What a person may pin."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tokens(NamedTuple):
    """The colours of one scheme by what they are for, as `#rrggbb`.

    Each ink keeps a contrast of 4.5 to 1 on the surfaces it is used on (a test checks it).
    """

    scheme: Scheme
    window: str
    panel: str
    field: str
    hover: str
    ink: str
    muted: str
    line: str
    outline: str
    accent: str
    accent_hover: str
    accent_ink: str
    focus: str
    fits_fill: str
    fits_ink: str
    tight_fill: str
    tight_ink: str
    partial_fill: str
    partial_ink: str
    no_fill: str
    no_ink: str
    weights: str
    repacked_weights: str
    kv_cache: str
    compute_buffer: str
    output_buffer: str
    runtime_overhead: str
    used_by_others: str
    free: str

    def verdict_colours(self, verdict: FitVerdict) -> tuple[str | None, str]:
        """Return the fill, `None` where the surface shows through, and the ink on it."""
        match verdict:
            case FitVerdict.FITS:
                return self.fits_fill, self.fits_ink
            case FitVerdict.TIGHT:
                return self.tight_fill, self.tight_ink
            case FitVerdict.PARTIAL:
                return self.partial_fill, self.partial_ink
            case FitVerdict.NO:
                return self.no_fill, self.no_ink
            case FitVerdict.UNSUPPORTED | FitVerdict.UNKNOWN:
                return None, self.muted
        assert_never(verdict)

    def part_colour(self, part: Part) -> str:
        """Return the colour of a part of the memory."""
        match part:
            case Part.WEIGHTS:
                return self.weights
            case Part.REPACKED_WEIGHTS:
                return self.repacked_weights
            case Part.KV_CACHE:
                return self.kv_cache
            case Part.COMPUTE_BUFFER:
                return self.compute_buffer
            case Part.OUTPUT_BUFFER:
                return self.output_buffer
            case Part.RUNTIME_OVERHEAD:
                return self.runtime_overhead
        assert_never(part)


# Roles of pictures whose tokens go by other names; pictures alone have the others left out.
_NAMES: Final = {Ink.COMPUTE: "compute_buffer", Ink.OVERHEAD: "runtime_overhead"}


def _of_pictures(scheme: Scheme) -> dict[str, str]:
    """Return the colours that the window shares with the pictures, by token."""
    known = Tokens._fields
    named = {_NAMES.get(ink, ink.value): colour for ink, colour in COLOURS[scheme].items()}
    return {name: colour for name, colour in named.items() if name in known}


LIGHT: Final = Tokens(
    scheme=Scheme.LIGHT,
    hover="#eceef2",
    accent_hover="#245fd3",
    accent_ink="#ffffff",
    focus="#2f6feb",
    **_of_pictures(Scheme.LIGHT),
)

DARK: Final = Tokens(
    scheme=Scheme.DARK,
    hover="#262a33",
    accent_hover="#8bb3ff",
    accent_ink="#0d1420",
    focus="#6ea0ff",
    **_of_pictures(Scheme.DARK),
)


def tokens_of(scheme: Scheme) -> Tokens:
    """Return the colours of a scheme."""
    return DARK if scheme is Scheme.DARK else LIGHT


def build_palette(tokens: Tokens) -> QPalette:
    """Return a palette with every role set, so that nothing of the desktop's shows through."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for name, colour in {
        role.Window: tokens.window,
        role.WindowText: tokens.ink,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.field,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.panel,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.accent_ink,
        role.ToolTipBase: tokens.panel,
        role.ToolTipText: tokens.ink,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_ink,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.partial_ink,
        role.Light: tokens.panel,
        role.Midlight: tokens.hover,
        role.Mid: tokens.outline,
        role.Dark: tokens.muted,
        role.Shadow: tokens.line,
    }.items():
        palette.setColor(name, QColor(colour))
    # Paler than what can be used, and still to be read.
    faded = QColor(tokens.muted)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, name, faded)
    for name in (role.Highlight, role.Accent):
        palette.setColor(group.Disabled, name, QColor(tokens.hover))
    return palette


def build_stylesheet(tokens: Tokens) -> str:
    """Return the style sheet of the shared controls in these colours."""
    resources = shipped("resources")
    text = (resources / "themes" / "window.qss").read_text(encoding="utf-8")
    icons = (resources / "icons").as_posix()
    return Template(text).substitute(tokens._asdict(), icons=icons)


class Theme(QObject):
    """The look in use: what was chosen, else what the desktop asks for, else light."""

    changed = Signal()

    def __init__(
        self, choice: SchemeChoice = SchemeChoice.SYSTEM, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._app: QApplication | None = None
        self._desktop: Scheme | None = None  # as the desktop portal says, where it does
        self._tokens = LIGHT
        self._tokens = tokens_of(self._wanted())

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        """The look in use."""
        return self._tokens.scheme

    @property
    def choice(self) -> SchemeChoice:
        """What is pinned."""
        return self._choice

    def set_choice(self, choice: SchemeChoice) -> None:
        """Pin a scheme, or follow the desktop again."""
        self._choice = choice
        self._pin()
        self._update()

    def apply_to(self, app: QApplication) -> None:
        """Give the application our style, palette and style sheet, and keep them current."""
        self.follow(app)
        self.paint()

    def follow(self, app: QApplication) -> None:
        """Know which colours to use with an application, and hear when that changes.

        What is made between this and `paint` has its place in a layout before it has a style
        sheet: Qt would work out the style of everything anew with each layout it goes into,
        a sixth of the time until the first paint.
        """
        self._app = app
        if app.property(STYLE_PROPERTY) != FUSION:
            app.setStyle(FUSION)
        app.styleHints().colorSchemeChanged.connect(self._on_platform_changed)
        self._pin()
        self._tokens = tokens_of(self._wanted())

    def paint(self) -> None:
        """Give the application the palette and the style sheet of the colours in use."""
        if self._app is not None:
            self._app.setPalette(build_palette(self._tokens))
            self._app.setStyleSheet(build_stylesheet(self._tokens))

    def ask_desktop(self) -> None:
        """Ask the desktop where Qt's platform does not know; call it after the first paint."""
        unknown = self._app is None or _platform_scheme(self._app) is None
        if not (unknown and sys.platform.startswith("linux")):
            return
        from planner.ui.desktop import DesktopScheme

        desktop = DesktopScheme(self)
        desktop.told.connect(self._on_desktop_told)
        desktop.ask()

    def _wanted(self) -> Scheme:
        if self._choice is not SchemeChoice.SYSTEM:
            return Scheme(self._choice.value)
        known = None if self._app is None else _platform_scheme(self._app)
        return known or self._desktop or Scheme.LIGHT

    def _pin(self) -> None:
        """Let the platform know what is pinned, so that title bars and file dialogs follow."""
        if self._app is not None:
            self._app.styleHints().setColorScheme(
                {
                    SchemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
                    SchemeChoice.LIGHT: Qt.ColorScheme.Light,
                    SchemeChoice.DARK: Qt.ColorScheme.Dark,
                }[self._choice]
            )

    def _update(self) -> None:
        tokens = tokens_of(self._wanted())
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self.paint()
        self.changed.emit()

    @Slot()
    def _on_platform_changed(self) -> None:
        self._update()

    @Slot(str)
    def _on_desktop_told(self, scheme: str) -> None:
        self._desktop = Scheme(scheme) if scheme else None
        self._update()


def _platform_scheme(app: QApplication) -> Scheme | None:
    match app.styleHints().colorScheme():
        case Qt.ColorScheme.Dark:
            return Scheme.DARK
        case Qt.ColorScheme.Light:
            return Scheme.LIGHT
        case _:
            return None
