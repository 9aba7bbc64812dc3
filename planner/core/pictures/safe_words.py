"""Words from files, drivers and names, made harmless before they are drawn or written."""

from typing import Final

# Marks that turn the direction of what follows: a name could show as another one.
# Unicode Technical Report 36, section 2.5 (bidirectional text spoofing).
_TURNS: Final = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS: Final = (*range(0x20), *range(0x7F, 0xA0))
_LINES: Final = (0x2028, 0x2029)
# What XML 1.0 cannot hold at all.
_NO_CHARACTERS: Final = (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_REPLACED: Final = dict.fromkeys((*_TURNS, *_CONTROLS, *_LINES, *_NO_CHARACTERS), "\ufffd")
_BLANKS: Final = {ord("\t"): " ", ord("\n"): " ", ord("\r"): " "}
_TABLE: Final = _REPLACED | _BLANKS


def safe_words(words: str) -> str:
    """Return one line without control characters and without marks that turn its direction.

    Line ends and tabs become spaces, the others the replacement character, so that it is seen
    that something was there.
    """
    return words.translate(_TABLE)
