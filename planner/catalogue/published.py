"""Reading `specs/published_files.toml`; nothing is read before somebody asks for it."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from planner.catalogue.checked_form import digest, read_checked_form
from planner.catalogue.loader import CHECKED_SPECS, read_file
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Place
from planner.core.plan import RuntimeName
from planner.core.published import PublishedFile
from planner.core.quant_mix import MixRules
from planner.paths import shipped

PUBLISHED_NAME: Final = "published_files.toml"
# The part of the checked form (`planner.catalogue.checked_form`) that holds these files.
PUBLISHED_KEY: Final = "published"
# A part written for other fields is of no use.
_FIELDS: Final = " ".join(field.name for field in fields(PublishedFile))


def load_published_files(
    specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> tuple[PublishedFile, ...]:
    """Return the files that are known to be ready, in the order of the specs.

    `checked` is the form that saves checking an unchanged file again.

    Raises:
        SpecError: with every problem of the file.
    """
    folder = shipped("specs") if specs_dir is None else specs_dir
    content = read_file(folder / PUBLISHED_NAME)
    known = read_checked_form(checked).get(PUBLISHED_KEY)
    if (
        isinstance(known, dict)
        and known.get("fields") == _FIELDS
        and known.get("digest") == digest(content)
    ):
        return tuple(_file_of(each) for each in known["files"])
    return _parse(content, folder)


def published_entry(specs_dir: Path) -> dict[str, Any] | None:
    """Return the part of the checked form, `None` where the specs hold no such file.

    Raises:
        SpecError: with every problem of the file.
    """
    if not (specs_dir / PUBLISHED_NAME).is_file():
        return None
    from planner.catalogue.published_validation import plain_values

    content = read_file(specs_dir / PUBLISHED_NAME)
    return {
        "fields": _FIELDS,
        "digest": digest(content),
        "files": plain_values(_parse(content, specs_dir)),
    }


def _parse(content: bytes, folder: Path) -> tuple[PublishedFile, ...]:
    # Imported here, with pydantic: the usual start finds the files in the checked form.
    from planner.catalogue.published_validation import parse_published

    models = {path.stem for path in (folder / "models").glob("*.toml")}
    return parse_published(PUBLISHED_NAME, content, models)


def _file_of(raw: Mapping[str, Any]) -> PublishedFile:
    """Build the record from plain values that were checked before."""
    place = raw.get("place")
    return PublishedFile(
        **{
            **raw,
            "runtime": RuntimeName(raw["runtime"]),
            "place": None if place is None else Place(place),
            "layout": TensorLayout(raw.get("layout", TensorLayout.DEFAULT)),
            "mix": MixRules(raw.get("mix", MixRules.CURRENT)),
        }
    )
