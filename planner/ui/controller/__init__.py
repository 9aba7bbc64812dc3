"""Where what a person asks for meets the session: choices go in, values come out. No Qt."""

from planner.ui.controller.choices import FIRST_CELL, Choices
from planner.ui.controller.controller import Controller
from planner.ui.controller.ports import (
    Detection,
    DetectionAnswer,
    LiveAnswer,
    LiveSource,
    OpenedAnswer,
    PlannerView,
    ReportOrder,
    Services,
)
from planner.ui.models.grid_formats import ALL_FORMATS, COMMON_FORMATS

__all__ = [
    "ALL_FORMATS",
    "COMMON_FORMATS",
    "FIRST_CELL",
    "Choices",
    "Controller",
    "Detection",
    "DetectionAnswer",
    "LiveAnswer",
    "LiveSource",
    "OpenedAnswer",
    "PlannerView",
    "ReportOrder",
    "Services",
]
