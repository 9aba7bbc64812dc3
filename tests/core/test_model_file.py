"""A file's totals."""

import pytest

from planner.core.model_file import FileKind, FileTensor, ModelFile
from tests.core.model_files import gguf_file


def test_that_a_gguf_of_phi_4_has_the_parameters_bytes_and_bits_of_its_publishers(phi_4):
    file = gguf_file(phi_4, "Q4_K_M")
    assert file.parameter_count == 14_659_507_200
    totals = {each.storage: each for each in file.storage_totals()}
    assert next(iter(totals)) == "Q4_K"  # the most bytes first
    assert sum(each.size_bytes for each in totals.values()) <= file.tensor_bytes
    assert sum(each.tensor_count for each in totals.values()) == len(file.tensors)
    assert sum(each.parameter_count for each in totals.values()) == file.parameter_count
    assert file.bits_per_weight == pytest.approx(4.94, abs=0.005)


def test_that_rope_factors_are_bytes_but_no_parameters(catalogue):
    file = gguf_file(catalogue["phi-3.5-mini"], "Q8_0")
    assert any(each.name == "rope_factors_long.weight" for each in file.tensors)
    assert file.parameter_count == 3_821_079_552


def test_that_tensors_are_padded_in_a_gguf_alone():
    tensor = FileTensor("a", (3,), "F16", 6)
    sizes = {
        kind: ModelFile(kind=kind, name="a", file_names=("a",), tensors=(tensor,)).tensor_bytes
        for kind in (FileKind.GGUF, FileKind.SAFETENSORS)
    }
    assert sizes == {FileKind.GGUF: 32, FileKind.SAFETENSORS: 6}


def test_that_a_config_has_no_bits_per_weight():
    assert ModelFile(kind=FileKind.CONFIG, name="a", file_names=("a",)).bits_per_weight is None
