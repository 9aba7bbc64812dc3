"""The HTML: one file that asks for nothing, for every reader and every scheme."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from planner.core.machine import Machine
from planner.core.plan import SplitMode
from planner.core.report_choices import PictureKey, ReportScope
from planner.report.choices import FileChoices
from planner.report.renderers import render

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
EMPTY = {"meta", "link", "br", "img", "hr", "input"}


class Reader(HTMLParser):
    """Collects elements; an end that fits no start is a mistake."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.open = []
        self.mistakes = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(tag)

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def page(make_full):
    """Return the page of a report and what stands in it."""

    def make(*words, **options):
        report, choices = make_full(*words, **options)
        text = render(report, "html", choices).decode()
        reader = Reader()
        reader.feed(text)
        return text, reader

    return make


def test_that_every_element_is_closed_in_its_place(page):
    _, found = page("phi-4", "F16", scope=ReportScope.ALL)
    assert (found.open, found.mistakes) == ([], [])


def test_that_it_has_no_script_and_asks_for_nothing(page):
    text, found = page(scope=ReportScope.ALL)
    assert found.named("script") == []
    assert not [each for _, each in found.elements if any(key[:2] == "on" for key in each)]
    for tag in ("link", "img", "iframe", "object", "embed", "source", "use", "image"):
        assert found.named(tag) == []
    addresses = re.findall(r"url\(([^)]{5})", text)
    assert {each for each in addresses if not each.startswith("#")} == {"data:"}
    assert "@import" not in text
    policy = next(each for each in found.named("meta") if "http-equiv" in each)
    assert policy["content"].startswith("default-src 'none'; ")
    assert "script-src" not in policy["content"]


def test_that_it_names_its_language_and_its_title(page):
    text, found = page()
    assert found.named("html") == [{"lang": "en"}]
    assert "<title>Will it run? Phi-4 in Q4_K_M on NVIDIA GeForce RTX 4090</title>" in text


def test_that_tables_tell_their_rows_and_columns(page):
    _, found = page(scope=ReportScope.ALL)
    assert len(found.named("caption")) == len(found.named("table")) > 4
    assert {each["scope"] for each in found.named("th")} == {"row", "col"}


def test_that_every_picture_has_a_name_and_words(page):
    text, found = page()
    pictures = found.named("svg")
    assert len(pictures) == 5
    for each in pictures:
        assert each["role"] == "img"
        for name in each["aria-labelledby"].split():
            assert re.search(rf'id="{name}">[^<]{{3,}}<', text)
    ids = [each["id"] for _, each in found.elements if "id" in each]
    assert len(ids) == len(set(ids))


def test_that_a_line_of_memory_unfolds(page, make_full):
    text, found = page("phi-4", "F16")
    report, _ = make_full("phi-4", "F16")
    shown = [line for line in report.answer.plan.ledger if line.bytes.high]
    assert text.count("<details><summary>") >= len(shown)
    assert len(found.named("summary")) == len(found.named("details"))


def test_that_it_is_dark_where_the_reader_is_and_never_on_paper(page):
    text, found = page()
    assert "@media screen and (prefers-color-scheme: dark)" in text
    assert {"name": "color-scheme", "content": "light dark"} in found.named("meta")
    for name in re.findall(r"var\((--[a-z0-9-]+)\)", text):
        assert text.count(f" {name}: #") == 2


def test_that_the_contents_lead_to_headings_that_are_there(page):
    _, found = page(scope=ReportScope.ALL)
    targets = {each["href"][1:] for each in found.named("a") if each["href"][0] == "#"}
    assert targets <= {each.get("id") for each in found.named("h2")}
    assert len(targets) > 6


def test_that_a_name_cannot_become_an_address(make_full, machine):
    card, ram = machine.pools
    odd = Machine(
        pools=(card, ram), notes=("javascript:alert(1)", 'https://x" onclick="alert(1)')
    )
    report, choices = make_full(machine=odd)
    reader = Reader()
    reader.feed(render(report, "html", choices).decode())
    assert not [each for _, each in reader.elements if "onclick" in each]
    assert not [
        each
        for each in reader.named("a")
        if each["href"][:4] not in ("http", "") and each["href"][0] != "#"
    ]


def test_that_without_pictures_their_figures_stand_as_tables(make_full):
    report, choices = make_full()
    text = render(report, "html", FileChoices()).decode()
    assert "<svg" not in text
    assert "The figures as a table" not in text
    assert text.count("<table>") == render(report, "html", choices).decode().count("<table>")


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian package chromium)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_a_browser_has_nothing_to_complain_about(make_full, tmp_path, scheme):
    report, choices = make_full("phi-4", "F16", scope=ReportScope.ALL)
    file, log = tmp_path / "report.html", tmp_path / "net.json"
    file.write_bytes(render(report, "html", choices))
    told = subprocess.run(
        [
            CHROMIUM,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
            *("--enable-logging=stderr", "--v=0", f"--log-net-log={log}"),
            "--disable-background-networking",
            f"--screenshot={tmp_path / 'page.png'}",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "CONSOLE" not in told.stderr
    assert (tmp_path / "page.png").stat().st_size > 10_000
    events = log.read_text(encoding="utf-8", errors="replace")
    asked = set(re.findall(r'"url":"(https?://[^"]*)"', events))
    sources = {"arxiv.org", "github.com", "huggingface.co", "apxml.com", "registry.ollama.ai"}
    assert not [each for each in asked if each.split("/")[2] in sources]


def test_that_a_reader_of_json_finds_the_pictures_figures(make_full):
    report, choices = make_full()
    further = json.loads(render(report, "json", choices))["further"]
    assert further["curve"][-1]["context_length"] == 16_384
    assert {cell["quant_format"] for cell in further["frontier"]} >= {"F16", "Q4_K_M"}


def test_that_each_of_two_gpus_has_its_bar(make_full, machine):
    card, ram = machine.pools
    both = replace(machine, pools=(card, replace(card, id="gpu1", name="Another card"), ram))
    _, choices = make_full(
        "phi-4", "F16", machine=both, split_mode=SplitMode.LAYER, tensor_split=(1.0, 1.0)
    )
    drawn = str(choices.pictures[PictureKey.MEMORY].marks)
    assert all(pool.name in drawn for pool in both.pools)
