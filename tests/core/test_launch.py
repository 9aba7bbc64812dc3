"""Launch commands: exact, quoted, and parsed back to the plan they came from."""

import ast
import shlex
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.launch import TOOLS, VLLM_FORMATS, Launch, LaunchTool, Shell, launch, quoted
from planner.core.launch_parse import parse_launch
from planner.core.model_spec import Support
from planner.core.plan import (
    CACHE_TYPES,
    CacheKind,
    CacheType,
    PlanOptions,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.quant_format import QUANT_FORMATS

CATALOGUE = load_catalogue().models
MODELS = {model.id: model for model in CATALOGUE}
OPEN_MODELS = [model for model in CATALOGUE if model.shape is not None]
RUNNABLE = [
    model for model in OPEN_MODELS if model.runtimes["llama.cpp"].support is not Support.NONE
]


def launch_of(
    tool: LaunchTool,
    quant_format: str = "Q4_K_M",
    *,
    model_id: str = "phi-4",
    source: str | None = None,
    shell: Shell = Shell.POSIX,
    **options,
) -> Launch:
    runtime = next(each for each, tools in TOOLS.items() if tool in tools)
    plan = PlanOptions(runtime=runtime, **options).plan(MODELS[model_id], quant_format)
    return launch(MODELS[model_id], plan, tool, source=source, shell=shell)


def test_that_llama_server_gets_every_figure_of_the_plan():
    assert launch_of(
        LaunchTool.LLAMA_SERVER,
        context_length=8192,
        parallel_sequences=2,
        cache_type_k=CacheType.Q8_0,
        cache_type_v=CacheType.Q4_0,
    ).text == (
        "llama-server -m phi-4-Q4_K_M.gguf -c 8192 -ngl 41 -np 2 -sm none -ctk q8_0 "
        "-ctv q4_0 -fa on -b 2048 -ub 512"
    )


def test_that_llama_cli_on_the_cpu_keeps_off_every_gpu():
    assert launch_of(LaunchTool.LLAMA_CLI, gpu_layers=0, flash_attention=False).text == (
        "llama-cli -m phi-4-Q4_K_M.gguf -c 4096 -ngl 0 --device none -sm none "
        "-ctk f16 -ctv f16 -fa off -b 2048 -ub 512"
    )


def test_that_the_shares_of_several_gpus_are_named():
    shares: dict[str, Any] = {"split_mode": SplitMode.LAYER, "tensor_split": (3.0, 1.0)}
    assert " -sm layer -ts 3.0,1.0 " in launch_of(LaunchTool.LLAMA_SERVER, **shares).text


@pytest.mark.parametrize(
    ("tool", "options", "said"),
    [
        (LaunchTool.LLAMA_CLI, {"parallel_sequences": 2}, "one conversation"),
        (LaunchTool.LLAMA_SERVER, {"program": Program.LIBRARY}, "libllama"),
        (LaunchTool.OLLAMA, {"cache_type_k": CacheType.Q8_0}, "one type"),
        (LaunchTool.LLAMA_SERVER, {"context_length": 99_999}, "at most 16,384 tokens"),
    ],
)
def test_that_a_plan_a_tool_cannot_run_is_refused_with_the_reason(tool, options, said):
    with pytest.raises(PlannerError, match=said):
        launch_of(tool, **options)


def test_that_a_tool_of_another_runtime_is_refused():
    phi_4 = MODELS["phi-4"]
    plan = PlanOptions().plan(phi_4, "Q4_K_M")
    with pytest.raises(PlannerError, match="llama-server, llama-cli, ollama, lms does"):
        launch(phi_4, plan, LaunchTool.VLLM)


def test_that_ollama_gets_a_modelfile_and_its_environment():
    found = launch_of(
        LaunchTool.OLLAMA,
        context_length=16_384,
        parallel_sequences=4,
        cache_type_k=CacheType.Q8_0,
        cache_type_v=CacheType.Q8_0,
    )
    assert found.files[0].content == (
        "FROM ./phi-4-Q4_K_M.gguf\n"
        "PARAMETER num_ctx 4096\n"
        "PARAMETER num_gpu 41\n"
        "PARAMETER num_batch 512\n"
    )
    assert found.text.splitlines() == [
        "OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=q8_0 OLLAMA_NUM_PARALLEL=4 ollama serve",
        "ollama create phi-4-q4_k_m -f Modelfile",
        "ollama run phi-4-q4_k_m",
    ]
    windows = launch_of(LaunchTool.OLLAMA, shell=Shell.POWERSHELL, source="./my/model.gguf")
    assert windows.text.startswith("$env:OLLAMA_FLASH_ATTENTION = '1'; ")
    assert windows.files[0].content.startswith("FROM ./my/model.gguf\n")


@pytest.mark.parametrize(("layers", "share"), [(41, "max"), (0, "off"), (20, "0.4878")])
def test_that_lm_studio_gets_the_share_of_the_layers(layers, share):
    assert launch_of(LaunchTool.LM_STUDIO, gpu_layers=layers).text == (
        f"lms load phi-4@q4_k_m --gpu {share} --context-length 4096 -y"
    )


def test_that_vllm_gets_every_figure_of_the_plan():
    assert launch_of(
        LaunchTool.VLLM,
        "bf16",
        context_length=16_384,
        cache_type_k=CacheType.FP8,
        cache_type_v=CacheType.FP8,
        tensor_parallel=2,
        enforce_eager=True,
    ).text == (
        "vllm serve microsoft/phi-4 --dtype bfloat16 --max-model-len 16384 "
        "--gpu-memory-utilization 0.92 --max-num-seqs 256 --max-num-batched-tokens 2048 "
        "--kv-cache-dtype fp8 --tensor-parallel-size 2 --enforce-eager"
    )


def test_that_a_packed_checkpoint_is_asked_for():
    found = launch_of(LaunchTool.VLLM, "awq-int4", source="someone/phi-4-awq")
    assert "--quantization awq" in found.text
    assert found.notes == (
        "someone/phi-4-awq must be a checkpoint that is packed as awq-int4.",
    )


def test_that_unsloths_own_format_has_no_command():
    with pytest.raises(PlannerError, match="no option for bnb-nf4-dq"):
        launch_of(LaunchTool.VLLM, "bnb-nf4-dq")


@pytest.mark.parametrize(
    ("quant_format", "said"),
    [
        ("bf16", "dtype=torch.bfloat16"),
        ("fp32", "dtype=torch.float32"),
        ("fp16", "dtype=torch.float16"),
        ("int8", "load_in_8bit=True"),
        ("nf4", "bnb_4bit_use_double_quant=False"),
        ("nf4-dq", "bnb_4bit_use_double_quant=True"),
    ],
)
def test_that_the_transformers_program_packs_as_planned(quant_format, said):
    found = launch_of(
        LaunchTool.TRANSFORMERS, quant_format, cache_kind=CacheKind.STATIC, gpu_layers=41
    )
    assert said in found.text
    assert "device_map='cuda'" in found.text
    assert "max_length=4096, cache_implementation='static'" in found.text


def test_that_the_onnx_program_allocates_what_was_planned():
    found = launch_of(
        LaunchTool.ONNX_GENAI, "int4", max_length=8192, chunk_size=512, source="C:\\models\\phi"
    )
    assert "set_search_options(max_length=8192, chunk_size=512)" in found.text
    assert "append_provider('cuda')" in found.text
    assert "'C:\\\\models\\\\phi'" in found.text
    on_cpu = launch_of(LaunchTool.ONNX_GENAI, "int4", gpu_layers=0)
    assert "append_provider" not in on_cpu.text
    assert "max_length=4096)" in on_cpu.text


@pytest.mark.parametrize("tool", [LaunchTool.TRANSFORMERS, LaunchTool.ONNX_GENAI])
@given(source=st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()))
def test_that_programs_are_python_whatever_the_model_is_called(tool, source):
    quant_format = "int4" if tool is LaunchTool.ONNX_GENAI else "bf16"
    found = launch_of(tool, quant_format, source=source)
    assert found.is_python
    strings = [
        node.value for node in ast.walk(ast.parse(found.text)) if isinstance(node, ast.Constant)
    ]
    assert source in strings


def test_that_mlx_gets_its_cache_bits():
    options: dict[str, Any] = {"cache_type_k": CacheType.Q8_0, "cache_type_v": CacheType.Q8_0}
    source = "mlx-community/phi-4-4bit"
    generate = launch_of(LaunchTool.MLX_GENERATE, "4bit", source=source, **options)
    assert generate.text == (
        f"mlx_lm.generate --model {source} --max-tokens 4096 --prompt Hello --kv-bits 8"
    )
    server = launch_of(LaunchTool.MLX_SERVER, "4bit", source=source, **options)
    assert server.text == f"mlx_lm.server --model {source} --max-tokens 4096"
    assert any("cache in 16 bits" in note for note in server.notes)
    plain = launch_of(LaunchTool.MLX_GENERATE, "bf16")
    assert plain.notes == ()
    assert "--kv-bits" not in plain.text
    assert len(launch_of(LaunchTool.MLX_SERVER, "bf16").notes) == 1


@given(source=st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()))
def test_that_a_shell_takes_the_file_for_one_word(source):
    words = shlex.split(launch_of(LaunchTool.LLAMA_SERVER, source=source).text)
    assert words[:3] == ["llama-server", "-m", source]


@pytest.mark.parametrize("source", ["", " ", "a\nb.gguf", "a\x1b[2J.gguf"])
def test_that_a_source_with_control_characters_is_refused(source):
    with pytest.raises(PlannerError, match="printable characters"):
        launch_of(LaunchTool.LLAMA_SERVER, source=source)


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("phi-4.gguf", "phi-4.gguf"),
        ("C:\\my models\\phi.gguf", "'C:\\my models\\phi.gguf'"),
        ("it's", "'it''s'"),
        ("it’s", "'it’’s'"),
        ("$env:PATH;calc", "'$env:PATH;calc'"),
        ("@splat", "'@splat'"),
    ],
)
def test_that_powershell_takes_a_word_for_itself(word, written):
    assert quoted(word, Shell.POWERSHELL) == written


def test_that_a_double_quote_has_no_sound_form_in_powershell():
    with pytest.raises(PlannerError, match="double quotes"):
        quoted('a"b', Shell.POWERSHELL)


@given(
    model=st.sampled_from(RUNNABLE),
    quant=st.sampled_from(QUANT_FORMATS),
    tool=st.sampled_from([LaunchTool.LLAMA_SERVER, LaunchTool.LLAMA_CLI]),
    data=st.data(),
)
def test_that_a_llama_cpp_command_is_parsed_back_to_its_plan(model, quant, tool, data):
    parallel = data.draw(st.integers(1, 256)) if tool is LaunchTool.LLAMA_SERVER else 1
    options = PlanOptions(
        context_length=data.draw(st.integers(256, model.context_length_limit or 0)),
        parallel_sequences=parallel,
        cache_type_k=data.draw(st.sampled_from(CACHE_TYPES[RuntimeName.LLAMA_CPP])),
        cache_type_v=data.draw(st.sampled_from(CACHE_TYPES[RuntimeName.LLAMA_CPP])),
        flash_attention=data.draw(st.booleans()),
        batch_size=data.draw(st.integers(1, 1 << 20)),
        micro_batch_size=data.draw(st.integers(1, 1 << 20)),
        gpu_layers=data.draw(st.integers(0, 60)),
        unified_cache=tool is LaunchTool.LLAMA_SERVER and data.draw(st.booleans()),
        split_mode=data.draw(st.sampled_from(SplitMode)),
        tensor_split=tuple(data.draw(st.lists(st.floats(0, 100), max_size=4))),
        cpu_expert_layers=data.draw(st.integers(0, model.shape.layer_count)),
        repack=data.draw(st.booleans()),
        imatrix=data.draw(st.booleans()),
    )
    plan = options.plan(model, quant.name)
    parsed = parse_launch(
        launch(model, plan, tool).text,
        CATALOGUE,
        defaults=PlanOptions(imatrix=options.imatrix),
    )
    assert parsed.plan() == plan
    assert parsed.ignored == ()
    assert parsed.notes == ()


@given(
    model=st.sampled_from([each for each in OPEN_MODELS if each.repository]),
    quant_format=st.sampled_from(list(VLLM_FORMATS)),
    data=st.data(),
)
def test_that_a_vllm_command_is_parsed_back_to_its_plan(model, quant_format, data):
    cache_type = data.draw(st.sampled_from(CACHE_TYPES[RuntimeName.VLLM]))
    # How many sequences somebody plans with is no option of vLLM.
    asked = PlanOptions(parallel_sequences=data.draw(st.integers(1, 8)))
    options = replace(
        asked,
        runtime=RuntimeName.VLLM,
        context_length=data.draw(st.integers(1, model.context_length_limit or 0)),
        cache_type_k=cache_type,
        cache_type_v=cache_type,
        batch_size=data.draw(st.integers(1, 1 << 20)),
        gpu_memory_utilization=data.draw(st.floats(0.01, 1)),
        max_sequences=data.draw(st.integers(1, 4096)),
        tensor_parallel=data.draw(st.integers(1, 64)),
        enforce_eager=data.draw(st.booleans()),
    )
    plan = options.plan(model, quant_format)
    text = launch(model, plan, LaunchTool.VLLM).text
    parsed = parse_launch(text, CATALOGUE, defaults=asked)
    assert parsed.plan() == plan
    assert parsed.ignored == ()
