"""`override` for the type checker, without its library at run time: that takes 4 ms to load."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import override
else:
    _Method = TypeVar("_Method", bound=Callable[..., Any])

    def override(method: _Method) -> _Method:
        """Mark a method that replaces one of a base class."""
        return method


__all__ = ["override"]
