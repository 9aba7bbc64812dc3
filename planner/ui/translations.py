"""The language of the window: its words, Qt's own words, and how figures are written.

A translation that is not there leaves English, text by text. The figures follow the words: a
German sentence with an English decimal point in it would be read wrong.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from planner.core.units import SizeUnit
from planner.paths import shipped
from planner.ui.figures import FigureStyle, use_style

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

FOLDER: Final = "translations"
SYSTEM: Final = "system"
_OWN_NAME: Final = "planner translator"
# What is spoken, as settings name it, with the locale that its files are named after.
_LOCALES: Final = {"en": "en_US", "de": "de_DE", "zh": "zh_CN"}
_FILES: Final = {"de": "de", "zh": "zh_CN"}
_QT_FOLDER: Final = QLibraryInfo.LibraryPath.TranslationsPath


def speak(
    language: str, size_unit: SizeUnit = SizeUnit.GIB, *, folder: Path | None = None
) -> QLocale:
    """Let all windows that are made from now on speak a language.

    Args:
        language: `system`, or one of the languages that settings know.
        size_unit: The unit of sizes.
        folder: Where the translations are; the shipped ones where not given.

    Returns:
        The locale in force. What the system speaks is taken with its territory, so that an
        Austrian reads Austrian figures; a language without a translation becomes English.
    """
    app = QCoreApplication.instance()
    assert app is not None
    locale = _locale_of(language)
    _fall_silent(app)
    name = _FILES.get(_code(locale))
    if name is not None:
        folder = shipped("resources") / FOLDER if folder is None else folder
        _install(app, f"qtbase_{name}", QLibraryInfo.path(_QT_FOLDER), is_ours=False)
        _install(app, f"phi-planner_{name}", str(folder), is_ours=True)
    QLocale.setDefault(locale)
    use_style(
        FigureStyle(
            decimal_point=locale.decimalPoint(),
            group_separator=locale.groupSeparator(),
            size_unit=size_unit,
        )
    )
    return locale


def _locale_of(language: str) -> QLocale:
    if language != SYSTEM:
        return QLocale(_LOCALES[language])
    system = QLocale.system()
    for name in system.uiLanguages():
        spoken = QLocale(name)
        code = _code(spoken)
        if code in _LOCALES:
            is_of_system = system.language() is spoken.language()
            return QLocale(system.name()) if is_of_system else QLocale(_LOCALES[code])
    return QLocale(_LOCALES["en"])


def _code(locale: QLocale) -> str:
    """Return the language's code; written Chinese of other scripts is not translated."""
    if locale.language() is QLocale.Language.Chinese:
        is_simplified = locale.script() is QLocale.Script.SimplifiedChineseScript
        return "zh" if is_simplified else ""
    return locale.name().split("_", maxsplit=1)[0]


def _install(app: QCoreApplication, name: str, folder: str, *, is_ours: bool) -> None:
    translator = QTranslator(app)
    translator.setObjectName(_OWN_NAME)
    if translator.load(name, folder):
        app.installTranslator(translator)
    else:
        translator.deleteLater()
        # Qt's may be left out of a distribution's package; ours is always there.
        level = logging.WARNING if is_ours else logging.INFO
        logger.log(level, "The translation %s was not found in %s.", name, folder)


def _fall_silent(app: QCoreApplication) -> None:
    """Take back what an earlier call installed."""
    for translator in app.findChildren(QTranslator, _OWN_NAME):
        app.removeTranslator(translator)
        translator.setParent(None)
        translator.deleteLater()
