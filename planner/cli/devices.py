"""`devices`: what this machine has, as the drivers say it; or what can be planned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.given_machine import given_machine
from planner.cli.json_output import DEVICES_SCHEMA, machine_object
from planner.cli.machines import catalogued, this_machine
from planner.cli.options import add_file_options
from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_table
from planner.core.units import format_gib

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.machine import Machine, MemoryPool


def _add_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--json", action="store_true", help="JSON instead of text")
    add(
        "--catalogue",
        action="store_true",
        help="the devices that can be planned for, instead of what is here",
    )
    add_file_options(add)
    add(
        "--save",
        metavar="FILE",
        help="write a machine card for `check --machine`, without what identifies anyone "
        "(with --fleet: a folder)",
    )
    add(
        "--diagnostics",
        metavar="FILE",
        help="write all that the drivers and the system answered, for `--replay`",
    )
    add(
        "--with-identity",
        action="store_true",
        help="keep UUIDs, PCI addresses and program names in what is written",
    )
    add(
        "--correct",
        metavar=("POOL", "FIGURE"),
        nargs=2,
        action="append",
        help="set bandwidth=504 (GB/s), fp16=82.6 (TFLOPS) or total=24GiB of a pool of this "
        "machine, or none to take it back; it is kept in the settings",
    )
    add("--fleet", action="store_true", help="every node of the running Ray cluster")


def _run(options: Namespace, around: Surroundings) -> int:
    _check_usage(options)
    if options.catalogue:
        from planner.cli.device_catalogue import answer_catalogue

        answer_catalogue(around.out, as_json=options.json)
        return 0
    if options.fleet:
        from planner.cli.fleet import answer_fleet

        answer_fleet(options, around.out)
        return 0
    machine = _machine(options, around)
    if _write_files(options, machine, around.out):
        return 0
    if options.json:
        answer = {"schema": DEVICES_SCHEMA, "machine": machine_object(machine)}
        around.out.json(answer)
    else:
        write_machine(around.out, machine)
    return 0


def _machine(options: Namespace, around: Surroundings) -> Machine:
    """Return the machine of a file, or this one; what `--correct` says is kept first.

    Raises:
        PlannerError: a file cannot be used, or a correction cannot be kept.
    """
    given = given_machine(options)
    if given is not None:
        return given
    detected = around.start_detection().result()
    if not options.correct:
        return this_machine(detected)
    from planner.cli.corrections import keep_corrections

    return keep_corrections(catalogued(detected), options.correct)


def _check_usage(options: Namespace) -> None:
    """Refuse what contradicts itself.

    Raises:
        UsageError: with what is too much or missing.
    """
    is_elsewhere = options.machine is not None or options.replay is not None
    wants = [
        name
        for name, value in (
            ("--catalogue", options.catalogue),
            ("--fleet", options.fleet),
            ("--machine or --replay", is_elsewhere),
            ("--correct", options.correct),
            ("--diagnostics", options.diagnostics),
        )
        if value
    ]
    if len(wants) > 1:
        raise UsageError(f"{' and '.join(wants)} do not go together.")
    if options.catalogue and options.save:
        raise UsageError("--save is about a machine, and --catalogue about none.")
    if options.with_identity and not (options.save or options.diagnostics):
        raise UsageError("--with-identity is about a file: it needs --save or --diagnostics.")


def _write_files(options: Namespace, machine: Machine, out: Output) -> bool:
    """Write the files that are asked for, and return whether there were any.

    Raises:
        PlannerError: a file cannot be written.
    """
    if not (options.save or options.diagnostics):
        return False
    # Only here: most people write neither.
    from pathlib import Path

    from planner.session import write_diagnostics, write_machine_card

    left_out = "" if options.with_identity else ", without what identifies this computer"
    if options.save:
        write_machine_card(machine, Path(options.save), with_identity=options.with_identity)
        out.prose(f"Wrote the machine card {options.save}{left_out}.")
    if options.diagnostics:
        write_diagnostics(Path(options.diagnostics), with_identity=options.with_identity)
        out.prose(f"Wrote the diagnostic bundle {options.diagnostics}{left_out}.")
    return True


def write_machine(out: Output, machine: Machine) -> None:
    """Write a machine's pools, its driver and its notes."""
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
    lines = _rates_lines(machine)
    if machine.driver_version is not None:
        cuda = "" if machine.cuda_version is None else f", CUDA up to {machine.cuda_version}"
        lines.append(f"Driver {machine.driver_version}{cuda}.")
    if lines:
        out.line()
    for line in lines:
        out.prose(line)
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


def _rates_lines(machine: Machine) -> list[str]:
    """Return a line for each pool whose speed is not from its driver alone."""
    lines = []
    for pool in machine.pools:
        if pool.rates_source in (None, "driver"):
            continue
        known = f" ({pool.device_id} in the catalogue)" if pool.device_id else ""
        figures = [
            "" if value is None else f"{value:,.0f} {unit}"
            for value, unit in (
                (pool.bandwidth_gb_per_s, "GB/s"),
                (pool.fp16_tflops, "TFLOPS in FP16"),
            )
        ]
        what = " and ".join(figure for figure in figures if figure)
        lines.append(f"{pool.id}{known}: {what}, from: {pool.rates_source}.")
    return lines


def _size(size_bytes: int | None) -> str:
    return "not known" if size_bytes is None else format_gib(size_bytes)


COMMAND = Command(
    summary="What this machine has, or what can be planned for.",
    add_options=_add_options,
    run=_run,
)
