"""What identifies a computer: in no report unless it was asked for, and then in each."""

import io
import json
import re
from dataclasses import replace

import pypdfium2
import pytest

from planner.core.machine import Machine, MemoryHolder
from planner.core.units import GIB
from planner.report.fit_report import FitReport
from planner.report.further import OtherMachine
from planner.report.machine_records import ReportMachine
from planner.report.machine_sections import machine_section
from planner.report.renderers import render
from tests.report.conftest import CARD, RAM, UUID

ADDRESS = "00000000:01:00.0"
GAME = MemoryHolder(name="some-game", pid=4711, used_bytes=14 * GIB)
SHELL = MemoryHolder(name="a-shell", pid=4712)
SIGNS = (UUID, ADDRESS, "some-game", "a-shell")
PAGES = ("md", "html", "json", "pdf")


def seen(content: bytes, suffix: str) -> str:
    """Return what one reads, without blanks: a line may be broken anywhere."""
    if suffix != "pdf":
        return re.sub(r"\s", "", content.decode())
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        found = ""
        for page in document:
            text = page.get_textpage()
            found += text.get_text_range()
            text.close()
    finally:
        document.close()
    return re.sub(r"\s|\ufffe|\x02", "", found)


@pytest.fixture
def busy():
    """A computer whose card two programs hold, one of them not for everybody to see."""
    card = replace(
        CARD, free_bytes=4 * GIB, used_by_others_bytes=19 * GIB, holders=(SHELL, GAME)
    )
    note = f"CUDA_VISIBLE_DEVICES={UUID} leaves 1 of 2 NVIDIA GPUs to programs."
    return Machine(pools=(card, RAM), notes=(note,))


@pytest.mark.parametrize("suffix", PAGES)
def test_that_a_report_says_who_and_what_it_is_if_asked(make_full, busy, suffix):
    report, choices = make_full(machine=busy, with_identity=True)
    text = seen(render(report, suffix, choices), suffix)
    # A PDF may break a word at its hyphen and swallows it.
    if suffix == "pdf":
        text = text.replace("-", "")
        assert all(sign.replace("-", "") in text for sign in SIGNS)
    else:
        assert [sign for sign in SIGNS if sign not in text] == []


@pytest.mark.parametrize("suffix", [*PAGES, "csv"])
def test_that_a_report_says_nothing_of_it_unless_asked(make_full, busy, suffix):
    report, choices = make_full(machine=busy)
    text = seen(render(report, suffix, choices), suffix).replace("-", "")
    assert [sign for sign in SIGNS if sign.replace("-", "") in text] == []
    assert report.machine.identity == ()


def test_that_identity_is_kept_for_each_pool_that_has_one(make_full, busy):
    report, choices = make_full(machine=busy, with_identity=True)
    (board,) = json.loads(render(report, "json", choices))["machine"]["identity"]
    assert board == {
        "id": "gpu0",
        "uuid": UUID,
        "pci_bus_id": ADDRESS,
        "holders": [
            {"name": "a-shell", "used_bytes": None},
            {"name": "some-game", "used_bytes": 14 * GIB},
        ],
    }
    assert UUID in report.machine.notes[0]
    assert FitReport.model_validate_json(render(report, "json", choices)) == report


def test_that_the_largest_program_is_named_first(make_full, busy):
    report, _ = make_full(machine=busy, with_identity=True)
    tables = [each for each in machine_section(report) if hasattr(each, "rows")]
    assert [cell.text for cell in tables[1].rows[0]] == [
        *("gpu0", UUID, ADDRESS),
        "some-game 14.00 GiB, a-shell",
    ]


def test_that_a_program_that_only_says_its_name_is_kept(busy):
    card = replace(busy.pools[0], uuid=None, pci_bus_id=None, holders=(SHELL,))
    (board,) = ReportMachine.of(replace(busy, pools=(card, RAM))).identity
    assert (board.uuid, board.pci_bus_id, board.holders[0].name) == (None, None, "a-shell")


@pytest.mark.parametrize("with_identity", [True, False])
def test_that_advice_names_the_programs_only_if_asked(make_full, busy, with_identity):
    report, _ = make_full(machine=busy, with_identity=with_identity)
    advice = next(
        each for each in report.answer.outlook.advice if "close-programs" in each.kinds
    )
    told = " They are: some-game 14.00 GiB, a-shell."
    assert advice.text.endswith(told) is with_identity
    assert ("some-game" in advice.text) is with_identity


@pytest.mark.parametrize("with_identity", [True, False])
def test_that_other_machines_are_kept_to_the_same(
    make_full, catalogue, busy, machine, with_identity
):
    from planner.core.plan import PlanOptions
    from planner.session import PlannerSession

    session = PlannerSession(models=catalogue.models, machine=busy)
    model, options = catalogue.find("phi-4"), PlanOptions()
    other = OtherMachine(
        name="workshop",
        grid=session.grid(options, models=(model,), quant_formats=("Q4_K_M",)),
        detail=session.detail(model, "Q4_K_M", options),
    )
    report, choices = make_full(machine=machine, others=(other,), with_identity=with_identity)
    assert bool(report.other_machines[0].machine.identity) is with_identity
    assert ("some-game" in render(report, "md", choices).decode()) is with_identity


def test_that_a_name_that_holds_a_uuid_loses_it_everywhere(make_full, busy):
    card = replace(busy.pools[0], name=f"A card {UUID}", free_bytes=23 * GIB)
    odd = replace(busy, pools=(card, RAM))
    report, choices = make_full(machine=odd)
    for suffix in ("md", "json", "html"):
        assert UUID not in render(report, suffix, choices).decode()
    assert report.title.endswith("on A card GPU-(left out)")
    assert UUID in make_full(machine=odd, with_identity=True)[0].title
