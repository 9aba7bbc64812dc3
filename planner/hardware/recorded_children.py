"""Child processes whose answers are kept, and answers that stand in for child processes."""

from collections.abc import Callable, Mapping, Sequence

from planner.core.diagnostics import ProbeAnswer
from planner.hardware.child_process import Child, ChildFailure, JsonChild, OpenChild


class ChildRecorder:
    """Opens real children and keeps what they answer, by the names of their probes."""

    def __init__(self) -> None:
        self.answers: dict[str, ProbeAnswer] = {}

    def opener(self, probe: str) -> OpenChild:
        """Return what opens the children of one probe."""

        def open_child(
            command: Sequence[str], *, time_limit_s: float, environ: Mapping[str, str]
        ) -> Child:
            def keep(answer: ProbeAnswer) -> None:
                self.answers[probe] = answer

            try:
                child = JsonChild(command, time_limit_s=time_limit_s, environ=environ)
            except ChildFailure as failure:
                keep(ProbeAnswer(failure=str(failure)))
                raise
            return _Overheard(child, keep)

        return open_child


class _Overheard:
    def __init__(self, child: Child, keep: Callable[[ProbeAnswer], None]) -> None:
        self._child = child
        self._keep = keep

    def answer(self) -> dict[str, object]:
        try:
            record = self._child.answer()
        except ChildFailure as failure:
            self._keep(ProbeAnswer(failure=str(failure)))
            raise
        self._keep(ProbeAnswer(record=record))
        return record

    def cancel(self) -> None:
        self._child.cancel()


def opener_of(answer: ProbeAnswer | None) -> OpenChild:
    """Return what opens a stand-in that gives a kept answer; no process is started."""

    def open_child(
        command: Sequence[str],  # noqa: ARG001 - of the process that it stands for
        *,
        time_limit_s: float,  # noqa: ARG001
        environ: Mapping[str, str],  # noqa: ARG001
    ) -> Child:
        return _StandIn(answer or ProbeAnswer(failure="was not recorded"))

    return open_child


class _StandIn:
    def __init__(self, kept: ProbeAnswer) -> None:
        self._kept = kept

    def answer(self) -> dict[str, object]:
        if self._kept.record is None:
            raise ChildFailure(self._kept.failure or "gave no answer")
        return self._kept.record

    def cancel(self) -> None:
        """Do nothing: there is no process."""
