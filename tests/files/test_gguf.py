"""The header of a GGUF file: what is read, and everything that is refused."""

import io
import os
import struct
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from planner.core.errors import PlannerError
from planner.files.byte_window import ByteWindow
from planner.files.gguf import GgufHeader, LongArray, LongText, read_gguf_header
from planner.files.opened import OpenedFile
from tests.files.writers import (
    ARRAY,
    F64,
    I32,
    TEXT,
    U8,
    U64,
    Gguf,
    Typed,
    large_vocabulary,
    tensor_info,
    text,
    tiny_phi3,
)


@pytest.fixture
def read(tmp_path):
    """Read bytes as if they were a file."""

    def from_bytes(content: bytes) -> GgufHeader:
        path = tmp_path / "model.gguf"
        path.write_bytes(content)
        return read_gguf_header(path)

    return from_bytes


def whole(gguf: Gguf) -> bytes:
    return gguf.header().ljust(gguf.length(), b"\0")


@pytest.mark.parametrize("version", [2, 3])
def test_that_a_header_comes_back_as_it_was_written(read, version):
    gguf = tiny_phi3(general__author="nobody", phi3__some=Typed(F64, 0.25))
    gguf.version = version
    header = read(whole(gguf))
    assert header.version == version
    assert header.metadata["general.author"] == "nobody"
    assert header.metadata["phi3.some"] == 0.25
    assert header.metadata["phi3.block_count"] == 2
    assert header.metadata["tokenizer.ggml.tokens"] == LongArray(3)
    assert [(each.name, each.shape, each.storage) for each in header.tensors] == gguf.tensors
    assert header.tensors[0].size_bytes == 64 * 144  # a Q4_K block of 256 values is 144 bytes
    assert header.trailing_bytes == 0


def test_that_every_kind_of_value_is_read(read):
    values: dict[str, Any] = {f"k{kind}": Typed(kind, 1) for kind in (0, 1, 2, 3, 4, 5, 10, 11)}
    values |= {"f": Typed(6, 0.5), "d": Typed(12, 0.5), "b": True, "t": "word"}
    values |= {"a": Typed(ARRAY, [1, -2], items=I32), "none": Typed(ARRAY, [], items=U8)}
    metadata = read(Gguf(metadata=values).header()).metadata
    assert {key: metadata[key] for key in ("f", "d", "b", "t", "a", "none")} == {
        "f": 0.5,
        "d": 0.5,
        "b": True,
        "t": "word",
        "a": (1, -2),
        "none": (),
    }
    assert all(metadata[key] == 1 for key in values if key[0] == "k")


def test_that_long_texts_and_arrays_are_passed_over(read):
    gguf = Gguf(metadata={"t": "x" * 5000, "a": [1] * 5000, "after": 7})
    metadata = read(gguf.header()).metadata
    assert metadata == {"t": LongText(5000), "a": LongArray(5000), "after": 7}


def test_that_a_text_that_is_not_utf_8_does_not_stop_the_reader(read):
    metadata = read(Gguf(metadata={"t": Typed(TEXT, b"\xff\xfe!")}).header()).metadata
    assert metadata["t"] == "\ufffd\ufffd!"


def test_that_the_files_own_alignment_is_kept(read):
    gguf = tiny_phi3(general__alignment=128)
    gguf.alignment = 128
    header = read(whole(gguf))
    assert header.alignment == 128
    assert header.trailing_bytes == 0


def test_that_bytes_after_the_last_tensor_are_counted(read):
    assert read(whole(tiny_phi3()) + bytes(100)).trailing_bytes == 100


def test_that_a_vocabulary_of_200064_tokens_is_read_in_a_moment(tmp_path):
    # Phi-4-mini's vocabulary: tokens, scores, types and merges. 0.3 s is the bar; a machine
    # under load is given some more, since this is about thousands of times less, not percents.
    gguf = tiny_phi3(
        **{key.replace(".", "__"): value for key, value in large_vocabulary(200_064).items()}
    )
    path = gguf.write(tmp_path / "large.gguf")
    begun = time.process_time()
    header = read_gguf_header(path)
    assert time.process_time() - begun < 0.3
    assert header.metadata["tokenizer.ggml.merges"] == LongArray(200_064)
    assert len(header.tensors) == 15


def test_that_the_vocabulary_is_never_in_memory(tmp_path):
    gguf = tiny_phi3(
        **{key.replace(".", "__"): value for key, value in large_vocabulary(200_064).items()}
    )
    path = gguf.write(tmp_path / "large.gguf")
    tracemalloc.start()
    read_gguf_header(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 9_000_000
    assert peak < 1_000_000


def test_that_a_file_cut_off_in_its_tensors_says_how_much_is_missing(tmp_path):
    gguf = tiny_phi3()
    path = gguf.write(tmp_path / "model.gguf")
    os.truncate(path, gguf.length() * 2 // 3)
    last = gguf.length() - gguf.length() * 2 // 3
    with pytest.raises(PlannerError, match=f"'model.gguf' is cut off.*{last:,} bytes"):
        read_gguf_header(path)


@pytest.mark.parametrize("thirds", [0, 1, 2])
def test_that_a_header_cut_off_at_a_third_is_refused(read, thirds):
    header = tiny_phi3().header()
    with pytest.raises(PlannerError, match="ends inside its header"):
        read(header[: len(header) * thirds // 3])


def test_that_every_cut_in_the_header_is_refused(read):
    header = tiny_phi3().header()
    for length in range(0, len(header), 7):
        with pytest.raises(PlannerError):
            read(header[:length])


def start(tensors: int, keys: int, version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, keys)


def key(name: str, kind: int, value: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + value


HUGE = 2**63


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\3\4" + bytes(60), "does not begin as a GGUF file does"),
        (b"tjgg" + bytes(60), "the format before GGUF"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "for big-endian machines"),
        (start(0, 0, version=1), "of version 1; versions 2 and 3 are read"),
        (start(0, 0, version=7), "of version 7"),
        (start(HUGE, 0), "claims to have 9,223,372,036,854,775,808 tensors"),
        (start(0, HUGE), "claims to have 9,223,372,036,854,775,808 keys"),
        (start(0, 1) + struct.pack("<Q", HUGE), "the name of a key a length of 9,223,372"),
        (start(0, 1) + struct.pack("<Q", 0), "the name of a key a length of 0 bytes"),
        (start(0, 1) + text(b"\xff\xff"), "the name of a key that is not UTF-8"),
        (start(0, 2) + key("a", U8, b"\1") * 2, "names the key 'a' twice"),
        (start(0, 1) + key("a", 13, b""), "'a' a value of the unknown kind 13"),
        (start(0, 1) + key("a", TEXT, struct.pack("<Q", HUGE)), "ends inside its header"),
        (
            start(0, 1) + key("a", ARRAY, struct.pack("<IQ", TEXT, HUGE)),
            "gives 'a' 9,223,372,036,854,775,808 values",
        ),
        (
            start(0, 1) + key("a", ARRAY, struct.pack("<IQ", TEXT, 1 << 21)),
            "more than 800,000",
        ),
        (start(0, 1) + key("a", ARRAY, struct.pack("<IQ", TEXT, 1000)), "ends inside"),
        (
            start(0, 1) + key("a", ARRAY, struct.pack("<IQQ", TEXT, 1, HUGE)),
            "ends inside its header",
        ),
        (
            start(0, 1) + key("a", ARRAY, struct.pack("<IQQ", TEXT, 2, 2**64 - 1)) + bytes(99),
            "ends inside its header",
        ),
        (start(0, 1) + key("a", ARRAY, struct.pack("<IQ", U64, 1 << 26)), "ends inside"),
        (start(0, 1) + key("a", ARRAY, struct.pack("<IQ", ARRAY, 1)), "'a' arrays in an array"),
        (start(0, 1) + key("a", ARRAY, struct.pack("<IQ", 99, 1)), "'a' the unknown kind 99"),
        (start(0, 1) + key("general.alignment", 4, struct.pack("<I", 0)), "alignment as 0"),
        (start(0, 1) + key("general.alignment", 5, struct.pack("<i", -32)), "alignment as -32"),
        (start(0, 1) + key("general.alignment", 4, struct.pack("<I", 33)), "alignment as 33"),
        (
            start(0, 1) + key("general.alignment", 4, struct.pack("<I", 1 << 31)),
            "2,147,483,648",
        ),
        (start(0, 1) + key("general.alignment", 7, b"\1"), "alignment as True"),
        (start(1, 0) + text("x" * 64), "the name of a tensor a length of 64 bytes"),
        (start(1, 0) + tensor_info("t", [], 0, 0), "the tensor 't' 0 dimensions"),
        (start(1, 0) + tensor_info("t", [1] * 5, 0, 0), "the tensor 't' 5 dimensions"),
        (start(1, 0) + tensor_info("t", [0], 0, 0), "'t' a dimension of 0"),
        (start(1, 0) + tensor_info("t", [2**64 - 4], 0, 0), "'t' a dimension of -4"),
        (
            start(1, 0) + tensor_info("t", [1 << 41], 0, 0),
            "'t' a dimension of 2,199,023,255,552",
        ),
        (
            start(1, 0) + tensor_info("t", [1 << 25] * 2, 0, 0),
            "'t' 1,125,899,906,842,624 values",
        ),
        (start(1, 0) + tensor_info("t", [8], 4, 0), "'t' in the unknown type 4"),
        (
            start(1, 0) + tensor_info("t", [100], 12, 0),
            "no multiple of the 256 in a block of Q4_K",
        ),
        (start(1, 0) + tensor_info("t", [8], 0, 7), "'t' at 7, no multiple of 32"),
        (start(1, 0) + tensor_info("t", [8], 0, HUGE), "is cut off"),
        (
            start(2, 0) + tensor_info("t", [64], 0, 0) + tensor_info("u", [64], 0, 32),
            "places 't' and 'u' over one another",
        ),
        (
            start(2, 0)
            + tensor_info("t", [8], 0, 0)
            + tensor_info("t", [8], 0, 32)
            + bytes(64),
            "names a tensor twice",
        ),
    ],
)
def test_that_what_no_model_has_is_refused_by_name_and_value(read, content, sentence):
    with pytest.raises(PlannerError) as refusal:
        read(content)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_that_small_arrays_are_not_kept_without_end(read):
    values = {f"k{number}": [1] * 1000 for number in range(40)}
    metadata = read(Gguf(metadata=values).header()).metadata
    kept = [each for each in metadata.values() if isinstance(each, tuple)]
    assert len(kept) == 32
    assert len(metadata) == 40


def test_that_a_folder_a_pipe_and_nothing_are_refused_without_waiting(tmp_path):
    with pytest.raises(PlannerError, match="is not a file"):
        read_gguf_header(tmp_path)
    with pytest.raises(PlannerError, match=r"There is no file 'none\.gguf'"):
        read_gguf_header(tmp_path / "none.gguf")
    with pytest.raises(PlannerError, match="cannot be read"):
        read_gguf_header(Path("a\0b"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(PlannerError, match="is not a file"):
            read_gguf_header(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_that_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tiny_phi3().write(tmp_path / "mine.gguf")
    path.chmod(0)
    with pytest.raises(PlannerError, match=r"'mine\.gguf' cannot be read: Permission denied"):
        read_gguf_header(path)


def test_that_a_file_shortened_while_it_is_read_is_refused():
    window = ByteWindow(OpenedFile(io.BytesIO(bytes(10)), 4096, "'a.gguf'"))
    with pytest.raises(PlannerError, match="ends inside its header"):
        window.take(11)


def test_that_a_hostile_file_costs_little_time_and_memory(tmp_path):
    # Six megabytes of valid empty texts, then something that no model has.
    many = struct.pack("<IQ", TEXT, 800_000) + bytes(6_400_000)
    path = tmp_path / "hostile.gguf"
    path.write_bytes(start(0, 2) + key("a", ARRAY, many) + key("b", 99, b""))
    tracemalloc.start()
    with pytest.raises(PlannerError, match="unknown kind 99"):
        read_gguf_header(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
    begun = time.process_time()
    with pytest.raises(PlannerError, match="unknown kind 99"):
        read_gguf_header(path)
    assert time.process_time() - begun < 0.5
