"""`dataclass` for frozen records, which makes a class in a quarter of the time.

`dataclasses.dataclass` of Python 3.11 compiles six methods for each frozen class: half a
millisecond each, and the first painted verdict or the first line of a command waits for some
forty classes. Here only `__init__` is compiled, when the first record is made, and the other
methods are plain functions over the fields. What comes out is a dataclass still: `fields`,
`replace`, `asdict` and pydantic take it for one, and so does a type checker.

It is for the modules that every start loads. Python 3.13 compiles all methods in one go; this
module can go once that is the oldest one supported.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from typing import NoReturn

    __all__ = ["dataclass"]
else:

    def dataclass(
        *, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True
    ) -> Callable[[type], type]:
        """Make a class a frozen record with slots; its fields have a default and no more.

        Without `eq` records are compared and hashed by identity.

        Raises:
            TypeError: it is to be something else, which `dataclasses.dataclass` can make.
        """
        if not (frozen and slots):
            raise TypeError("A record is frozen and has slots.")
        bare = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=True, kw_only=kw_only
        )
        return lambda cls: _with_methods(bare(cls), eq=eq)


def _with_methods(cls: type, *, eq: bool) -> type:
    fields: tuple[dataclasses.Field[object], ...] = dataclasses.fields(cls)
    for each in fields:
        is_plain = each.init and each.repr and each.compare and each.hash is None
        if not is_plain or each.default_factory is not MISSING:
            raise TypeError(f"{cls.__name__}.{each.name}: a record's field has no options.")
    for name, method in _methods([each.name for each in fields]).items():
        if eq or name not in _EQUALITY:
            setattr(cls, name, method)

    def compile_and_init(self: object, *values: object, **named: object) -> None:
        init = _compiled_init(cls, fields)
        setattr(cls, "__init__", init)  # noqa: B010 - not known to mypy
        init(self, *values, **named)

    # When the first one is made: a third of the classes have none before the first paint.
    setattr(cls, "__init__", compile_and_init)  # noqa: B010 - not known to mypy
    return cls


def _methods(names: list[str]) -> dict[str, Callable[..., object]]:
    """Return what all records do, over the fields of one."""
    values = _values_getter(names)

    def is_equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def shown(self: object) -> str:
        pairs = zip(names, values(self), strict=True)
        words = ", ".join(f"{name}={value!r}" for name, value in pairs)
        return f"{self.__class__.__qualname__}({words})"

    def take_state(self: object, state: tuple[object, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__eq__": is_equal,
        "__hash__": lambda self: hash(values(self)),
        "__repr__": shown,
        "__setattr__": _refuse_change,
        "__delattr__": _refuse_deletion,
        # `copy` and `pickle` would change what they have made.
        "__getstate__": lambda self: tuple(values(self)),
        "__setstate__": take_state,
    }


_EQUALITY: Final = ("__eq__", "__hash__")


def _values_getter(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    # Of one field an `attrgetter` gives the value alone.
    return lambda record: tuple(getattr(record, name) for name in names)


def _compiled_init(
    cls: type, fields: tuple[dataclasses.Field[object], ...]
) -> Callable[..., None]:
    """Compile `__init__`; it puts each value with the setter that the slot itself has."""
    known: dict[str, Any] = {}
    taken = ["self", *(_parameter(each, known) for each in fields if not each.kw_only)]
    named = [_parameter(each, known) for each in fields if each.kw_only]
    if named:
        taken += ["*", *named]
    body = []
    for each in fields:
        known[f"put_{each.name}"] = getattr(cls, each.name).__set__
        body.append(f" put_{each.name}(self, {each.name})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    text = "\n".join([f"def __init__({', '.join(taken)}):", *body, " return"])
    exec(text, known)  # nothing but the names of fields stands in it
    made: Callable[..., None] = known["__init__"]
    return made


def _parameter(field: dataclasses.Field[object], known: dict[str, Any]) -> str:
    if field.default is MISSING:
        return field.name
    known[f"default_{field.name}"] = field.default
    return f"{field.name}=default_{field.name}"


def _refuse_change(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
