"""A checkpoint of Hugging Face: safetensors files, their index, and the config beside them."""

from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.model_file import FileKind, FileTensor, ModelFile
from planner.files.bounded_json import LARGEST_INDEX_BYTES, read_json_object
from planner.files.hf_config import HfConfig, read_hf_config
from planner.files.opened import shown
from planner.files.safetensors import SafetensorsHeader, read_safetensors_header

CONFIG_NAME: Final = "config.json"
INDEX_NAME: Final = "model.safetensors.index.json"
_SUFFIX: Final = ".safetensors"
MOST_SHARDS: Final = 512
MOST_TENSORS: Final = 1 << 16
_SHOWN: Final = 5


def read_checkpoint_file(path: Path) -> ModelFile:
    """Read one safetensors file, and the config beside it where there is one.

    Raises:
        PlannerError: it cannot be used.
    """
    header = read_safetensors_header(path)
    return _model((header,), (path.name,), path.name, _config_beside(path.parent), ())


def read_config(path: Path) -> ModelFile:
    """Read a `config.json` alone.

    Raises:
        PlannerError: it cannot be used.
    """
    config = read_hf_config(path)
    notes = config.notes
    if config.dtype is not None:
        notes = (*notes, f"The checkpoint's type is {config.dtype[:40]}.")
    return ModelFile(
        kind=FileKind.CONFIG,
        name=path.name,
        file_names=(path.name,),
        architecture=config.model_type,
        shape=config.shape,
        missing=config.missing,
        notes=notes,
    )


def read_checkpoint_folder(folder: Path, names: list[str]) -> ModelFile:
    """Read the checkpoint in a folder that has files of these names.

    Raises:
        PlannerError: a file is missing or cannot be used.
    """
    notes: tuple[str, ...] = ()
    index: dict[str, str] = {}
    if INDEX_NAME in names:
        index = _weight_map(folder / INDEX_NAME)
        shards = sorted(set(index.values()))
        unused = [name for name in names if name.endswith(_SUFFIX) and name not in shards]
        if unused:
            notes = (f"Not named in the index, and left out: {_listed(sorted(unused))}.",)
    else:
        shards = sorted(name for name in names if name.endswith(_SUFFIX))
    missing = [name for name in shards if name not in names]
    if missing:
        are = "is" if len(missing) == 1 else "are"
        raise PlannerError(f"{shown(folder)} is not whole: {_listed(missing)} {are} missing.")
    if len(shards) > MOST_SHARDS:
        raise PlannerError(f"{shown(folder)} holds {len(shards):,} safetensors files.")
    headers = tuple(read_safetensors_header(folder / name) for name in shards)
    _check_index(index, headers, folder)
    config = _config_beside(folder)
    return _model(headers, tuple(shards), folder.resolve().name, config, notes)


def _model(
    headers: tuple[SafetensorsHeader, ...],
    file_names: tuple[str, ...],
    name: str,
    config: HfConfig | None,
    notes: tuple[str, ...],
) -> ModelFile:
    tensors: dict[str, FileTensor] = {}
    for header in headers:
        for tensor in header.tensors:
            if tensor.name in tensors:
                raise PlannerError(
                    f"{header.name} has the tensor {shown(tensor.name)}, which another file of "
                    "the checkpoint has too."
                )
            tensors[tensor.name] = tensor
    missing = ("config.json is not beside it",) if config is None else config.missing
    return ModelFile(
        kind=FileKind.SAFETENSORS,
        name=name,
        file_names=file_names,
        file_bytes=sum(header.size_bytes for header in headers),
        tensors=tuple(tensors.values()),
        architecture=None if config is None else config.model_type,
        shape=None if config is None else config.shape,
        missing=missing,
        notes=notes if config is None else notes + config.notes,
    )


def _config_beside(folder: Path) -> HfConfig | None:
    path = folder / CONFIG_NAME
    return read_hf_config(path) if path.is_file() else None


def _weight_map(path: Path) -> dict[str, str]:
    """Return which file each tensor is in.

    Raises:
        PlannerError: the index names something that is no file of this folder.
    """
    names = read_json_object(path, largest_bytes=LARGEST_INDEX_BYTES).get("weight_map")
    if not isinstance(names, dict) or not names or len(names) > MOST_TENSORS:
        raise PlannerError(f"{shown(path)} holds no weight_map of a model.")
    for tensor, file in names.items():
        is_name = isinstance(file, str) and Path(file).name == file and file.endswith(_SUFFIX)
        if not is_name or "\\" in file:
            raise PlannerError(
                f"{shown(path)} says that {shown(tensor)} is in {shown(str(file))}, which is "
                "no safetensors file of this folder."
            )
    return names


def _check_index(
    index: dict[str, str], headers: tuple[SafetensorsHeader, ...], folder: Path
) -> None:
    """Check that the files hold what the index says."""
    if not index:
        return
    held = {tensor.name for header in headers for tensor in header.tensors}
    if len(held) > MOST_TENSORS:
        raise PlannerError(f"{shown(folder)} holds {len(held):,} tensors, which no model has.")
    lost = [name for name in index if name not in held]
    if lost:
        raise PlannerError(
            f"The index of {shown(folder)} names {_listed(lost)}, which no file holds."
        )


def _listed(names: list[str]) -> str:
    more = len(names) - _SHOWN
    listed = ", ".join(shown(name) for name in names[:_SHOWN])
    return listed if more <= 0 else f"{listed} and {more:,} more"
