"""`inspect`: a user's own GGUF, safetensors or config.json; or what the caches here hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.options import add_plan_options, plan_options
from planner.core.plan import GpuLayers

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="?",
        metavar="FILE|FOLDER",
        help="a model file, or a folder that holds one",
    )
    parser.add_argument(
        "--found", action="store_true", help="list the models that other programs keep here"
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    add_plan_options(parser, default_gpu_layers=GpuLayers.ALL)


def _run(options: Namespace, around: Surroundings) -> int:
    if options.found == (options.path is not None):
        raise UsageError("FILE is missing, or --found; one of them.")
    if options.quant is not None:
        raise UsageError("--quant says nothing here: the file has its format.")
    if options.gpu_layers is GpuLayers.AUTO:
        raise UsageError("--gpu-layers auto asks a machine; inspect takes 'all' or a number.")
    if options.found:
        _list_found(options, around)
    else:
        _inspect(options, around)
    return 0


def _inspect(options: Namespace, around: Surroundings) -> None:
    from dataclasses import replace
    from pathlib import Path

    from planner.catalogue import load_catalogue
    from planner.core.inspection import inspect_model_file
    from planner.files.model_reader import read_model_file

    choices = plan_options(options)
    file = read_model_file(Path(options.path))
    if options.cpu_moe and file.shape is not None:
        choices = replace(choices, cpu_expert_layers=file.shape.layer_count)
    seen = inspect_model_file(file, load_catalogue().models, choices)
    if options.json:
        from planner.cli.inspect_json import inspection_object

        around.out.json(inspection_object(seen))
    else:
        from planner.cli.inspect_text import write_inspection

        write_inspection(around.out, seen)


def _list_found(options: Namespace, around: Surroundings) -> None:
    import os
    import sys
    from pathlib import Path

    from planner.files.caches import cache_folders, find_cached_models

    found = find_cached_models(cache_folders(os.environ, Path.home(), sys.platform))
    if options.json:
        from planner.cli.inspect_json import found_object

        around.out.json(found_object(found))
    else:
        from planner.cli.inspect_text import write_found

        write_found(around.out, found)


COMMAND = Command(
    summary="A user's own GGUF, safetensors file or folder, or config.json.",
    add_options=_add_options,
    run=_run,
)
