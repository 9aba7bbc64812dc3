"""`devices --fleet`: what every node of a running Ray cluster has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.cli.devices import write_machine
from planner.cli.json_output import machine_object
from planner.cli.machines import catalogued
from planner.core.errors import PlannerError
from planner.hardware.fleet import FleetNode, fleet_nodes

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from planner.cli.output import Output
    from planner.core.machine import Machine

FLEET_SCHEMA: Final = "phi-planner/fleet/1"


def answer_fleet(options: Namespace, out: Output) -> None:
    """Ask every node, and write what they have: as text, as JSON, or as cards in a folder.

    Raises:
        PlannerError: no cluster can be asked, or a card cannot be written.
    """
    nodes = [_catalogued(node) for node in fleet_nodes()]
    if options.save:
        _save(nodes, Path(options.save), out, with_identity=options.with_identity)
    elif options.json:
        out.json({"schema": FLEET_SCHEMA, "nodes": [_node_object(node) for node in nodes]})
    else:
        for node in nodes:
            _write(out, node)
    if not any(node.machine for node in nodes):
        raise PlannerError("No node of the cluster said what it has.")


def _catalogued(node: FleetNode) -> FleetNode:
    return node if node.machine is None else replace(node, machine=catalogued(node.machine))


def _save(
    nodes: Sequence[FleetNode], folder: Path, out: Output, *, with_identity: bool
) -> None:
    """Write a card a node into a folder; with identity they go by the nodes' own names.

    Raises:
        PlannerError: the folder or a card cannot be written.
    """
    from planner.files.machine_card import save_machine_card
    from planner.hardware.private_words import private_words

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlannerError(
            f"The folder {folder.name!r} cannot be made: {error.strerror or error}."
        ) from error
    words = (*private_words(), *(node.host for node in nodes))
    count = 0
    for node in nodes:
        if node.machine is None:
            out.prose(f"{node.name} {node.failure}.")
            continue
        name = f"{node.name}-{_file_name(node.host)}" if with_identity else node.name
        path = folder / f"{name}.json"
        save_machine_card(node.machine, path, with_identity=with_identity, private_words=words)
        count += 1
    out.prose(f"Wrote {count} machine cards into {folder}.")


def _file_name(host: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in host)[:64]


def _node_object(node: FleetNode) -> dict[str, object]:
    machine: Machine | None = node.machine
    return {
        "name": node.name,
        "machine": None if machine is None else machine_object(machine),
        "failure": node.failure,
    }


def _write(out: Output, node: FleetNode) -> None:
    out.line(out.coloured(node.name, "1"))
    if node.machine is None:
        out.prose(f"It {node.failure}.")
    else:
        write_machine(out, node.machine)
    out.line()
