"""`devices`: what this machine has, as the drivers say it; or what can be planned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.command import Command, Surroundings
from planner.cli.json_output import DEVICES_SCHEMA, machine_object
from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_table
from planner.core.units import format_gib

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.machine import Machine, MemoryPool


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    parser.add_argument(
        "--catalogue",
        action="store_true",
        help="the devices that can be planned for, instead of what is here",
    )


def _run(options: Namespace, around: Surroundings) -> int:
    if options.catalogue:
        from planner.cli.device_catalogue import answer_catalogue

        answer_catalogue(around.out, as_json=options.json)
        return 0
    machine = around.start_detection().result()
    if options.json:
        answer = {"schema": DEVICES_SCHEMA, "machine": machine_object(machine)}
        around.out.json(answer)
    else:
        _write(around.out, machine)
    return 0


def _write(out: Output, machine: Machine) -> None:
    columns = (
        Column("Id"),
        Column("Name"),
        Column("Free", is_number=True),
        Column("Total", is_number=True),
        Column("Others use", is_number=True),
        Column("GB/s", is_number=True),
        Column("Compute"),
        Column("Source"),
    )
    write_table(out, columns, [_row(pool) for pool in machine.pools])
    if machine.driver_version is not None:
        cuda = "" if machine.cuda_version is None else f", CUDA up to {machine.cuda_version}"
        out.line()
        out.prose(f"Driver {machine.driver_version}{cuda}.")
    notes = [
        *machine.notes,
        *(f"{pool.id}: {note}" for pool in machine.pools for note in pool.notes),
    ]
    if notes:
        out.line()
    for note in notes:
        out.line(f"- {fold(note, indent='  ')[2:]}")


def _row(pool: MemoryPool) -> list[Cell]:
    speed = pool.bandwidth_gb_per_s
    return [
        Cell(pool.id),
        Cell(pool.name),
        Cell(_size(pool.free_bytes)),
        Cell(_size(pool.total_bytes)),
        Cell(_size(pool.used_by_others_bytes)),
        Cell("not known" if speed is None else f"{speed:,.0f}"),
        Cell(pool.compute_capability or ""),
        Cell(pool.source),
    ]


def _size(size_bytes: int | None) -> str:
    return "not known" if size_bytes is None else format_gib(size_bytes)


COMMAND = Command(
    summary="What this machine has, or what can be planned for.",
    add_options=_add_options,
    run=_run,
)
