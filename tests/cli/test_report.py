"""`report`: the file, the formats, and the ways in which it cannot be written."""

import json

import pytest

# One of llama.cpp's models that fits, and its format.
PLAN = ("phi-4", "--quant", "Q4_K_M")


def test_that_the_suffix_picks_the_format(run, tmp_path):
    for suffix, start in ((".json", "{"), (".md", "# "), (".JSON", "{")):
        file = tmp_path / f"report{suffix}"
        told = run("report", *PLAN, "-o", str(file))
        assert (told.code, told.err) == (0, "")
        assert told.out == f"Written: {file}\n"
        assert file.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ((), "# Will"),
        (("--json",), "{"),
        (("--format", "json"), "{"),
        (("--format", "md"), "#"),
    ],
)
def test_that_a_dash_is_standard_output(run, words, start):
    told = run("report", "-o", "-", *words)
    assert told.code == 0
    assert told.out.startswith(start)


def test_that_the_report_has_the_figures_of_check(run):
    report = json.loads(run("report", *PLAN, "-o", "-", "--json").out)
    checked = json.loads(run("check", "--json").out)["results"]
    keys = set(checked[0]) - {"runtime"}
    assert report["results"] == [{key: each[key] for key in keys} for each in checked]
    assert report["answer"]["result"]["verdict"] == "fits"


@pytest.mark.parametrize("name", ["report.pdf", "report", ".md", "report.md.bak"])
def test_that_an_unknown_suffix_writes_nothing(run, tmp_path, name):
    told = run("report", "-o", str(tmp_path / name))
    assert told.code == 1
    assert ".json or .md" in told.err
    assert list(tmp_path.iterdir()) == []


def test_that_a_missing_folder_is_told(run, tmp_path):
    told = run("report", "-o", str(tmp_path / "none" / "report.md"))
    assert (told.code, told.out) == (1, "")
    assert "its folder does not exist" in told.err


def test_that_a_context_beyond_the_limit_is_refused(run):
    told = run("report", *PLAN, "--context", "32k", "-o", "-")
    assert told.code == 1
    assert "16,384" in told.err
