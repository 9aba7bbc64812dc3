"""The machines that stand side by side: this computer, and one that somebody asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.core.steady import is_same_for_verdicts, steady_machine
from planner.ui.models.what_if_key import what_if_pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.fit import Reserve
    from planner.core.machine import Machine, MemoryPool
    from planner.session import PlannerSession
    from planner.ui.controller.choices import Choices


class Chosen(NamedTuple):
    """What a plan runs on; `key` is the target's name among the pools of both machines."""

    session: PlannerSession
    target: MemoryPool
    key: str


class NamedSession(NamedTuple):
    """A machine beside the one that is planned for, under a name that tells them apart."""

    name: str
    session: PlannerSession


class Machines:
    """Which pool is meant, and the session that judges for its machine.

    Verdicts stand on `steady`, which does not follow every small change of what is free; `live`
    is what was read last.
    """

    def __init__(
        self, open_session: Callable[[Machine, Reserve], PlannerSession], machine: Machine
    ) -> None:
        self._open_session = open_session
        self._session: PlannerSession | None = None
        self._what_if_session: PlannerSession | None = None
        self.live = self.steady = machine

    def session(self, reserve: Reserve) -> PlannerSession:
        """Return the session of this computer."""
        session = self._session
        if session is None or session.machine is not self.steady or session.reserve != reserve:
            session = self._session = self._open_session(self.steady, reserve)
        return session

    def chosen(self, choices: Choices) -> Chosen:
        """Return the target and its session; one that is gone gives way to the freest.

        Raises:
            PlannerError: no memory could be read.
        """
        wish = choices.target_id
        pool_id = None if wish is None else what_if_pool(wish)
        if choices.what_if is not None and wish is not None and pool_id is not None:
            session = self._session_of(choices.what_if, choices.reserve)
            target = session.target(pool_id)
            return Chosen(session, target, wish)
        session = self.session(choices.reserve)
        known = {pool.id for pool in self.steady.pools}
        target = session.target(wish if wish in known else None)
        return Chosen(session, target, target.id)

    def beside(self, choices: Choices) -> tuple[NamedSession, ...]:
        """Return the machines that the target is not of.

        Raises:
            PlannerError: no memory could be read.
        """
        if choices.what_if is None:
            return ()
        if self.chosen(choices).session.machine is choices.what_if:
            return (NamedSession("this computer", self.session(choices.reserve)),)
        session = self._session_of(choices.what_if, choices.reserve)
        return (NamedSession(f"{session.target().name} (what if)", session),)

    def replace(self, machine: Machine, wish: str | None) -> str | None:
        """Take another reading of the hardware; return the chosen pool's present name.

        A card keeps being the target under another number: drivers count anew when one goes.
        """
        chosen = next((pool for pool in self.steady.pools if pool.id == wish), None)
        self.live = self.steady = machine
        if chosen is None or chosen.uuid is None:
            return wish
        same = (pool.id for pool in machine.pools if pool.uuid == chosen.uuid)
        return next(same, wish)

    def read(self, machine: Machine) -> bool:
        """Take fresh figures of the same pools; return whether verdicts may differ now."""
        self.live = machine
        steady = steady_machine(self.steady, machine)
        is_same = is_same_for_verdicts(self.steady, steady)
        if not is_same:
            self.steady = steady
        return not is_same

    def _session_of(self, what_if: Machine, reserve: Reserve) -> PlannerSession:
        session = self._what_if_session
        if session is None or session.machine is not what_if or session.reserve != reserve:
            session = self._what_if_session = self._open_session(what_if, reserve)
        return session
