"""What a log is about, as far as it tells."""

import pytest

from planner.catalogue import load_catalogue
from planner.core.log_subject import subject_of_log
from planner.core.plan import RuntimeName
from planner.core.receipt import RuntimeLog

MODELS = load_catalogue().models


@pytest.mark.parametrize(
    ("source", "told", "expected"),
    [
        ("/models/phi-4-Q4_K_M.gguf", None, ("phi-4", "Q4_K_M")),
        ("/models/phi-4-Q4_K_M.gguf", "Q4_K_S", ("phi-4", "Q4_K_S")),
        ("/models/mine.gguf", "Q8_0", (None, "Q8_0")),
        (None, None, (None, None)),
    ],
)
def test_that_the_log_comes_before_the_name_of_its_file(source, told, expected):
    log = RuntimeLog(
        program="llama.cpp",
        runtime=RuntimeName.LLAMA_CPP,
        buffers=(),
        source=source,
        quant_format=told,
    )
    found = subject_of_log(log, MODELS)
    assert (found.model_id, found.quant_format) == expected
