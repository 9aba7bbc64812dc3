"""NVIDIA boards that PCI shows and the driver does not, and what would bring them in."""

from collections.abc import Iterable, Sequence

from planner.core.machine import MemoryPool
from planner.hardware.pci_boards import PciBoard, pci_address
from planner.hardware.surroundings import Surroundings


def hidden_board_notes(
    boards: Iterable[PciBoard],
    *,
    pools: Sequence[MemoryPool] = (),
    has_driver: bool,
    around: Surroundings,
) -> tuple[str, ...]:
    """Return a sentence for each board that none of the driver's pools is of.

    Args:
        boards: NVIDIA's, by PCI.
        pools: What the driver gave; one without an address may be any board.
        has_driver: Whether NVIDIA's driver runs here.
        around: What may be the reason.
    """
    known = {pci_address(pool.pci_bus_id) for pool in pools if pool.pci_bus_id}
    hidden = [board for board in boards if board.address not in known]
    if sum(pool.pci_bus_id is None for pool in pools) >= len(hidden):
        return ()
    return tuple(_sentence(board, has_driver=has_driver, around=around) for board in hidden)


def _sentence(board: PciBoard, *, has_driver: bool, around: Surroundings) -> str:
    subject = f"An NVIDIA card ({board.words}) is in this computer"
    if board.driver == "vfio-pci":
        return f"{subject}, set aside for virtual machines (vfio-pci): it is not counted."
    if board.driver == "nouveau":
        return (
            f"{subject} and runs with nouveau, which no runtime computes with. Install "
            "NVIDIA's driver to have it counted."
        )
    if around.is_container:
        return (
            f"{subject}, but this container was not given it: start it with `--gpus all` "
            "(Docker) or `--device nvidia.com/gpu=all` (Podman)."
        )
    if has_driver:
        return (
            f"{subject}, but the driver does not show it. It may be newer than the driver, "
            "need its open kernel modules (RTX 50), or have failed: the system log (`dmesg`) "
            "has a line with NVRM."
        )
    sentence = (
        f"{subject}, but no NVIDIA driver is installed. Install one to have the card counted."
    )
    if around.has_secure_boot:
        sentence += " Secure Boot is on: enrol the driver's key when you are asked to."
    return sentence
