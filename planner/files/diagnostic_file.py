"""Diagnostic bundles as files: scrubbed on the way out, checked on the way in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from planner.core.diagnostics import DiagnosticBundle
from planner.core.errors import PlannerError
from planner.core.scrub import scrubbed_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BUNDLE_SCHEMA: Final = "phi-planner/diagnostics/1"
LARGEST_BUNDLE_BYTES: Final = 8 << 20
MOST_FILES: Final = 8192
_PROGRAM_NAME: Final = "a program"
_MOST_PROBLEMS: Final = 4


def bundle_text(
    bundle: DiagnosticBundle, *, with_identity: bool = False, private_words: Iterable[str] = ()
) -> str:
    """Return a bundle as JSON.

    Args:
        bundle: What the detection was told.
        with_identity: Keep UUIDs, PCI addresses, names of programs, people and computers.
        private_words: Names of the computer and its user, to be taken out.

    Raises:
        PlannerError: it is larger than any that would be opened again.
    """
    # Only here: most commands write no JSON.
    import json

    values: Any = asdict(bundle)
    if not with_identity:
        values = scrubbed_json(_without_programs(values), private_words=private_words)
    text = json.dumps({"schema": BUNDLE_SCHEMA, **values}, ensure_ascii=False, indent=1) + "\n"
    if len(text.encode("utf-8", "replace")) > LARGEST_BUNDLE_BYTES:
        raise PlannerError(
            "The diagnostic bundle was not written: the answers of this computer's drivers are "
            f"larger than {LARGEST_BUNDLE_BYTES >> 20} MiB."
        )
    return text


def load_bundle(path: Path) -> DiagnosticBundle:
    """Return the bundle of a file.

    Raises:
        PlannerError: it cannot be read, or is no bundle.
    """
    # Only here, with pydantic: only who replays a bundle waits for it.
    import json

    from pydantic import TypeAdapter, ValidationError

    from planner.files.bounded_json import read_json_object
    from planner.files.opened import shown

    raw = read_json_object(path, largest_bytes=LARGEST_BUNDLE_BYTES)
    if raw.pop("schema", None) != BUNDLE_SCHEMA:
        raise PlannerError(
            f"{shown(path)} is no diagnostic bundle of this version: its schema is not "
            f"{BUNDLE_SCHEMA!r}. `phi-planner devices --diagnostics FILE` writes one."
        )
    try:
        # By way of JSON: only so does pydantic's strict mode take a list for a tuple.
        bundle = TypeAdapter(DiagnosticBundle).validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in each['loc'])[:120]}: {each['msg'].lower()}"
            for each in error.errors(include_url=False, include_input=False)[:_MOST_PROBLEMS]
        ]
        raise PlannerError(
            f"The diagnostic bundle {shown(path)} cannot be used: {'; '.join(problems)}."
        ) from None
    if len(bundle.files) + len(bundle.folders) + len(bundle.links) > MOST_FILES:
        raise PlannerError(
            f"The diagnostic bundle {shown(path)} holds more than {MOST_FILES:,} files, which "
            "no detection reads."
        )
    return bundle


def _without_programs(value: object) -> object:
    """Return a record in which the programs that hold memory have no name."""
    if isinstance(value, dict):
        is_program = "pid" in value and "name" in value
        named = value | {"name": _PROGRAM_NAME} if is_program else value
        return {key: _without_programs(each) for key, each in named.items()}
    return [_without_programs(each) for each in value] if isinstance(value, list) else value
