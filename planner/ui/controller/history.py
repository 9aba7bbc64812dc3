"""Undo and redo of what changes the plan."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner.core.plan import PlanOptions

if TYPE_CHECKING:
    from planner.ui.controller.choices import Choices

MOST_STEPS: Final = 100
# Looks, pages and files are no part of the plan; to go to another cell is no change of it.
_PLAN_FIELDS: Final = ("options", "reserve", "target_id", "what_if")
_OPTION_FIELDS: Final = tuple(field.name for field in fields(PlanOptions))


class _Step(NamedTuple):
    before: dict[str, Any]
    after: dict[str, Any]
    changed: frozenset[str]


class History:
    """The steps that can be taken back.

    Steps that change the same things one after the other are one, until `seal` says that the
    person has let go: a dragged slider is taken back as a whole.
    """

    def __init__(self) -> None:
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._is_open = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._undone)

    def record(self, before: Choices, after: Choices, *, with_cell: bool = False) -> None:
        """Remember a step; one that changes no plan is none.

        With `with_cell` the format is a part of it, as where advice was followed.
        """
        names = (*_PLAN_FIELDS, "cell") if with_cell else _PLAN_FIELDS
        changed = _changed(before, after, names)
        if not changed:
            return
        step = _Step(_values(before, names), _values(after, names), changed)
        if self._is_open and self._done and self._done[-1].changed == changed:
            step = _Step(self._done.pop().before, step.after, changed)
        self._undone.clear()
        self._is_open = True
        if step.before != step.after:
            self._done = [*self._done, step][-MOST_STEPS:]

    def seal(self) -> None:
        """Let the next step stand for itself."""
        self._is_open = False

    def undo(self, now: Choices) -> Choices:
        """Return the choices as they were before the last step."""
        if not self._done:
            return now
        step = self._done.pop()
        self._undone.append(step)
        self.seal()
        return replace(now, **step.before)

    def redo(self, now: Choices) -> Choices:
        """Return the choices with the step that was taken back last."""
        if not self._undone:
            return now
        step = self._undone.pop()
        self._done.append(step)
        self.seal()
        return replace(now, **step.after)


def _values(choices: Choices, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(choices, name) for name in names}


def _changed(before: Choices, after: Choices, names: tuple[str, ...]) -> frozenset[str]:
    """Return what differs, option by option."""
    whole = {name for name in names if getattr(before, name) != getattr(after, name)}
    options = {
        f"options.{name}"
        for name in _OPTION_FIELDS
        if getattr(before.options, name) != getattr(after.options, name)
    }
    return frozenset(whole - {"options"} | options)
