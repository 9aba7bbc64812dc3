"""`compare`: two saved answers, as text, HTML and JSON."""

import json
from pathlib import Path

import pytest

PLAN = ("phi-4", "--quant", "Q4_K_M")


@pytest.fixture
def two(run, tmp_path):
    """Return the names of two reports that differ in their context."""
    names = [str(tmp_path / name) for name in ("a.json", "b.json")]
    for name, context in zip(names, ("4k", "16k"), strict=True):
        assert run("report", *PLAN, "--context", context, "-o", name).code == 0
    return names


def test_that_the_difference_is_told_with_its_cause(run, two):
    told = run("compare", *two)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("The verdict stays: fits. All memory together: ")
    assert "  context length: 4,096 → 16,384\n" in told.out
    assert "  KV cache, GPU (+2.34 GiB)\n    was 800.00 MiB = 4,096 cells" in told.out
    assert "    because of context length: 4,096 → 16,384\n" in told.out
    assert "more; --json and --html have all." in told.out


def test_that_nothing_different_is_one_sentence(run, two):
    told = run("compare", two[0], two[0])
    assert told.out == "Nothing that both files say is different.\n"


def test_that_json_and_html_are_for_programs_and_for_people(run, two):
    found = json.loads(run("compare", *two, "--json").out)
    assert found["schema"] == "phi-planner/comparison/1"
    assert (found["before"], found["after"]) == ("a.json", "b.json")
    assert run("compare", *two, "--html").out.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("name", "words", "start"),
    [
        ("c.json", (), "{"),
        ("c.html", (), "<!DOCTYPE"),
        ("c.md", (), "# a.json and b.json"),
        ("c.txt", ("--json",), "{"),
        ("c.json", ("--html",), "<!DOCTYPE"),
    ],
)
def test_that_a_file_is_what_was_asked_for(run, two, name, words, start):
    file = Path(two[0]).with_name(name)
    told = run("compare", *two, *words, "-o", str(file))
    assert (told.code, told.out) == (0, f"Written: {file}\n")
    assert file.read_text(encoding="utf-8").startswith(start)


def test_that_estimates_and_checks_and_machines_can_be_compared(run, tmp_path):
    files = []
    for number, words in enumerate(
        (
            ("estimate", *PLAN),
            ("estimate", *PLAN, "--cache-type", "q8_0"),
            ("check", "phi-4"),
            ("check", "phi-4", "--vram", "8GiB"),
            ("devices",),
        )
    ):
        file = tmp_path / f"{number}.json"
        file.write_text(run(*words, "--json").out, encoding="utf-8")
        files.append(str(file))
    assert "cache type k: f16 → q8_0" in run("compare", *files[:2]).out
    assert "phi-4 Q4_K_M" in run("compare", *files[2:4]).out
    assert run("compare", files[2], files[4]).code == 0


def test_that_contradicting_options_are_wrong_usage(run, two):
    told = run("compare", *two, "--json", "--html")
    assert (told.code, told.out) == (2, "")
    assert "contradict" in told.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "none.json"),
        ("", "is not valid JSON"),
        ("[]", "holds no JSON object"),
        ("{}", "cannot be compared: its schema is none of"),
        ('{"schema": "phi-planner/check/1", "results": 1}', "results is not as our answers"),
        ('{"schema": "' + "x" * 2_000_000 + '"}', "so it is not read"),
    ],
)
def test_that_a_file_that_cannot_be_compared_is_one_sentence(
    run, two, tmp_path, content, words
):
    file = tmp_path / "none.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    told = run("compare", two[0], str(file))
    assert (told.code, told.out) == (1, "")
    assert words in told.err
    assert "Traceback" not in told.err


def test_that_a_folder_that_is_not_there_is_told(run, two, tmp_path):
    told = run("compare", *two, "-o", str(tmp_path / "none" / "c.html"))
    assert told.code == 1
    assert told.err.startswith("phi-planner: The comparison ")
    assert "its folder does not exist" in told.err
