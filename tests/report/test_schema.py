"""The published JSON Schema: the model's own, and what reports keep to."""

import json

import jsonschema
import pytest
from pydantic import ValidationError

from planner.core.report_choices import ReportScope
from planner.paths import shipped
from planner.report.fit_report import FitReport
from planner.report.json_format import render_json, schema_text

PUBLISHED = "fit-report.schema.json"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads((shipped("resources") / "report" / PUBLISHED).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_that_the_published_schema_is_the_models(request):
    path = shipped("resources") / "report" / PUBLISHED
    if request.config.getoption("--update-snapshots", default=False):
        path.write_text(schema_text(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(
    ("model", "quant", "scope"),
    [
        ("phi-1", "F16", ReportScope.PLAN),
        ("phi-4", "F16", ReportScope.ALL),
        ("phi-silica", "Q4_K_M", ReportScope.MODEL),
    ],
)
def test_that_reports_keep_to_the_published_schema(make_full, validator, model, quant, scope):
    report, _ = make_full(model, quant, scope=scope)
    validator.validate(json.loads(render_json(report)))


def test_that_the_schema_refuses_what_is_no_report(make_full, validator):
    values = json.loads(render_json(make_full()[0]))
    for wrong in ({"schema": "phi-planner/report/9"}, {"target": 3}, {"further": None}):
        assert not validator.is_valid(values | wrong)


def test_that_a_report_comes_back_from_its_json_to_the_byte(make_full):
    report, _ = make_full("phi-1", "F16", scope=ReportScope.ALL)
    text = render_json(report)
    again = FitReport.model_validate_json(text)
    assert again == report
    assert render_json(again) == text


def test_that_a_report_of_an_earlier_version_is_still_read(make_full):
    values = json.loads(render_json(make_full()[0]))
    for name in ("title", "scope", "inputs_sha256", "further", "other_machines"):
        del values[name]
    again = FitReport.model_validate(values)
    assert again.further.curve == ()
    assert again.scope == "all"
    with pytest.raises(ValidationError):
        FitReport.model_validate(values | {"scope": "half"})
