"""A new model is one TOML file: no line of code, and every command knows it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The shape of Llama 3 8B in a block like Phi-4's, since its figures are well known:
# https://huggingface.co/meta-llama/Meta-Llama-3-8B/blob/main/config.json
NEW_MODEL = """\
id = "phi-new"
name = "Phi-new"
label = "8B"
released = "2026-11-01"
description = "A model that came out after this version."
repository = "microsoft/phi-new"
parameter_count = 8_030_261_248

[shape]
source = "https://example.com/config.json"
architecture = "phi3"
layer_count = 32
embedding_length = 4096
feed_forward_length = 14_336
head_count = 32
kv_head_count = 8
head_dim = 128
vocab_size = 128_256
tied_embeddings = false
rotary_dim = 128
rope_theta = 500_000.0
context_length_limit = 8192
position_limit = 8192

"""
# From here on, a copy of the nearest model's file stays as it is.
SUPPORT_AND_CARD = '[runtimes."llama.cpp"]'
# A GPU's cache of 2,048 tokens in f16: 2 x 32 layers x 8 heads x 128 x 2 bytes x 2,048.
KV_CACHE_BYTES = 256 * 2**20


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A checkout with one file more, and its command line."""
    place = tmp_path_factory.mktemp("checkout")
    leave = shutil.ignore_patterns("__pycache__")
    for folder in ("planner", "specs", "resources"):
        shutil.copytree(ROOT / folder, place / folder, ignore=leave)
    nearest = (ROOT / "specs/models/phi-4.toml").read_text(encoding="utf-8")
    text = NEW_MODEL + nearest[nearest.index(SUPPORT_AND_CARD) :]
    (place / "specs/models/phi-new.toml").write_text(text, encoding="utf-8")

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "planner", *words],
            cwd=place,
            env=dict(os.environ, PYTHONPATH=str(place), PYTHONDONTWRITEBYTECODE="1"),
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return run


def test_that_its_plan_has_the_known_figures(program):
    words = ("estimate", "phi-new", "--quant", "F16", "--context", "2048", "--json")
    answer = json.loads(program(*words))
    assert answer["parameter_count"] == 8_030_261_248
    assert answer["memory"]["gpu"]["kv_cache_bytes"] == KV_CACHE_BYTES


def test_that_it_stands_in_the_grid_the_list_and_the_report(program, tmp_path):
    grid = json.loads(program("check", "--vram", "24GiB", "--ram", "64GiB", "--json"))
    verdicts = {
        each["quant_format"]: each["verdict"]
        for each in grid["results"]
        if each["model"] == "phi-new"
    }
    assert verdicts["Q4_K_M"] == "fits"
    assert "phi-new" in program("models")
    report = tmp_path / "fit.md"
    program("report", "phi-new", "--quant", "Q4_K_M", "-o", str(report))
    assert "Phi-new" in report.read_text(encoding="utf-8")
