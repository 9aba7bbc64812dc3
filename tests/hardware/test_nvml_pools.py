"""What is made of a driver's answers, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.nvml_pools import nvml_reading

RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="CPU",
    source="psutil",
    total_bytes=120 * GIB,
    used_by_others_bytes=20 * GIB,
    free_bytes=100 * GIB,
)


def given_value(value: object) -> dict[str, object]:
    return {"value": value}


def record(*boards: object) -> dict[str, object]:
    return {
        "format": 1,
        "init": given_value(None),
        "board_count": given_value(len(boards)),
        "boards": list(boards),
    }


def pool_of(**fields: object) -> MemoryPool:
    (pool,) = nvml_reading(record(fields), ram=RAM).pools
    return pool


def memory(**figures: object) -> dict[str, object]:
    return given_value(figures)


@pytest.mark.parametrize(
    ("bus_width_bits", "clock_mhz", "data_sheet"),
    [
        (384, 10501, 1008),  # RTX 4090
        (256, 7751, 496),  # RTX 2080 SUPER
        (256, 11501, 736),  # RTX 4080 SUPER
        (256, 14001, 896),  # RTX 5070 Ti
        (5120, 2619, 3352),  # H100 SXM
        (5120, 1215, 1555),  # A100 40 GB
    ],
)
def test_that_bandwidth_is_within_a_percent_of_the_data_sheet(
    bus_width_bits, clock_mhz, data_sheet
):
    pool = pool_of(
        memory_bus_width_bits=given_value(bus_width_bits),
        max_memory_clock_mhz=given_value(clock_mhz),
    )
    assert pool.bandwidth_gb_per_s == pytest.approx(data_sheet, rel=0.01)


@pytest.mark.parametrize("name", ["NVIDIA GB10", "Orin (nvgpu)", "NVIDIA Thor", "Thor"])
@pytest.mark.parametrize(
    "answer",
    [
        {"code": 3, "reason": "Not Supported"},
        memory(total=0, used=0, free=0),
        memory(total=119 * GIB, used=GIB, free=118 * GIB),
    ],
)
def test_that_a_chip_whose_memory_is_the_systems_is_unified(name, answer):
    pool = pool_of(name=given_value(name), memory=answer)
    assert pool.kind is PoolKind.UNIFIED
    assert (pool.total_bytes, pool.free_bytes) == (RAM.total_bytes, RAM.free_bytes)


def test_that_the_name_of_such_a_chip_is_one_sign_and_not_enough():
    lost = pool_of(name=given_value("NVIDIA GB10"), memory={"code": 15, "reason": "lost"})
    own = pool_of(
        name=given_value("NVIDIA GB10"), memory=memory(total=8 * GIB, used=0, free=8 * GIB)
    )
    assert lost.kind is own.kind is PoolKind.DEDICATED


def test_that_a_part_of_a_name_is_no_sign():
    refused = {"code": 3, "reason": "Not Supported"}
    assert pool_of(name=given_value("NVIDIA GB100"), memory=refused).kind is PoolKind.DEDICATED


def test_that_unified_memory_without_the_systems_figures_is_unknown():
    board = {"name": given_value("NVIDIA GB10"), "memory": {"code": 3, "reason": "no"}}
    (pool,) = nvml_reading(record(board)).pools
    assert (pool.kind, pool.total_bytes, pool.free_bytes) == (PoolKind.UNIFIED, None, None)


def test_that_boards_are_numbered_after_those_of_other_probes():
    board = {"name": given_value("a")}
    reading = nvml_reading(record(board, board), first_gpu_number=3)
    assert [pool.id for pool in reading.pools] == ["gpu3", "gpu4"]
    assert reading.board_count == 2


@pytest.mark.parametrize("free", [-1, 2**64 - 1, 25 * GIB, None, True, "1"])
def test_that_free_memory_that_cannot_be_is_unknown(free):
    pool = pool_of(memory=memory(total=24 * GIB, reserved=0, used=0, free=free))
    assert pool.free_bytes is None
    assert pool.total_bytes == 24 * GIB
    assert any("free memory is not usable" in note for note in pool.notes)


def test_that_a_slice_that_refuses_stays_beside_the_others():
    board = {
        "name": given_value("H100"),
        "mig_slot_count": given_value(7),
        "mig_slices": [
            {"handle": {"code": 4, "reason": "no"}},
            {"name": given_value("H100 MIG"), "memory": memory(total=MIB, used=0, free=MIB)},
        ],
    }
    refused, healthy = nvml_reading(record(board)).pools
    assert (refused.id, refused.total_bytes) == ("gpu0.mig0", None)
    assert "no permission" in refused.notes[0]
    assert (healthy.id, healthy.free_bytes) == ("gpu0.mig1", MIB)


def test_that_a_slice_without_memory_says_so():
    board = {
        "name": given_value("H100"),
        "mig_slot_count": given_value(7),
        "mig_slices": [{"memory": {"code": 3, "reason": "Not Supported"}}],
    }
    (pool,) = nvml_reading(record(board)).pools
    assert (pool.name, pool.free_bytes, pool.bandwidth_gb_per_s) == ("H100 MIG", None, None)
    assert pool.notes[-1] == "The driver did not give: memory (Not Supported)."


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (15, "fell off the bus"),
        (16, "must be reset"),
        (4, "no permission"),
        (17, "gives nothing of this GPU: error 17"),
    ],
)
def test_that_a_gpu_without_a_handle_says_why(code, words):
    (pool,) = nvml_reading(record({"handle": {"code": code}})).pools
    assert words in pool.notes[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [(12, "(no such file)"), (15, "fell off the bus"), (23, "start: error 23")],
)
def test_that_a_library_that_does_not_start_says_why(code, words):
    reading = nvml_reading({"init": {"code": code, "loader": "no such file"}})
    assert words in reading.notes[0]


def test_that_a_count_that_is_refused_is_told():
    answer = record() | {"board_count": {"code": 999, "reason": "Unknown Error"}}
    assert nvml_reading(answer).notes == (
        "The driver did not give: the number of GPUs (Unknown Error).",
    )


def test_that_boards_beyond_those_that_are_read_are_told():
    answer = record({"name": given_value("a")}) | {"board_count": given_value(65)}
    assert nvml_reading(answer).notes == ("Only 1 of 65 NVIDIA GPUs are shown.",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIGURE = st.integers(-(2**65), 2**65) | st.integers(0, 40 * GIB) | JSON
ANSWER = (
    st.builds(lambda code, reason: {"code": code, "reason": reason}, JSON, JSON)
    | st.builds(given_value, FIGURE)
    | JSON
)
MEMORY = st.builds(
    given_value,
    st.dictionaries(st.sampled_from(["total", "reserved", "used", "free"]), FIGURE),
)
NAME = st.builds(given_value, st.sampled_from(["NVIDIA GB10", "NVIDIA H100"]) | JSON)
SLICE = st.fixed_dictionaries({}, optional={"memory": MEMORY, "name": NAME, "handle": ANSWER})
BOARD = st.fixed_dictionaries(
    {"memory": MEMORY | ANSWER},
    optional={
        "name": NAME,
        "uuid": ANSWER,
        "pci": ANSWER,
        "compute_capability": ANSWER,
        "memory_bus_width_bits": ANSWER,
        "max_memory_clock_mhz": ANSWER,
        "addressing_mode": ANSWER,
        "driver_model": ANSWER,
        "mig_slot_count": ANSWER,
        "mig_slices": st.lists(SLICE, max_size=3) | JSON,
    },
)


@given(st.lists(BOARD | JSON, max_size=3), st.none() | st.text(max_size=20))
def test_that_memory_is_never_negative_and_free_never_above_the_total(boards, variable):
    reading = nvml_reading(record(*boards), ram=RAM, cuda_visible_devices=variable)
    for pool in reading.pools:
        figures = (pool.reserved_bytes, pool.used_by_others_bytes, pool.free_bytes)
        known = [figure for figure in figures if figure is not None]
        assert not known or pool.total_bytes is not None
        assert all(0 <= figure <= (pool.total_bytes or 0) for figure in known)
        assert pool.bandwidth_gb_per_s is None or pool.bandwidth_gb_per_s > 0
        assert pool.free_bytes is not None or pool.notes
        assert pool.name
    ids = [pool.id for pool in reading.pools]
    assert len(set(ids)) == len(ids)


@given(JSON)
def test_that_an_answer_of_any_shape_gives_a_note_and_no_error(answer):
    reading = nvml_reading(answer)
    assert reading.pools == ()
    assert len(reading.notes) == 1
