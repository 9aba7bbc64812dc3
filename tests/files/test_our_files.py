"""Our own files, told apart by their schema."""

import json

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB
from planner.files.machine_card import machine_card_text
from planner.files.our_files import SavedAnswer, our_file

RAM = MemoryPool(
    id="ram", kind=PoolKind.SYSTEM, name="A processor", source="psutil", total_bytes=64 * GIB
)
MACHINE = Machine(pools=(RAM,), system="linux")


def test_that_a_machine_card_is_its_machine(tmp_path):
    path = tmp_path / "card.json"
    path.write_text(machine_card_text(MACHINE), encoding="utf-8")
    found = our_file(path, path.read_bytes()[:4096])
    assert isinstance(found, Machine)
    (pool,) = found.pools
    assert (found.system, pool.name, pool.total_bytes) == ("linux", "A processor", 64 * GIB)


@pytest.mark.parametrize("kind", ["report", "estimate", "check", "devices"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n  "])
def test_that_an_answer_is_found_by_its_schema(tmp_path, kind, start):
    begin = start + json.dumps({"schema": f"phi-planner/{kind}/1"}, indent=1).encode()
    assert our_file(tmp_path / "a.json", begin) == SavedAnswer(path=tmp_path / "a.json")


@pytest.mark.parametrize(
    "begin",
    [
        b"",
        b"GGUF",
        b'{"model_type": "phi3"}',
        b'{"schema": "phi-planner/models/1"}',
        b'"schema": "phi-planner/report/1"',
        b'{"note": "phi-planner/report/1"}',
    ],
)
def test_that_anything_else_is_none_of_ours(tmp_path, begin):
    assert our_file(tmp_path / "a.json", begin) is None


def test_that_a_card_of_another_version_is_refused(tmp_path):
    path = tmp_path / "card.json"
    path.write_text('{"schema": "phi-planner/machine/99"}', encoding="utf-8")
    with pytest.raises(PlannerError, match="no machine card of this version"):
        our_file(path, path.read_bytes())
