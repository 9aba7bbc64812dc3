"""Writing the checked form of the specs; run when the app is built, never at a start."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from planner.catalogue.card_form import CARD_FIELDS, CARDS_KEY
from planner.catalogue.checked_form import FIELDS, digest
from planner.catalogue.devices import DEVICES_KEY, devices_entry
from planner.catalogue.loader import load_catalogue
from planner.catalogue.published import PUBLISHED_FILES
from planner.catalogue.reference_figures import REFERENCE_FIGURES
from planner.core.model_spec import ModelSpec


def write_checked_specs(specs_dir: Path, target: Path) -> None:
    """Check every file of `specs_dir` and write the result to `target`, whole or not at all.

    The same specs give the same bytes.

    Raises:
        SpecError: with every problem of every file; `target` stays as it was.
        OSError: `target` cannot be written.
    """
    nothing_known = target.with_name(f"{target.name}.absent")
    catalogue = load_catalogue(specs_dir, checked=nothing_known)
    form: dict[str, Any] = {
        "fields": FIELDS,
        CARDS_KEY: CARD_FIELDS,
        "specs": {
            f"{model.id}.toml": _entry(specs_dir / "models" / f"{model.id}.toml", model)
            for model in catalogue
        },
    }
    for records in (PUBLISHED_FILES, REFERENCE_FIGURES):
        entry = records.entry(specs_dir)
        if entry is not None:
            form |= {records.key: entry}
    devices = devices_entry(specs_dir)
    if devices is not None:
        form |= {DEVICES_KEY: devices}
    text = json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    _write_whole(target, text.encode("utf-8"))


def _entry(path: Path, model: ModelSpec) -> dict[str, Any]:
    spec = TypeAdapter(ModelSpec).dump_python(model, mode="json", exclude_defaults=True)
    return {"digest": digest(path.read_bytes()), "spec": spec}


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(scratch).chmod(0o644)  # mkstemp keeps others out; an installed file is for all
        Path(scratch).replace(target)
    except OSError:
        Path(scratch).unlink(missing_ok=True)
        raise
