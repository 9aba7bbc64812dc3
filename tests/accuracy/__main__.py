"""Write ACCURACY.md from the measured cases: `python -m tests.accuracy [FILE]`."""

import sys
from pathlib import Path
from statistics import mean, median

from tests.accuracy.cases import Case, all_cases, without_duplicates

HEAD = """\
# How accurate is it?

Written by `make accuracy` from the measurements in `tests/data`. Each case was measured elsewhere: by llama.cpp's own
quantiser and size simulation (commit 0c1e57098), as a real process, or published with the file. The misses are left in.

The naive rule beside ours is the one most calculators use: parameters × the bits in the format's name + 20 %. For cache and buffers it is
given its 20 %, which is all it has for them.

| what | cases | ours: mean, median, worst error | naive rule: median, worst error |
|---|--:|--:|--:|
"""
WORST_SHOWN = 10


def table(cases: list[Case]) -> str:
    """Return the whole page."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.group, []).append(case)
    lines = [_row(name, group) for name, group in sorted(groups.items())]
    worst = sorted(cases, key=lambda case: -abs(case.error_percent))[:WORST_SHOWN]
    shown = [
        f"| {case.name.replace('|', '/')} | {case.group} | {case.error_percent:+.2f} % |"
        for case in worst
    ]
    return (
        HEAD
        + "\n".join(lines)
        + f"\n\n## The {WORST_SHOWN} worst cases\n\n| case | what | error |\n|---|---|--:|\n"
        + "\n".join(shown)
        + "\n"
    )


def _row(name: str, cases: list[Case]) -> str:
    ours = [abs(case.error_percent) for case in cases]
    naive = [abs(case.naive_error_percent) for case in cases]
    return (
        f"| {name} | {len(cases)} | {mean(ours):.3f} %, {median(ours):.3f} %, {max(ours):.2f} % "
        f"| {median(naive):.0f} %, {max(naive):.0f} % |"
    )


def main() -> None:
    """Write the page to the file named on the command line."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "ACCURACY.md")
    target.write_text(table(without_duplicates(all_cases())), encoding="utf-8")


if __name__ == "__main__":
    main()
