"""What `inspect` answers to programs; the keys are a contract as those of json_output are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.cli.json_output import JsonObject, estimate_object

if TYPE_CHECKING:
    from planner.core.foreign_shape import OwnShape
    from planner.core.inspection import Inspection
    from planner.core.mix_match import MixMatch, TypeDifference
    from planner.core.resemblance import Resemblance
    from planner.files.caches import FoundModels

INSPECT_SCHEMA: Final = "phi-planner/inspect/1"
FOUND_SCHEMA: Final = "phi-planner/inspect-found/1"
_F16_BYTES: Final = 2


def inspection_object(seen: Inspection) -> JsonObject:
    """Return everything about one file."""
    file = seen.file
    bits = file.bits_per_weight
    return {
        "schema": INSPECT_SCHEMA,
        "file": {
            "kind": file.kind.value,
            "name": file.name,
            "files": list(file.file_names),
            "file_bytes": file.file_bytes,
            "alignment": file.alignment,
        },
        "title": file.title,
        "architecture": file.architecture,
        "labels": [
            {"source": each.source, "quant_format": each.quant_format} for each in file.labels
        ],
        "parameter_count": file.parameter_count or None,
        "tensor_count": len(file.tensors),
        "tensor_bytes": file.tensor_bytes,
        "bits_per_weight": None if bits is None else round(bits, 2),
        "storage": [
            {
                "type": each.storage,
                "tensor_count": each.tensor_count,
                "parameter_count": each.parameter_count,
                "bytes": each.size_bytes,
            }
            for each in file.storage_totals()
        ],
        "shape": None if file.shape is None else _shape_object(file.shape),
        "missing": list(file.missing),
        "kv_cache": None if file.shape is None else _cache_object(file.shape),
        "resembles": None if seen.resemblance is None else _resemblance(seen.resemblance),
        "mix": None if seen.mix is None else _mix_object(seen.mix),
        "findings": [
            {"kind": each.kind.value, "text": each.text, "is_warning": each.is_warning}
            for each in seen.findings
        ],
        "checked_against_measurements": seen.is_checked,
        "unsupported": seen.unsupported,
        "notes": list(file.notes),
        "estimate": None if seen.estimate is None else estimate_object(seen.estimate),
    }


def _shape_object(shape: OwnShape) -> JsonObject:
    from dataclasses import asdict

    values: dict[str, Any] = asdict(shape)
    values.pop("caches", None)  # they stand in kv_cache, by groups
    return values


def _cache_object(shape: OwnShape) -> JsonObject:
    from collections import Counter

    from planner.core.foreign_shape import kv_values_per_token, layer_caches

    groups = Counter(layer_caches(shape))
    return {
        "bytes_per_token_f16": _F16_BYTES * kv_values_per_token(shape),
        "layers": [
            {
                "layer_count": count,
                "kv_head_count": cache.kv_head_count,
                "key_length": cache.key_length,
                "value_length": cache.value_length,
                "sliding_window": cache.sliding_window,
            }
            for cache, count in groups.items()
        ],
    }


def _resemblance(found: Resemblance) -> JsonObject:
    return {
        "models": [model.id for model in found.models],
        "layout": None if found.layout is None else found.layout.value,
        "is_exact": found.is_exact,
        "differences": [
            {
                "tensor": each.name,
                "here": None if each.here is None else list(each.here),
                "there": None if each.there is None else list(each.there),
            }
            for each in found.differences
        ],
    }


def _mix_object(mix: MixMatch) -> JsonObject:
    def listed(differences: tuple[TypeDifference, ...]) -> list[JsonObject]:
        return [
            {
                "tensor": each.name,
                "here": each.here,
                "there": each.there,
                "tensor_count": each.tensor_count,
            }
            for each in differences
        ]

    return {
        "quant_format": mix.quant_format,
        "rules": [rules.value for rules in mix.rules],
        "imatrix": mix.imatrix,
        "is_exact": mix.is_exact,
        "differences": listed(mix.differences),
        "differences_from_current": listed(mix.differences_from_current),
    }


def found_object(found: FoundModels) -> JsonObject:
    """Return what the caches hold."""
    return {
        "schema": FOUND_SCHEMA,
        "folders": [
            {"owner": owner.value, "path": str(folder)} for owner, folder in found.folders
        ],
        "models": [
            {
                "owner": each.owner.value,
                "name": each.name,
                "path": str(each.path),
                "size_bytes": each.size_bytes,
                "label": each.label,
            }
            for each in found.models
        ],
        "notes": list(found.notes),
    }
