"""What is wrong with spec files, all of it at once."""

from collections.abc import Iterable
from typing import NamedTuple

from planner.core.errors import PlannerError


class SpecProblem(NamedTuple):
    """One thing wrong in one file; `key` is the dotted path, empty for the file as a whole."""

    file: str
    key: str
    what: str

    def __str__(self) -> str:
        """Return the line that a person reads."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.what}"


class SpecError(PlannerError):
    """Spec files that cannot be used; the text lists every problem, a line each."""

    def __init__(self, problems: Iterable[SpecProblem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(
            f"The model specs cannot be used: {head}.\n{lines}\n"
            "Correct the files, or reinstall Phi Planner if you did not change them."
        )
