"""Models that other programs keep on this machine; looked for only when somebody asks.

Where they are kept: Ollama's FAQ (`OLLAMA_MODELS`), LM Studio's documentation, the
`constants.py` of huggingface_hub (`HF_HUB_CACHE`, `HF_HOME`) and, for llama.cpp,
`fs_get_cache_directory` in its `common/common.cpp` (`LLAMA_CACHE`).
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.files.bounded_json import LARGEST_CONFIG_BYTES, read_json_object
from planner.files.gguf_parts import is_later_part
from planner.files.labels import label_in_name

# A walk ends here: nobody has that many models, and a folder may be a whole disk by mistake.
MOST_ENTRIES: Final = 20_000
DEEPEST: Final = 6
MOST_FOUND: Final = 2000

_DIGEST: Final = re.compile(r"sha256[:-]([0-9a-f]{64})")
_OLLAMA_MODEL: Final = "application/vnd.ollama.image.model"
_HUB_FOLDER: Final = "models--"


class CacheOwner(StrEnum):
    """Whose cache it is."""

    OLLAMA = "Ollama"
    LM_STUDIO = "LM Studio"
    HUGGING_FACE = "Hugging Face"
    LLAMA_CPP = "llama.cpp"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """A model in a cache: `path` is what `read_model_file` takes.

    `size_bytes` is what its files take, `label` the quant format that its name claims.
    """

    owner: CacheOwner
    name: str
    path: Path
    size_bytes: int
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModels:
    """What the caches hold, and what could not be read."""

    models: tuple[FoundModel, ...]
    folders: tuple[tuple[CacheOwner, Path], ...]
    notes: tuple[str, ...]


def cache_folders(
    environ: Mapping[str, str], home: Path, platform: str
) -> tuple[tuple[CacheOwner, Path], ...]:
    """Return the folders to look into; a variable that is set replaces the default.

    `platform` is `sys.platform`.
    """
    caches = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    hub = (
        environ.get("HF_HUB_CACHE")
        or environ.get("HUGGINGFACE_HUB_CACHE")
        or Path(environ.get("HF_HOME") or caches / "huggingface") / "hub"
    )
    ollama = [home / ".ollama" / "models"]
    if platform.startswith("linux"):
        # Where the packaged services keep theirs.
        ollama += [
            Path("/usr/share/ollama/.ollama/models"),
            Path("/var/lib/ollama/models"),
        ]
    if environ.get("OLLAMA_MODELS"):
        ollama = [Path(environ["OLLAMA_MODELS"])]
    return (
        *((CacheOwner.OLLAMA, folder) for folder in ollama),
        (CacheOwner.LM_STUDIO, home / ".lmstudio" / "models"),
        (CacheOwner.LM_STUDIO, home / ".cache" / "lm-studio" / "models"),
        (CacheOwner.HUGGING_FACE, Path(hub)),
        (CacheOwner.LLAMA_CPP, _llama_cpp_folder(environ, home, caches, platform)),
    )


def _llama_cpp_folder(
    environ: Mapping[str, str], home: Path, caches: Path, platform: str
) -> Path:
    stated = environ.get("LLAMA_CACHE")
    if stated:
        return Path(stated)
    if platform == "darwin":
        return home / "Library" / "Caches" / "llama.cpp"
    if platform == "win32":
        local = environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
        return Path(local) / "llama.cpp"
    return caches / "llama.cpp"


def find_cached_models(folders: tuple[tuple[CacheOwner, Path], ...]) -> FoundModels:
    """List the models in these folders; a folder that is not there is left out in silence."""
    readers: dict[CacheOwner, Callable[[Path, Walk], Iterator[FoundModel]]] = {
        CacheOwner.OLLAMA: _ollama_models,
        CacheOwner.LM_STUDIO: _lm_studio_models,
        CacheOwner.HUGGING_FACE: _hub_models,
        CacheOwner.LLAMA_CPP: _llama_cpp_models,
    }
    walk = Walk()
    models: list[FoundModel] = []
    there: list[tuple[CacheOwner, Path]] = []
    for owner, folder in folders:
        if walk.is_there(folder):
            there.append((owner, folder))
            models.extend(readers[owner](folder, walk))
    if len(models) > MOST_FOUND:
        walk.notes.append(
            f"Only the first {MOST_FOUND:,} of {len(models):,} models are listed."
        )
    return FoundModels(
        models=tuple(models[:MOST_FOUND]), folders=tuple(there), notes=tuple(walk.notes)
    )


@dataclass(slots=True)
class Walk:
    """A walk through folders that ends, and that notes what it could not read."""

    notes: list[str] = field(default_factory=list)
    entries_left: int = MOST_ENTRIES

    def is_there(self, folder: Path) -> bool:
        try:
            return stat.S_ISDIR(os.stat(folder).st_mode)  # noqa: PTH116 - it hides refusals
        except (FileNotFoundError, NotADirectoryError):
            return False
        except (OSError, ValueError) as error:
            self.note(folder, error)
            return False

    def note(self, path: Path, error: OSError | ValueError) -> None:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self.notes.append(f"{path} cannot be read: {reason}.")

    def entries(self, folder: Path) -> list[Path]:
        """Return what a folder holds, in order; nothing once the walk has seen enough."""
        found: list[Path] = []
        if self.entries_left <= 0:
            return found
        try:
            with os.scandir(folder) as scan:
                for entry in scan:
                    self.entries_left -= 1
                    found.append(folder / entry.name)
                    if self.entries_left <= 0:
                        self.notes.append(
                            f"{folder} and what follows were not read to the end: more than "
                            f"{MOST_ENTRIES:,} files."
                        )
                        break
        except OSError as error:
            self.note(folder, error)
        return sorted(found)

    def files_below(self, folder: Path, depth: int = DEEPEST) -> Iterator[Path]:
        """Yield the files in a folder and below it; folders behind links are left."""
        for path in self.entries(folder):
            if path.is_symlink() or not path.is_dir():
                yield path
            elif depth > 0:
                yield from self.files_below(path, depth - 1)

    def size_of(self, path: Path) -> int | None:
        try:
            return path.stat().st_size
        except OSError as error:
            self.note(path, error)
            return None


def _ollama_models(folder: Path, walk: Walk) -> Iterator[FoundModel]:
    """Follow each manifest to the blob that holds its model."""
    manifests = folder / "manifests"
    if not walk.is_there(manifests):
        return
    for path in walk.files_below(manifests):
        parts = path.relative_to(manifests).parts
        if len(parts) < 2 or path.name.startswith("."):
            continue
        try:
            digest = _model_digest(path)
        except PlannerError as error:
            walk.notes.append(str(error))
            continue
        blob = folder / "blobs" / f"sha256-{digest}"
        size = walk.size_of(blob) if digest else None
        if size is not None:
            name = f"{'/'.join(_ollama_name(parts[:-1]))}:{parts[-1]}"
            label = label_in_name(parts[-1])
            yield FoundModel(
                owner=CacheOwner.OLLAMA, name=name, path=blob, size_bytes=size, label=label
            )


def _ollama_name(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what `ollama list` leaves out: its own registry and library."""
    if parts[:1] == ("registry.ollama.ai",):
        parts = parts[1:]
    return parts[1:] if parts[:1] == ("library",) and len(parts) > 1 else parts


def _model_digest(manifest: Path) -> str | None:
    """Return the hexadecimal digits that name the model's blob, `None` where there is none."""
    layers = read_json_object(manifest, largest_bytes=LARGEST_CONFIG_BYTES).get("layers")
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, dict) and layer.get("mediaType") == _OLLAMA_MODEL:
            match = _DIGEST.fullmatch(str(layer.get("digest")))
            return None if match is None else match[1]
    return None


def _lm_studio_models(folder: Path, walk: Walk) -> Iterator[FoundModel]:
    """LM Studio keeps publisher/repository/files."""
    yield from _files_as_models(CacheOwner.LM_STUDIO, folder, walk.files_below(folder), walk)


def _llama_cpp_models(folder: Path, walk: Walk) -> Iterator[FoundModel]:
    paths = iter(walk.entries(folder))
    yield from _files_as_models(CacheOwner.LLAMA_CPP, folder, paths, walk)


def _hub_models(folder: Path, walk: Walk) -> Iterator[FoundModel]:
    """The hub keeps models--owner--name/snapshots/revision/files; one revision is shown."""
    for repository in walk.entries(folder):
        snapshots = repository / "snapshots"
        if not repository.name.startswith(_HUB_FOLDER) or not walk.is_there(snapshots):
            continue
        name = repository.name.removeprefix(_HUB_FOLDER).replace("--", "/")
        for snapshot in walk.entries(snapshots)[-1:]:
            paths = walk.files_below(snapshot, 2) if walk.is_there(snapshot) else iter(())
            yield from _files_as_models(
                CacheOwner.HUGGING_FACE, snapshot, paths, walk, repository=name
            )


def _files_as_models(
    owner: CacheOwner,
    base: Path,
    paths: Iterator[Path],
    walk: Walk,
    *,
    repository: str | None = None,
) -> Iterator[FoundModel]:
    """Yield each GGUF file, its parts as one, and each folder of safetensors as one."""
    checkpoints: dict[Path, int] = {}
    parts: dict[str, int] = {}
    whole: list[Path] = []
    for path in paths:
        is_gguf = path.suffix.lower() == ".gguf"
        if not is_gguf and path.suffix != ".safetensors":
            continue
        size = walk.size_of(path)
        if size is None:
            continue
        if not is_gguf:
            checkpoints[path.parent] = checkpoints.get(path.parent, 0) + size
            continue
        stem = _part_stem(path)
        parts[stem] = parts.get(stem, 0) + size
        if not is_later_part(path.name):
            whole.append(path)
    for path in whole:
        yield _found(owner, base, path, parts[_part_stem(path)], repository)
    for path, size in checkpoints.items():
        yield _found(owner, base, path, size, repository)


def _part_stem(path: Path) -> str:
    return str(path.with_name(re.sub(r"-\d{5}-of-(\d{5}\.gguf)$", r"-\1", path.name)))


def _found(
    owner: CacheOwner, base: Path, path: Path, size_bytes: int, repository: str | None
) -> FoundModel:
    below = path.relative_to(base).as_posix()
    name = "/".join(part for part in (repository, below) if part not in (None, "."))
    return FoundModel(
        owner=owner,
        name=name,
        path=path,
        size_bytes=size_bytes,
        label=label_in_name(path.name),
    )
