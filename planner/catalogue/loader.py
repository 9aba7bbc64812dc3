"""Reading `specs/models`: whole, one model, or one model's card."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.catalogue.catalogue import Catalogue, names_of
from planner.catalogue.checked_form import (
    CheckedSpecs,
    digest,
    read_checked_form,
    read_checked_specs,
    spec_of,
    specs_in,
)
from planner.catalogue.problems import SpecError, SpecProblem
from planner.core.model_spec import ModelSpec
from planner.paths import shipped

if TYPE_CHECKING:
    from planner.core.model_card import ModelCard

# Written by the build (packaging/hatch_build.py); absent in a checkout that was never built.
CHECKED_SPECS: Final = Path(__file__).resolve().parents[1] / "_data" / "checked_specs.json"

# The largest shipped spec has about 20 KiB.
LARGEST_SPEC_BYTES: Final = 256 * 1024
_SUFFIX: Final = ".toml"
_LONGEST_ID: Final = 100
_ID_CHARACTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def load_catalogue(
    specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> Catalogue:
    """Return all models of `specs_dir`, by default those that come with the app.

    `checked` is the form that saves checking an unchanged file again.

    Raises:
        SpecError: with every problem of every file.
    """
    folder = _models_folder(specs_dir)
    known = read_checked_specs(checked)
    models: list[ModelSpec] = []
    problems: list[SpecProblem] = []
    for file in spec_files(folder):
        try:
            models.append(_read_spec(folder / file, known))
        except SpecError as error:
            problems.extend(error.problems)
    problems.extend(_name_clashes(models))
    if problems:
        raise SpecError(problems)
    return Catalogue(tuple(sorted(models, key=lambda model: (model.released, model.id))))


def load_model(
    name: str, specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> ModelSpec:
    """Return one model by its id, display name or repository; see `Catalogue.find`.

    Raises:
        UnknownNameError: nothing is called that.
        SpecError: its file cannot be used, or, unless `name` is an exact id, any file cannot.
    """
    file = _file_of(name, _models_folder(specs_dir))
    if file is not None:
        return _read_spec(file, read_checked_specs(checked))
    return load_catalogue(specs_dir, checked=checked).find(name)


def load_card(
    name: str, specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> "ModelCard":
    """Return what the specification sheet shows of a model; its id is found soonest.

    `checked` is the form that saves checking an unchanged file again.

    Raises:
        UnknownNameError: there is no such model.
        SpecError: its file cannot be used.
    """
    # Imported here, with the TOML parser: only a sheet that somebody opened needs a card.
    from planner.catalogue.card_form import CARD_FIELDS, CARDS_KEY, checked_card

    folder = _models_folder(specs_dir)
    file = _file_of(name, folder)
    if file is None:
        file = folder / f"{load_catalogue(specs_dir, checked=checked).find(name).id}{_SUFFIX}"
    content, form = read_file(file), read_checked_form(checked)
    entry = specs_in(form).get(file.name)
    is_unchanged = entry is not None and entry["digest"] == digest(content)
    if is_unchanged and form.get(CARDS_KEY) == CARD_FIELDS:
        return checked_card(content)
    # Imported here, with pydantic: the usual card is of a file in the checked form.
    from planner.catalogue.validation import parse_spec

    return parse_spec(file.name, content)[1]


def _file_of(name: str, folder: Path) -> Path | None:
    """Return the file of the model with this exact id, `None` where there is none."""
    if 0 < len(name) <= _LONGEST_ID and _ID_CHARACTERS.issuperset(name):
        file = folder / f"{name}{_SUFFIX}"
        return file if file.is_file() else None
    return None


def _models_folder(specs_dir: Path | None) -> Path:
    return (shipped("specs") if specs_dir is None else specs_dir) / "models"


def spec_files(folder: Path) -> list[str]:
    """Return the names of the spec files in order."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix == _SUFFIX)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SpecError([SpecProblem(str(folder), "", f"cannot be read: {reason}")]) from error
    if not names:
        raise SpecError([SpecProblem(str(folder), "", f"holds no {_SUFFIX} file")])
    return names


def _name_clashes(models: list[ModelSpec]) -> list[SpecProblem]:
    """Return a problem for each model with a name that another one before it answers to."""
    owners: dict[str, str] = {}
    problems = []
    for model in models:
        for name in names_of(model):
            owner = owners.setdefault(name, model.id)
            if owner != model.id:
                problems.append(
                    SpecProblem(
                        f"{model.id}{_SUFFIX}", "", f"{name!r} also names {owner}{_SUFFIX}"
                    )
                )
    return problems


def _read_spec(path: Path, known: CheckedSpecs) -> ModelSpec:
    content = read_file(path)
    entry = known.get(path.name)
    if entry is not None and entry["digest"] == digest(content):
        return spec_of(entry["spec"])
    # Imported here, with pydantic: the usual start finds every file in the checked form.
    from planner.catalogue.validation import parse_spec

    return parse_spec(path.name, content)[0]


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is a file, and no larger than a spec can be."""
    problem = "is not a file"
    try:
        if path.is_file():  # a pipe would keep us waiting
            with path.open("rb") as stream:
                content = stream.read(LARGEST_SPEC_BYTES + 1)
            if len(content) <= LARGEST_SPEC_BYTES:
                return content
            problem = f"is larger than {LARGEST_SPEC_BYTES // 1024} KiB"
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
    raise SpecError([SpecProblem(path.name, "", problem)])
