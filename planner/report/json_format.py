"""The report as JSON: for programs, and to compare with another one later."""

import json

from planner.report.fit_report import FitReport


def render_json(report: FitReport) -> str:
    """Return the report as indented JSON; the same report gives the same text."""
    values = report.model_dump(mode="json", by_alias=True)
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"
