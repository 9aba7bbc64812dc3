"""Names of AMD's and Intel's GPUs, from the tables that Linux distributions install.

`amdgpu.ids` comes with libdrm (https://gitlab.freedesktop.org/mesa/libdrm), `pci.ids` with
pciutils or hwdata (https://pci-ids.ucw.cz).
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

_AMD_TABLE: Final = "usr/share/libdrm/amdgpu.ids"
_PCI_TABLES: Final = ("usr/share/misc/pci.ids", "usr/share/hwdata/pci.ids")
_MAX_TABLE_BYTES: Final = 8 << 20
_IN_BRACKETS: Final = re.compile(r"\[([^\]]{1,80})\]")


@lru_cache(maxsize=64)
def amd_name(root: Path, device: int, revision: int | None) -> str | None:
    """Return such as `AMD Radeon RX 7900 XTX`: device and revision tell boards apart."""
    if revision is not None:
        wanted = f"\n{device:04X},\t{revision:02X},\t".encode()
        _, found, rest = _read(root / _AMD_TABLE).partition(wanted)
        if found:
            return _line(rest)
    return _from_pci_table(root, vendor=0x1002, device=device, maker="AMD")


@lru_cache(maxsize=64)
def intel_name(root: Path, device: int) -> str | None:
    """Return such as `Intel Arc A770`."""
    return _from_pci_table(root, vendor=0x8086, device=device, maker="Intel")


def _from_pci_table(root: Path, *, vendor: int, device: int, maker: str) -> str | None:
    for table in _PCI_TABLES:
        _, _, of_vendor = _read(root / table).partition(f"\n{vendor:04x}  ".encode())
        # A maker's devices are the lines with a tab, up to the next maker's.
        name, _, rest = of_vendor.partition(f"\n\t{device:04x}  ".encode())
        if rest and re.search(rb"\n[^\t#\n]", name) is None:
            words = _line(rest)
            # `DG2 [Arc A770]`: what stands in brackets is what people say.
            named = _IN_BRACKETS.search(words)
            return f"{maker} {named[1] if named else words}"
    return None


def _line(text: bytes) -> str:
    line = text.partition(b"\n")[0][:160].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())


def _read(table: Path) -> bytes:
    try:
        with table.open("rb") as file:
            return file.read(_MAX_TABLE_BYTES)
    except OSError:
        return b""
