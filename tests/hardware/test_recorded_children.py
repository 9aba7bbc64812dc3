"""Children whose answers are kept, and kept answers in the place of children."""

import os
import sys

import pytest

from planner.core.diagnostics import ProbeAnswer
from planner.hardware.child_process import ChildFailure
from planner.hardware.recorded_children import ChildRecorder, opener_of


def opened(recorder, source):
    command = (sys.executable, "-c", source)
    return recorder.opener("nvml")(command, time_limit_s=60, environ=os.environ)


def test_that_an_answer_is_handed_on_and_kept():
    recorder = ChildRecorder()
    assert opened(recorder, "print('{\"format\": 1}')").answer() == {"format": 1}
    assert recorder.answers == {"nvml": ProbeAnswer(record={"format": 1})}


def test_that_what_became_of_a_child_is_handed_on_and_kept():
    recorder = ChildRecorder()
    with pytest.raises(ChildFailure, match="ended with exit code 3"):
        opened(recorder, "raise SystemExit(3)").answer()
    assert recorder.answers == {"nvml": ProbeAnswer(failure="ended with exit code 3")}


def test_that_a_child_that_cannot_be_started_is_kept_too():
    recorder = ChildRecorder()
    with pytest.raises(ChildFailure, match="could not be started"):
        recorder.opener("nvml")(("/no/such/program",), time_limit_s=60, environ={})
    assert "could not be started" in (recorder.answers["nvml"].failure or "")


def test_that_a_child_that_is_given_up_has_no_answer():
    recorder = ChildRecorder()
    opened(recorder, "import time; time.sleep(60)").cancel()
    assert recorder.answers == {}


def test_that_a_kept_answer_stands_in_for_a_child():
    def child(answer):
        return opener_of(answer)(("/no/such/program",), time_limit_s=0, environ={})

    assert child(ProbeAnswer(record={"a": 1})).answer() == {"a": 1}
    child(ProbeAnswer(record={})).cancel()
    for answer, words in (
        (ProbeAnswer(failure="crashed (SIGSEGV)"), "crashed"),
        (ProbeAnswer(), "gave no answer"),
        (None, "was not recorded"),
    ):
        with pytest.raises(ChildFailure, match=words):
            child(answer).answer()
