"""Set-ups of memory and their peak bandwidth, to choose from where the system tells nothing.

A rule: megatransfers a second, times 8 bytes, times the channels (JEDEC's data rates; the
channels are the processor makers').
"""

from typing import Final, NamedTuple

_BYTES_A_TRANSFER: Final = 8


class MemoryPlatform(NamedTuple):
    """One set-up: `channel_count` channels of 64 bits."""

    name: str
    megatransfers_per_s: int
    channel_count: int

    @property
    def bandwidth_gb_per_s(self) -> float:
        """The peak; what a program sees is 60 to 85 % of it."""
        figure = self.megatransfers_per_s * _BYTES_A_TRANSFER * self.channel_count / 1000
        return round(figure, 1)


MEMORY_PLATFORMS: Final = (
    MemoryPlatform("DDR4-2666, two channels", 2666, 2),
    MemoryPlatform("DDR4-3200, two channels", 3200, 2),
    MemoryPlatform("DDR5-4800, two channels", 4800, 2),
    MemoryPlatform("DDR5-5600, two channels", 5600, 2),
    MemoryPlatform("DDR5-6000, two channels", 6000, 2),
    MemoryPlatform("DDR5-6400, two channels", 6400, 2),
    MemoryPlatform("LPDDR5X-7500, 128 bits", 7500, 2),
    MemoryPlatform("LPDDR5X-8533, 128 bits", 8533, 2),
    MemoryPlatform("DDR4-3200, four channels (Threadripper 3000)", 3200, 4),
    MemoryPlatform("DDR5-5200, four channels (Threadripper 7000)", 5200, 4),
    MemoryPlatform("DDR4-3200, eight channels (Threadripper PRO, EPYC Milan)", 3200, 8),
    MemoryPlatform("DDR5-4800, eight channels (Xeon Sapphire Rapids)", 4800, 8),
    MemoryPlatform("DDR5-4800, twelve channels (EPYC Genoa)", 4800, 12),
    MemoryPlatform("DDR5-6000, twelve channels (EPYC Turin)", 6000, 12),
)
