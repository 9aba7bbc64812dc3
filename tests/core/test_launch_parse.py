"""Pasted commands: what they say of a plan, what they do not, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.launch_names import read_name
from planner.core.launch_parse import MAX_COMMAND_LENGTH, MAX_WORDS, parse_launch
from planner.core.launch_words import ParsedLaunch
from planner.core.plan import CacheType, GpuLayers, RuntimeName, SplitMode

CATALOGUE = load_catalogue().models


def parsed(text: str) -> ParsedLaunch:
    return parse_launch(text, CATALOGUE)


def test_that_a_pasted_llama_server_command_is_a_plan():
    found = parsed(
        "CUDA_VISIBLE_DEVICES=0 ./build/bin/llama-server -m ~/models/phi-4-Q4_K_M.gguf \\\n"
        "  --ctx-size 16384 --n-gpu-layers 99 -fa --cache-type-k q8_0 -ctv q8_0 \\\n"
        "  -np 4 -sm none -b 1024 -ub 256 --host 0.0.0.0 --port 8080 --jinja > log.txt 2>&1 &"
    )
    plan = found.plan()
    assert (plan.model_id, plan.quant_format) == ("phi-4", "Q4_K_M")
    assert (plan.context_length, plan.parallel_sequences) == (16_384, 4)
    assert plan.gpu_layer_count == 41
    assert plan.flash_attention
    assert (plan.cache_type_k, plan.cache_type_v) == (CacheType.Q8_0, CacheType.Q8_0)
    assert (plan.batch_size, plan.micro_batch_size) == (1024, 256)
    assert found.ignored == (
        "CUDA_VISIBLE_DEVICES=0",
        ">",
        "log.txt",
        "2>&1",
        "&",
        "--host 0.0.0.0",
        "--port 8080",
        "--jinja",
    )
    assert found.notes == ()


def test_that_what_llama_server_assumes_is_said():
    found = parsed("llama-server -hf bartowski/microsoft_Phi-4-mini-instruct-GGUF")
    assert found.model is not None
    assert found.model.id == "phi-4-mini"
    assert found.quant_format == "Q4_K_M"
    assert found.options.context_length == 131_072
    assert found.options.gpu_layers is GpuLayers.AUTO
    assert found.options.parallel_sequences == 4
    assert [note.split(" ")[1] for note in found.notes] == [
        "a",
        "--ctx-size",
        "--n-gpu-layers",
        "--parallel",
        "--split-mode",
    ]
    assert found.options.unified_cache


@pytest.mark.parametrize(
    ("words", "layers"),
    [
        ("-ngl all", GpuLayers.ALL),
        ("-ngl auto", GpuLayers.AUTO),
        ("-ngl -1", GpuLayers.AUTO),
        ("-ngl -2", GpuLayers.ALL),
        ("-ngl 12", 12),
        ("-ngl 12 --device none", 0),
    ],
)
def test_that_layers_are_read_as_llama_cpp_reads_them(words, layers):
    assert parsed(f"llama-cli -m phi-2-Q8_0.gguf {words}").options.gpu_layers == layers


@pytest.mark.parametrize(
    ("words", "is_on"),
    [
        ("", True),
        ("-fa", True),
        ("-fa on", True),
        ("-fa auto", True),
        ("--flash-attn off", False),
        ("--flash-attn=0", False),
        ("-fa -c 512", True),
    ],
)
def test_that_flash_attention_is_read_in_its_old_and_new_form(words, is_on):
    assert parsed(f"llama-cli -m phi-2-Q8_0.gguf {words}").options.flash_attention is is_on


def test_that_llama_cli_holds_one_conversation():
    found = parsed("llama-cli -m phi-2.Q4_K_S.gguf -c 0")
    assert found.options.parallel_sequences == 1
    assert found.options.context_length == 2048
    assert found.quant_format == "Q4_K_S"


def test_that_what_a_plan_does_not_have_is_said_and_not_swallowed():
    found = parsed("llama-server -m phi-4-Q4_K_M.gguf --no-mmap -ot exps=CPU --mmproj a.gguf")
    assert [note.split()[0] for note in found.notes if "changes the memory" in note] == [
        "--override-tensor",
        "--mmproj",
        "--no-mmap",
    ]


def test_that_a_split_over_cards_and_experts_in_ram_are_read():
    found = parsed("llama-server -m phi-3.5-moe-Q4_K_M.gguf -np 2 -sm layer -ts 3/1 -ncmoe 12")
    assert found.options.split_mode is SplitMode.LAYER
    assert found.options.tensor_split == (3.0, 1.0)
    assert found.options.cpu_expert_layers == 12
    assert not found.options.unified_cache
    every = parsed("llama-server -m phi-3.5-moe-Q4_K_M.gguf --cpu-moe -np 2 -kvu")
    assert every.options.cpu_expert_layers == 32
    assert every.options.unified_cache
    assert not parsed("llama-server -m phi-4-Q4_K_M.gguf --no-kv-unified").options.unified_cache


@pytest.mark.parametrize(
    ("path", "model_id", "quant_format"),
    [
        ("/models/Phi-3.5-mini-instruct-Q4_K_M.gguf", "phi-3.5-mini", "Q4_K_M"),
        ("unsloth/Phi-4-mini-reasoning-GGUF:Q8_0", "phi-4-mini-reasoning", "Q8_0"),
        ("C:\\m\\Phi-3-medium-128k-instruct-IQ3_XXS.gguf", "phi-3-medium-128k", "IQ3_XXS"),
        ("phi-4-UD-Q4_K_XL.gguf", None, None),
        ("Phi-3.5-MoE-instruct-Q4_K_M-00001-of-00002.gguf", "phi-3.5-moe", "Q4_K_M"),
        ("phi-4-abliterated-Q4_K_M.gguf", None, "Q4_K_M"),
        ("llama-3-8b-Q4_K_M.gguf", None, "Q4_K_M"),
        ("microsoft/phi-1_5", "phi-1.5", None),
        ("Q4_K_M.gguf", None, "Q4_K_M"),
        ("", None, None),
    ],
)
def test_that_a_name_is_read_and_never_guessed(path, model_id, quant_format):
    found = read_name(path, CATALOGUE)
    assert (found.model_id, found.quant_format) == (model_id, quant_format)


def test_that_a_command_for_another_model_has_options_and_no_plan():
    found = parsed("llama-server -m llama-3-8b-Q4_K_M.gguf -c 8192 -ngl 33 -np 1")
    assert found.options.context_length == 8192
    with pytest.raises(PlannerError, match="none of the catalogue"):
        found.plan()
    unknown = parsed("llama-server -np 1")
    assert unknown.options.context_length is None
    with pytest.raises(PlannerError, match="none of the catalogue"):
        unknown.plan()
    with pytest.raises(PlannerError, match="does not tell its quant format"):
        parsed("llama-server -m phi-4.gguf").plan()


def test_that_a_file_of_a_repository_tells_the_format():
    found = parsed(
        "llama-server -hf x/phi-4-GGUF -hff phi-4-Q6_K.gguf -c 512 -ngl 3 -np 1 -sm none"
    )
    assert found.plan().quant_format == "Q6_K"
    assert found.notes == ()
    unnamed = parsed("llama-server -hf x/phi-4-GGUF -hff phi-4.gguf")
    assert unnamed.quant_format is None


def test_that_a_pasted_vllm_command_is_a_plan():
    found = parsed(
        "vllm serve --trust-remote-code microsoft/Phi-3.5-mini-instruct --max-model-len 8k "
        "--gpu-memory-utilization=0.85 -tp 2 --max-num-seqs 64 --max-num-batched-tokens 4K "
        "--kv-cache-dtype fp8_e4m3 --enforce-eager --port 8000"
    )
    plan = found.plan()
    assert plan.runtime is RuntimeName.VLLM
    assert (plan.model_id, plan.quant_format) == ("phi-3.5-mini", "bf16")
    assert plan.context_length == 8000
    assert plan.batch_size == 4096
    assert plan.gpu_memory_utilization == 0.85
    assert (plan.tensor_parallel, plan.max_sequences) == (2, 64)
    assert plan.cache_type_k is CacheType.FP8
    assert plan.enforce_eager
    assert found.ignored == ("--trust-remote-code", "--port 8000")


def test_that_vllms_defaults_are_said():
    found = parsed("python3 -m vllm.entrypoints.openai.api_server --model microsoft/phi-4")
    assert found.plan().context_length == 16_384
    assert found.plan().gpu_memory_utilization == 0.92
    assert found.notes == (
        "Without --max-model-len the model's whole context is taken: 16,384 tokens.",
    )
    other = parsed("vllm serve meta-llama/Llama-3-8B --cpu-offload-gb 4")
    assert other.model is None
    assert other.notes[0] == "Without --max-model-len the model's whole context is taken."
    assert other.notes[1].startswith("--cpu-offload-gb changes the memory")
    assert parsed("vllm serve").source is None


@pytest.mark.parametrize(
    ("words", "quant_format"),
    [
        ("microsoft/phi-4 --dtype half", "fp16"),
        ("microsoft/phi-4 -q awq_marlin --dtype half", "awq-int4"),
        ("unsloth/phi-4-bnb-4bit", "bnb-nf4"),
        ("someone/phi-4-AWQ", "awq-int4"),
        ("someone/phi-4-GPTQ", "gptq-int4"),
        ("someone/phi-4-FP8", "fp8"),
    ],
)
def test_that_a_format_is_read_from_the_options_or_the_name(words, quant_format):
    found = parsed(f"vllm serve {words}")
    assert found.quant_format == quant_format
    assert found.model is not None
    assert found.model.id == "phi-4"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "starts with nothing"),
        ("rm -rf /", "'rm -rf'"),
        ("vllm bench", "'vllm bench'"),
        ("| llama-server", "starts with nothing"),
        ("llama-server -c", "ends after -c, which needs a value"),
        (
            "llama-server -c many",
            "whole number from 0 to 2,147,483,647; the command has 'many'",
        ),
        ("llama-server -c -5", "--ctx-size takes a whole number"),
        ("llama-server -c 99999999999999999999", "--ctx-size takes a whole number"),
        ("llama-server -c 4096;reboot", "has '4096;reboot'"),
        ("llama-server -np 999", "from -1 to 256"),
        ("llama-server -ngl some", "--n-gpu-layers takes a whole number"),
        ("llama-server -ctk iq4_nl", "f32, f16, bf16, q8_0"),
        ("llama-server --flash-attn=maybe", "takes on, off or auto"),
        ("llama-server -ts 3,many", "share for each GPU"),
        (f"llama-server -ts {'1,' * 300}1", "share for each GPU"),
        ("llama-server -sm column", "--split-mode takes none, layer, row"),
        ("llama-server -b 0", "--batch-size takes"),
        ("llama-server -m 'phi-4", "cannot be read: no closing quotation"),
        ("vllm serve x --gpu-memory-utilization 1.5", "share above 0"),
        ("vllm serve x --gpu-memory-utilization nan", "share above 0"),
        ("vllm serve x --gpu-memory-utilization lots", "share above 0"),
        (f"vllm serve x --gpu-memory-utilization {'1' * 50}", "share above 0"),
        ("vllm serve x --kv-cache-dtype int3", "--kv-cache-dtype takes auto"),
        ("vllm serve x --quantization gguf", "--quantization takes fp8"),
        ("vllm serve x --dtype float32", "--dtype takes auto"),
        ("vllm serve x --max-model-len 1.5", "--max-model-len takes a whole number"),
        ("vllm serve x --max-model-len 0k", "--max-model-len takes a whole number"),
        ("vllm serve x -tp 0", "from 1 to 64"),
    ],
)
def test_that_a_bad_command_is_refused_in_one_sentence(text, said):
    with pytest.raises(PlannerError) as refusal:
        parsed(text)
    assert said in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_that_the_length_of_a_command_is_bounded():
    with pytest.raises(PlannerError, match="too long"):
        parsed("llama-server " + "x" * MAX_COMMAND_LENGTH)
    with pytest.raises(PlannerError, match="words"):
        parsed("llama-server " + "x " * MAX_WORDS)


def test_that_windows_paths_keep_their_backslashes():
    found = parsed(
        '"C:\\llama cpp\\llama-server.exe" -m "C:\\my models\\phi-4-Q4_K_M.gguf" ^\r\n -c 2048'
    )
    assert found.source == "C:\\my models\\phi-4-Q4_K_M.gguf"
    assert found.plan().context_length == 2048
    powershell = parsed(".\\llama-server.exe -m .\\phi-2-Q8_0.gguf `\n -c 1024 -")
    assert powershell.plan().context_length == 1024
    assert powershell.ignored == ("-",)


@given(
    text=st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "-c",
                "-ngl",
                "-fa",
                "8192",
                "all",
                "-m",
                "phi-4-Q4_K_M.gguf",
                "--x=y",
                "'",
                "|",
                "-np",
            ]
        )
    ).map(" ".join)
)
def test_that_any_text_gives_a_plan_or_a_sentence(text):
    for start in ("", "llama-server ", "vllm serve "):
        try:
            found = parsed(start + text)
        except PlannerError:
            continue
        assert found.options.parallel_sequences >= 1


def test_that_a_command_that_splits_rows_is_understood_and_without_repacking_too():
    parsed = parse_launch("llama-server -m phi-4-Q4_K_M.gguf -c 4096 -sm row -nr", CATALOGUE)
    assert parsed.options.split_mode is SplitMode.ROW
    assert parsed.options.repack is False
    assert parsed.ignored == ()
    assert not any("--no-repack" in note for note in parsed.notes)
