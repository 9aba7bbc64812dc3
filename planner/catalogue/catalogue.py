"""The models that are known, and how a person may name them."""

from collections.abc import Iterator

from planner.core.errors import UnknownNameError
from planner.core.model_spec import ModelSpec
from planner.core.records import dataclass

# Nobody types a longer one, and comparing with every name takes time in proportion.
_LONGEST_NAME = 100
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models in order of release; models of one day stand in order of their ids."""

    models: tuple[ModelSpec, ...]

    def find(self, name: str) -> ModelSpec:
        """Return the model of that id, display name or repository, in any case of letters.

        A repository may go without its owner. A part of a name names nothing, since a guess
        would answer for another model than the one that was meant.

        Raises:
            UnknownNameError: nothing is called that; the text offers the nearest names.
        """
        wanted = name.strip().casefold()
        for model in self.models:
            if wanted in names_of(model):
                return model
        raise UnknownNameError(self._unknown(name))

    def _unknown(self, name: str) -> str:
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        near = self._nearest(name.strip().casefold())
        hint = f" Did you mean {_either(near)}?" if near else ""
        return f"There is no model named {shown!r}.{hint} `phi-planner models` lists all."

    def _nearest(self, wanted: str) -> list[str]:
        """Return up to three ids, the nearest first; each counts by its likest name."""
        if len(wanted) > _LONGEST_NAME:
            return []
        # Imported here: it takes some milliseconds, and most names are right.
        from difflib import get_close_matches

        ids = {name: model.id for model in self.models for name in names_of(model)}
        likest = get_close_matches(wanted, ids, n=len(ids))
        return list(dict.fromkeys(ids[name] for name in likest))[:_SUGGESTIONS]

    def __iter__(self) -> Iterator[ModelSpec]:
        """Go through the models in order of release."""
        return iter(self.models)

    def __len__(self) -> int:
        """Return how many models are known."""
        return len(self.models)


def names_of(model: ModelSpec) -> tuple[str, ...]:
    """Return everything a model answers to, in lower case: id, name, repository in two ways."""
    names = [model.id, model.name]
    if model.repository is not None:
        names += [model.repository, model.repository.rpartition("/")[2]]
    return tuple(dict.fromkeys(name.casefold() for name in names))


def _either(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} or {names[-1]}"
