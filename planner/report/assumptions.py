"""What a report's figures rest on, by runtime."""

from typing import Final

from planner.core.budget import Budget
from planner.core.plan import RuntimeName

_CACHE: Final = {
    RuntimeName.LLAMA_CPP: "The KV cache is counted in full: llama.cpp allocates all of it at "
    "its start.",
    RuntimeName.TRANSFORMERS: "The KV cache is counted at its fullest; a dynamic one of "
    "transformers grows until then.",
    RuntimeName.VLLM: "vLLM takes its share of the card at its start, whatever the plan needs "
    "of it.",
    RuntimeName.MLX: "The KV cache is counted at its fullest; MLX lets it grow until then.",
    RuntimeName.ONNX_GENAI: "The KV cache is counted in full: ONNX Runtime GenAI allocates it "
    "for the maximum length.",
}
_FREE: Final = {
    Budget.FREE_NOW: "what was free at the time",
    Budget.PROGRAMS_CLOSED: "what would have been free with other programs closed",
}


def assumptions(runtime: RuntimeName, budget: Budget) -> tuple[str, ...]:
    """Return what the figures of a report rest on."""
    free = _FREE[budget]
    return (
        f"Figures are of {runtime}. What is not exact is a band of low, expected and high.",
        f"A plan fits where its high figure and the reserve go into {free}.",
        f"A plan is tight where only its expected figure goes into {free}.",
        "Sizes are GiB, which is 1,073,741,824 bytes.",
        _CACHE[runtime],
        "No model was run, and speeds are modelled. Of this machine only the memory was read.",
    )
