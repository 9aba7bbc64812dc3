"""The checked form of the specs: the way past pydantic and the TOML parser at run time.

`planner.catalogue.checked` writes it when the app is built. It holds each spec as plain values
beside a digest of the file that they were read from. A file with another digest is checked
again, so an edited spec is never answered from an old copy.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from planner.core.model_spec import (
    Architecture,
    Component,
    HybridShape,
    ModelSpec,
    RuntimeSupport,
    Support,
    TensorGroup,
    TransformerShape,
)

try:
    # hashlib loads OpenSSL, which takes longer than all the rest of a start of the catalogue.
    from _blake2 import blake2b
except ImportError:  # A Python built without its own BLAKE2 has OpenSSL's.
    from hashlib import blake2b

# The names of all fields: a form written for other records is of no use.
FIELDS: Final = ",".join(
    f"{record.__name__}({' '.join(field.name for field in fields(record))})"
    for record in (
        ModelSpec,
        TransformerShape,
        HybridShape,
        Component,
        TensorGroup,
        RuntimeSupport,
    )
)

CheckedSpecs = Mapping[str, Mapping[str, Any]]


def digest(content: bytes) -> str:
    """Return the digest that ties a checked spec to the bytes of its file."""
    return blake2b(content, digest_size=16).hexdigest()


def read_checked_form(path: Path) -> Mapping[str, Any]:
    """Return the whole form, empty where it is absent or of no use."""
    try:
        form = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return form if isinstance(form, dict) else {}


def read_checked_specs(path: Path) -> CheckedSpecs:
    """Return the entries by file name; none where the form is absent or of no use."""
    return specs_in(read_checked_form(path))


def specs_in(form: Mapping[str, Any]) -> CheckedSpecs:
    """Return the entries of a form by file name; none where it was made for other records."""
    specs = form.get("specs") if form.get("fields") == FIELDS else None
    return specs if isinstance(specs, dict) else {}


def spec_of(raw: Mapping[str, Any]) -> ModelSpec:
    """Build the record from plain values that were checked before."""
    values = dict(raw)
    shape = values.pop("shape", None)
    components = values.pop("components", ())
    runtimes = values.pop("runtimes")
    return ModelSpec(
        **values,
        shape=None if shape is None else _shape_of(shape),
        components=tuple(_component_of(component) for component in components),
        runtimes={name: _support_of(support) for name, support in runtimes.items()},
    )


def _shape_of(raw: Mapping[str, Any]) -> TransformerShape:
    values = dict(raw)
    hybrid = values.pop("hybrid", None)
    return TransformerShape(
        **values | {"architecture": Architecture(values["architecture"])},
        hybrid=None if hybrid is None else _hybrid_of(hybrid),
    )


def _hybrid_of(raw: Mapping[str, Any]) -> HybridShape:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()
    }
    return HybridShape(**values)


def _component_of(raw: Mapping[str, Any]) -> Component:
    groups = tuple(
        TensorGroup(
            name=group["name"], shape=tuple(group["shape"]), count=group.get("count", 1)
        )
        for group in raw["tensors"]
    )
    return Component(**{**raw, "tensors": groups})


def _support_of(raw: Mapping[str, Any]) -> RuntimeSupport:
    return RuntimeSupport(
        support=Support(raw["support"]), source=raw["source"], note=raw.get("note")
    )
