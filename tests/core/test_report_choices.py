"""What can be chosen about a report."""

from planner.core.report_choices import ReportChoices, ReportFormat


def test_that_a_report_is_a_pdf_of_all_models_until_something_else_is_chosen():
    chosen = ReportChoices()
    assert (chosen.format, chosen.scope, chosen.paper) == ("pdf", "all", "a4")


def test_that_svg_and_png_are_the_pictures():
    assert [each.value for each in ReportFormat if each.is_picture] == ["svg", "png"]
