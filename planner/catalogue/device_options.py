"""The devices of the catalogue that advice may name for a runtime."""

from planner.catalogue.devices import load_devices
from planner.core.device_choice import DeviceOption
from planner.core.device_spec import DeviceVendor, choices_of
from planner.core.plan import RuntimeName


def device_options(runtime: RuntimeName) -> tuple[DeviceOption, ...]:
    """Return the GPUs with memory of their own that a runtime's figures are about."""
    vendors: tuple[DeviceVendor, ...] = (DeviceVendor.NVIDIA,)
    if runtime is RuntimeName.LLAMA_CPP:
        vendors = (DeviceVendor.NVIDIA, DeviceVendor.AMD, DeviceVendor.INTEL)
    elif runtime is RuntimeName.MLX:
        vendors = ()  # it has no GPU with memory of its own
    return tuple(
        DeviceOption(name=choice.label, usable_bytes=choice.usable_bytes)
        for device in load_devices()
        if device.unified is None and device.vendor in vendors
        for choice in choices_of(device)
    )
