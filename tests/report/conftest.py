"""Reports to render: one machine with a card, one plan of each verdict, stored files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.catalogue import load_card, load_catalogue
from planner.catalogue.published import load_published_files
from planner.catalogue.reference_figures import load_reference_figures
from planner.core.estimate import runtime_of
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import PlanOptions
from planner.core.report_choices import ReportScope
from planner.core.units import GIB, MIB
from planner.report.choices import FileChoices
from planner.report.fit_report import FitReport, build_report
from planner.report.further import Known
from planner.report.pictures import report_pictures
from planner.session import PlannerSession

UUID = "GPU-6f1d8a52-aaaa-bbbb-cccc-333344445555"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

CARD = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4090",
    source="nvml",
    total_bytes=24564 * MIB,
    free_bytes=24000 * MIB,
    bandwidth_gb_per_s=1008.1,
    compute_capability="8.9",
    uuid=UUID,
    pci_bus_id="00000000:01:00.0",
)
RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="AMD Ryzen 7 7700",
    source="psutil",
    total_bytes=64 * GIB,
    free_bytes=60 * GIB,
    notes=("The system does not give the bandwidth of its memory.",),
)


REFERENCE = Path(__file__).parent / "reference"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that takes new files over: `pytest tests/report --update-snapshots`."""
    try:
        parser.addoption("--update-snapshots", action="store_true")
    except ValueError:
        # Another folder's tests have stored files too and added it already.
        return


@pytest.fixture
def same_as_stored(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare a whole file with the stored one; `--update-snapshots` takes it over."""

    def compare(name: str, content: bytes) -> None:
        stored = REFERENCE / name
        if request.config.getoption("--update-snapshots", default=False):
            stored.parent.mkdir(exist_ok=True)
            stored.write_bytes(content)
        assert stored.is_file(), f"{stored} is missing; make it with --update-snapshots"
        assert content == stored.read_bytes(), f"{name} is not as stored"

    return compare


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture
def machine():
    note = f"CUDA_VISIBLE_DEVICES={UUID} leaves 1 of 2 NVIDIA GPUs to programs."
    return Machine(
        pools=(CARD, RAM), notes=(note,), driver_version="575.64", cuda_version="12.9"
    )


@pytest.fixture
def make_report(catalogue, machine):
    """Return a report that is led by a plan where a model is given."""

    def make(
        model=None, quant="Q4_K_M", *, machine=machine, created=NOON, formats=(), **options
    ):
        session = PlannerSession(models=catalogue.models, machine=machine)
        choices = PlanOptions(**options)
        detail = None
        if model is not None:
            detail = session.detail(catalogue.find(model), quant, choices)
        more = {"quant_formats": formats} if formats else {}
        return build_report(session.grid(choices, **more), created=created, detail=detail)

    return make


@pytest.fixture
def make_full(catalogue, machine):
    """Return a report with all that goes with it, and its pictures."""

    def make(
        model="phi-4",
        quant="Q4_K_M",
        *,
        machine=machine,
        scope=ReportScope.PLAN,
        others=(),
        with_plan=True,
        with_identity=False,
        **options,
    ) -> tuple[FitReport, FileChoices]:
        spec = catalogue.find(model)
        session = PlannerSession(models=catalogue.models, machine=machine)
        choices = PlanOptions(**options)
        detail = session.detail(spec, quant, choices)
        known = Known(
            card=load_card(spec.id),
            files=load_published_files(),
            references=load_reference_figures(),
        )
        models = None if scope is ReportScope.ALL else (spec,)
        formats = (
            (quant,) if scope is ReportScope.PLAN else runtime_of(choices.runtime).quant_formats
        )
        report = build_report(
            session.grid(choices, models=models, quant_formats=formats),
            created=NOON,
            detail=detail if with_plan else None,
            scope=scope,
            known=known,
            others=others,
            with_identity=with_identity,
        )
        return report, FileChoices(pictures=report_pictures(detail, choices))

    return make
