"""Plans of any runtime, written in one line."""

import pytest

from planner.core.estimate import estimate
from planner.core.plan import Plan, PlanOptions, RuntimeName


@pytest.fixture
def plan_for(catalogue):
    """Build a plan: a model's id, a runtime, a quant format, options."""

    def build(model: str, runtime: str, quant: str, **options) -> Plan:
        return PlanOptions(runtime=RuntimeName(runtime), **options).plan(
            catalogue[model], quant
        )

    return build


@pytest.fixture
def ledger_for(catalogue, plan_for):
    """Return the ledger of such a plan."""

    def build(model: str, runtime: str, quant: str, **options):
        return estimate(catalogue[model], plan_for(model, runtime, quant, **options)).ledger

    return build
