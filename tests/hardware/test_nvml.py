"""The gate, with a library in Python behind it."""

from types import ModuleType

import pynvml
import pytest

from planner.hardware.nvml import NvmlGate


def gate_to(refusal: Exception) -> NvmlGate:
    def refuse(*_: object) -> object:
        raise refusal

    library = ModuleType("pynvml")
    library.__dict__.update(
        NVMLError=pynvml.NVMLError,
        NVMLLibraryMismatchError=pynvml.NVMLLibraryMismatchError,
        call=refuse,
    )
    return NvmlGate(library)


@pytest.mark.parametrize(
    ("refusal", "code", "reason"),
    [
        (pynvml.NVMLError(pynvml.NVML_ERROR_GPU_IS_LOST), 15, "GPU is lost"),
        (pynvml.NVMLLibraryMismatchError("mismatch"), None, "mismatch"),
        (UnicodeDecodeError("utf-8", b"\xf8", 0, 1, "bad"), None, "not readable as text"),
        (OSError("access violation"), None, "access violation"),
        (AttributeError("no such function"), None, "no such function"),
    ],
)
def test_that_each_kind_of_refusal_becomes_a_value(refusal, code, reason, monkeypatch):
    # With no library loaded, nvidia-ml-py words its errors from a table of its own.
    monkeypatch.setattr(pynvml, "nvmlLib", None)
    monkeypatch.setattr(pynvml, "_nvmlGetFunctionPointer_cache", {})
    assert gate_to(refusal).ask("call") == {"code": code, "reason": reason}


def test_that_a_function_the_package_lacks_is_a_refusal_too():
    assert "has no attribute" in str(gate_to(OSError()).ask("no_such_call")["reason"])


def test_that_a_bug_of_ours_is_not_taken_for_a_refusal():
    with pytest.raises(ZeroDivisionError):
        gate_to(ZeroDivisionError()).ask("call")
