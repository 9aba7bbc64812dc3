"""The graphics boards that PCI shows, whether a driver speaks for them or not."""

from pathlib import Path
from typing import Final, NamedTuple

from planner.hardware.sysfs import names_in, read_fields, read_text

NVIDIA: Final = 0x10DE
AMD: Final = 0x1002
INTEL: Final = 0x8086

PCI_DEVICES: Final = "sys/bus/pci/devices"
_DISPLAY_CLASS: Final = 0x03  # VGA, 3D and other display controllers (PCI code and id list)


class PciBoard(NamedTuple):
    """A board on the PCI bus; `driver` is the kernel's module that speaks for it, if any."""

    address: str
    vendor: int
    device: int
    driver: str | None

    @property
    def pci_id(self) -> str:
        """As `lspci -nn` prints it: `10de:2684`."""
        return f"{self.vendor:04x}:{self.device:04x}"

    @property
    def words(self) -> str:
        """What tells it from others in a sentence."""
        return f"{self.pci_id} at {self.address}"


def read_board(device: Path) -> PciBoard | None:
    """Return the display board of a device's folder, `None` for anything else."""
    fields = read_fields(device / "uevent")
    vendor, _, number = fields.get("PCI_ID", "").partition(":")
    address = fields.get("PCI_SLOT_NAME", "")
    try:
        board = PciBoard(
            address.lower(), int(vendor, 16), int(number, 16), fields.get("DRIVER")
        )
        is_display = int(fields.get("PCI_CLASS", ""), 16) >> 16 == _DISPLAY_CLASS
    except ValueError:
        return None
    return board if is_display and address else None


def display_boards(root: Path, vendor: int) -> tuple[PciBoard, ...]:
    """Return one maker's display boards, by their addresses."""
    devices = root / PCI_DEVICES
    found = (read_board(devices / name) for name in names_in(devices))
    return tuple(board for board in found if board is not None and board.vendor == vendor)


def pci_address(bus_id: str) -> str:
    """Return an address as sysfs names it; NVML gives the domain eight digits."""
    domain, _, rest = bus_id.lower().partition(":")
    try:
        return f"{int(domain, 16):04x}:{rest}"
    except ValueError:
        return bus_id.lower()


def is_suspended(root: Path, bus_id: str) -> bool:
    """Return whether the system has put this board to sleep; asking its driver wakes it."""
    return _power(root, bus_id, "runtime_status") == "suspended"


def may_suspend(root: Path, bus_id: str) -> bool:
    """Return whether the system puts this board to sleep when nobody uses it, as on laptops."""
    return _power(root, bus_id, "control") == "auto"


def _power(root: Path, bus_id: str, name: str) -> str | None:
    # https://docs.kernel.org/power/runtime_pm.html
    return read_text(root / PCI_DEVICES / pci_address(bus_id) / "power" / name)
