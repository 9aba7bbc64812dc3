"""The one plan that the options mean; only `--gpu-layers auto` asks a machine for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.plan import GpuLayers, check_plan

if TYPE_CHECKING:
    from argparse import Namespace

    from planner.cli.command import Surroundings
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan, PlanOptions


def planned(
    model: ModelSpec,
    quant_format: str,
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> Plan:
    """Return the plan; with `auto` as it would run on the machine.

    Raises:
        PlannerError: the plan is out of range, or refused.
    """
    everything = choices.plan(model, quant_format)
    if choices.gpu_layers is not GpuLayers.AUTO:
        return everything
    from planner.cli.machines import MachineQuestion, asked_session

    check_plan(model, everything)
    machine = MachineQuestion(options, around).machine()
    asked = asked_session((model,), options, machine)
    detail = asked.session.detail(model, quant_format, choices, target_id=asked.target_id)
    return detail.result.plan or everything
