"""The detection on every node of a cluster: a real local one where Ray is installed."""

import importlib.util
import subprocess
import sys
from types import ModuleType, SimpleNamespace

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.hardware.fleet import detected_here, fleet_nodes

NO_RAY = "Ray is not installed (the extra `fleet`)"
CLUSTER = """
from ray.cluster_utils import Cluster
from planner.hardware.fleet import fleet_nodes

small = {"num_cpus": 1, "object_store_memory": 80 << 20}
cluster = Cluster(initialize_head=True, head_node_args=small | {"include_dashboard": False})
cluster.add_node(**small)
lost = cluster.add_node(**small)
nodes = fleet_nodes(address=cluster.address)
assert [node.name for node in nodes] == ["node-1", "node-2", "node-3"], nodes
for node in nodes:
    assert node.failure is None, node.failure
    assert node.machine.ram.total_bytes > 0
    # Ray hides GPUs from a task that asks for none; that is no finding about the node.
    assert not [note for note in node.machine.notes if "VISIBLE_DEVICES" in note], node
cluster.remove_node(lost)
assert len(fleet_nodes(address=cluster.address)) == 2
cluster.shutdown()
print("asked")
"""


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason=NO_RAY)
def test_that_every_node_of_a_local_cluster_tells_what_it_has():
    # In a process of its own: Ray starts servers, threads and signal handlers.
    run = subprocess.run(
        [sys.executable, "-c", CLUSTER],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    assert run.stdout.splitlines()[-1] == "asked"


class FakeTask:
    """What `ray.remote` returns: notes the node that it is sent to."""

    def __init__(self, function, ray):
        self._function, self._ray = function, ray

    def options(self, *, num_cpus, max_retries, scheduling_strategy):
        assert (num_cpus, max_retries, scheduling_strategy.soft) == (0, 0, False)
        self._node_id = scheduling_strategy.node_id
        return self

    def remote(self):
        return self._node_id


class RayError(Exception):
    """Stands in for Ray's own."""


class FakeRay(ModuleType):
    """A cluster of three live nodes and a dead one; `b` fails and `c` stays silent."""

    def __init__(self, *, is_initialized=False, refusal=None):
        super().__init__("ray")
        self.exceptions = SimpleNamespace(RayError=RayError)
        self.calls = []
        self._is_initialized, self._refusal = is_initialized, refusal

    def is_initialized(self):
        return self._is_initialized

    def init(self, **options):
        self.calls.append(("init", options["address"]))
        if self._refusal is not None:
            raise self._refusal

    def shutdown(self):
        self.calls.append(("shutdown",))

    def nodes(self):
        return [
            {"NodeID": name, "Alive": name != "dead", "NodeManagerAddress": f"192.0.2.{number}"}
            for number, name in ((3, "c"), (1, "a"), (2, "b"), (4, "dead"))
        ]

    def remote(self, function):
        assert function is detected_here
        return FakeTask(function, self)

    def wait(self, answers, *, num_returns, timeout):
        assert (num_returns, timeout) == (3, 5)
        return [each for each in answers if each != "c"], ["c"]

    def get(self, answer):
        if answer == "b":
            raise RayError("Traceback …\nModuleNotFoundError: No module named 'planner'\n")
        return Machine(pools=(), notes=(answer,))


@pytest.fixture
def install(monkeypatch):
    """Put a fake Ray in the place of the real one."""

    def install_fake(ray):
        strategies = ModuleType("ray.util.scheduling_strategies")
        vars(strategies)["NodeAffinitySchedulingStrategy"] = lambda node_id, *, soft: (
            SimpleNamespace(node_id=node_id, soft=soft)
        )
        monkeypatch.setitem(sys.modules, "ray", ray)
        monkeypatch.setitem(sys.modules, "ray.util", ModuleType("ray.util"))
        monkeypatch.setitem(sys.modules, "ray.util.scheduling_strategies", strategies)
        return ray

    return install_fake


def test_that_a_node_that_fails_or_is_silent_costs_no_other_its_answer(install):
    ray = install(FakeRay())
    first, second, third = fleet_nodes(time_limit_s=5)
    assert (first.name, first.host) == ("node-1", "192.0.2.1")
    assert first.machine == Machine(pools=(), notes=("a",))
    assert second.failure == "failed: ModuleNotFoundError: No module named 'planner'"
    assert third.failure == "did not answer within 5 seconds"
    assert ray.calls == [("init", "auto"), ("shutdown",)]


def test_that_a_connection_that_was_there_is_left_alone(install):
    ray = install(FakeRay(is_initialized=True))
    fleet_nodes(time_limit_s=5)
    assert ray.calls == []


@pytest.mark.parametrize("refusal", [ConnectionError("no\nmore"), RuntimeError("Version")])
def test_that_a_cluster_that_is_not_there_is_a_sentence(install, refusal):
    install(FakeRay(refusal=refusal))
    with pytest.raises(
        PlannerError, match=r"No Ray cluster can be reached from here \(\w+\)\."
    ):
        fleet_nodes()


def test_that_a_missing_ray_is_a_sentence_with_the_way_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(PlannerError, match=r"pip install 'phi-planner\[fleet\]'"):
        fleet_nodes()


def test_that_a_node_says_what_it_has_whatever_ray_hides(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    machine = detected_here()
    assert machine.ram is not None
    assert "VISIBLE_DEVICES" not in " ".join(machine.notes)
