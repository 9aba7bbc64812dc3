"""`models`: the catalogue, or one model's specification with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue import load_card, load_catalogue, load_model
from planner.cli.command import Command, Surroundings
from planner.cli.json_output import MODELS_SCHEMA
from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.model_card import CardSources, Conflict, ModelCard
    from planner.core.model_spec import ModelSpec, RuntimeSupport, TransformerShape


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a model's id or name")
    parser.add_argument("--json", action="store_true", help="JSON instead of text")


def _run(options: Namespace, around: Surroundings) -> int:
    asked = options.model
    models = load_catalogue().models if asked is None else (load_model(asked),)
    cards = {model.id: load_card(model.id) for model in models}
    if options.json:
        records = [_record(model, cards[model.id]) for model in models]
        around.out.json({"schema": MODELS_SCHEMA, "models": records})
    elif asked is None:
        _write_list(around.out, models, cards)
    else:
        _write_sheet(around.out, models[0], cards[models[0].id])
    return 0


def tensor_count(model: ModelSpec) -> int | None:
    """Return how many tensors the checkpoint has; `None` for a closed model."""
    from planner.core.tensors import tensor_sets

    if model.shape is None:
        return None
    return sum(each.tensor_count for each in tensor_sets(model.shape, model.components))


def _record(model: ModelSpec, card: ModelCard) -> dict[str, Any]:
    from pydantic import TypeAdapter

    from planner.core.model_card import ModelCard as Card
    from planner.core.model_spec import ModelSpec as Spec

    record: dict[str, Any] = TypeAdapter(Spec).dump_python(model, mode="json")
    record["tensor_count"] = tensor_count(model)
    record["max_context_length"] = model.context_length_limit
    record["card"] = TypeAdapter(Card).dump_python(card, mode="json")
    return record


def _write_list(
    out: Output, models: tuple[ModelSpec, ...], cards: dict[str, ModelCard]
) -> None:
    columns = (
        Column("Id"),
        Column("Label"),
        Column("Parameters", is_number=True),
        Column("Context", is_number=True),
        Column("Released"),
        Column("Licence"),
    )
    rows = [
        [
            Cell(model.id),
            Cell(model.label),
            Cell(_number(model.parameter_count)),
            Cell(_number(model.context_length_limit)),
            Cell(model.released),
            Cell(_short(cards[model.id].licence)),
        ]
        for model in models
    ]
    write_table(out, columns, rows)
    out.line()
    out.prose("`phi-planner models MODEL` shows one model's specification with its sources.")


def _number(value: int | None) -> str:
    return "not known" if value is None else f"{value:,}"


def _short(text: str) -> str:
    return text.partition(",")[0]


def _write_sheet(out: Output, model: ModelSpec, card: ModelCard) -> None:
    out.line(out.coloured(f"{model.name} ({model.id})", "1"))
    out.prose(model.description)
    out.line()
    _write_fields(out, _facts(model, card))
    if model.shape is not None:
        _write_section(out, "Shape", vars_of(model.shape))
    about = vars_of(card)
    about = {key: value for key, value in about.items() if key not in _SHOWN_APART}
    _write_section(out, "About", about)
    for name, support in model.runtimes.items():
        _write_section(out, f"On {name}", vars_of(support))
    for component in model.components:
        _write_section(
            out, component.name, {"kind": component.kind, "source": component.source}
        )
    for scores in card.benchmarks:
        _write_section(out, f"Benchmarks ({scores.source})", dict(scores.scores))
    for conflict in card.conflicts:
        _write_section(out, "Sources differ", vars_of(conflict))
    _write_section(out, "Sources", vars_of(card.sources))


_SHOWN_APART = {"benchmarks", "conflicts", "sources", "licence", "closed"}


def _facts(model: ModelSpec, card: ModelCard) -> dict[str, Any]:
    return {
        "label": model.label,
        "parameter_count": model.parameter_count,
        "active_parameter_count": model.active_parameter_count,
        "tensor_count": tensor_count(model),
        "context_length_limit": model.context_length_limit,
        "licence": card.licence,
        "released": model.released,
        "repository": model.repository,
    }


def vars_of(
    record: TransformerShape | RuntimeSupport | ModelCard | Conflict | CardSources,
) -> dict[str, Any]:
    """Return the fields of a record, those of a record within it too."""
    from dataclasses import asdict

    return asdict(record)


def _write_section(out: Output, title: str, values: dict[str, Any]) -> None:
    known = {key: value for key, value in values.items() if _is_known(value)}
    if known:
        out.line()
        out.line(out.coloured(title, "1"))
        _write_fields(out, known)


def _is_known(value: object) -> bool:
    return value is not None and value not in ([], (), {})


def _write_fields(out: Output, values: dict[str, Any]) -> None:
    for key, value in values.items():
        if _is_known(value):
            words = key.replace("_", " ")
            out.line(f"  {fold(f'{words}: {_text(value)}', indent='    ')[4:]}")


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case list() | tuple():
            joint = ", " if all(isinstance(each, int) for each in value) else "; "
            return joint.join(_text(each) for each in value)
        case dict():
            return "; ".join(
                f"{key.replace('_', ' ')} {_text(each)}" for key, each in value.items()
            )
        case _:
            return str(value)


COMMAND = Command(
    summary="The catalogue; one model's specification with sources.",
    add_options=_add_options,
    run=_run,
)
