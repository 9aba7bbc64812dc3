"""Which plan a cell of the grid stands for. No Qt: the controller speaks of cells too."""

from typing import NamedTuple


class Cell(NamedTuple):
    """One model in one quant format, wherever sorting and filtering have put it."""

    model_id: str
    quant_format: str
