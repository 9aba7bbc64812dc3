"""The block diagram of a model: its tensors by block, and the picture made of them."""

from planner.core.diagram.builder import diagram
from planner.core.diagram.model import Diagram
from planner.core.diagram.plan_diagram import plan_diagram

__all__ = ["Diagram", "diagram", "plan_diagram"]
