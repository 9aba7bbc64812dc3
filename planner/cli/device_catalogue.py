"""The devices that can be planned for: listed, and offered where nothing else helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.catalogue.devices import load_devices
from planner.cli.tables import Cell, Column, write_table
from planner.core.device_spec import choices_of

if TYPE_CHECKING:
    from planner.catalogue.devices import DeviceCatalogue
    from planner.cli.json_output import JsonObject
    from planner.cli.output import Output
    from planner.core.device_spec import DeviceSpec


CATALOGUE_SCHEMA: Final = "phi-planner/device-catalogue/1"


def answer_catalogue(out: Output, *, as_json: bool) -> None:
    """Write every device of the catalogue."""
    catalogue = load_devices()
    if as_json:
        out.json(_catalogue_object(catalogue))
        return
    columns = (
        Column("Id"),
        Column("Name"),
        Column("GB", is_number=True),
        Column("GB/s", is_number=True),
        Column("Compute"),
    )
    write_table(out, columns, [_row(device) for device in catalogue])
    out.line()
    out.prose(
        f"{len(catalogue)} devices. `--device ID` plans for one, `--device '2x ID'` for two; "
        "where there are several sizes, `--device 'ID 64GB'`."
    )


def _row(device: DeviceSpec) -> list[Cell]:
    speed = device.bandwidth_gb_per_s
    return [
        Cell(device.id),
        Cell(device.name),
        Cell("/".join(str(size) for size in device.memory_gb)),
        Cell("not known" if speed is None else f"{speed:,.0f}"),
        Cell(device.compute_capability or ""),
    ]


def _catalogue_object(catalogue: DeviceCatalogue) -> JsonObject:
    return {
        "schema": CATALOGUE_SCHEMA,
        "sources": dict(catalogue.sources),
        "devices": [_device_object(device) for device in catalogue],
    }


def _device_object(device: DeviceSpec) -> JsonObject:
    return {
        "id": device.id,
        "name": device.name,
        "vendor": device.vendor.value,
        "memory": [
            {
                "memory_gb": choice.memory_gb,
                "total_bytes": choice.total_bytes,
                "usable_bytes": choice.usable_bytes,
            }
            for choice in choices_of(device)
        ],
        "memory_basis": device.memory_basis.value,
        "unified": None if device.unified is None else device.unified.value,
        "bandwidth_gb_per_s": device.bandwidth_gb_per_s,
        "compute_capability": device.compute_capability,
        "fp16_tflops": device.fp16_tflops,
        "reported_names": list(device.reported_names),
        "pci_device_ids": list(device.pci_device_ids),
        "confidence": device.confidence.value,
        "sources": list(device.sources),
        "note": device.note,
    }
