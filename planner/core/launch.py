"""The command that starts a plan: exact, quoted, to be copied; nothing here runs it."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.launch_names import gguf_file_name
from planner.core.launch_snippets import (
    mlx_arguments,
    onnx_genai_snippet,
    transformers_snippet,
)
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CacheType,
    Plan,
    Program,
    RuntimeName,
    check_plan,
    offloadable_layer_count,
    require_shape,
)


class LaunchTool(StrEnum):
    """What a plan can be started with."""

    LLAMA_SERVER = "llama-server"
    LLAMA_CLI = "llama-cli"
    OLLAMA = "ollama"
    LM_STUDIO = "lms"
    VLLM = "vllm"
    TRANSFORMERS = "transformers"
    MLX_SERVER = "mlx_lm.server"
    MLX_GENERATE = "mlx_lm.generate"
    ONNX_GENAI = "onnxruntime-genai"


TOOLS: Final[dict[RuntimeName, tuple[LaunchTool, ...]]] = {
    RuntimeName.LLAMA_CPP: (
        LaunchTool.LLAMA_SERVER,
        LaunchTool.LLAMA_CLI,
        LaunchTool.OLLAMA,
        LaunchTool.LM_STUDIO,
    ),
    RuntimeName.VLLM: (LaunchTool.VLLM,),
    RuntimeName.TRANSFORMERS: (LaunchTool.TRANSFORMERS,),
    RuntimeName.MLX: (LaunchTool.MLX_SERVER, LaunchTool.MLX_GENERATE),
    RuntimeName.ONNX_GENAI: (LaunchTool.ONNX_GENAI,),
}


class Shell(StrEnum):
    """Whose rules of quoting a command follows."""

    POSIX = "posix"
    POWERSHELL = "powershell"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchFile:
    """A file that must lie beside the command."""

    name: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What to copy. `text` is a command or, where `is_python`, a Python program."""

    tool: LaunchTool
    text: str
    is_python: bool = False
    files: tuple[LaunchFile, ...] = ()
    notes: tuple[str, ...] = ()


def launch(
    model: ModelSpec,
    plan: Plan,
    tool: LaunchTool,
    *,
    source: str | None = None,
    shell: Shell = Shell.POSIX,
) -> Launch:
    """Return what starts a plan with one tool.

    Args:
        model: The plan's model.
        plan: What is to run.
        tool: One of `TOOLS` of the plan's runtime.
        source: The model's file, folder or repository; by default a file named after the plan
            in the present folder, or the repository of its makers.
        shell: The shell that the command is for. Programs in Python are the same in both.

    Raises:
        PlannerError: the tool belongs to another runtime, cannot do what the plan asks, or the
            source holds characters that no command may.
    """
    if tool not in TOOLS[plan.runtime]:
        known = ", ".join(TOOLS[plan.runtime])
        raise PlannerError(f"{tool} does not run plans of {plan.runtime}; {known} does.")
    check_plan(model, plan)
    where = _source(model, plan, tool) if source is None else source
    if not where.strip() or any(not character.isprintable() for character in where):
        raise PlannerError(
            f"{where[:80]!r} cannot stand in a command: a model's file or repository has a "
            "name of printable characters."
        )
    return _launch(model, plan, tool, where, shell)


def _launch(model: ModelSpec, plan: Plan, tool: LaunchTool, where: str, shell: Shell) -> Launch:
    match tool:
        case LaunchTool.LLAMA_SERVER | LaunchTool.LLAMA_CLI:
            found = _llama(plan, tool, where, shell)
        case LaunchTool.OLLAMA:
            found = _ollama(model, plan, where, shell)
        case LaunchTool.LM_STUDIO:
            found = _lm_studio(model, plan, where, shell)
        case LaunchTool.VLLM:
            found = _vllm(plan, where, shell)
        case LaunchTool.TRANSFORMERS:
            found = Launch(tool=tool, text=transformers_snippet(plan, where), is_python=True)
        case LaunchTool.ONNX_GENAI:
            found = Launch(tool=tool, text=onnx_genai_snippet(plan, where), is_python=True)
        case LaunchTool.MLX_SERVER | LaunchTool.MLX_GENERATE:
            is_server = tool is LaunchTool.MLX_SERVER
            words, notes = mlx_arguments(plan, where, is_server=is_server)
            found = Launch(tool=tool, text=_command([tool, *words], shell), notes=notes)
        case _:
            assert_never(tool)
    return found


def _source(model: ModelSpec, plan: Plan, tool: LaunchTool) -> str:
    if tool is LaunchTool.LM_STUDIO:
        return f"{model.id}@{plan.quant_format.lower()}"
    if plan.runtime is RuntimeName.LLAMA_CPP:
        return gguf_file_name(model, plan.quant_format)
    return model.repository or model.id


_PLAIN_WORD: Final = re.compile(r"[A-Za-z0-9_./:+-][A-Za-z0-9_./:=@+,-]*")


def quoted(word: str, shell: Shell) -> str:
    """Return one word as a shell takes it for just that word.

    Raises:
        PlannerError: PowerShell hands words with a double quote on in two different ways.
    """
    if shell is Shell.POSIX:
        return shlex.quote(word)
    if '"' in word:
        raise PlannerError(
            f"{word[:80]!r} cannot be written for PowerShell: versions differ on double quotes."
        )
    if _PLAIN_WORD.fullmatch(word) and not word.endswith("\\"):
        return word
    # PowerShell takes typographic quotes for plain ones; a doubled one stands for itself.
    return "'" + re.sub("(['‘’‚‛])", r"\1\1", word) + "'"  # noqa: RUF001


def _command(words: Sequence[str], shell: Shell) -> str:
    return " ".join(quoted(word, shell) for word in words)


def _llama(plan: Plan, tool: LaunchTool, where: str, shell: Shell) -> Launch:
    if plan.program is Program.LIBRARY:
        raise UnsupportedPlanError(
            f"This plan is about libllama's own defaults, and {tool} has others: choose the "
            "program 'server'."
        )
    words = [tool.value, "-m", where, "-c", str(plan.context_length)]
    words += ["-ngl", str(plan.gpu_layer_count)]
    if plan.gpu_layer_count == 0:
        words += ["--device", "none"]  # else a GPU would still compute long prompts
    if tool is LaunchTool.LLAMA_SERVER:
        words += ["-np", str(plan.parallel_sequences)]
        if plan.unified_cache:
            words.append("-kvu")
    elif plan.parallel_sequences > 1:
        raise UnsupportedPlanError(
            f"llama-cli holds one conversation, and the plan {plan.parallel_sequences}: "
            "llama-server runs them."
        )
    words += ["-sm", plan.split_mode.value]
    if plan.tensor_split:
        words += ["-ts", ",".join(f"{share!r}" for share in plan.tensor_split)]
    if plan.cpu_expert_layers:
        words += ["-ncmoe", str(plan.cpu_expert_layers)]
    words += ["-ctk", plan.cache_type_k.value, "-ctv", plan.cache_type_v.value]
    words += ["-fa", "on" if plan.flash_attention else "off"]
    words += ["-b", str(plan.batch_size), "-ub", str(plan.micro_batch_size)]
    if not plan.repack:
        words.append("--no-repack")
    return Launch(tool=tool, text=_command(words, shell))


_OLLAMA_CACHES: Final = (CacheType.F16, CacheType.Q8_0, CacheType.Q4_0)


def _ollama(model: ModelSpec, plan: Plan, where: str, shell: Shell) -> Launch:
    """Ollama takes the cache's type and the sequences from its environment."""
    types = {plan.cache_type_k, plan.cache_type_v}
    if len(types) > 1 or not types <= set(_OLLAMA_CACHES):
        raise UnsupportedPlanError(
            "Ollama stores keys and values in one type, f16, q8_0 or q4_0; the plan has "
            f"{plan.cache_type_k} and {plan.cache_type_v}."
        )
    share = -(-plan.context_length // plan.parallel_sequences)
    is_path = where.endswith(".gguf") and not where.startswith(("/", "./", "../"))
    modelfile = (
        f"FROM {'./' if is_path else ''}{where}\n"
        f"PARAMETER num_ctx {share}\n"
        f"PARAMETER num_gpu {plan.gpu_layer_count}\n"
        f"PARAMETER num_batch {min(plan.micro_batch_size, plan.batch_size)}\n"
    )
    settings = {
        "OLLAMA_FLASH_ATTENTION": "1" if plan.flash_attention else "0",
        "OLLAMA_KV_CACHE_TYPE": plan.cache_type_k.value,
        "OLLAMA_NUM_PARALLEL": str(plan.parallel_sequences),
    }
    if shell is Shell.POSIX:
        serve = " ".join(f"{key}={value}" for key, value in settings.items())
        serve += " ollama serve"
    else:
        serve = " ".join(f"$env:{key} = '{value}';" for key, value in settings.items())
        serve += " ollama serve"
    name = f"{model.id}-{plan.quant_format.lower()}"
    lines = (
        serve,
        _command(["ollama", "create", name, "-f", "Modelfile"], shell),
        _command(["ollama", "run", name], shell),
    )
    return Launch(
        tool=LaunchTool.OLLAMA,
        text="\n".join(lines),
        files=(LaunchFile(name="Modelfile", content=modelfile),),
        notes=(
            "The first line is the server, in a terminal of its own.",
            "An Ollama that runs already keeps its own settings: stop it before.",
            "Ollama gives each sequence num_ctx tokens, and may put fewer layers on the GPU.",
            *_repacks_anyhow(plan, "Ollama"),
        ),
    )


def _lm_studio(model: ModelSpec, plan: Plan, where: str, shell: Shell) -> Launch:
    layers = offloadable_layer_count(require_shape(model))
    if plan.gpu_layer_count in (0, layers):
        share = "max" if plan.gpu_layer_count else "off"
    else:
        share = f"{plan.gpu_layer_count / layers:.4f}"
    words = ["lms", "load", where, "--gpu", share]
    words += ["--context-length", str(plan.context_length), "-y"]
    return Launch(
        tool=LaunchTool.LM_STUDIO,
        text=_command(words, shell),
        notes=(
            "`lms ls` shows the key of a downloaded model.",
            "Cache types, flash attention and batch sizes are set in the app, not here.",
            *_repacks_anyhow(plan, "LM Studio"),
        ),
    )


def _repacks_anyhow(plan: Plan, program: str) -> tuple[str, ...]:
    if plan.repack or plan.gpu_layer_count:
        return ()
    return (f"{program} has no --no-repack: it keeps the second copy that the plan has not.",)


# How `vllm serve` is told of each format: the words that it needs, and no others.
VLLM_FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "bf16": ("--dtype", "bfloat16"),
    "fp16": ("--dtype", "float16"),
    "fp8": ("--quantization", "fp8"),
    "bnb-nf4": ("--quantization", "bitsandbytes"),
    "gptq-int4": ("--quantization", "gptq"),
    "awq-int4": ("--quantization", "awq"),
}
VLLM_CACHES: Final = {
    CacheType.F16: "auto",
    CacheType.BF16: "bfloat16",
    CacheType.FP8: "fp8",
}
_PACKED_CHECKPOINTS: Final = ("gptq-int4", "awq-int4")


def _vllm(plan: Plan, where: str, shell: Shell) -> Launch:
    if plan.quant_format not in VLLM_FORMATS:
        raise UnsupportedPlanError(
            f"`vllm serve` has no option for {plan.quant_format}; it has: "
            f"{', '.join(VLLM_FORMATS)}."
        )
    words = ["vllm", "serve", where, *VLLM_FORMATS[plan.quant_format]]
    words += ["--max-model-len", str(plan.context_length)]
    words += ["--gpu-memory-utilization", f"{plan.gpu_memory_utilization!r}"]
    words += ["--max-num-seqs", str(plan.max_sequences)]
    words += ["--max-num-batched-tokens", str(plan.batch_size)]
    words += ["--kv-cache-dtype", VLLM_CACHES[plan.cache_type_k]]
    words += ["--tensor-parallel-size", str(plan.tensor_parallel)]
    if plan.enforce_eager:
        words.append("--enforce-eager")
    notes: tuple[str, ...] = ()
    if plan.quant_format in _PACKED_CHECKPOINTS:
        notes = (f"{where} must be a checkpoint that is packed as {plan.quant_format}.",)
    return Launch(tool=LaunchTool.VLLM, text=_command(words, shell), notes=notes)
