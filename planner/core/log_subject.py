"""Which model a runtime's log is about, as far as the log tells."""

from collections.abc import Sequence

from planner.core.launch_names import NameReading, read_name
from planner.core.model_spec import ModelSpec
from planner.core.receipt import RuntimeLog


def subject_of_log(log: RuntimeLog, models: Sequence[ModelSpec]) -> NameReading:
    """Return the model and the quant format; what the log says comes before its file's name."""
    reading = read_name(log.source or "", models)
    return NameReading(
        model_id=reading.model_id, quant_format=log.quant_format or reading.quant_format
    )
