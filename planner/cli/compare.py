"""`compare`: what is different between two saved answers, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.output import printable

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.cli.output import Output
    from planner.report.compare import Change, Comparison

# A report of all models in all formats has a quarter of this.
_LARGEST_BYTES: Final = 1 << 20
_MOST_LINES: Final = 40
_ONE_LINE: Final = 70


def _add_options(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("before", metavar="A", help="a report, or what `--json` printed; a machine card")
    add("after", metavar="B", help="the later one")
    add("--json", action="store_true", help="JSON instead of text")
    add("--html", action="store_true", help="one HTML file instead of text")
    add("-o", "--output", metavar="FILE", help="write to FILE instead of standard output")


def _run(options: Namespace, around: Surroundings) -> int:
    if options.json and options.html:
        raise UsageError("--json and --html contradict one another.")
    # Only now: a wrong option is told without waiting for pydantic.
    from planner.files.bounded_json import read_json_object
    from planner.files.opened import shown
    from planner.report.compare import compare
    from planner.report.saved import read_saved

    paths = (Path(options.before), Path(options.after))
    before, after = (
        read_saved(read_json_object(path, largest_bytes=_LARGEST_BYTES), file=shown(path))
        for path in paths
    )
    found = compare(before, after, names=(paths[0].name, paths[1].name))
    if options.output is not None:
        from planner.report.writer import write_file

        text = _page(found, options)
        write_file(options.output, text.encode("utf-8", "replace"), what="The comparison")
        around.out.line(f"Written: {Path(options.output).absolute()}")
    elif options.json or options.html:
        around.out.write(_page(found, options))
    else:
        _write(around.out, found)
    return 0


def _page(found: Comparison, options: Namespace) -> str:
    """Return the file's text: what an option says, else what its suffix says."""
    from planner.report.comparison_page import comparison_json, comparison_page

    suffix = "" if options.output is None else Path(options.output).suffix.casefold()
    if options.json or (suffix == ".json" and not options.html):
        return comparison_json(found)
    if options.html or suffix in (".html", ".htm"):
        from planner.report.html import document_html

        return document_html(comparison_page(found), pictures={})
    from planner.report.markdown import document_markdown

    return document_markdown(comparison_page(found))


def _write(out: Output, found: Comparison) -> None:
    from planner.report.comparison_page import AREA_WORDS

    out.prose(found.sentence)
    for area, words in AREA_WORDS.items():
        changes = found.of(area)
        if changes:
            out.line()
            out.line(out.coloured(words, "1"))
        for change in changes[:_MOST_LINES]:
            _write_change(out, change)
        if len(changes) > _MOST_LINES:
            out.line(f"  and {len(changes) - _MOST_LINES:,} more; --json and --html have all.")


def _write_change(out: Output, change: Change) -> None:
    from planner.report.comparison_page import difference_text

    difference = difference_text(change)
    tail = f" ({difference})" if difference else ""
    if len(change.name) + len(change.before) + len(change.after) < _ONE_LINE:
        out.line(printable(f"  {change.name}: {change.before} → {change.after}{tail}"))
    else:
        out.prose(f"{change.name}{tail}", indent="  ")
        out.prose(f"was {change.before}", indent="    ")
        out.prose(f"now {change.after}", indent="    ")
    if change.why:
        out.prose(f"because of {'; '.join(change.why)}", indent="    ")


COMMAND = Command(
    summary="What is different between two saved answers, and why.",
    add_options=_add_options,
    run=_run,
)
