"""Reading `specs/reference_figures.toml`: what others publish, for sheets and reports alone."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from planner.catalogue.checked_form import digest, read_checked_form
from planner.catalogue.loader import CHECKED_SPECS, read_file
from planner.core.reference_figures import ReferenceFigure
from planner.paths import shipped

REFERENCES_NAME: Final = "reference_figures.toml"
# The part of the checked form (`planner.catalogue.checked_form`) that holds these figures.
REFERENCES_KEY: Final = "references"
# A part written for other fields is of no use.
_FIELDS: Final = " ".join(field.name for field in fields(ReferenceFigure))


def load_reference_figures(
    specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> tuple[ReferenceFigure, ...]:
    """Return the quoted figures in the order of the specs.

    `checked` is the form that saves checking an unchanged file again.

    Raises:
        SpecError: with every problem of the file.
    """
    folder = shipped("specs") if specs_dir is None else specs_dir
    content = read_file(folder / REFERENCES_NAME)
    known = read_checked_form(checked).get(REFERENCES_KEY)
    if (
        isinstance(known, dict)
        and known.get("fields") == _FIELDS
        and known.get("digest") == digest(content)
    ):
        return tuple(ReferenceFigure(**each) for each in known["figures"])
    return _parse(content, folder)


def references_entry(specs_dir: Path) -> dict[str, Any] | None:
    """Return the part of the checked form, `None` where the specs hold no such file.

    Raises:
        SpecError: with every problem of the file.
    """
    if not (specs_dir / REFERENCES_NAME).is_file():
        return None
    content = read_file(specs_dir / REFERENCES_NAME)
    return {
        "fields": _FIELDS,
        "digest": digest(content),
        "figures": [asdict(each) for each in _parse(content, specs_dir)],
    }


def _parse(content: bytes, folder: Path) -> tuple[ReferenceFigure, ...]:
    # Imported here, with pydantic: the usual sheet finds the figures in the checked form.
    from planner.catalogue.references_validation import parse_references

    models = {path.stem for path in (folder / "models").glob("*.toml")}
    return parse_references(REFERENCES_NAME, content, models)
