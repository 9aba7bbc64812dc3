"""Every case of the table, asked of the simulation, and its answers beside the table."""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from planner.catalogue import load_catalogue
from planner.core.plan import Program
from tests.measure.llama_cpp.make_gguf import make_gguf

TABLE: Final = Path(__file__).parents[2] / "data" / "llama_cpp" / "compute_simulation.csv"
GPU: Final = "gpu_compute_bytes"
HOST: Final = "host_compute_bytes"
_LIMIT_S: Final = 60.0


def main(arguments: Sequence[str]) -> int:
    """Ask for every row; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.measure.llama_cpp")
    parser.add_argument("simulation", type=Path, help="the program, see --help of the module")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--write", action="store_true", help="write the answers to the table")
    options = parser.parse_args(arguments)
    with options.table.open(newline="", encoding="utf-8") as file:
        cases = list(csv.DictReader(file))
    models = {model.id: model for model in load_catalogue().models}
    answers = []
    with tempfile.TemporaryDirectory(prefix="size-simulation-") as folder:
        for case in cases:
            path = make_gguf(models[case["model"]], case["quant"], Path(folder))
            answers.append(case | answer(case, ask(options.simulation, path, words(case))))
    if options.write:
        with options.table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(cases[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(answers)
        return 0
    changed = [(old, new) for old, new in zip(cases, answers, strict=True) if old != new]
    for old, new in changed:
        sys.stdout.write(f"table:      {old}\nsimulation: {new}\n")
    sys.stdout.write(f"{len(cases)} cases, {len(changed)} of them differ\n")
    return 1 if changed else 0


def words(case: dict[str, str]) -> list[str]:
    """Return the simulation's options for a row."""
    shares = case["tensor_split"].split()
    on_gpu = case["ngl"] != "0"
    # llama-server reserves one row of logits a slot, libllama one a token (0: its default).
    rows = case["n_seq"] if case["program"] == Program.SERVER else "0"
    asked = {
        "ngl": case["ngl"],
        "ndev": str(len(shares) or 1) if on_gpu else "0",
        "ctx": case["ctx"],
        "ub": case["ubatch"],
        "seq": case["n_seq"],
        "uni": case["kv_unified"],
        "fa": case["fa"],
        "nout": rows,
        "ctk": case["ctk"],
        "ctv": case["ctv"],
        "ncmoe": case["n_cpu_moe"],
        "ts": ",".join(shares),
    }
    return [word for name, value in asked.items() if value for word in (name, value)]


def ask(simulation: Path, model: Path, options: Sequence[str]) -> dict[str, list[int]]:
    """Return what the simulation prints: by buffer type, the bytes of three parts.

    Raises:
        CalledProcessError: llama.cpp refuses the model or the options.
    """
    command = [str(simulation.resolve()), str(model), *options]
    told = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, timeout=_LIMIT_S, text=True
    )
    found: dict[str, list[int]] = json.loads(told.stdout)
    return found


def answer(case: dict[str, str], found: dict[str, list[int]]) -> dict[str, str]:
    """Return the two columns of the table that are measured."""
    compute = {name: parts[2] for name, parts in found.items()}
    if case["ngl"] == "0":
        return {GPU: "0", HOST: str(sum(compute.values()))}
    cards = range(len(case["tensor_split"].split()) or 1)
    each = (str(compute.get(f"FAKE{card}", 0)) for card in cards)
    return {GPU: " ".join(each), HOST: str(compute.get("FAKE_Host", 0))}
