"""`devices --fleet`: the nodes of a cluster as text, as JSON, as cards."""

import json
from dataclasses import replace

import pytest

from planner.hardware.fleet import FleetNode
from tests.cli.conftest import RAM


@pytest.fixture
def fleet(monkeypatch, gpu_machine):
    """Put three nodes in the place of a cluster; the last one is silent."""
    silent = "did not answer within 120 seconds"
    nodes = (
        FleetNode(name="node-1", host="tower.example", machine=gpu_machine),
        FleetNode(
            name="node-2",
            host="box",
            machine=replace(gpu_machine, pools=(RAM,), notes=("tower.example is far.",)),
        ),
        FleetNode(name="node-3", host="shy", failure=silent),
    )
    monkeypatch.setattr("planner.cli.fleet.fleet_nodes", lambda: nodes)


@pytest.mark.usefixtures("fleet")
def test_that_every_node_is_shown_with_what_it_has_or_why_not(run):
    out = run("devices", "--fleet").out
    assert out.index("node-1") < out.index("RTX 4090") < out.index("node-2")
    assert "rtx-4090 in the catalogue" in out
    assert "node-3\nIt did not answer within 120 seconds." in out


@pytest.mark.usefixtures("fleet")
def test_that_the_json_has_a_machine_or_a_failure_a_node(run):
    told = json.loads(run("devices", "--fleet", "--json").out)
    assert told["schema"] == "phi-planner/fleet/1"
    first, second, third = told["nodes"]
    assert first["machine"]["pools"][0]["device_id"] == "rtx-4090"
    assert (second["name"], second["failure"]) == ("node-2", None)
    assert (third["machine"], third["failure"][:14]) == (None, "did not answer")


@pytest.mark.usefixtures("fleet")
def test_that_the_cards_of_a_fleet_are_checked_in_one_table(run, tmp_path):
    folder = tmp_path / "cards"
    told = run("devices", "--fleet", "--save", str(folder))
    assert "node-3 did not answer" in told.out
    assert sorted(path.name for path in folder.iterdir()) == ["node-1.json", "node-2.json"]
    assert "tower" not in (folder / "node-2.json").read_text(encoding="utf-8")
    out = run("check", "phi-4", "--machine", str(folder), machine=None).out
    heads = next(line for line in out.splitlines() if line.startswith("Format"))
    assert heads.split() == ["Format", "node-1", "node-2"]


@pytest.mark.usefixtures("fleet")
def test_that_with_identity_cards_go_by_the_nodes_names(run, tmp_path):
    run("devices", "--fleet", "--save", str(tmp_path / "cards"), "--with-identity")
    names = sorted(path.name for path in (tmp_path / "cards").iterdir())
    assert names == ["node-1-tower.example.json", "node-2-box.json"]


def test_that_a_fleet_in_which_nobody_answers_is_no_answer(run, monkeypatch, tmp_path):
    node = FleetNode(name="node-1", host="shy", failure="failed: no such module")
    monkeypatch.setattr("planner.cli.fleet.fleet_nodes", lambda: (node,))
    told = run("devices", "--fleet")
    assert told.code == 1
    assert "No node of the cluster" in told.err
    (tmp_path / "file").touch()
    told = run("devices", "--fleet", "--save", str(tmp_path / "file"))
    assert "cannot be made" in told.err


def test_that_without_ray_the_way_to_it_is_told(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    told = run("devices", "--fleet")
    assert told.code == 1
    assert "pip install 'phi-planner[fleet]'" in told.err
