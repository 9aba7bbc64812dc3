"""Fuzzes one reader of files with atheris: `python -m tests.fuzz gguf --seconds 60`.

Not part of the tests: it needs `pip install atheris` and runs as long as it is told. Whatever
rises but a PlannerError ends it, and atheris writes the bytes that did it to a file.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.inspection import inspect_model_file
from planner.core.plan import PlanOptions
from planner.files.bounded_json import parse_json_object
from planner.files.hf_config import hf_config
from planner.files.model_reader import read_model_file
from tests.files.writers import safetensors_bytes, safetensors_header, tiny_phi3

_MODELS: Final = load_catalogue().models
_LARGEST: Final = 1 << 20
_SLOWEST_SECONDS: Final = 2


def _read(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    inspect_model_file(read_model_file(path), _MODELS, PlanOptions())


def _gguf(folder: Path) -> Callable[[bytes], None]:
    return lambda content: _read(folder / "model.gguf", content)


def _safetensors(folder: Path) -> Callable[[bytes], None]:
    return lambda content: _read(folder / "model.safetensors", content)


def _config(_folder: Path) -> Callable[[bytes], None]:
    return lambda content: _ignore(hf_config(parse_json_object(content, name="It"), "It"))


def _ignore(_value: object) -> None:
    return


TARGETS: Final = {"gguf": _gguf, "safetensors": _safetensors, "config": _config}


def _seeds() -> dict[str, bytes]:
    gguf = tiny_phi3()
    header = safetensors_header({"a": ("BF16", (4, 8)), "b": ("F32", (3,))})
    return {
        "gguf": gguf.header().ljust(gguf.length(), b"\0"),
        "safetensors": safetensors_bytes(header, data_bytes=76),
        "config": b'{"model_type": "phi3", "num_hidden_layers": 40, "hidden_size": 5120}',
    }


def main() -> None:
    """Fuzz until the time is over or something rises."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    try:
        import atheris  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        sys.exit("Fuzzing needs atheris: pip install atheris")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus"
        corpus.mkdir()
        (corpus / "seed").write_bytes(_seeds()[options.target])
        read = TARGETS[options.target](folder)

        def one_input(content: bytes) -> None:
            try:
                read(content)
            except PlannerError:
                return

        atheris.instrument_all()
        arguments = [
            f"-max_total_time={options.seconds}",
            f"-max_len={_LARGEST}",
            f"-timeout={_SLOWEST_SECONDS}",
            "-rss_limit_mb=512",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *arguments], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
