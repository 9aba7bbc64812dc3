"""Plans on machines made by hand, for the charts."""

from collections.abc import Callable

import pytest

from planner.core.fit import Reserve
from planner.core.grid import FitDetail, evaluate_detail
from planner.core.machine import Machine, MemoryPool
from planner.core.plan import PlanOptions
from planner.core.target import choose_target
from tests.core.pictures.plans import MODELS


@pytest.fixture
def detail_of() -> Callable[..., FitDetail]:
    """Evaluate a model's plan on some pools."""

    def make(
        model_id: str,
        quant_format: str,
        *pools: MemoryPool,
        options: PlanOptions | None = None,
        target: str | None = None,
    ) -> FitDetail:
        machine = Machine(pools=pools)
        return evaluate_detail(
            MODELS[model_id],
            quant_format,
            options=options or PlanOptions(),
            machine=machine,
            target=choose_target(machine, target),
            reserve=Reserve(),
        )

    return make
