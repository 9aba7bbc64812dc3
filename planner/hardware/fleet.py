"""The machines of a running Ray cluster: the detection runs on every node of it.

Nothing here is loaded unless somebody asks, and Ray itself is the extra `fleet`. Every node
needs this program, since a task is sent by its name.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from planner.core.errors import PlannerError
from planner.core.machine import Machine

# A node starts a Python for the task and then asks its drivers.
DEFAULT_TIME_LIMIT_S: Final = 120.0
# Ray hides GPUs from a task that asked for none, and this one asks for none, to never wait for
# a busy node (https://docs.ray.io/en/latest/ray-core/scheduling/accelerators.html).
_HIDING: Final = ("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES")
_LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetNode:
    """One node: what it has, or why that is not known. `host` is its name in the network."""

    name: str
    host: str
    machine: Machine | None = None
    failure: str | None = None


def fleet_nodes(
    *, address: str = "auto", time_limit_s: float = DEFAULT_TIME_LIMIT_S
) -> tuple[FleetNode, ...]:
    """Return what every node of the cluster has, in the order of their network addresses.

    Args:
        address: The cluster; `auto` is the one that this computer is part of.
        time_limit_s: How long the slowest node may take.

    Raises:
        PlannerError: Ray is not installed, or no cluster can be reached.
    """
    # Nothing of ours sends statistics; Ray would, from a cluster that it starts itself.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
    except ImportError as error:
        raise PlannerError(
            "Ray is not installed here, so no cluster can be asked: "
            "`pip install 'phi-planner[fleet]'` brings it."
        ) from error
    is_ours = not ray.is_initialized()
    if is_ours:
        _connect(ray, address)
    try:
        nodes = sorted(
            (node for node in ray.nodes() if node.get("Alive")),
            key=lambda node: (str(node.get("NodeManagerAddress")), str(node.get("NodeID"))),
        )
        task = ray.remote(detected_here)
        answers = [
            task.options(
                num_cpus=0,
                max_retries=0,
                scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False),
            ).remote()
            for node in nodes
        ]
        ready, _ = ray.wait(answers, num_returns=len(answers), timeout=time_limit_s)
        return tuple(
            _node(ray, number, node, answer if answer in ready else None, time_limit_s)
            for number, (node, answer) in enumerate(zip(nodes, answers, strict=True), start=1)
        )
    finally:
        if is_ours:
            ray.shutdown()


def detected_here() -> Machine:
    """Return what the node has that this runs on."""
    from planner.hardware.detect import default_probes, detect_machine

    environ = {name: value for name, value in os.environ.items() if name not in _HIDING}
    return detect_machine(probes=default_probes(environ=environ))


def _connect(ray: ModuleType, address: str) -> None:
    try:
        ray.init(address=address, log_to_driver=False, logging_level="error")
    # A cluster of another version of Ray or Python is a RuntimeError.
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise PlannerError(
            f"No Ray cluster can be reached from here ({_first_line(error)}). "
            "`ray start --head` starts one; run this on one of its nodes."
        ) from error


def _node(
    ray: ModuleType,
    number: int,
    node: Mapping[str, object],
    answer: object,
    time_limit_s: float,
) -> FleetNode:
    name = f"node-{number}"
    host = str(node.get("NodeManagerHostname") or node.get("NodeManagerAddress") or "")
    if answer is None:
        return FleetNode(
            name=name, host=host, failure=f"did not answer within {time_limit_s:g} seconds"
        )
    try:
        machine: Machine = ray.get(answer)
    except ray.exceptions.RayError as error:
        return FleetNode(name=name, host=host, failure=f"failed: {_last_line(error)}")
    return FleetNode(name=name, host=host, machine=machine)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:_LONGEST_REASON]


def _last_line(error: Exception) -> str:
    """Return what the node itself said: Ray puts its whole traceback before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:_LONGEST_REASON]
