"""Logs of llama.cpp, Ollama and vLLM: what they print, whatever stands around it.

The figures are those of public logs, kept in `tests/data/llama_cpp/runtime_sample.csv`
(PUBLISHED LOG) and, for vLLM, of unslothai/notebooks Phi_4_(14B)-GRPO; the lines around them
are written as those programs print them, and how two GPUs share 256 MiB of cache is made up.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import PlannerError
from planner.core.ledger import Part, Place
from planner.core.plan import CacheType, RuntimeName
from planner.core.receipt import CUDA_GRAPHS, RuntimeLog
from planner.core.units import GIB, MIB
from planner.files.runtime_log import MAX_LINE_LENGTH, parse_runtime_log, read_runtime_log

LOGS = Path(__file__).parents[1] / "data" / "runtime_logs"


def read(name: str) -> RuntimeLog:
    return read_runtime_log(LOGS / f"{name}.txt")


def parse(*lines: str) -> RuntimeLog:
    return parse_runtime_log(lines, "a log")


def sizes(log: RuntimeLog) -> list[tuple[Part, Place, str, float]]:
    return [
        (each.part, each.place, each.device, round(each.size_bytes / MIB, 2))
        for each in log.buffers
    ]


def test_that_a_cuda_log_gives_each_buffer_and_the_choices():
    log = read("llama_cpp_phi3_cuda")
    assert sizes(log) == [
        (Part.WEIGHTS, Place.HOST, "CPU_Mapped", 52.84),
        (Part.WEIGHTS, Place.GPU, "CUDA0", 2228.82),
        (Part.OUTPUT_BUFFER, Place.HOST, "CUDA_Host", 0.12),
        (Part.KV_CACHE, Place.GPU, "CUDA0", 768.0),
        (Part.COMPUTE_BUFFER, Place.GPU, "CUDA0", 82.64),
    ]
    assert log.source == "C:\\models\\Phi-3-mini-4k-instruct-Q4_K_M.gguf"
    assert log.quant_format == "Q4_K_M"
    assert (log.context_length, log.parallel_sequences) == (2048, 1)
    assert (log.batch_size, log.micro_batch_size) == (2048, 512)
    assert log.flash_attention is True
    assert (log.cache_type_k, log.cache_type_v) == (CacheType.F16, CacheType.F16)
    assert log.gpu_layer_count == 33
    assert log.unified_cache is False


def test_that_a_repacked_copy_is_a_part_of_its_own():
    log = read("llama_cpp_phi3_cpu_repack")
    assert (Part.REPACKED_WEIGHTS, Place.HOST, "CPU_REPACK", 1242.0) in sizes(log)
    assert log.flash_attention is False
    assert log.gpu_layer_count == 0


def test_that_a_log_of_2024_is_read_too():
    log = read("llama_cpp_phi3_medium_2024")
    assert (Part.WEIGHTS, Place.GPU, "CUDA0", 3016.11) in sizes(log)
    assert (Part.KV_CACHE, Place.HOST, "CUDA_Host", 62.5) in sizes(log)
    assert log.gpu_layer_count == 15


def test_that_a_vllm_log_gives_its_shares():
    log = read("vllm_phi4_t4")
    assert log.runtime is RuntimeName.VLLM
    assert log.source == "unsloth/phi-4-unsloth-bnb-4bit"
    assert (log.context_length, log.tensor_parallel, log.enforce_eager) == (512, 1, False)
    assert {
        (each.part, each.device): round(each.size_bytes / GIB, 2) for each in log.buffers
    } == {
        (Part.WEIGHTS, "GPU"): 8.49,
        (Part.RUNTIME_OVERHEAD, "not torch's"): 0.05,
        (Part.COMPUTE_BUFFER, "GPU"): 0.47,
        (Part.KV_CACHE, "GPU"): 1.24,
        (Part.RUNTIME_OVERHEAD, CUDA_GRAPHS): 0.64,
    }


def test_that_vllm_of_today_is_read():
    log = parse(
        "(EngineCore pid=1) INFO 06-02 [model_runner.py:295] Model loading took 7.64 GiB and",
        "INFO 06-02 [core.py:71] Initializing a V1 engine: max_seq_len=8192, seed=0",
        "INFO 06-02 [gpu_worker.py:298] Available KV cache memory: 8.11 GiB",
        "INFO 06-02 [kv_cache_utils.py:870] GPU KV cache size: 178,880 tokens",
        "INFO 06-02 [model_runner.py:416] Graph capturing finished in 7 secs, took 0.65 GiB",
    )
    assert log.program == "vllm"
    assert log.enforce_eager is None
    assert log.cache_tokens == 178_880
    assert [round(each.size_bytes / GIB, 2) for each in log.buffers] == [7.64, 8.11, 0.65]


def test_that_ollamas_own_engine_is_read():
    source = "time=2026-01-01T00:00:00Z level=INFO source=device.go:240"
    log = parse(
        f'{source} msg="model weights" device=CUDA0 size="2.2 GiB"',
        f'{source} msg="model weights" device=CPU size="52.8 MiB"',
        f'{source} msg="kv cache" device=CUDA0 size="1.5 GiB"',
        f'{source} msg="compute graph" device=CUDA0 size="72.0 MiB"',
        f'{source} msg="offloaded 33/33 layers to GPU"',
    )
    assert log.program == "ollama"
    assert log.runtime is RuntimeName.LLAMA_CPP
    assert [each.part for each in log.buffers] == [
        Part.WEIGHTS,
        Part.WEIGHTS,
        Part.KV_CACHE,
        Part.COMPUTE_BUFFER,
    ]
    assert log.buffers[0].resolution_bytes == GIB // 10
    assert log.gpu_layer_count == 33


def test_that_the_last_load_counts_and_a_reserved_graph_once():
    log = parse(
        "llama_model_loader: loaded meta data with 1 key-value pairs",
        "load_tensors: CUDA0 model buffer size = 1.00 MiB",
        "llama_model_loader: loaded meta data with 1 key-value pairs",
        "load_tensors: CUDA0 model buffer size = 2.00 MiB",
        "load_tensors: CUDA0 model buffer size = 3.00 MiB",
        "llama_context: constructing llama_context",
        "llama_kv_cache: CUDA0 KV buffer size = 9.00 MiB",
        "llama_context: constructing llama_context",
        "llama_kv_cache: CUDA0 KV buffer size = 4.00 MiB",
        "graph_reserve: CUDA0 compute buffer size = 5.00 MiB",
        "graph_reserve: CUDA0 compute buffer size = 6.00 MiB",
    )
    assert [size for *_, size in sizes(log)] == [2.0, 3.0, 4.0, 6.0]


@pytest.mark.parametrize(
    ("line", "quant_format"),
    [
        ("print_info: file type   = IQ4_XS - 4.25 bpw", "IQ4_XS"),
        ("print_info: file type   = IQ3_S mix - 3.66 bpw", "IQ3_M"),
        ("print_info: file type   = Q8_0", "Q8_0"),
        ("print_info: file type   = all F32 (guessed)", "F32"),
        ("print_info: file type   = MXFP4 MoE", None),
    ],
)
def test_that_the_words_for_a_format_are_its_name(line, quant_format):
    log = parse(line, "load_tensors: CPU model buffer size = 1.00 MiB")
    assert log.quant_format == quant_format


def test_that_cache_types_that_are_not_known_are_passed_over():
    size = "llama_kv_cache: CPU KV buffer size = 1.00 MiB"
    known = parse(size, "llama_kv_cache_init: type_k = 'q4_0', type_v = 'f16', n_layer = 61")
    assert (known.cache_type_k, known.cache_type_v) == (CacheType.Q4_0, CacheType.F16)
    assert parse(size, "type_k = 'tq1', type_v = 'f16'").cache_type_k is None


def test_that_a_log_without_sizes_is_one_sentence():
    with pytest.raises(PlannerError) as refusal:
        parse("Hello", "n_ctx = 4096")
    assert "holds no memory sizes" in str(refusal.value)
    with pytest.raises(PlannerError, match="holds no memory sizes"):
        parse("x" * MAX_LINE_LENGTH + " CPU model buffer size = 1.00 MiB")
    with pytest.raises(PlannerError, match="holds no memory sizes"):
        parse("load_tensors: CPU model buffer size = 999999999.00 GiB")


def test_that_a_log_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(PlannerError, match="cannot be read: No such file"):
        read_runtime_log(tmp_path / "none.log")


def test_that_a_log_of_powershell_and_of_a_terminal_is_read(tmp_path):
    text = "\x1b[32mload_tensors:\x1b[0m CUDA0 model buffer size = 2.00 MiB\n"
    path = tmp_path / "log.txt"
    for encoding in ("utf-8", "utf-16"):
        path.write_text(text, encoding=encoding)
        assert sizes(read_runtime_log(path))[0][3] == 2.0


@given(
    noise=st.lists(st.text(max_size=200), max_size=20),
    number=st.text(alphabet="0123456789.,-e", max_size=30),
)
def test_that_any_text_around_a_size_is_passed_over(noise, number):
    lines = [
        *noise,
        "load_tensors: CUDA0 model buffer size = 2.00 MiB",
        f"llama_context: n_ctx = {number}",
        f"llama_kv_cache: CUDA0 KV buffer size = {number} MiB",
        *noise,
    ]
    log = parse(*lines)
    assert log.buffers[0].size_bytes == 2 * MIB
    assert all(each.size_bytes >= 0 for each in log.buffers)
