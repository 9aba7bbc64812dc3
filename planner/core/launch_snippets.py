"""What starts a plan from Python, and mlx-lm's arguments."""

from typing import Final

from planner.core.plan import CacheKind, CacheType, Plan

_FORMATS: Final = {"fp32": "float32", "fp16": "float16"}


def transformers_snippet(plan: Plan, where: str) -> str:
    """Return a program that loads the model as planned and answers one message."""
    imports = "AutoModelForCausalLM, AutoTokenizer"
    options = [
        f"dtype=torch.{_FORMATS.get(plan.quant_format, 'bfloat16')}",
        f"device_map={_device_map(plan)!r}",
        f"attn_implementation={plan.attention.value!r}",
    ]
    config = _bitsandbytes(plan.quant_format)
    if config is not None:
        imports += ", BitsAndBytesConfig"
        options.append(f"quantization_config=BitsAndBytesConfig({config})")
    arguments = "".join(f"    {each},\n" for each in options)
    generate = [f"max_length={plan.context_length}"]
    if plan.cache_kind is CacheKind.STATIC:
        generate.append("cache_implementation='static'")
    return (
        "import torch\n"
        f"from transformers import {imports}\n"
        "\n"
        f"name = {where!r}\n"
        "tokenizer = AutoTokenizer.from_pretrained(name)\n"
        f"model = AutoModelForCausalLM.from_pretrained(\n    name,\n{arguments})\n"
        "messages = [{'role': 'user', 'content': 'Hello'}]\n"
        "inputs = tokenizer.apply_chat_template(\n"
        "    messages, add_generation_prompt=True, return_tensors='pt', return_dict=True\n"
        ").to(model.device)\n"
        f"output = model.generate(**inputs, {', '.join(generate)})\n"
        "print(tokenizer.decode(output[0], skip_special_tokens=True))\n"
    )


def _device_map(plan: Plan) -> str:
    return "cuda" if plan.gpu_layer_count else "cpu"


def _bitsandbytes(quant_format: str) -> str | None:
    """Return how bitsandbytes packs while it loads; a packed checkpoint says it itself."""
    if quant_format == "int8":
        return "load_in_8bit=True"
    if quant_format in ("nf4", "nf4-dq"):
        double = quant_format == "nf4-dq"
        return (
            "load_in_4bit=True, bnb_4bit_quant_type='nf4', "
            f"bnb_4bit_use_double_quant={double}, bnb_4bit_compute_dtype=torch.bfloat16"
        )
    return None


def onnx_genai_snippet(plan: Plan, where: str) -> str:
    """Return a program that answers one message with ONNX Runtime GenAI."""
    length = plan.context_length if plan.max_length is None else plan.max_length
    options = f"max_length={length}"
    if plan.chunk_size is not None:
        options += f", chunk_size={plan.chunk_size}"
    provider = ""
    if plan.gpu_layer_count:
        provider = "config.clear_providers()\nconfig.append_provider('cuda')\n"
    return (
        "import json\n"
        "\n"
        "import onnxruntime_genai as og\n"
        "\n"
        f"# A folder with the ONNX files of {plan.quant_format} and genai_config.json.\n"
        f"config = og.Config({where!r})\n"
        f"{provider}"
        "model = og.Model(config)\n"
        "tokenizer = og.Tokenizer(model)\n"
        "params = og.GeneratorParams(model)\n"
        f"params.set_search_options({options})\n"
        "generator = og.Generator(model, params)\n"
        "messages = json.dumps([{'role': 'user', 'content': 'Hello'}])\n"
        "prompt = tokenizer.apply_chat_template(messages, add_generation_prompt=True)\n"
        "generator.append_tokens(tokenizer.encode(prompt))\n"
        "while not generator.is_done():\n"
        "    generator.generate_next_token()\n"
        "print(tokenizer.decode(generator.get_sequence(0)))\n"
    )


_MLX_CACHE_BITS: Final = {CacheType.Q8_0: "8", CacheType.Q4_0: "4"}


def mlx_arguments(
    plan: Plan, where: str, *, is_server: bool
) -> tuple[list[str], tuple[str, ...]]:
    """Return the arguments of mlx-lm's two commands, and what they cannot be told."""
    words = ["--model", where]
    notes = []
    if plan.quant_format != "bf16":
        notes.append(
            f"{where} must be a folder or repository converted to {plan.quant_format}."
        )
    bits = _MLX_CACHE_BITS.get(plan.cache_type_k)
    if is_server:
        words += ["--max-tokens", str(plan.context_length)]
        if bits is not None:
            notes.append("mlx_lm.server keeps its cache in 16 bits: it has no option for it.")
        notes.append("MLX has no limit of a context's length; the prompt counts to it too.")
        return words, tuple(notes)
    words += ["--max-tokens", str(plan.context_length), "--prompt", "Hello"]
    if bits is not None:
        words += ["--kv-bits", bits]
    return words, tuple(notes)
