"""Every format of the report: stored files, sameness, hostile names, size and time."""

import csv
import io
import json
import time
import tracemalloc
from dataclasses import replace

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.report_choices import CsvTable, PictureKey, ReportScope
from planner.report.choices import FileChoices
from planner.report.renderers import BINARY_FORMATS, FORMATS, render

TEXT_FORMATS = [name for name in FORMATS if name not in BINARY_FORMATS]
SCRIPT = "<script>alert(1)</script>"
FORMULA = '=cmd|" /C calc"!A0'
TURNED = "RTX \u202eOOO4\u202c \u2066x\u2069 \u200f"
HUGE = "N" * 10_000
HOSTILE = [SCRIPT, FORMULA, TURNED, HUGE, "", "\ud800", "a\x00b\x1b[31m", "图形处理器 بطاقة"]


@pytest.fixture
def hostile(make_full, machine):
    """Return a report on a machine where everything that a driver says is this text."""

    def make(text, **more):
        card, ram = machine.pools
        odd = replace(card, name=text, notes=(text,), source=text)
        driver = Machine(
            pools=(odd, ram), notes=(text,), driver_version=text, cuda_version=text
        )
        return make_full(machine=driver, **more)

    return make


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_that_each_format_is_as_stored(make_full, same_as_stored, name):
    report, choices = make_full("phi-1", "F16")
    same_as_stored(f"phi-1-f16.{name}", render(report, name, choices))


def test_that_the_grid_is_as_stored(make_full, same_as_stored):
    report, choices = make_full("phi-1", "F16", scope=ReportScope.ALL)
    same_as_stored("all-models.md", render(report, "md", choices))
    same_as_stored("all-models.csv", render(report, "csv", choices))


@pytest.mark.parametrize("name", FORMATS)
def test_that_the_same_report_gives_the_same_bytes(make_full, name):
    first, second = make_full("phi-4", "F16"), make_full("phi-4", "F16")
    assert render(first[0], name, first[1]) == render(second[0], name, second[1])


def test_that_another_time_or_reserve_gives_another_hash(make_report, make_full):
    report, _ = make_full()
    assert report.inputs_sha256 == make_full()[0].inputs_sha256
    others = [make_full(quant="Q6_K")[0], make_full(context_length=8192)[0], make_report()]
    assert len({report.inputs_sha256, *(each.inputs_sha256 for each in others)}) == 4


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", FORMATS)
def test_that_no_name_breaks_a_format(hostile, name, text):
    report, choices = hostile(text)
    content = render(report, name, choices)
    assert len(content) < 500_000
    if name in BINARY_FORMATS:
        return
    shown = content.decode("utf-8")
    if name != "json":
        assert "\u202e" not in shown
        assert "\x1b" not in shown
        assert "N" * 2_001 not in shown
    if name in ("html", "svg"):
        assert "<script" not in shown


def test_that_markdown_shows_a_script_and_does_not_hold_one(hostile):
    report, choices = hostile(SCRIPT)
    text = render(report, "md", choices).decode()
    assert r"\<script\>alert(1)\</script\>" in text
    assert "<script>" not in text.replace(r"\<", "")


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@x", " =1", "\t=1", "\uff1d1"])
def test_that_a_spreadsheet_finds_no_formula(hostile, text):
    report, _ = hostile(text)
    content = render(report, "csv", FileChoices(table=CsvTable.GRID)).decode()
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert f"'{text.strip()}" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\uff1d")]


def test_that_the_csv_has_the_figures_of_the_report(make_full):
    report, choices = make_full("phi-4", "F16")
    rows = list(csv.DictReader(io.StringIO(render(report, "csv", choices).decode())))
    lines = report.answer.plan.ledger
    assert [int(row["expected_bytes"]) for row in rows] == [
        line.bytes.expected for line in lines
    ]
    assert [row["source"] for row in rows] == [line.source for line in lines]
    grid = FileChoices(table=CsvTable.GRID)
    (cell,) = csv.DictReader(io.StringIO(render(report, "csv", grid).decode()))
    assert (cell["model"], cell["verdict"], cell["layer_count"]) == ("phi-4", "partial", "41")
    assert int(cell["needed_high_bytes"]) == report.answer.result.needed_bytes.high


def test_that_what_is_not_known_is_an_empty_cell(make_full):
    report, choices = make_full("phi-silica", scope=ReportScope.MODEL)
    rows = list(csv.DictReader(io.StringIO(render(report, "csv", choices).decode())))
    assert {row["needed_expected_bytes"] for row in rows} == {""}
    assert "closed" in rows[0]["reason"]


def test_that_a_report_without_a_plan_has_no_ledger_and_no_picture(make_full):
    report, _ = make_full("phi-4", scope=ReportScope.MODEL, with_plan=False)
    with pytest.raises(PlannerError, match="there is no ledger"):
        render(report, "csv", FileChoices(table=CsvTable.LEDGER))
    with pytest.raises(PlannerError, match=r"no picture 'memory'\. It has none"):
        render(report, "png")


def test_that_a_picture_that_is_not_there_names_those_that_are(make_full):
    report, choices = make_full("phi-4")
    some = {PictureKey.CONTEXT: choices.pictures[PictureKey.CONTEXT]}
    with pytest.raises(PlannerError, match=r"It has: context\."):
        render(report, "svg", FileChoices(pictures=some, picture=PictureKey.SPEED))


def test_that_a_format_that_does_not_exist_is_a_mistake_of_ours(make_report):
    with pytest.raises(ValueError, match="docx"):
        render(make_report(), "docx")


@pytest.mark.parametrize("key", list(PictureKey))
def test_that_each_picture_is_a_file_of_its_own(make_full, key):
    report, choices = make_full("phi-4")
    chosen = replace(choices, picture=key)
    svg = render(report, "svg", chosen).decode()
    assert svg.startswith("<svg ")
    assert "var(--" not in svg
    assert render(report, "png", chosen).startswith(b"\x89PNG\r\n\x1a\n")


def test_that_all_models_in_all_formats_take_less_than_five_seconds(make_full):
    started = time.perf_counter()
    report, choices = make_full(scope=ReportScope.ALL)
    for name in FORMATS:
        render(report, name, choices)
    assert len(report.results) == 24 * 30
    assert time.perf_counter() - started < 5


def test_that_all_models_in_all_formats_take_less_than_300_mb(make_full):
    tracemalloc.start()
    try:
        report, choices = make_full(scope=ReportScope.ALL)
        for name in FORMATS:
            render(report, name, choices)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 300_000_000


def test_that_json_holds_no_character_that_utf_8_cannot(hostile):
    report, choices = hostile("\ud800")
    assert json.loads(render(report, "json", choices))["machine"]["pools"]
