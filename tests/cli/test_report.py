"""`report`: the file, the formats, and the ways in which it cannot be written."""

import csv
import io
import json
import sys

import pytest

from planner.files.machine_card import save_machine_card

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


@pytest.mark.parametrize("name", ["report.docx", "report", ".md", "report.md.bak"])
def test_that_an_unknown_suffix_writes_nothing(run, tmp_path, name):
    told = run("report", "-o", str(tmp_path / name))
    assert told.code == 1
    assert ".pdf or .png" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("--with-identity",)])
def test_that_identity_is_written_only_if_asked(run, gpu_machine, words):
    told = run("report", *PLAN, "-o", "-", "--json", *words, machine=gpu_machine)
    boards = json.loads(told.out)["machine"]["identity"]
    uuids = [pool.uuid for pool in gpu_machine.pools if pool.uuid]
    assert [each["uuid"] for each in boards] == (uuids if words else [])
    assert all((uuid in told.out) is bool(words) for uuid in uuids)
    assert uuids


def test_that_a_missing_folder_is_told(run, tmp_path):
    told = run("report", "-o", str(tmp_path / "none" / "report.md"))
    assert (told.code, told.out) == (1, "")
    assert "its folder does not exist" in told.err


def test_that_a_context_beyond_the_limit_is_refused(run):
    told = run("report", *PLAN, "--context", "32k", "-o", "-")
    assert told.code == 1
    assert "16,384" in told.err


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("pdf", b"%PDF-"),
        ("svg", b"<svg "),
        ("png", b"\x89PNG"),
        ("csv", b"machine,target,model"),
    ],
)
def test_that_each_format_can_be_written_and_piped(run, tmp_path, suffix, start):
    file = tmp_path / f"report.{suffix}"
    assert run("report", *PLAN, "-o", str(file)).code == 0
    assert file.read_bytes().startswith(start)
    piped = run("report", *PLAN, "-o", "-", "--format", suffix, encoding="latin-1")
    assert piped.code == 0
    assert piped.out.encode("latin-1").startswith(start)


def test_that_no_qt_is_loaded_for_any_format(run, tmp_path):
    before = set(sys.modules)
    for suffix in ("pdf", "png", "html"):
        assert run("report", *PLAN, "-o", str(tmp_path / f"r.{suffix}")).code == 0
    assert not [name for name in set(sys.modules) - before if name.startswith("PySide6")]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((*PLAN, "--scope", "plan"), 1),
        ((*PLAN, "--scope", "model"), 30),
        (("phi-4", "--scope", "model"), 30),
        (PLAN, 720),
    ],
)
def test_that_the_scope_says_how_much_is_in_it(run, words, count):
    report = json.loads(run("report", *words, "-o", "-", "--json").out)
    assert len(report["results"]) == count
    assert (report["answer"] is None) is ("--quant" not in words)


def test_that_a_table_and_a_picture_can_be_chosen(run):
    told = run("report", *PLAN, "-o", "-", "--format", "csv", "--table", "ledger")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert {row["part"] for row in rows} >= {"weights", "kv_cache"}
    drawn = run("report", *PLAN, "-o", "-", "--format", "svg", "--picture", "frontier")
    assert drawn.out.startswith("<svg ")


def test_that_a_picture_can_be_dark(run):
    light = run("report", *PLAN, "--format", "svg", "-o", "-").out
    dark = run("report", *PLAN, "--format", "svg", "--colours", "dark", "-o", "-").out
    # The panel of each look.
    assert ("#1c1f26" in light, "#1c1f26" in dark) == (False, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "svg"), "no picture 'memory'. It has none: no plan leads it."),
        (("--format", "csv", "--table", "ledger"), "there is no ledger to write as CSV"),
    ],
)
def test_that_what_a_report_does_not_have_is_told(run, words, said):
    told = run("report", "-o", "-", *words)
    assert (told.code, told.out) == (1, "")
    assert said in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("phi-4",), "MODEL and --quant FORMAT go together"),
        (("--quant", "Q4_K_M"), "MODEL and --quant FORMAT go together"),
        (("phi-4", "--scope", "plan"), "MODEL and --quant FORMAT go together"),
        (("--scope", "model"), "--scope model needs MODEL"),
        (("--json", "--format", "pdf"), "--json and --format pdf contradict"),
        (("--scope", "half"), "half"),
        (("--paper", "a3"), "a3"),
        (("--picture", "cat"), "cat"),
    ],
)
def test_that_contradicting_options_are_wrong_usage(run, words, said):
    told = run("report", *words, "-o", "-")
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_that_a_format_that_contradicts_the_name_is_wrong_usage(run, tmp_path):
    told = run("report", "-o", str(tmp_path / "r.md"), "--format", "pdf")
    assert told.code == 2
    assert "contradicts the name" in told.err
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_is_replaced_unless_that_is_not_wanted(run, tmp_path):
    file = tmp_path / "report.md"
    file.write_text("old", encoding="utf-8")
    told = run("report", "-o", str(file), "--no-overwrite")
    assert told.code == 1
    assert "--no-overwrite leaves it" in told.err
    assert file.read_text(encoding="utf-8") == "old"
    assert run("report", "-o", str(file)).code == 0
    assert file.read_text(encoding="utf-8").startswith("# Will it run?")


def test_that_several_machine_cards_are_one_report(run, tmp_path, gpu_machine, ram_machine):
    cards = [tmp_path / "desk.json", tmp_path / "shelf.json"]
    save_machine_card(gpu_machine, cards[0])
    save_machine_card(ram_machine, cards[1])
    names = [str(card) for card in cards]

    report = json.loads(
        run("report", *PLAN, "--machine", *names, "-o", "-", "--json", machine=None).out
    )
    assert report["target"] == "gpu0"
    (other,) = report["other_machines"]
    assert (other["name"], other["target"]) == ("shelf", "ram")
    assert other["result"]["verdict"] == "fits"
    assert report["title"] == "Phi-4 in Q4_K_M on 2 machines"


def test_that_a_what_if_is_written_without_a_driver(run, tmp_path):
    file = tmp_path / "report.html"
    told = run("report", *PLAN, "--device", "rtx-4090", "--ram", "64GiB", "-o", str(file))
    assert told.code == 0
    assert "This machine is a what-if." in file.read_text(encoding="utf-8")
