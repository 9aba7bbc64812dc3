"""Copies of `/sys` and `/proc` as computers have them, for the readers to be pointed at."""

from pathlib import Path

from planner.core.units import MIB


def put(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def pci_board(
    root: Path, address: str, pci_id: str, *, driver: str | None = None, kind: str = "30000"
) -> Path:
    """Add a board to the PCI bus and return its folder."""
    folder = root / "sys/bus/pci/devices" / address
    lines = [f"PCI_CLASS={kind}", f"PCI_ID={pci_id}", f"PCI_SLOT_NAME={address}"]
    if driver is not None:
        lines.insert(0, f"DRIVER={driver}")
    put(folder / "uevent", "\n".join(lines) + "\n")
    return folder


def drm_card(root: Path, number: int, address: str, pci_id: str, *, driver: str) -> Path:
    """Add a board that the kernel draws with, and return its folder."""
    device = pci_board(root, address, pci_id, driver=driver)
    card = root / f"sys/class/drm/card{number}"
    card.mkdir(parents=True)
    (card / "device").symlink_to(device)
    (device / f"drm/card{number}").mkdir(parents=True)
    (device / f"drm/renderD{128 + number}").mkdir()
    return device


def amd_memory(device: Path, **mib: int | str) -> None:
    """Write amdgpu's figures: `vram_total=16368` in MiB, `vram_vendor` as a word."""
    for name, value in mib.items():
        text = str(value * MIB) if isinstance(value, int) else value
        put(device / f"mem_info_{name}", text + "\n")


def kfd_node(root: Path, number: int, *, render_minor: int, gfx_version: int) -> None:
    """Add a node to the list of what computes."""
    put(
        root / f"sys/class/kfd/kfd/topology/nodes/{number}/properties",
        f"cpu_cores_count 0\nsimd_count 192\ngfx_target_version {gfx_version}\n"
        f"drm_render_minor {render_minor}\n",
    )


def amd_names(root: Path, *lines: str) -> None:
    """Write libdrm's table of AMD's names."""
    put(root / "usr/share/libdrm/amdgpu.ids", "# List\n1.0.0\n" + "\n".join(lines) + "\n")


def pci_names(root: Path, text: str) -> None:
    """Write the table of PCI names."""
    put(root / "usr/share/misc/pci.ids", text)


def rx_7900_xtx(root: Path, number: int = 0, address: str = "0000:03:00.0") -> Path:
    """Add a Radeon RX 7900 XTX, of which a desktop uses 1 GiB."""
    device = drm_card(root, number, address, "1002:744C", driver="amdgpu")
    put(device / "revision", "0xc8\n")
    amd_memory(
        device,
        vram_total=24560,
        vram_used=1024,
        vram_vendor="samsung",
        gtt_total=32000,
        gtt_used=100,
    )
    return device


def strix_halo(root: Path, *, vram_mib: int, gtt_mib: int, number: int = 0) -> Path:
    """Add the GPU of a Ryzen AI Max."""
    device = drm_card(root, number, "0000:c5:00.0", "1002:1586", driver="amdgpu")
    put(device / "revision", "0xc1\n")
    amd_memory(device, vram_total=vram_mib, vram_used=200, gtt_total=gtt_mib, gtt_used=56)
    return device


def phoenix(root: Path, number: int = 1, address: str = "0000:c1:00.0") -> Path:
    """Add the GPU of a Ryzen 7840U: 512 MiB set aside, half of 32 GiB to map."""
    device = drm_card(root, number, address, "1002:15BF", driver="amdgpu")
    put(device / "revision", "0xc1\n")
    amd_memory(device, vram_total=512, vram_used=400, gtt_total=15800, gtt_used=300)
    return device
