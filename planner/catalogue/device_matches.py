"""A detected machine with its GPUs found in the device catalogue."""

from planner.catalogue.devices import load_devices
from planner.core.machine import Machine


def matched_machine(machine: Machine) -> Machine:
    """Return the machine as `planner.core.device_match.matched` does.

    Where no GPU is to be matched, not one file of the catalogue is read.

    Raises:
        SpecError: the catalogue cannot be used.
    """
    if all(pool.device_id is not None for pool in machine.gpus):
        return machine
    # Imported here: most questions are asked of computers without a GPU.
    from planner.core.device_match import matched

    return matched(machine, load_devices())
