"""Values for the pages of the detail, as the controller makes them."""

from typing import Any

from planner.catalogue import load_catalogue
from planner.core.fit import Reserve
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.session import PlannerSession
from planner.ui.controller.pages import Pages
from planner.ui.models.page import Page
from tests.ui import machines

MODELS = {model.id: model for model in load_catalogue().models}


def page_values(
    page: Page,
    model_id: str,
    quant_format: str = "Q4_K_M",
    *,
    machine: Machine = machines.SMALL_GPU,
    settled: bool = False,
    is_here: bool = True,
    **options: Any,
) -> Any:
    """Return what a page is handed for one cell."""
    session = PlannerSession(models=tuple(MODELS.values()), machine=machine, reserve=Reserve())
    asked = PlanOptions(**options)
    detail = session.detail(MODELS[model_id], quant_format, asked)
    formats, pages = ("F16", "Q8_0", quant_format), Pages()
    if settled:
        return pages.settled(page, session, detail, asked, quant_formats=formats)
    return pages.quick(page, session, detail, asked, quant_formats=formats, is_here=is_here)
