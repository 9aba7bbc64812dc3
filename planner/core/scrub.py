"""Takes out of a text what tells one computer or person from all others.

The same thing gets the same stand-in everywhere, so that what belongs together still does.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

# Objects, arrays, texts, numbers: what `json.loads` returns.
Json = Any

PERSON: Final = "someone"
PLACE: Final = "(path)"
REMOVED: Final = "(removed)"

_UUID: Final = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", re.IGNORECASE
)
# `0000:01:00.0` of Linux, `00000000:01:00.0` of NVML.
_PCI_ADDRESS: Final = re.compile(
    r"(?<![0-9a-f:])([0-9a-f]{8}|[0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])(?!\w)",
    re.IGNORECASE,
)
# What containers are called in the names of control groups.
_LONG_HEX: Final = re.compile(r"(?<![0-9a-z])[0-9a-f]{32,64}(?![0-9a-z])", re.IGNORECASE)
# The account and computer that built a kernel, and the number of a small board.
_BUILDER: Final = re.compile(r"\([\w.+-]+@[\w.-]+\)")
_SERIAL_LINE: Final = re.compile(r"^(serial[ \t]*:[ \t]*).+$", re.IGNORECASE | re.MULTILINE)
# A path names people and what they work on, but for the system's own folders.
_UNIX_PATH: Final = re.compile(
    r"(?<![\w./~-])/(?!(?:usr|lib|lib64|proc|sys|dev|etc|System|Library)/)[^\s/'\",;:()]+"
    r"(?:/[^\s'\",;:()]*)+"
)
_WINDOWS_PATH: Final = re.compile(
    r"\b[a-z]:[\\/](?!Windows[\\/]|Program Files)[^\s'\",;()]+", re.IGNORECASE
)
# Keys whose values name one board or computer, whatever they look like.
_PRIVATE_KEY: Final = re.compile(r"serial|udid|computer_name|host_?name|user_?name", re.I)
_SHORTEST_WORD: Final = 3
# Words that names of people and computers share with everyone else's.
_COMMON_WORDS: Final = frozenset(
    (
        *("root", "user", "admin", "localhost", "ubuntu", "debian", "fedora", "linux"),
        *("windows", "macbook", "apple", "intel", "amd", "nvidia", "docker", "memory"),
        *("system", "name", "value", "computer", "desktop", "laptop", "server"),
    )
)


def scrubbed_json(value: Json, *, private_words: Iterable[str] = ()) -> Json:
    """Return a JSON value without serial numbers, UUIDs, PCI addresses and names of people.

    Keys are scrubbed as values are: a record of files names them by their paths.

    Args:
        value: Objects, arrays, texts, numbers.
        private_words: Names of this computer and its user, to be taken out as whole words.
    """
    return _each_text(value, _stand_ins(value, private_words))


def scrubbed_notes(
    notes: Iterable[str], *, private_words: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return sentences without what `scrubbed_json` takes out, and without paths."""
    texts = list(notes)
    replace_names = _stand_ins(texts, private_words)
    return tuple(
        _WINDOWS_PATH.sub(PLACE, _UNIX_PATH.sub(PLACE, replace_names(text))) for text in texts
    )


def _stand_ins(value: Json, private_words: Iterable[str]) -> Callable[[str], str]:
    """Return what replaces names in a text, after a look at all of them.

    Stand-ins keep the order of what they stand for: drivers number boards by their address.
    """
    texts: list[str] = []

    def noted(text: str) -> str:
        texts.append(text)
        return text

    _each_text(value, noted)
    uuids = _numbered(match.group().lower() for text in texts for match in _UUID.finditer(text))
    boards = _numbered(_board(match) for text in texts for match in _PCI_ADDRESS.finditer(text))
    groups = _numbered(
        match.group().lower() for text in texts for match in _LONG_HEX.finditer(text)
    )
    words = sorted(
        {re.escape(word) for word in private_words if _is_private(word)}, key=len, reverse=True
    )
    names = re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", re.IGNORECASE)

    def replaced(text: str) -> str:
        text = _PCI_ADDRESS.sub(lambda match: _address(match, boards[_board(match)]), text)
        text = _UUID.sub(
            lambda match: f"00000000-0000-0000-0000-{uuids[match.group().lower()]:012x}", text
        )
        text = _LONG_HEX.sub(lambda match: f"group{groups[match.group().lower()]}", text)
        text = _SERIAL_LINE.sub(rf"\g<1>{REMOVED}", _BUILDER.sub(f"({PERSON})", text))
        return names.sub(PERSON, text) if words else text

    return replaced


def _is_private(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.casefold() not in _COMMON_WORDS


def _numbered(found: Iterable[str]) -> Mapping[str, int]:
    return {text: number for number, text in enumerate(sorted(set(found)), start=1)}


def _board(match: re.Match[str]) -> str:
    """Return the address of the board, in one spelling; its functions stay together."""
    domain, bus, device, _ = match.groups()
    return f"{int(domain, 16):08x}:{bus}:{device}".lower()


def _address(match: re.Match[str], number: int) -> str:
    domain, function = match.group(1), match.group(4)
    return f"{0:0{len(domain)}d}:{number >> 5 & 0xFF:02x}:{number & 31:02x}.{function}"


def _each_text(value: Json, change: Callable[[str], str], key: str = "") -> Json:
    """Return the value with every text of it changed; private keys lose theirs."""
    if isinstance(value, str):
        is_private = _PRIVATE_KEY.search(key) is not None and value != ""
        return REMOVED if is_private else change(value)
    if isinstance(value, dict):
        return {
            change(name): _each_text(each, change, f"{key}.{name}")
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_each_text(each, change, key) for each in value]
    return value
