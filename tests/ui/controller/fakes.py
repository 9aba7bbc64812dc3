"""What a controller talks to, made up: a session, a view, a look at the hardware."""

from dataclasses import dataclass, field
from typing import Any

from planner.core.fit import Reserve
from planner.core.machine import Machine
from planner.core.target import choose_target


@dataclass(frozen=True)
class FakeModel:
    id: str
    name: str = "a model"


@dataclass(frozen=True)
class FakeSession:
    """Answers with what it was asked, so that a test sees which session said it."""

    machine: Machine
    reserve: Reserve
    models: tuple = (FakeModel("phi-2"), FakeModel("phi-4"))

    def target(self, target_id=None):
        return choose_target(self.machine, target_id)

    def grid(self, options, *, target_id, quant_formats, files=(), counts_layers=True):
        return ("grid", options, target_id, tuple(quant_formats), self.reserve)

    def detail(self, model, quant_format, options, *, target_id):
        return ("detail", model.id, quant_format, options, target_id)


@dataclass
class FakeView:
    """Remembers every call; runs nothing by itself."""

    told: list = field(default_factory=list)
    jobs: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    settled: Any = None
    shows_pages: bool = False
    live: Any = None

    def __getattr__(self, name):
        if not name.startswith("show_"):
            raise AttributeError(name)
        return lambda *values, **named: self.told.append((name, *values, *named.items()))

    def run_detection(self, job, cancel):
        self.jobs.append((job, cancel))

    def update_later(self, update):
        self.updates.append(update)

    def run_opening(self, job):
        self.jobs.append((job, None))

    def run_live(self, read, close, *, seconds):
        self.live = (read, close, seconds)

    def stop_live(self):
        self.live = None

    def update_when_settled(self, update):
        self.settled = update

    def run_updates(self):
        updates, self.updates = self.updates, []
        for update in updates:
            update()

    def last(self, name):
        return next(call for call in reversed(self.told) if call[0] == name)

    def count(self, name):
        return sum(call[0] == name for call in self.told)


@dataclass
class FakeDetection:
    machine: Machine
    was_cancelled: bool = False

    def result(self):
        return self.machine

    def cancel(self):
        self.was_cancelled = True
