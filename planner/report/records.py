"""What all parts of a report stand on."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from planner.core.ledger import Band


class ReportRecord(BaseModel):
    """A part of a report: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ReportBand(ReportRecord):
    """Bytes, as far as they are known."""

    low: int
    expected: int
    high: int

    @classmethod
    def of(cls, band: Band) -> Self:
        """Return the record of a band."""
        return cls(low=band.low_bytes, expected=band.expected_bytes, high=band.high_bytes)

    @property
    def band(self) -> Band:
        """The same as the core knows it."""
        return Band(self.low, self.expected, self.high)
