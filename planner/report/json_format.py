"""The report as JSON: for programs, and to compare with another one later."""

import json

from planner.report.fit_report import FitReport


def render_json(report: FitReport) -> str:
    """Return the report as indented JSON; the same report gives the same text."""
    return _text(report.model_dump(mode="json", by_alias=True))


def schema_text() -> str:
    """Return the JSON Schema that `resources/report` publishes."""
    schema = FitReport.model_json_schema(by_alias=True, mode="serialization")
    return _text({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def _text(values: dict[str, object]) -> str:
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"
