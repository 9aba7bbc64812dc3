"""How one tool starts a plan from one shell, or why it does not: what a view offers to copy."""

from dataclasses import dataclass

from planner.core.errors import PlannerError
from planner.core.launch import Launch, LaunchTool, Shell, launch
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One tool and one shell; `launch` is `None` where `reason` says why."""

    tool: LaunchTool
    shell: Shell
    launch: Launch | None
    reason: str = ""


def start_of(
    model: ModelSpec, plan: Plan, tool: LaunchTool, shell: Shell, *, source: str | None = None
) -> Start:
    """Return what to copy; a refusal is an answer too. `source` is as for `launch`."""
    try:
        found = launch(model, plan, tool, source=source, shell=shell)
        return Start(tool=tool, shell=shell, launch=found)
    except PlannerError as refusal:
        return Start(tool=tool, shell=shell, launch=None, reason=str(refusal))
