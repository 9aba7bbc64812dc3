"""Which machine a question is about: this one, one with other sizes, or one of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from planner.cli.given_machine import given_machine
from planner.core.budget import Budget, machine_under
from planner.core.fit import Reserve
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.target import choose_target
from planner.paths import settings_path
from planner.session import PlannerSession

if TYPE_CHECKING:
    from argparse import Namespace

    from planner.cli.command import PendingMachine, Surroundings
    from planner.core.corrections import Correction
    from planner.core.device_spec import DeviceChoice
    from planner.core.model_spec import ModelSpec


class MachineQuestion:
    """Starts the detection where one is needed, and has the machine when it is asked for."""

    def __init__(
        self, options: Namespace, around: Surroundings, *, given: Machine | None = None
    ) -> None:
        """Start what has to be waited for.

        Args:
            options: Say which machine is meant.
            around: Detects this computer.
            given: The machine that a file tells of, where the command has opened it already.

        Raises:
            PlannerError: there is no such device, or a file cannot be used.
            UsageError: several options say which machine is meant.
        """
        self._given = given_machine(options) if given is None else given
        self._vram: tuple[int, ...] = tuple(options.vram or ())
        self._ram: int | None = options.ram
        self._devices = _chosen_devices(options.device)
        has_gpus = self._vram or self._devices
        has_ram = self._ram is not None or any(each.device.unified for each in self._devices)
        is_known = self._given is not None or (has_gpus and has_ram)
        self._pending: PendingMachine | None = None if is_known else around.start_detection()

    def machine(self) -> Machine:
        """Return the machine; what an option names takes the place of what is really there."""
        if self._given is not None:
            return self._given
        is_real = not self._vram and not self._devices and self._ram is None
        if is_real and self._pending is not None:
            return this_machine(self._pending.result())
        invented = self._invented()
        if self._pending is None:
            return invented
        return _merged(this_machine(self._pending.result()), invented)

    def _invented(self) -> Machine:
        from planner.hardware.simulated import device_machine, what_if_machine

        if not self._devices:
            return what_if_machine(vram_bytes=self._vram, ram_bytes=self._ram)
        return device_machine(self._devices, vram_bytes=self._vram, ram_bytes=self._ram)


def this_machine(detected: Machine) -> Machine:
    """Return this computer with what the catalogue and the user know beside the drivers."""
    machine = catalogued(detected)
    corrections = user_corrections()
    if not corrections:
        return machine
    # Only for the few who have corrected something.
    from planner.core.corrections import corrected

    return corrected(machine, corrections)


def catalogued(machine: Machine) -> Machine:
    """Return the machine with its GPUs found in the device catalogue."""
    if not machine.gpus:
        return machine
    # Most computers have no GPU to look for.
    from planner.catalogue.device_matches import matched_machine

    return matched_machine(machine)


def user_corrections() -> tuple[Correction, ...]:
    """Return what the user's settings correct; none where they cannot be read."""
    path = settings_path()
    try:
        content = b"" if path is None else path.read_bytes()
    except OSError:
        return ()
    # The settings are a module of some size, and few of them correct anything.
    if b'"corrections"' not in content:
        return ()
    from planner.settings import load_settings

    return load_settings(path).settings.corrections


def _chosen_devices(names: list[str] | None) -> tuple[DeviceChoice, ...]:
    """Return the devices that the options name.

    Raises:
        PlannerError: there is no such device, or it is not clear which one is meant.
    """
    if not names:
        return ()
    from planner.catalogue.devices import load_devices

    catalogue = load_devices()
    return tuple(choice for name in names for choice in catalogue.choose(name))


def _merged(real: Machine, invented: Machine) -> Machine:
    """Return this machine with invented GPUs or invented RAM in the place of its own."""
    if invented.gpus:
        sources = {pool.source for pool in invented.gpus}
        kind = "from the catalogue" if "catalogue" in sources else "by size"
        note = f"The GPU is a what-if {kind}; the RAM is this computer's."
        pools = (*invented.gpus, *(pool for pool in real.pools if not pool.is_gpu))
    else:
        note = "The RAM is a what-if by size; the GPUs are this computer's."
        pools = (*(_sharing(pool, invented.ram) for pool in real.gpus), *invented.pools)
    return replace(real, pools=pools, notes=(*real.notes, note), is_what_if=True)


def _sharing(gpu: MemoryPool, ram: MemoryPool | None) -> MemoryPool:
    """Return a GPU; one that computes from the RAM has as much as that."""
    if gpu.kind is not PoolKind.UNIFIED or ram is None:
        return gpu
    return replace(
        gpu,
        source=ram.source,
        total_bytes=ram.total_bytes,
        used_by_others_bytes=None,
        free_bytes=ram.free_bytes,
    )


def reserve_for(options: Namespace, machine: Machine) -> Reserve:
    """Return what to leave free: `--reserve` is about the target's kind of memory.

    Raises:
        PlannerError: the machine has no such target.
    """
    size: int | None = options.reserve
    if size is None:
        return Reserve()
    target = choose_target(machine, options.target)
    if target.kind is PoolKind.DEDICATED:
        return Reserve(gpu_bytes=size)
    return Reserve(ram_bytes=size)


class Asked(NamedTuple):
    """A session over the machine as the budget sees it, and the target that was meant."""

    session: PlannerSession
    target_id: str | None
    budget: Budget
    real: Machine


def asked_session(models: tuple[ModelSpec, ...], options: Namespace, machine: Machine) -> Asked:
    """Return the session that the options ask for.

    With programs closed the target is still the one that is chosen by what is free now, so
    that both budgets speak of the same pool.

    Raises:
        PlannerError: the machine has no such target.
    """
    budget, seen, target_id = Budget.FREE_NOW, machine, options.target
    if options.budget == "closed":
        budget = Budget.PROGRAMS_CLOSED
        target_id = choose_target(machine, target_id).id
        seen = machine_under(machine, budget)
    session = PlannerSession(models=models, machine=seen, reserve=reserve_for(options, machine))
    return Asked(session, target_id, budget, machine)
