"""The lines of a log that tell of memory, one rule for each kind of line."""

import re
from typing import Any, Final

from planner.core.ledger import Part, Place
from planner.core.plan import CACHE_TYPES, CacheType, RuntimeName
from planner.core.quant_format import QUANT_FORMATS
from planner.core.receipt import CUDA_GRAPHS, LoggedBuffer, RuntimeLog
from planner.core.units import GIB, KIB, MIB

_LARGEST: Final = 1 << 50
_UNITS: Final = {"B": 1, "KiB": KIB, "MiB": MIB, "GiB": GIB}
_SIZE: Final = r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?(GiB|MiB|KiB|B)\b"

# llama.cpp: `CUDA0 model buffer size =  2228.82 MiB`; before 2025 without the word `model`.
_BUFFER: Final = re.compile(
    r"([A-Za-z][\w\[\].:-]{0,60}) +(?:(model|KV|compute|output) +)?buffer size *(?:=|of|is) *"
    + _SIZE
)
_PARTS: Final = {
    None: Part.WEIGHTS,
    "model": Part.WEIGHTS,
    "KV": Part.KV_CACHE,
    "compute": Part.COMPUTE_BUFFER,
    "output": Part.OUTPUT_BUFFER,
}
# Ollama's own engine: `msg="model weights" device=CUDA0 size="2.2 GiB"`.
_OLLAMA: Final = re.compile(
    r'msg="(model weights|kv cache|compute graph)" device="?([\w.:-]{1,60})"? size="'
    + _SIZE
    + '"'
)
_OLLAMA_PARTS: Final = {
    "model weights": Part.WEIGHTS,
    "kv cache": Part.KV_CACHE,
    "compute graph": Part.COMPUTE_BUFFER,
}
# vLLM, V1 and the releases before it (`the model weights take 8.49GiB; …`).
_VLLM: Final = (
    (re.compile(r"Model loading took " + _SIZE), Part.WEIGHTS, "GPU"),
    (re.compile(r"model weights take " + _SIZE), Part.WEIGHTS, "GPU"),
    (re.compile(r"non_torch_memory takes " + _SIZE), Part.RUNTIME_OVERHEAD, "not torch's"),
    (
        re.compile(r"PyTorch activation peak memory takes " + _SIZE),
        Part.COMPUTE_BUFFER,
        "GPU",
    ),
    (re.compile(r"reserved for KV Cache is " + _SIZE), Part.KV_CACHE, "GPU"),
    (re.compile(r"Available KV cache memory: " + _SIZE), Part.KV_CACHE, "GPU"),
    (
        re.compile(r"Graph capturing finished in .{1,20} secs?, took " + _SIZE),
        Part.RUNTIME_OVERHEAD,
        CUDA_GRAPHS,
    ),
)
_CACHE_TOKENS: Final = re.compile(r"GPU KV cache size: ([0-9,]{1,15}) tokens")
_VLLM_CONFIG: Final = (
    (re.compile(r"\bmodel='([^']{1,400})'"), "source"),
    (re.compile(r"\bmax_seq_len=([0-9]{1,9})\b"), "context_length"),
    (re.compile(r"\btensor_parallel_size=([0-9]{1,3})\b"), "tensor_parallel"),
)
_ENFORCE_EAGER: Final = re.compile(r"\benforce_eager=(True|False)\b")

# A new load, and a new context on a model that is loaded: what came before is another story.
_NEW_MODEL: Final = re.compile(
    r"llama_model_loader: loaded meta data|load_tensors: loading model"
)
_NEW_CONTEXT: Final = re.compile(
    r"constructing llama_context|llama_new_context_with_model: n_ctx +="
)
_COUNTS: Final = (
    (re.compile(r"\bn_ctx += *([0-9]{1,9})\b"), "context_length"),
    (re.compile(r"\bn_seq_max += *([0-9]{1,3})\b"), "parallel_sequences"),
    (re.compile(r"\bn_batch += *([0-9]{1,7})\b"), "batch_size"),
    (re.compile(r"\bn_ubatch += *([0-9]{1,7})\b"), "micro_batch_size"),
    (re.compile(r"offloaded ([0-9]{1,4})/[0-9]{1,4} layers to GPU"), "gpu_layer_count"),
)
_FLASH_ATTENTION: Final = re.compile(
    r"\bflash_attn += *(0|1|enabled|disabled)\b|Flash Attention was auto, set to (enabled)"
)
_UNIFIED: Final = re.compile(r"\bkv_unified += *(true|false)\b")
_TYPES: Final = (
    re.compile(r"\bK \((\w{2,5})\):.{1,40}\bV \((\w{2,5})\):"),
    re.compile(r"type_k = '(\w{2,5})', type_v = '(\w{2,5})'"),
)
_FILE: Final = re.compile(r"tensors from ((?:[^()]){1,400}\.gguf) \(version")
_FILE_TYPE: Final = re.compile(
    r"\b(?:file type|model ftype) += *([\w .-]{2,40}?)(?: *\(guessed\))?$"
)
_FORMAT_NAMES: Final = {
    "all F32": "F32",
    "Q2_K - Medium": "Q2_K",
    "Q2_K - Small": "Q2_K_S",
    "Q3_K - Small": "Q3_K_S",
    "Q3_K - Medium": "Q3_K_M",
    "Q3_K - Large": "Q3_K_L",
    "Q4_K - Small": "Q4_K_S",
    "Q4_K - Medium": "Q4_K_M",
    "Q5_K - Small": "Q5_K_S",
    "Q5_K - Medium": "Q5_K_M",
    "IQ3_S mix - 3.66 bpw": "IQ3_M",
} | {each.name: each.name for each in QUANT_FORMATS}


# A line without one of these tells nothing: a long log is mostly such lines.
_TELLING: Final = (
    *("buffer size", "n_ctx", "n_seq_max", "n_batch", "n_ubatch", "kv_unified", "flash_attn"),
    *("Flash Attention", "K (", "type_k", "offloaded ", "file type", "model ftype"),
    *("llama_model_loader: loaded", "load_tensors: loading", "llama_context", "size="),
    *(
        "Model loading took",
        "model weights take",
        "KV cache",
        "Graph capturing",
        "max_seq_len=",
    ),
)


class LogReader:
    """Takes a log line by line and keeps what the last load of a model printed."""

    def __init__(self) -> None:
        self._buffers: list[LoggedBuffer] = []
        self._facts: dict[str, Any] = {}
        self._program = "llama.cpp"

    def read(self, number: int, line: str) -> None:
        """Read one line."""
        if not any(word in line for word in _TELLING):
            return
        if "level=" in line and "source=" in line:
            self._program = "ollama"
        if _NEW_MODEL.search(line):
            self._forget(*Part)
        if _NEW_CONTEXT.search(line):
            self._forget(Part.KV_CACHE, Part.COMPUTE_BUFFER, Part.OUTPUT_BUFFER)
        self._read_sizes(number, line)
        self._read_facts(line)

    def log(self) -> RuntimeLog | None:
        """Return what the log tells, `None` where it prints no size at all."""
        if not self._buffers:
            return None
        is_vllm = self._program == "vllm"
        if not is_vllm and all(each.place is Place.HOST for each in self._buffers):
            # A build without a GPU does not say that it put no layer on one.
            self._facts.setdefault("gpu_layer_count", 0)
        return RuntimeLog(
            program=self._program,
            runtime=RuntimeName.VLLM if is_vllm else RuntimeName.LLAMA_CPP,
            buffers=tuple(self._buffers),
            **self._facts,
        )

    def _forget(self, *parts: Part) -> None:
        self._buffers = [each for each in self._buffers if each.part not in parts]

    def _read_sizes(self, number: int, line: str) -> None:
        found = _BUFFER.search(line) if "buffer size" in line else None
        if found is not None:
            device, what, size, unit = found.groups()
            self._keep(_PARTS[what], device, size, unit, number)
            return
        found = _OLLAMA.search(line)
        if found is not None:
            what, device, size, unit = found.groups()
            self._program = "ollama"
            self._keep(_OLLAMA_PARTS[what], device, size, unit, number)
            return
        for pattern, part, device in _VLLM:
            found = pattern.search(line)
            if found is not None:
                self._program = "vllm"
                self._keep(part, device, found[1], found[2], number)

    def _keep(self, part: Part, device: str, size: str, unit: str, number: int) -> None:
        digits = len(size.partition(".")[2])
        size_bytes = round(float(size) * _UNITS[unit])
        if size_bytes > _LARGEST:
            return
        if "REPACK" in device or device.endswith("AARCH64"):
            part = Part.REPACKED_WEIGHTS
        if part not in (Part.WEIGHTS, Part.KV_CACHE) or self._program == "vllm":
            # Printed again whenever the graph is reserved again: the last figure holds. A model
            # of several files, and a cache of several kinds, print one line for each.
            self._buffers = [
                each for each in self._buffers if (each.part, each.device) != (part, device)
            ]
        is_host = device.startswith("CPU") or device.endswith("_Host")
        self._buffers.append(
            LoggedBuffer(
                part=part,
                place=Place.HOST if is_host else Place.GPU,
                device=device,
                size_bytes=size_bytes,
                resolution_bytes=max(1, _UNITS[unit] // 10**digits),
                line_number=number,
            )
        )

    def _read_facts(self, line: str) -> None:
        for pattern, name in _COUNTS:
            self._count(name, pattern.search(line))
        flash = _FLASH_ATTENTION.search(line)
        if flash is not None:
            self._facts["flash_attention"] = (flash[1] or flash[2]) in ("1", "enabled")
        unified = _UNIFIED.search(line)
        if unified is not None:
            self._facts["unified_cache"] = unified[1] == "true"
        for pattern in _TYPES:
            types = pattern.search(line)
            if types is not None:
                self._cache_types(*types.groups())
        self._read_names(line)
        tokens = _CACHE_TOKENS.search(line)
        if tokens is not None:
            self._count("cache_tokens", tokens)
        if "max_seq_len=" in line:
            self._read_vllm_config(line)

    def _read_names(self, line: str) -> None:
        file = _FILE.search(line)
        if file is not None:
            self._facts["source"] = file[1]
        file_type = _FILE_TYPE.search(line)
        if file_type is not None:
            name = file_type[1]
            known = _FORMAT_NAMES.get(name) or _FORMAT_NAMES.get(name.partition(" - ")[0])
            self._facts["quant_format"] = known

    def _read_vllm_config(self, line: str) -> None:
        for pattern, name in _VLLM_CONFIG:
            found = pattern.search(line)
            if found is not None and name == "source":
                self._facts[name] = found[1]
            else:
                self._count(name, found)
        eager = _ENFORCE_EAGER.search(line)
        if eager is not None:
            self._facts["enforce_eager"] = eager[1] == "True"

    def _count(self, name: str, found: re.Match[str] | None) -> None:
        value = 0 if found is None else int(found[1].replace(",", "") or "0")
        if value or (found is not None and name == "gpu_layer_count"):
            self._facts[name] = value

    def _cache_types(self, key: str, value: str) -> None:
        known = CACHE_TYPES[RuntimeName.LLAMA_CPP]
        if key in known and value in known:
            self._facts["cache_type_k"] = CacheType(key)
            self._facts["cache_type_v"] = CacheType(value)
