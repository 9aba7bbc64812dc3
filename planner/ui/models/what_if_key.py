"""How a pool of the what-if machine is called beside those of this computer. No Qt."""

from typing import Final

_BEGIN: Final = "what-if:"


def what_if_key(pool_id: str) -> str:
    """Return how a pool of the what-if machine is called beside those of this computer."""
    return f"{_BEGIN}{pool_id}"


def what_if_pool(key: str) -> str | None:
    """Return the pool of the what-if machine that a key stands for, `None` for any other."""
    return key.removeprefix(_BEGIN) if key.startswith(_BEGIN) else None
