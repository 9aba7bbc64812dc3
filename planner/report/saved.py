"""What a saved answer of ours says, whichever kind it is: the door for `compare`.

Keys that a later version added are passed over: only what is compared is read.
"""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from planner.core.errors import PlannerError
from planner.core.ledger import Band
from planner.report.document import plain

# By the schema without its version.
KINDS: Final = {
    "phi-planner/report": "a fit report",
    "phi-planner/estimate": "an estimate",
    "phi-planner/check": "a check",
    "phi-planner/machine": "a machine card",
    "phi-planner/devices": "a machine",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class SavedBand(_Part):
    """Bytes, as far as they are known."""

    low: int = Field(ge=0)
    expected: int = Field(ge=0)
    high: int = Field(ge=0)

    @property
    def band(self) -> Band:
        """The same as the core knows it, in order whatever the file says."""
        return Band(*sorted((self.low, self.expected, self.high)))


class SavedPool(_Part):
    """A pool of memory."""

    id: str
    name: str
    total_bytes: int | None = None
    free_bytes: int | None = None


class SavedMachine(_Part):
    """A machine."""

    pools: tuple[SavedPool, ...]
    driver_version: str | None = None
    cuda_version: str | None = None


class SavedLine(_Part):
    """A line of a ledger."""

    part: str
    place: str
    bytes: SavedBand
    formula: str = ""
    device: int = 0


class SavedResult(_Part):
    """A verdict."""

    model: str
    quant_format: str
    verdict: str
    needed_bytes: SavedBand | None = None


class _SavedPlan(_Part):
    context_length: int
    gpu_layer_count: int
    ledger: tuple[SavedLine, ...] = ()


class _SavedAnswer(_Part):
    result: SavedResult
    plan: _SavedPlan | None = None


class Saved(_Part):
    """One saved answer; what its kind does not have is empty."""

    schema_id: str = Field(alias="schema")
    created: str | None = None
    program: str | None = None
    versions: dict[str, str] = Field(default_factory=dict)
    machine: SavedMachine | None = None
    target: str | None = None
    plan: dict[str, Any] = Field(default_factory=dict)
    options: dict[str, Any] = Field(default_factory=dict)
    answer: _SavedAnswer | None = None
    ledger: tuple[SavedLine, ...] = ()
    results: tuple[SavedResult, ...] = ()

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return KINDS[self.schema_id.rpartition("/")[0]]

    @property
    def lines(self) -> tuple[SavedLine, ...]:
        """The ledger, wherever this kind of answer has it."""
        if self.answer is not None and self.answer.plan is not None:
            return self.answer.plan.ledger
        return self.ledger

    @property
    def program_versions(self) -> dict[str, str]:
        """What made it."""
        made = {} if self.program is None else {"phi-planner": self.program.split()[-1]}
        return made | self.versions

    @property
    def choices(self) -> dict[str, str]:
        """Every choice that the answer rests on, as text."""
        found = self.options | self.plan
        if self.answer is not None:
            result = self.answer.result
            found |= {"model": result.model, "quant_format": result.quant_format}
        if self.answer is not None and self.answer.plan is not None:
            plan = self.answer.plan
            found |= {
                "context_length": plan.context_length,
                "gpu_layer_count": plan.gpu_layer_count,
            }
        return {name: _choice_text(value) for name, value in found.items()}


def read_saved(raw: dict[str, Any], *, file: str) -> Saved:
    """Return what a file holds.

    Args:
        raw: The object of the file.
        file: Its name, as a sentence begins with it.

    Raises:
        PlannerError: it is none of our answers, or one that somebody damaged.
    """
    schema = raw.get("schema")
    kind = schema.rpartition("/")[0] if isinstance(schema, str) else ""
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise PlannerError(
            f"{file} cannot be compared: its schema is none of {known}. Reports, and what "
            "`--json` prints for estimate, check and devices, can be."
        )
    try:
        return Saved.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = plain(".".join(str(part) for part in first["loc"]))
        raise PlannerError(
            f"{file} cannot be compared: {where} is not as our answers have it "
            f"({first['msg']})."
        ) from error


def _choice_text(value: object) -> str:
    match value:
        case None:
            return "the default"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case list() | tuple():
            return ", ".join(str(each) for each in value) or "none"
        case _:
            return plain(str(value))
