"""The one plan that the options mean.

Only `--gpu-layers auto`, and layers over several GPUs whose shares are not told, ask a machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.plan import GpuLayers, SplitMode, check_plan

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
    is_spread = everything.split_mode is SplitMode.LAYER and not everything.tensor_split
    if choices.gpu_layers is not GpuLayers.AUTO and not is_spread:
        return everything
    from planner.cli.machines import MachineQuestion, asked_session

    check_plan(model, everything)
    machine = MachineQuestion(options, around).machine()
    if choices.gpu_layers is not GpuLayers.AUTO:
        from planner.core.cards import with_shares

        return with_shares(everything, machine)
    asked = asked_session((model,), options, machine)
    detail = asked.session.detail(model, quant_format, choices, target_id=asked.target_id)
    return detail.result.plan or everything
