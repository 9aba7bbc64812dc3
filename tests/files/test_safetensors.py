"""The header of a safetensors file: what is read, and everything that is refused."""

import os
import struct
import time
import tracemalloc

import pytest

from planner.core.errors import PlannerError
from planner.files.safetensors import read_safetensors_header
from tests.files.writers import safetensors_bytes, safetensors_header, write_safetensors

TENSORS = {"a.weight": ("BF16", (4, 8)), "b.bias": ("F32", (3,)), "scalar": ("I64", ())}


@pytest.fixture
def read(tmp_path):
    def from_bytes(content: bytes):
        path = tmp_path / "model.safetensors"
        path.write_bytes(content)
        return read_safetensors_header(path)

    return from_bytes


def test_that_a_header_comes_back_as_it_was_written(tmp_path):
    header = read_safetensors_header(write_safetensors(tmp_path / "m.safetensors", TENSORS))
    assert {each.name: (each.storage, each.shape) for each in header.tensors} == TENSORS
    assert [each.size_bytes for each in header.tensors] == [64, 12, 8]
    assert header.size_bytes == (tmp_path / "m.safetensors").stat().st_size


def test_that_values_of_four_bits_are_packed(read):
    header = {"a": {"dtype": "F4", "shape": [3], "data_offsets": [0, 2]}}
    assert read(safetensors_bytes(header, data_bytes=2)).tensors[0].size_bytes == 2


@pytest.mark.parametrize("thirds", [1, 2])
def test_that_a_file_cut_off_at_a_third_is_refused(tmp_path, thirds):
    path = write_safetensors(tmp_path / "m.safetensors", {"a": ("F32", (100_000,))})
    size = path.stat().st_size
    os.truncate(path, size * thirds // 3)
    with pytest.raises(PlannerError, match=f"{size - size * thirds // 3:,} bytes .* missing"):
        read_safetensors_header(path)


def test_that_every_cut_in_the_header_is_refused(read):
    content = safetensors_bytes(safetensors_header(TENSORS), data_bytes=84)
    read(content)
    for length in range(len(content)):
        with pytest.raises(PlannerError):
            read(content[:length])


def entry(**changes):
    return {"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]} | changes}


TWO = {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "too short"),
        (
            struct.pack("<Q", 2**63),
            "a length of 9,223,372,036,854,775,808 bytes, more than the",
        ),
        (struct.pack("<Q", 100_000_001), "more than the 100,000,000 that the safetensors"),
        (struct.pack("<Q", 99_000_000), "a header of 94.41 MiB; no model's is longer"),
        (struct.pack("<Q", 500) + b"{}", "cut off inside its header"),
        (safetensors_bytes(b"[1, 2]"), "is no safetensors file"),
        (safetensors_bytes(b'{"a":' * 5000), "nested too deeply"),
        (safetensors_bytes(b'{"a": '), "is not valid JSON"),
        (safetensors_bytes(b'{"\xff": 1}'), "is not UTF-8"),
        (safetensors_bytes(b'{"a": {}, "a": {}}'), "names 'a' twice"),
        (safetensors_bytes(b'{"a": {"dtype": 1, "dtype": 2}}'), "names 'dtype' twice"),
        (safetensors_bytes(b'{"a": NaN}'), "holds NaN, which is no number"),
        (safetensors_bytes(b'{"a": ' + b"9" * 5000 + b"}"), "a number of thousands of digits"),
        (safetensors_bytes(b'{"a": [' + b"1," * 200_001 + b"1]}"), "more values than any real"),
        (safetensors_bytes({"a": 7}), "'a' no type, shape and offsets"),
        (safetensors_bytes({"a" * 600: TWO}, data_bytes=16), "name is 600 characters long"),
        (safetensors_bytes(entry(dtype="F99")), "the unknown type 'F99'"),
        (safetensors_bytes(entry(dtype=None)), "the unknown type 'None'"),
        (safetensors_bytes(entry(dtype=["F32"])), "the unknown type"),
        (safetensors_bytes(entry(shape="4")), "the shape as something that is no list"),
        (safetensors_bytes(entry(shape=[-4])), "the shape with -4, not from 1"),
        (safetensors_bytes(entry(shape=[0])), "the shape with 0, not from 1"),
        (safetensors_bytes(entry(shape=[4.5])), "the shape with '4.5', which is no whole"),
        (safetensors_bytes(entry(shape=[True])), "the shape with 'True', which is no whole"),
        (safetensors_bytes(entry(shape=[2**63])), "the shape with 9,223,372,036,854,775,808"),
        (safetensors_bytes(entry(shape=[10**30])), "a number of more than 24 digits"),
        (safetensors_bytes(entry(shape=[10**4000] * 30)), "a number of more than 24 digits"),
        (
            safetensors_bytes(entry(shape=[10**4000] * 500)),
            "something that is no list of numbers",
        ),
        (safetensors_bytes({f"t{i}": 0 for i in range(16_385)}), "has 16,385 tensors"),
        (safetensors_bytes(entry(shape=[1] * 9)), "a shape that no model has: 1, 1"),
        (safetensors_bytes(entry(shape=[2**40, 2**40])), "a shape that no model has"),
        (safetensors_bytes(entry(data_offsets=[0])), "the offsets 0, but its shape"),
        (safetensors_bytes(entry(data_offsets=[0, 12])), "the offsets 0, 12, but its shape"),
        (safetensors_bytes(entry(data_offsets=[16, 0])), "the offsets 16, 0"),
        (safetensors_bytes(entry(data_offsets=[-16, 0])), "the offsets with -16"),
        (
            safetensors_bytes(entry(data_offsets=[8, 24]), data_bytes=24),
            "leaves 8 bytes before",
        ),
        (
            safetensors_bytes({"a": TWO, "b": TWO}, data_bytes=16),
            "places the tensors 'a' and 'b'",
        ),
        (safetensors_bytes(entry(), data_bytes=10), "6 bytes (6 B) of its tensors are missing"),
        (safetensors_bytes(entry(), data_bytes=20), "holds 4 bytes after its last tensor"),
    ],
)
def test_that_what_the_format_forbids_is_refused_by_name_and_value(read, content, sentence):
    with pytest.raises(PlannerError) as refusal:
        read(content)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_that_a_large_header_costs_little_memory(tmp_path):
    tensors = {
        f"model.layers.{i}.mlp.experts.{i}.w1.weight": ("BF16", (8,)) for i in range(16_000)
    }
    path = write_safetensors(tmp_path / "m.safetensors", tensors)
    begun = time.process_time()
    assert len(read_safetensors_header(path).tensors) == 16_000
    assert time.process_time() - begun < 1
    tracemalloc.start()
    read_safetensors_header(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
