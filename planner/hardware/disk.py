"""How much of the disk is free where models are kept, before one is fetched."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def free_bytes_of_models_folder(
    environ: Mapping[str, str] | None = None, home: Path | None = None
) -> int | None:
    """Return what this account may still write there; `None` where the system does not tell.

    Quotas and thin volumes make the system's figure optimistic.
    """
    folder = models_folder(os.environ if environ is None else environ, home)
    return None if folder is None else _free_bytes(folder)


def models_folder(environ: Mapping[str, str], home: Path | None = None) -> Path | None:
    """Return the first folder of models that is there, else the home folder.

    Hugging Face's comes first: a variable may put it on another disk, where a download goes
    though the folder is still to be made.

    Args:
        environ: May name the folders: `HF_HUB_CACHE`, `HF_HOME` and `XDG_CACHE_HOME`
            (`constants.py` of huggingface_hub), `OLLAMA_MODELS` (Ollama's FAQ).
        home: The home folder; the account's where not given.
    """
    if home is None:
        try:
            home = Path.home()
        except RuntimeError:  # an account without one, as services have
            return None
    stated = environ.get("HF_HUB_CACHE") or environ.get("HF_HOME")
    if stated:
        return _that_is_there(Path(stated))
    caches = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    folders = (
        caches / "huggingface" / "hub",
        Path(environ.get("OLLAMA_MODELS") or home / ".ollama" / "models"),
        home / ".lmstudio" / "models",
        home / ".cache" / "lm-studio" / "models",
    )
    return next((each for each in folders if each.is_dir()), None) or _that_is_there(home)


def _that_is_there(folder: Path) -> Path | None:
    """Return the folder, or the nearest above it that exists."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), None)


def _free_bytes(folder: Path) -> int | None:
    try:
        if sys.platform == "win32":
            import shutil  # on Windows only: it loads every archive format

            return shutil.disk_usage(folder).free
        figures = os.statvfs(folder)
    except OSError:
        return None
    return figures.f_bavail * figures.f_frsize
