"""Grids for tests: of any machine, with files on top, with other figures worked out."""

from dataclasses import replace

from planner.core.file_fit import evaluate_file, own_file
from planner.core.fit import Reserve
from planner.core.grid_values import GridFigures
from planner.core.inspection import inspect_model_file
from planner.core.plan import PlanOptions
from planner.ui.controller import COMMON_FORMATS
from planner.ui.models.fit_table_model import FitTableModel
from tests.core.model_files import gguf_file
from tests.ui.conftest import CATALOGUE, open_session
from tests.ui.machines import SMALL_GPU


def make_grid(machine=SMALL_GPU, formats=COMMON_FORMATS, **options):
    session = open_session(machine, Reserve())
    return session.grid(PlanOptions(**options), quant_formats=formats)


def with_files(grid, *names):
    """The grid with files of Phi-4 in Q4_K_M on top."""
    phi_4 = next(each for each in CATALOGUE.models if each.id == "phi-4")
    plain = gguf_file(phi_4, "Q4_K_M")
    fits = []
    for number, name in enumerate(names):
        seen = inspect_model_file(replace(plain, name=name), CATALOGUE.models, PlanOptions())
        file = own_file(f"own-file-{number}", seen)
        fits.append(
            evaluate_file(
                file,
                options=grid.options,
                machine=grid.machine,
                target=grid.target,
                reserve=grid.reserve,
            )
        )
    return replace(grid, files=tuple(fits))


def worked_out(mode, grid):
    figures = GridFigures(mode)
    figures.show(grid)
    assert figures.work(lambda: False)
    return figures.rows


def filled_model():
    """The grid's model, with a grid of a small GPU."""
    made = FitTableModel()
    made.set_grid(make_grid())
    return made


def names(model):
    return [model.model_at(row).name for row in range(model.rowCount())]


def chosen(window):
    return window.grid_panel.model.cell_at(window.grid_panel.view.currentIndex())
