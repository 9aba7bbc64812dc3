import os
import sys
import threading

import pytest

from planner.hardware.child_process import ChildFailure
from planner.hardware.line_child import LineChild

ECHO = "import sys\nfor n, _ in enumerate(sys.stdin): print('{\"n\": %d}' % n, flush=True)"


def child(source: str) -> LineChild:
    return LineChild((sys.executable, "-I", "-S", "-c", source), environ=os.environ)


def refusal(source: str, *, time_limit_s: float = 60) -> str:
    asked = child(source)
    try:
        with pytest.raises(ChildFailure) as failure:
            asked.ask(time_limit_s=time_limit_s)
    finally:
        asked.close()
    assert not asked.is_running()
    return str(failure.value)


def test_that_one_child_answers_again_and_again():
    asked = child(ECHO)
    assert [asked.ask(time_limit_s=60)["n"] for _ in range(50)] == list(range(50))
    asked.close()
    assert not asked.is_running()


def test_that_neither_a_thread_nor_a_handle_is_left():
    threads, handles = threading.active_count(), _handle_count()
    for _ in range(3):
        asked = child(ECHO)
        asked.ask(time_limit_s=60)
        asked.close()
    assert (threading.active_count(), _handle_count()) == (threads, handles)


def test_that_closing_twice_does_no_harm():
    asked = child(ECHO)
    asked.close()
    asked.close()
    with pytest.raises(ChildFailure):
        asked.ask(time_limit_s=60)


def test_that_a_silent_child_fails_at_the_time_limit():
    silent = "import sys\nfor _ in sys.stdin: pass"
    assert refusal(silent, time_limit_s=0.2) == "did not answer within 0.2 seconds"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_that_a_crash_is_told_with_its_signal():
    assert refusal("import os; input(); os.abort()") == "crashed (SIGABRT)"


def test_that_an_end_without_an_answer_is_told():
    assert refusal("input(); raise SystemExit(7)") == "ended with exit code 7"


@pytest.mark.parametrize("line", ["?", "1", "[" * 200_000, "{" * 20])
def test_that_anything_but_an_object_is_not_understood(line):
    source = f"input(); print({line[0]!r} * {len(line)}, flush=True); input()"
    assert refusal(source) == "gave an answer that is not understood"


def test_that_an_endless_line_is_cut_off():
    endless = "import sys\ninput()\nwhile True: sys.stdout.write('{' * 65536)"
    assert refusal(endless) == "gave an answer that is not understood"


def test_that_a_program_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ChildFailure, match="could not be started"):
        LineChild((str(tmp_path / "nothing"),), environ=os.environ)


def test_that_a_question_ends_when_another_thread_closes():
    asked = child("import sys\nfor _ in sys.stdin: pass")
    threading.Timer(0.05, asked.close).start()
    with pytest.raises(ChildFailure):
        asked.ask(time_limit_s=60)


def _handle_count() -> int:
    return len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0  # noqa: PTH208
